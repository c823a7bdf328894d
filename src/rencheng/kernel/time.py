"""
Instants and days.

Inside the house an instant is an aware UTC ``datetime`` or, in columns, an int64 number of
microseconds since 1970-01-01T00:00:00Z. Local time exists only at the edges.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from rencheng.kernel.errors import InputError

Micros = int
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND: Micros = 1_000_000
DAY: Micros = 86_400 * SECOND


def to_micros(instant: datetime) -> Micros:
    """
    Convert an aware datetime to microseconds since the epoch.

    Raises
    ------
    InputError
        If ``instant`` has no time zone.

    Examples
    --------
    >>> to_micros(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    if instant.tzinfo is None:
        raise InputError(f"instant {instant.isoformat()} has no time zone; it should be aware")
    return (instant - EPOCH) // timedelta(microseconds=1)


def from_micros(micros: Micros) -> datetime:
    """
    Convert microseconds since the epoch to an aware UTC datetime.

    Examples
    --------
    >>> from_micros(1000000).isoformat()
    '1970-01-01T00:00:01+00:00'
    """
    return EPOCH + timedelta(microseconds=micros)


def zone(name: str) -> ZoneInfo:
    """
    Look a time zone up by its IANA name.

    Raises
    ------
    InputError
        If there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(
            f"time zone {name!r} is unknown; it should be an IANA name such as Asia/Shanghai"
        ) from error


def day_start(day: date, zone_name: str) -> Micros:
    """
    Give the instant at which a local day begins, in microseconds since the epoch.

    Examples
    --------
    >>> from_micros(day_start(date(2020, 2, 13), "Asia/Shanghai")).isoformat()
    '2020-02-12T16:00:00+00:00'
    """
    return to_micros(datetime.combine(day, time(0), tzinfo=zone(zone_name)))


def day_end(day: date, zone_name: str) -> Micros:
    """Give the instant at which a local day ends: the start of the next day."""
    return day_start(day + timedelta(days=1), zone_name)


def local_day(micros: Micros, zone_name: str) -> date:
    """
    Give the local calendar day in which an instant falls.

    Examples
    --------
    >>> local_day(day_start(date(2020, 2, 13), "Asia/Shanghai"), "Asia/Shanghai").isoformat()
    '2020-02-13'
    """
    return from_micros(micros).astimezone(zone(zone_name)).date()


def parse_day(text: str) -> date:
    """
    Read a day written YYYY-MM-DD.

    Raises
    ------
    InputError
        If the text is no such day; the message shows it.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(f"day {text!r} is not a date; it should look like 2020-02-13") from error
