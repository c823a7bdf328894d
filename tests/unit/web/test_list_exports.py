"""Exports: the same rows in every form, harmless to spreadsheets, true to their types."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import fastexcel
import polars as pl
import pytest
from django.http import QueryDict

from rencheng.foundation.web.lists import Column, ListSpec, Sort, TableRows
from rencheng.foundation.web.lists.export.excel import excel_file
from rencheng.foundation.web.lists.export.parquet import parquet_file
from rencheng.foundation.web.lists.export.sheet import Sheet, sheet
from rencheng.foundation.web.lists.export.text import csv_lines, harmless, json_lines
from rencheng.foundation.web.lists.state import read
from rencheng.kernel.words import Words

AT = datetime(2020, 2, 12, 16, 30, tzinfo=UTC)
TABLE = pl.DataFrame(
    {
        "id": [1, 2, 3],
        "name": ["武汉", '=HYPERLINK("x")', "+86 27"],
        "count": [32_994, -5, None],
        "big": [2**60, 1, 0],
        "share": [0.125, None, 1.0],
        "at": [AT, None, AT],
        "day": [date(2020, 2, 13), None, date(2020, 2, 14)],
        "open": [True, False, None],
        "title": ["a", "b", "c"],
    }
)
SPEC = ListSpec(
    name="all-kinds",
    caption="All kinds",
    columns=(
        Column(name="name", label=Words("地方", "Place")),
        Column(
            name="count", label=Words("人数", "Count"), kind="integer", unit=Words("人", "people")
        ),
        Column(name="big", label="Big", kind="integer"),
        Column(name="share", label="Share", kind="share"),
        Column(name="at", label="At", kind="instant"),
        Column(name="day", label="Day", kind="day"),
        Column(name="open", label="Open", kind="flag"),
        Column(
            name="words",
            label="Words",
            value=lambda row: Words("字", row["title"]),
            needs=("title",),
        ),
        Column(name="link", label="Link", field="name", exported=False),
    ),
    sorts=(Sort(name="id", fields=("id",)),),
)


@pytest.fixture
def exported() -> Sheet:
    return sheet(read(SPEC, QueryDict()), TableRows(TABLE))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    from django.utils import translation

    with translation.override("en"):
        yield


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(exported: Sheet) -> None:
    text = b"".join(csv_lines(exported))
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    assert rows == [
        ["Place", "Count (people)", "Big", "Share", "At", "Day", "Open", "Words"],
        [
            "武汉",
            "32994",
            str(2**60),
            "0.125",
            "2020-02-13T00:30:00+08:00",
            "2020-02-13",
            "true",
            "a",
        ],
        ['\'=HYPERLINK("x")', "-5", "1", "", "", "", "false", "b"],
        ["'+86 27", "", "0", "1.0", "2020-02-13T00:30:00+08:00", "2020-02-14", "", "c"],
    ]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\tx", "\rx", "＝1", "－1"])
def test_whatever_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless(f"a{text}") == f"a{text}"


def test_json_lines_keep_types_and_names(exported: Sheet) -> None:
    import json

    rows = [json.loads(line) for line in b"".join(json_lines(exported)).splitlines()]
    assert rows[0] == {
        "name": "武汉", "count": 32994, "big": 2**60, "share": 0.125,
        "at": "2020-02-12T16:30:00Z", "day": "2020-02-13", "open": True, "words": "a",
    }  # fmt: skip
    assert rows[1]["name"] == '=HYPERLINK("x")'
    assert rows[2]["count"] is None


def test_parquet_gives_the_rows_back_as_they_were(exported: Sheet) -> None:
    with parquet_file(exported) as file:
        table = pl.read_parquet(file)
    assert table.schema == {
        "name": pl.String, "count": pl.Int64, "big": pl.Int64, "share": pl.Float64,
        "at": pl.Datetime("us", "UTC"), "day": pl.Date, "open": pl.Boolean, "words": pl.String,
    }  # fmt: skip
    names = [name for name in table.columns if name != "words"]
    assert table.select(names).equals(TABLE.select(names))


def test_parquet_of_many_pieces_keeps_the_order() -> None:
    count = 250_003
    table = TableRows(pl.DataFrame({"id": range(count), "name": ["x"] * count}))
    spec = ListSpec(
        name="many",
        caption="Many",
        columns=(Column(name="id", label="Number", kind="integer"), Column(name="name", label="N")),
        sorts=(Sort(name="id", fields=("id",)),),
    )
    with parquet_file(sheet(read(spec, QueryDict("sort=-id")), table)) as file:
        assert pl.read_parquet(file)["id"].to_list() == list(range(count - 1, -1, -1))


def test_excel_holds_numbers_as_numbers_and_texts_as_texts(exported: Sheet) -> None:
    with excel_file(exported) as file:
        book = fastexcel.read_excel(file.read())
    rows = book.load_sheet(0).to_polars()
    assert rows.columns == ["Place", "Count (people)", "Big", "Share", "At", "Day", "Open", "Words"]
    assert rows["Place"].to_list() == ["武汉", '=HYPERLINK("x")', "+86 27"]
    assert rows["Count (people)"].to_list() == [32994, -5, None]
    assert str(rows["Big"][0]) == str(2**60)
    assert str(rows["At"][0]) == "2020-02-13 00:30:00"
    assert str(rows["Day"][0]).startswith("2020-02-13")


def test_rows_beyond_a_sheet_of_excel_go_on_in_the_next(exported: Sheet) -> None:
    with excel_file(exported, rows_of_a_sheet=2) as file:
        book = fastexcel.read_excel(file.read())
    assert book.sheet_names == ["all-kinds-1", "all-kinds-2"]
    assert [book.load_sheet(at).to_polars().height for at in (0, 1)] == [2, 1]


def test_a_list_without_rows_still_exports_its_header() -> None:
    def nothing() -> Sheet:
        return sheet(read(SPEC, QueryDict()), TableRows(TABLE.clear()))

    assert b"Place" in b"".join(csv_lines(nothing()))
    assert b"".join(json_lines(nothing())) == b""
    with parquet_file(nothing()) as file:
        assert pl.read_parquet(file).columns[0] == "name"
    with excel_file(nothing()) as file:
        assert fastexcel.read_excel(file.read()).load_sheet(0).to_polars().height == 0
