"""Days and instants across zones, and words in two languages."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rencheng.kernel.errors import InputError, RenchengError
from rencheng.kernel.time import (
    DAY,
    day_end,
    day_start,
    from_micros,
    local_day,
    parse_day,
    to_micros,
    zone,
)
from rencheng.kernel.words import Words

instants = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)
ZONES = ["UTC", "Asia/Shanghai", "Europe/Helsinki", "America/St_Johns", "Asia/Kathmandu"]


@given(instants)
def test_an_instant_survives_as_an_integer(moment: datetime) -> None:
    assert from_micros(to_micros(moment)) == moment


@given(st.dates(date(1970, 1, 2), date(2100, 1, 1)), st.sampled_from(ZONES))
def test_a_day_holds_its_first_and_last_instant_and_no_other_day(day: date, name: str) -> None:
    start, end = day_start(day, name), day_end(day, name)
    assert local_day(start, name) == local_day(end - 1, name) == day
    assert local_day(end, name) == day + timedelta(days=1)
    assert DAY - 2 * 3_600_000_000 <= end - start <= DAY + 2 * 3_600_000_000


def test_a_naive_instant_a_wrong_day_and_a_strange_zone_are_refused_by_name() -> None:
    with pytest.raises(InputError, match="no time zone"):
        to_micros(datetime(2020, 1, 1))  # noqa: DTZ001
    with pytest.raises(InputError, match="'2020-02-30' is not a date"):
        parse_day("2020-02-30")
    with pytest.raises(InputError, match="'Mars/Olympus' is unknown"):
        zone("Mars/Olympus")
    with pytest.raises(RenchengError):
        zone("../etc")
    with pytest.raises(InputError, match="Asia"):
        zone("Asia")  # a folder of the zones' own


def test_words_speak_the_language_of_the_page() -> None:
    assert Words("确诊", "confirmed").say("zh-hans") == "确诊"
    assert Words("确诊", "confirmed").say("en-GB") == "confirmed"
