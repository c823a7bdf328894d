"""Pages of the files: a clerk sends, looks, loads, mends and makes mappings; nobody else may."""

import re
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from rencheng.foundation.guard.models import Account
from rencheng.foundation.jobs.models import Job
from rencheng.foundation.jobs.progress import Cancelled
from rencheng.foundation.jobs.runner import look_at
from rencheng.foundation.memory import clock
from rencheng.foundation.memory.balance import balances
from rencheng.kernel.time import DAY, from_micros
from rencheng.sensing.files import api, loading, uploads
from rencheng.sensing.files.jobs import load_upload
from rencheng.sensing.files.models import Load, State, Upload
from tests.fixtures.mappings import written
from tests.unit.files.browsing import kept, page, send, sent, text_of

pytestmark = pytest.mark.django_db

GOOD = "day,code,sick,dead\n2020-02-01,420100,5,0\n2020-02-02,420100,7,\n"
BROKEN = GOOD + "2020-02-30,420100,5,0\n2020-02-03,420100,-1,many\n2020-02-04,=1,2,3\n"


def addresses() -> Iterator[tuple[str, str]]:
    yield "get", reverse("files:list")
    yield "get", reverse("files:load", args=[1])
    yield "get", reverse("files:refused", args=[1, "csv"])
    yield "post", reverse("files:send")
    yield "get", reverse("files:upload", args=["abc"])
    yield "post", reverse("files:begin", args=["abc"])
    yield "post", reverse("files:discard", args=["abc"])
    yield "get", reverse("files:mappings")
    yield "post", reverse("files:receive_mapping")
    yield "get", reverse("files:new_mapping")
    yield "post", reverse("files:attempt")
    yield "get", reverse("files:mapping", args=["china-2020-cities"])
    yield "get", reverse("files:edit_mapping", args=["china-2020-cities"])
    yield "get", reverse("files:mapping_toml", args=["china-2020-cities"])


def test_only_staff_may_open_any_page_of_the_files(stranger: Client, resident: Account) -> None:
    neighbour = Client()
    neighbour.force_login(resident)
    for method, address in addresses():
        assert getattr(stranger, method)(address).status_code == 302, address
        assert getattr(neighbour, method)(address).status_code == 403, address


def test_a_file_is_looked_at_before_anything_is_stored(desk: Client, town: str) -> None:
    upload = sent(desk, BROKEN)
    html = text_of(page(desk, "upload", upload.pk))
    assert "found by itself" in html
    assert "2 good" in html
    assert "3 would be refused" in html
    assert "a day that the calendar has" in html
    assert Load.objects.count() == 0
    assert [path.name for path in kept()] == [upload.stored_as]
    assert "town" not in upload.stored_as


def test_a_load_runs_as_a_job_and_the_file_is_deleted(desk: Client, town: str) -> None:
    upload = sent(desk, BROKEN)
    answer = desk.post(reverse("files:begin", args=[upload.pk]), {"mapping": town})
    here = reverse("files:upload", args=[upload.pk])
    assert answer["Location"] == here
    job = Job.objects.get()
    assert "rc-progress" in page(desk, "upload", upload.pk)
    look_at.call(job.pk)
    load = Load.objects.get()
    assert (load.state, load.stored, load.rejected) == (State.DONE, 2, 3)
    assert load.requested_by is not None
    assert kept() == []
    answer = desk.get(here)
    assert answer["Location"] == reverse("files:load", args=[load.pk])
    html = text_of(page(desk, "load", load.pk))
    assert "Can a load be undone?" in html
    assert "No such day" in html


def test_a_load_somebody_stops_keeps_its_rows_and_goes_on_later(
    desk: Client, town: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "ROWS_AT_ONCE", 2)
    upload = sent(desk, GOOD + "2020-02-03,420100,8,0\n")

    class Hand:
        """The handle of a job that somebody stops after two rows."""

        def report(self, done: int, total: int | None = None, message: object = "") -> None:
            if done >= 2:
                raise Cancelled

        def check_cancelled(self) -> None:
            """Nobody asked yet."""

    asked = {"upload": upload.pk, "mapping": town, "requested_by": None}
    with pytest.raises(Cancelled):
        load_upload(Hand(), asked)  # type: ignore[arg-type]
    load = Load.objects.get()
    assert (load.state, load.rows_done, load.stored) == (State.CANCELLED, 2, 2)
    assert "stopped after 2 of 3 rows" in text_of(page(desk, "upload", upload.pk))
    assert len(kept()) == 1
    desk.post(reverse("files:begin", args=[upload.pk]), {"mapping": town})
    look_at.call(Job.objects.get().pk)
    load.refresh_from_db()
    assert (load.state, load.sent, load.stored) == (State.DONE, 3, 3)
    assert all(balance.balanced for balance in balances())


