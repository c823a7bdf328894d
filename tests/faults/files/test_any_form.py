"""Whatever a browser sends to the pages of the files: an answer, never an error of the server."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rencheng.foundation.guard.models import Account
from rencheng.foundation.memory.balance import balances
from rencheng.sensing.files import uploads
from rencheng.sensing.files.models import Load, MappingVersion, Upload

FIELDS = (
    "kind", "base", "upload", "name", "title_zh", "source_name", "source_rank", "match_names",
    "event_column", "event_format", "event_zone", "event_span", "earliest", "latest",
    "published_rule", "published_column", "place_how", "place_fixed", "place_code", "place_name",
    "place_create", "place_level", "upper_how", "upper_fixed", "upper_code", "header", "encoding",
    "delimiter", "sheet", "empty", "field_confirmed", "thousands_confirmed", "field_dead", "save",
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(
        ["", "day", "code", "sick", "day (2)", "auto", "%d/%m/%Y", "%Q", "Asia", "Asia/Shanghai",
         "instant", "column", "end of day", "fixed", "columns", "keep", "none", "on", "city",
         "galaxy", "CN", "*", "^.*$", "0", "-1", "99999999999999999999", "2020-02-30",
         "2020-02-03", "utf-16", "\t", "\x00", "epidemic.new_cases", "shanghai-2022-districts",
         "china-2020-cities", "new"]
    ),
    st.text(max_size=12),
)  # fmt: skip
FORMS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=12)
RELAXED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def desk(db: None, settings: Any, tmp_path: Path) -> Client:
    settings.UPLOADS = tmp_path / "uploads"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    client = Client(raise_request_exception=True)
    client.force_login(Account.objects.create_user("wang", is_staff=True))
    return client


def ask(desk: Client, form: dict[str, str], upload: Upload) -> None:
    said = {"kind": "epidemic.daily_counts", "upload": upload.pk, **form}
    for address in (
        reverse("files:attempt"),
        f"{reverse('files:new_mapping')}?upload={upload.pk}&kind=epidemic.daily_counts",
        reverse("files:edit_mapping", args=["shanghai-2022-districts"]),
    ):
        assert desk.post(address, said).status_code < 500, (address, said)
    query = {"mapping": form.get("name", ""), "problem": form.get("kind", "")}
    assert desk.get(reverse("files:upload", args=[upload.pk]), query).status_code < 500


def sample(desk: Client) -> Upload:
    file = SimpleUploadedFile("town.csv", b"day,code,sick,dead\n2020-02-01,420100,5,0\nx,y,=1,\n")
    desk.post(reverse("files:send"), {"file": file})
    return Upload.objects.latest("sent_at")


@settings(max_examples=40, deadline=None, suppress_health_check=RELAXED)
@given(form=FORMS)
def test_any_form_gets_an_answer(desk: Client, form: dict[str, str]) -> None:
    ask(desk, form, Upload.objects.first() or sample(desk))


@pytest.mark.slow
@settings(max_examples=600, deadline=None, suppress_health_check=RELAXED)
@given(form=FORMS)
def test_any_form_gets_an_answer_for_long(desk: Client, form: dict[str, str]) -> None:
    ask(desk, form, Upload.objects.first() or sample(desk))


@settings(max_examples=40, deadline=None, suppress_health_check=RELAXED)
@given(
    content=st.binary(max_size=300) | st.text(max_size=100).map(str.encode),
    name=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
    | st.sampled_from(["a.csv", "a.xlsx", "a.parquet", "a.json", "a.csv.gz", "../a.csv", "a.gpkg"]),
    toml=st.binary(max_size=80) | st.just(b'name = "x"'),
)
def test_any_upload_gets_an_answer_and_leaves_nothing_half_kept(
    desk: Client, content: bytes, name: str, toml: bytes
) -> None:
    sent = SimpleUploadedFile("x.csv", content)
    sent._name = name  # type: ignore[attr-defined]  # as a browser may say it, past what Django's own class would mend
    answer = desk.post(reverse("files:send"), {"file": sent})
    assert answer.status_code in {302, 400}
    for upload in Upload.objects.all():
        assert desk.get(reverse("files:upload", args=[upload.pk])).status_code < 500
    kept = {path.name for path in uploads.folder().iterdir()}
    assert kept == set(Upload.objects.values_list("stored_as", flat=True))
    versions = MappingVersion.objects.count()
    file = SimpleUploadedFile("m.toml", toml)
    assert desk.post(reverse("files:receive_mapping"), {"file": file}).status_code == 302
    assert MappingVersion.objects.count() == versions
    assert Load.objects.count() == 0
    assert all(balance.balanced for balance in balances())
