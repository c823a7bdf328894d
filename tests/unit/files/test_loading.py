"""A file ends in the journal once, whatever happens, and every row is accounted for."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from rencheng.foundation.memory import clock
from rencheng.foundation.memory.balance import balances, rejections
from rencheng.foundation.memory.journal.api import of_kind
from rencheng.foundation.places import api as places
from rencheng.kernel.errors import ConflictError, DataError, InputError
from rencheng.kernel.time import day_end, day_start, from_micros, parse_day
from rencheng.sensing.files import api, loading, mappings
from rencheng.sensing.files.models import Load, MappingVersion, RefusedCell, State
from tests.fixtures.mappings import mapping, written

pytestmark = pytest.mark.django_db

GOOD = "day,code,sick,dead\n2020-02-01,420100,5,0\n2020-02-02,420100,7,\n2020-02-01,420200,1,0\n"


def journal() -> list[tuple[Any, ...]]:
    tables = list(of_kind("epidemic.daily_counts"))
    if not tables:
        return []
    table = pl.concat(tables).sort("sequence")
    return table.select("sequence", "place_id", "event_at", "published_at", "value").rows()


def balanced() -> bool:
    return all(balance.balanced for balance in balances())


def test_a_file_finds_its_mapping_and_becomes_observations(tmp_path: Path, town: str) -> None:
    result = api.load(written(tmp_path, GOOD))
    assert (result.sent, result.stored, result.duplicate, result.rejected) == (3, 3, 0, 0)
    assert (result.mapping, result.mapping_version, result.rows) == (town, 1, 3)
    wuhan = places.get("420100").id
    day = parse_day("2020-02-02")
    said = [row[1:] for row in journal()]
    assert (
        wuhan,
        day_start(day, "Asia/Shanghai"),
        day_end(day, "Asia/Shanghai"),
        '{"confirmed":7}',
    ) in said
    assert balanced()


def test_a_second_load_stores_nothing(tmp_path: Path, town: str) -> None:
    path = written(tmp_path, GOOD)
    api.load(path)
    before = journal()
    again = api.load(path)
    assert (again.sent, again.stored, again.duplicate) == (3, 0, 3)
    assert journal() == before
    assert balanced()


def test_shuffled_and_doubled_rows_give_the_same_journal(tmp_path: Path, town: str) -> None:
    header, *rows = GOOD.splitlines()
    api.load(written(tmp_path, "\n".join([header, *reversed(rows), *rows])))
    twice = journal()
    assert len(twice) == 3
    assert balanced()
    Load.objects.all().delete()
    assert api.load(written(tmp_path, GOOD)).stored == 0
    assert journal() == twice


def test_every_refused_row_comes_back_with_its_line_and_cells(tmp_path: Path, town: str) -> None:
    text = GOOD + "2020-02-30,420100,5,0\n2020-02-03,420100,-1,many\n2020-02-03,420100\n"
    result = api.load(written(tmp_path, text))
    assert (result.stored, result.rejected) == (3, 3)
    refused = {row.line: row for row in rejections(f"load-{result.load_id}")}
    assert list(refused) == [5, 6, 7]
    assert refused[5].reasons == [
        {"field": "event_at", "was": "2020-02-30", "should": "a day that the calendar has"}
    ]
    assert [one["field"] for one in refused[6].reasons] == ["confirmed", "dead"]
    assert refused[6].row == {"day": "2020-02-03", "code": "420100", "sick": "-1", "dead": "many"}
    assert refused[7].row == {"day": "2020-02-03", "code": "420100"}
    problems = RefusedCell.objects.filter(load=result.load_id).order_by("line", "id")
    assert [(cell.line, cell.problem) for cell in problems] == [
        (5, "no such day"), (6, "low"), (6, "number"), (7, "columns"),
    ]  # fmt: skip


def test_a_load_cut_off_goes_on_and_ends_as_if_nothing_had_been(
    tmp_path: Path, town: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "ROWS_AT_ONCE", 2)
    path = written(tmp_path, GOOD)

    class Pulled(BaseException):
        """The plug."""

    def pull(done: int, _: int) -> None:
        if done >= 2:
            raise Pulled

    with pytest.raises(Pulled):
        api.load(path, progress=pull)
    cut = Load.objects.get()
    assert (cut.state, cut.rows_done, cut.stored) == (State.RUNNING, 2, 2)
    assert balanced()
    result = api.load(path)
    assert result.load_id == cut.pk
    assert (result.from_row, result.rows, result.sent, result.stored) == (2, 3, 3, 3)
    assert Load.objects.get().state == State.DONE
    assert balanced()


def test_without_resume_a_new_load_begins(tmp_path: Path, town: str) -> None:
    path = written(tmp_path, GOOD)

    def fail(*_: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        api.load(path, progress=fail)
    assert api.load(path, resume=False).from_row == 0
    assert Load.objects.count() == 2


def test_of_two_runs_of_a_load_only_the_later_one_writes(
    tmp_path: Path, town: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "ROWS_AT_ONCE", 1)
    path = written(tmp_path, GOOD)

    def meanwhile(done: int, _: int) -> None:
        if done == 1:
            api.load(path)

    with pytest.raises(ConflictError, match="another run"):
        api.load(path, progress=meanwhile)
    row = Load.objects.get()
    assert (row.state, row.sent, row.stored) == (State.DONE, 3, 3)
    assert balanced()


def test_a_file_without_the_columns_is_refused_before_anything_is_stored(
    tmp_path: Path, town: str
) -> None:
    path = written(tmp_path, "day,code,ill\n2020-02-01,420100,5\n")
    with pytest.raises(InputError, match="lacks: sick"):
        api.load(path)
    with pytest.raises(DataError, match="no column 'sick', 'dead'"):
        api.load(path, town)
    row = Load.objects.get()
    assert row.state == State.FAILED
    assert "'sick'" in row.error
    assert journal() == []


def test_a_header_with_a_column_twice_is_refused(tmp_path: Path, town: str) -> None:
    path = written(tmp_path, "day,code,sick,dead,sick\n2020-02-01,420100,5,0,6\n")
    with pytest.raises(DataError, match="'sick' stands twice"):
        api.load(path, town)


def test_a_file_damaged_at_its_end_leaves_nothing_behind(tmp_path: Path, town: str) -> None:
    import gzip

    packed = gzip.compress((GOOD + "2020-02-01,420100,5,0\n" * 50_000).encode())
    path = written(tmp_path, packed[: len(packed) // 2], "town.csv.gz")
    with pytest.raises(DataError, match="damaged or cut off"):
        api.load(path, town)
    assert journal() == []
    assert balances() == [] or balanced()


def test_a_file_of_which_no_row_fits_is_given_up(
    tmp_path: Path, town: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "ROWS_AT_ONCE", 5)
    monkeypatch.setattr(loading, "GIVE_UP_AFTER", 10)
    text = "day,code,sick,dead\n" + "soon,420100,5,0\n" * 100
    with pytest.raises(DataError, match="does not fit this file"):
        api.load(written(tmp_path, text))
    row = Load.objects.get()
    assert (row.state, row.sent, row.rejected) == (State.FAILED, 10, 10)
    assert balanced()


def test_what_lies_after_the_clock_of_the_house_is_refused(tmp_path: Path, town: str) -> None:
    clock.freeze(from_micros(day_start(parse_day("2020-02-01"), "Asia/Shanghai") + 3600))
    result = api.load(written(tmp_path, GOOD))
    assert (result.stored, result.rejected) == (2, 1)
    assert RefusedCell.objects.get().problem == "future"


def test_an_untrusted_source_cannot_date_its_own_publishing(tmp_path: Path) -> None:
    source = {"name": "rumour", "title": {"zh": "传", "en": "Rumour"}}
    mappings.record(mapping(source=source))
    api.load(written(tmp_path, GOOD))
    assert {row[3] for row in journal()} == {None}


def test_a_mended_file_is_stored_and_the_ledger_stays_balanced(tmp_path: Path, town: str) -> None:
    api.load(written(tmp_path, GOOD + "2020-02-03,420100,many,0\n2020-02-04,420100,5,=1\n"))
    mended = (
        "line,problem,day,code,sick,dead\n5,not a number,2020-02-03,420100,9,0\n"
        "6,formula,2020-02-04,420100,5,'=1\n"
    )
    result = api.load(written(tmp_path, mended, "town-refused.csv"))
    assert (result.sent, result.stored, result.rejected) == (2, 1, 1)
    assert len(journal()) == 4
    assert next(rejections(f"load-{result.load_id}")).row["dead"] == "=1"
    assert balanced()


def test_an_edited_mapping_is_a_new_version_and_the_load_remembers_which(tmp_path: Path) -> None:
    mappings.record(mapping())
    first = api.load(written(tmp_path, GOOD))
    mappings.record(mapping(reading={"empty": ["-"]}))
    mappings.record(mapping(reading={"empty": ["-"]}))
    second = api.load(written(tmp_path, GOOD))
    assert (first.mapping_version, second.mapping_version) == (1, 2)
    assert MappingVersion.objects.count() == 2
    loads = Load.objects.order_by("pk")
    assert [row.mapping_digest for row in loads] == [
        row.digest for row in MappingVersion.objects.order_by("version")
    ]


def test_a_shipped_mapping_keeps_its_name_and_a_source_its_words() -> None:
    shipped = mappings.named("china-2020-cities").mapping
    with pytest.raises(ConflictError, match="comes with the house"):
        mappings.record(mapping(name=shipped.name))
    with pytest.raises(ConflictError, match="described otherwise"):
        mappings.record(mapping(source={**_said(shipped.source.name), "rank": 1}))


def _said(name: str) -> dict[str, Any]:
    return {"name": name, "title": {"zh": "冒", "en": "Forged"}}


def test_a_check_says_what_a_load_would_do_and_does_nothing(tmp_path: Path, town: str) -> None:
    text = GOOD + "2020-02-30,420100,5,0\n2020-02-03,420300,5,0\n"
    seen = api.check(written(tmp_path, text))
    assert (seen.looked_at, seen.complete, seen.good, seen.refused) == (5, True, 4, 1)
    assert [row.line for row in seen.rows] == [2, 3, 4, 6]
    assert seen.rows[0].value == {"confirmed": 5, "dead": 0}
    assert seen.rows[0].new_place
    assert seen.problems == {"no such day": 1}
    assert seen.new_places == ("420100 (420100)", "420200 (420200)", "420300 (420300)")
    assert journal() == []
    assert Load.objects.count() == 0
    assert places.table().height == 0


def test_a_plan_lists_every_file_with_its_mapping_or_the_reason(tmp_path: Path, town: str) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, "a,b\n1,2\n", "other.csv")
    written(tmp_path, "read me", "README.md")
    planned = {one.path.name: one for one in api.plan(tmp_path)}
    assert planned["town.csv"].mapping == town
    assert planned["other.csv"].mapping is None
    assert "fits no mapping" in planned["other.csv"].why.en
    assert planned["README.md"].mapping is None
    with pytest.raises(InputError):
        api.plan(tmp_path / "nowhere")


def test_rows_come_from_excel_parquet_and_json_lines_too(tmp_path: Path, town: str) -> None:
    import io

    frame = pl.read_csv(io.StringIO(GOOD), try_parse_dates=True)
    frame.write_parquet(tmp_path / "town.parquet")
    frame.write_excel(tmp_path / "town.xlsx")
    frame.with_columns(pl.col("day").cast(pl.String)).write_ndjson(tmp_path / "town.jsonl")
    api.load(written(tmp_path, GOOD))
    before = journal()
    for name in ("town.parquet", "town.xlsx", "town.jsonl"):
        result = api.load(tmp_path / name)
        assert (result.sent, result.duplicate, result.rejected) == (3, 3, 0), name
    assert journal() == before


def test_json_objects_may_lack_keys_and_have_more(tmp_path: Path, town: str) -> None:
    lines = [
        f'{{"day": "2020-02-{day:02d}", "code": "420100", "sick": {day}}}' for day in range(1, 25)
    ]
    lines += ['{"day": "2020-02-25", "code": "420100", "sick": -1, "dead": 1, "note": "late"}']
    result = api.load(written(tmp_path, "\n".join(lines), "town.jsonl"))
    assert (result.stored, result.rejected) == (24, 1)
    refused = next(rejections(f"load-{result.load_id}"))
    assert refused.row["note"] == "late"


def test_an_optional_column_that_stands_twice_is_refused_too(tmp_path: Path, town: str) -> None:
    path = written(tmp_path, "day,code,sick,dead,dead\n2020-02-01,420100,5,0,6\n")
    with pytest.raises(DataError, match="'dead' stands twice"):
        api.load(path, town)


def test_a_fixed_place_that_nobody_knows_is_not_invented(tmp_path: Path) -> None:
    mappings.record(mapping(place={"fixed": {"code": "42O100"}}))
    with pytest.raises(InputError, match="42O100 of the mapping is not known"):
        api.load(written(tmp_path, GOOD))
    assert places.table().height == 0


def test_a_file_of_a_header_alone_is_loaded_and_holds_nothing(tmp_path: Path, town: str) -> None:
    result = api.load(written(tmp_path, "day,code,sick,dead\n"))
    assert (result.rows, result.sent) == (0, 0)
    assert Load.objects.get().state == State.DONE