def test_asking_twice_loads_once(desk: Client, town: str) -> None:
    upload = sent(desk, GOOD)
    for _ in range(2):
        desk.post(reverse("files:begin", args=[upload.pk]), {"mapping": town})
    assert Job.objects.count() == 1


def test_a_failed_load_says_why_and_keeps_the_file_for_another_try(
    desk: Client, town: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = sent(desk, "day,code,ill\n2020-02-01,420100,5\n", "other.csv")
    desk.post(reverse("files:begin", args=[upload.pk]), {"mapping": town})
    look_at.call(Job.objects.get().pk)
    html = text_of(page(desk, "upload", upload.pk))
    assert "The last try failed" in html
    assert "has no column &#x27;sick&#x27;" in html
    assert len(kept()) == 1
    load = Load.objects.get()
    assert "Go on with this file" in text_of(page(desk, "load", load.pk))


def test_refused_rows_are_filtered_by_problem(desk: Client, town: str, tmp_path: Path) -> None:
    load = api.load(written(tmp_path, BROKEN))
    html = page(desk, "load", load.load_id)
    assert 'value="no such day"' in html
    assert "Negative or too small (1)" in html
    few = text_of(page(desk, "load", load.load_id, problem="low"))
    assert "0 or more" in few
    assert "a day that the calendar has" not in few


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_downloaded_refused_rows_are_mended_and_sent_again(
    desk: Client, town: str, tmp_path: Path, form: str
) -> None:
    first = api.load(written(tmp_path, BROKEN))
    answer = desk.get(reverse("files:refused", args=[first.load_id, form]))
    assert f"town-refused.{form}" in answer["Content-Disposition"]
    path = tmp_path / f"town-refused.{form}"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    table = (
        pl.read_csv(path, infer_schema=False)
        if form == "csv"
        else pl.read_excel(path, infer_schema_length=0)
    )
    assert table.columns == ["line", "problem", "day", "code", "sick", "dead"]
    assert table["line"].cast(pl.Int64).to_list() == [4, 5, 6]
    assert "a day that the calendar has" in table["problem"][0]
    shown = table["code"][2]
    assert shown == ("'=1" if form == "csv" else "=1"), "a spreadsheet must not run it"

    mended = table.with_columns(
        day=pl.Series(["2020-02-05", "2020-02-03", "2020-02-04"]),
        sick=pl.Series(["5", "1", "2"]),
        dead=pl.Series(["0", "0", "3"]),
    )
    again = sent(desk, mended.write_csv(), "mended.csv", mapping=town)
    assert "2 good" in text_of(page(desk, "upload", again.pk))
    desk.post(reverse("files:begin", args=[again.pk]), {"mapping": town})
    look_at.call(Job.objects.latest("pk").pk)
    second = Load.objects.latest("pk")
    assert (second.sent, second.stored, second.rejected) == (3, 2, 1)


def test_a_row_broken_as_a_whole_is_not_stored_because_it_came_back_in_columns(
    desk: Client, town: str, tmp_path: Path
) -> None:
    head = "day,code,sick,dead"
    short = "\n".join((head, "2020-02-01,999001,5,0", "2020-02-02,999001,7"))
    first = api.load(written(tmp_path, short))
    assert first.rejected == 1
    answer = desk.get(reverse("files:refused", args=[first.load_id, "csv"]))
    path = tmp_path / "town-refused.csv"
    path.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    table = pl.read_csv(path, infer_schema=False)
    assert table["sick"].to_list() == [None], (
        "cells of a torn row may stand under the wrong columns"
    )
    assert "2020-02-02,999001,7" in table["problem"][0]
    second = api.load(path, town)
    assert (second.sent, second.stored) == (1, 0)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("picture.png", b"\x89PNG", "ends in .png"),
        ("picture.csv", bytes(range(256)) * 40, "control characters"),
        ("program.csv", b"\x7fELF" + bytes(5_000), "zero bytes"),
        ("empty.csv", b"", "nothing stands there"),
        ("book.xlsx", b"PK\x03\x04 no workbook", "book.xlsx"),
        ("packed.csv.gz", b"\x1f\x8b\x08 cut", "damaged or cut off"),
    ],
)
def test_what_is_no_table_is_refused_at_the_door_and_not_kept(
    desk: Client, name: str, content: bytes, words: str
) -> None:
    answer = send(desk, content, name)
    assert answer["Location"] == reverse("files:list")
    assert words in text_of(page(desk, "list"))
    assert kept() == []
    assert Upload.objects.count() == 0


