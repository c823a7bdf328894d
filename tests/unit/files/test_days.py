"""Days and instants as clerks write them."""

from datetime import date

import polars as pl
import pytest

from rencheng.kernel.errors import InputError
from rencheng.kernel.time import day_end, day_start, from_micros, to_micros
from rencheng.sensing.files.convert.days import formats_of, read_day, read_instant, require_format
from rencheng.sensing.files.convert.times import times
from rencheng.sensing.files.mapping.spec import Event, PublishedPart

DAY = date(2020, 2, 3)
NOW = to_micros(from_micros(day_start(date(2020, 3, 1), "Asia/Shanghai")))


@pytest.mark.parametrize(
    "text",
    [
        "2020-02-03", "2020-2-3", "2020/2/3", "2020.02.03", "20200203", "2020年2月3日",
        "2020年2月3", " ２０２０－０２－０３ ", "2020-02-03 00:00:00",
        "2020-02-03T00:00:00.000", "2020/2/3 0:00",
    ],
)  # fmt: skip
def test_a_day_with_its_year_first_is_read(text: str) -> None:
    assert read_day(text) == DAY


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("03/02/2020", "date"), ("Feb 3, 2020", "date"), ("43864", "date"), ("2020-02", "date"),
        ("2020-02-03 08:00", "date"), ("2020-02/03", "date"), ("昨天", "date"),
        ("2020-02-30", "no such day"), ("2020-13-01", "no such day"), ("0000-01-01", "no such day"),
        ("2019-02-29", "no such day"), ("20200230", "no such day"),
    ],
)  # fmt: skip
def test_what_is_no_day_is_told_apart_from_a_day_that_never_was(text: str, phrase: str) -> None:
    assert read_day(text) == phrase


def test_another_order_needs_its_pattern_and_keeps_to_it() -> None:
    assert read_day("03/02/2020", "%d/%m/%Y") == DAY
    assert read_day("30/02/2020", "%d/%m/%Y") == "no such day"
    assert read_day("2020-02-03", "%d/%m/%Y") == "date"


def test_samples_tell_the_order_or_say_that_they_do_not() -> None:
    assert formats_of(["2020-02-03", "2020/3/1"]) == ["auto"]
    assert formats_of(["02/13/2020"]) == ["%m/%d/%Y"]
    assert formats_of(["03/02/2020"]) == ["%d/%m/%Y", "%m/%d/%Y"]
    assert formats_of(["soon"]) == []
    assert formats_of([]) == []


def test_a_pattern_that_leaves_the_day_open_is_refused() -> None:
    require_format("%d.%m.%Y")
    for pattern in ("%Y", "%d.%m", "%Q", "always"):
        with pytest.raises(InputError):
            require_format(pattern)


def test_an_instant_is_local_unless_it_says_otherwise() -> None:
    morning = day_start(DAY, "Asia/Shanghai") + 8 * 3600 * 1_000_000
    assert read_instant("2020-02-03 08:00", "Asia/Shanghai") == morning
    assert read_instant("2020-02-03T00:00:00Z", "Asia/Shanghai") == morning
    assert read_instant("2020-02-03T09:00:00.000+09:00", "Asia/Shanghai") == morning
    assert read_instant("2020-02-03", "Asia/Shanghai") == day_start(DAY, "Asia/Shanghai")
    assert read_instant("2020-02-03 25:00", "Asia/Shanghai") == "no such day"
    assert read_instant("2020-02-03 noon", "Asia/Shanghai") == "time"
    assert read_instant("0001-01-01T00:00+14:00", "Asia/Shanghai") == "no such day"


def test_a_day_counts_from_its_start_and_is_published_at_its_end() -> None:
    table = pl.DataFrame({"day": ["2020-02-03"]})
    said = times(table, Event(column="day"), PublishedPart(rule="end of day"), NOW)
    assert said.event == [day_start(DAY, "Asia/Shanghai")]
    assert said.published == [day_end(DAY, "Asia/Shanghai")]
    assert said.reasons == {}


def test_the_future_the_too_old_and_the_missing_are_told_apart() -> None:
    days = ["2020-03-01", "2020-03-02", "2019-12-31", None, "1850-01-01"]
    event = Event(column="day", earliest=date(2020, 1, 1))
    said = times(pl.DataFrame({"day": days}), event, PublishedPart(), NOW)
    assert [row for row, at in enumerate(said.event) if at is not None] == [0]
    assert {row: one[0][2] for row, one in said.reasons.items()} == {
        1: "a day up to 2020-03-01",
        2: "a day from 2020-01-01 on",
        3: "given; it is required",
        4: "a day from 2020-01-01 on",
    }


def test_a_column_may_say_when_a_row_was_published() -> None:
    table = pl.DataFrame(
        {"day": ["2020-02-03"] * 4, "out": ["2020-02-05", "2020-02-04 09:00", None, "2020-04-01"]}
    )
    said = times(table, Event(column="day"), PublishedPart(rule="column", column="out"), NOW)
    assert said.published[0] == day_end(date(2020, 2, 5), "Asia/Shanghai")
    assert said.published[1] == read_instant("2020-02-04 09:00", "Asia/Shanghai")
    assert said.published[2:] == [None, None]
    assert said.reasons[3][0] == ("published_at", "2020-04-01", "not in the future")
