"""Days and instants in cells."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TypeVar

from rencheng.kernel.errors import InputError
from rencheng.kernel.time import Micros, day_start, to_micros, zone
from rencheng.sensing.files.convert.texts import narrow

_DAY = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{4})年(\d{1,2})月(\d{1,2})日?", re.ASCII)
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
# Spreadsheets give a day as its midnight.
_MIDNIGHT = re.compile(r"[T ]0?0:00(:00(\.0+)?)?$", re.ASCII)
_TIME = re.compile(
    r"[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_Taken = TypeVar("_Taken", date, Micros)

FORMATS = (
    "auto", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%d/%m/%y", "%m/%d/%y",
)  # fmt: skip


def read_day(text: str, form: str = "auto") -> date | str:
    """
    Read a day from a cell, or give the name of the phrase that says what is wrong.

    ``auto`` takes the year first (2020-02-13, 2020/2/13, 20200213, 2020年2月13日), since 03/04/2020
    means one day to one clerk and another to the next; other orders need a strptime pattern.

    Examples
    --------
    >>> read_day("2020年2月13日"), read_day("13.02.2020", "%d.%m.%Y")
    (datetime.date(2020, 2, 13), datetime.date(2020, 2, 13))
    >>> read_day("2020-02-30"), read_day("13/02/2020")
    ('no such day', 'date')
    """
    cell = _MIDNIGHT.sub("", narrow(text))
    if form != "auto":
        return _by_pattern(cell, form, "date", lambda moment: moment.date())
    found = _DAY.fullmatch(cell) or _RUN.fullmatch(cell)
    return _day_of(found) if found else "date"


def read_instant(text: str, zone_name: str, form: str = "auto") -> Micros | str:
    """
    Read an instant from a cell, or give the name of the phrase that says what is wrong.

    A time without an offset is local time of the zone; where clocks are put back, the first of
    the two hours is meant. ``auto`` takes a day as `read_day` does, then optionally a time.

    Examples
    --------
    >>> read_instant("2020-02-13 08:00", "Asia/Shanghai")
    1581552000000000
    >>> read_instant("2020-02-13T00:00Z", "Asia/Shanghai")
    1581552000000000
    """
    cell = narrow(text)
    local = zone(zone_name)

    def localised(moment: datetime) -> Micros:
        return to_micros(moment if moment.tzinfo else moment.replace(tzinfo=local))

    if form != "auto":
        return _by_pattern(cell, form, "time", localised)
    found = _DAY.match(cell) or _RUN.match(cell)
    time = _TIME.fullmatch(cell, found.end()) if found else None
    if found is None or (time is None and found.end() != len(cell)):
        return "time"
    day = _day_of(found)
    if isinstance(day, str):
        return day
    return _at(day, time, zone_name)


def _at(day: date, time: re.Match[str] | None, zone_name: str) -> Micros | str:
    if time is None:
        return day_start(day, zone_name)
    hour, minute, second, fraction, offset = time.groups()
    micros = int((fraction or "0").ljust(6, "0"))
    try:
        moment = datetime(  # noqa: DTZ001 - the zone follows
            day.year, day.month, day.day, int(hour), int(minute), int(second or 0), micros
        )
        if offset is None:
            return to_micros(moment.replace(tzinfo=zone(zone_name)))
        shift = timedelta(0)
        if offset != "Z":
            sign = -1 if offset[0] == "-" else 1
            shift = sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[-2:]))
        return to_micros(moment.replace(tzinfo=zone("UTC")) - shift)
    except (ValueError, OverflowError):
        return "no such day"


def _day_of(found: re.Match[str]) -> date | str:
    year, month, day = (int(part) for part in found.groups() if part and part.isdigit())
    try:
        return date(year, month, day)
    except ValueError:
        return "no such day"


def _by_pattern(
    cell: str, form: str, phrase: str, take: Callable[[datetime], _Taken]
) -> _Taken | str:
    try:
        return take(datetime.strptime(cell, form))  # noqa: DTZ007 - the caller knows the zone
    except OverflowError:
        return "no such day"
    except ValueError as error:
        # strptime's own words are all there is to tell the two apart.
        return "no such day" if "out of range" in str(error) else phrase


@lru_cache(maxsize=200)
def example(form: str, *, time: bool = False) -> str:
    """Show how a day or time is written in a format."""
    moment = datetime(2020, 2, 13, 8, 0)  # noqa: DTZ001 - an example
    if form == "auto":
        return "2020-02-13 08:00" if time else "2020-02-13"
    return moment.strftime(form)


def require_format(form: str) -> None:
    """
    Check that a format can be read back.

    Raises
    ------
    InputError
        If strptime cannot read what strftime writes in it, or it leaves the day open.
    """
    if form == "auto":
        return
    moment = datetime(2020, 2, 13)  # noqa: DTZ001 - an example
    try:
        again = datetime.strptime(moment.strftime(form), form)  # noqa: DTZ007
    except (ValueError, re.error) as error:
        raise InputError(f"date format {form!r} cannot be read: {error}") from error
    if again.date() != moment.date():
        raise InputError(f"date format {form!r} should have a day, a month and a year")


def formats_of(samples: list[str]) -> list[str]:
    """
    List the formats in which every sample is a day, ``auto`` alone where it will do.

    Two answers mean that the samples do not tell (03/04/2020); a person must say.

    Examples
    --------
    >>> formats_of(["13/02/2020", "01/03/2020"]), formats_of(["03/04/2020"])
    (['%d/%m/%Y'], ['%d/%m/%Y', '%m/%d/%Y'])
    """
    fitting = [
        form
        for form in FORMATS
        if samples and not any(isinstance(read_day(text, form), str) for text in samples)
    ]
    return ["auto"] if "auto" in fitting else fitting