def test_a_file_that_is_too_large_is_not_kept(
    desk: Client, town: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1_000)
    send(desk, GOOD + "2020-02-01,420100,5,0\n" * 100)
    assert "larger than" in text_of(page(desk, "list"))
    assert kept() == []
    desk.post(reverse("files:send"))
    assert "No file was chosen." in text_of(page(desk, "list"))


def test_names_of_files_are_shown_harmlessly(desk: Client, town: str) -> None:
    upload = sent(desk, GOOD, "..\\..\\<script>alert(1)</script>\x07.csv")
    assert "/" not in upload.stored_as
    html = page(desk, "upload", upload.pk)
    assert "<script>alert" not in html
    assert "\x07" not in upload.file_name


def test_uploads_nobody_loads_are_deleted_after_a_week(desk: Client, town: str) -> None:
    upload = sent(desk, GOOD)
    stray = uploads.folder() / "nobody-knows-me"
    stray.write_bytes(b"x")
    assert uploads.tidy() == 1
    assert not stray.exists()
    clock.run_from(from_micros(clock.now_micros() + uploads.DAYS_KEPT * DAY + 1))
    assert uploads.tidy() == 1
    assert kept() == []
    assert desk.get(reverse("files:upload", args=[upload.pk])).status_code == 410


def test_a_clerk_deletes_a_file_that_is_not_to_be_loaded(desk: Client, town: str) -> None:
    upload = sent(desk, GOOD)
    desk.post(reverse("files:discard", args=[upload.pk]))
    assert kept() == []
    assert "has been deleted" in text_of(page(desk, "list"))


def test_a_load_that_fell_silent_is_said_to_be_cut_off(
    desk: Client, town: str, tmp_path: Path
) -> None:
    load = api.load(written(tmp_path, GOOD))
    Load.objects.update(state=State.RUNNING)
    assert "was cut off" not in text_of(page(desk, "load", load.load_id))
    clock.run_from(from_micros(clock.now_micros() + DAY))
    assert "was cut off" in text_of(page(desk, "load", load.load_id))


def test_pages_are_wholly_in_the_reader_s_language(desk: Client, town: str, tmp_path: Path) -> None:
    load = api.load(written(tmp_path, BROKEN))
    upload = sent(desk, BROKEN, "again.csv", mapping=town)
    with translation.override("zh-hans"):
        reader = Client(headers={"Accept-Language": "zh-hans"})
        reader.force_login(Account.objects.get(username="wang"))
        for html in (
            page(reader, "list"),
            page(reader, "load", load.load_id),
            page(reader, "upload", upload.pk),
            page(reader, "mappings"),
            page(reader, "mapping", town),
            page(reader, "edit_mapping", town, upload=upload.pk),
        ):
            main = html[html.index("<main") : html.index("</main>")]
            words = re.sub(
                r"<(code|pre|option|script|style|time)\b.*?</\1>", " ", main, flags=re.DOTALL
            )
            english = re.findall(r"\b[A-Za-z]+ [a-z]+ [a-z]+\b", text_of(words))
            assert english == []


def test_a_file_from_another_site_s_form_is_refused(staff: Account, town: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(staff)
    file = SimpleUploadedFile("town.csv", GOOD.encode())
    assert browser.post(reverse("files:send"), {"file": file}).status_code == 403
    assert kept() == []
    browser.get(reverse("files:list"))
    token = browser.cookies["csrftoken"].value
    file = SimpleUploadedFile("town.csv", GOOD.encode())
    answer = browser.post(reverse("files:send"), {"csrfmiddlewaretoken": token, "file": file})
    assert answer.status_code == 302
    assert len(kept()) == 1
