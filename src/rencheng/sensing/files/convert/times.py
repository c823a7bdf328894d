"""When the rows of a table happened and were published; each different text is read once."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from rencheng.kernel.time import DAY, Micros, day_end, day_start, local_day
from rencheng.sensing.files.convert.days import example, read_day, read_instant
from rencheng.sensing.files.convert.phrases import Reason, reason
from rencheng.sensing.files.mapping.spec import Event, PublishedPart

# The journal begins here; a day earlier or later by zone does not matter to anybody.
_FIRST = date(1900, 1, 2)


@dataclass(frozen=True, slots=True)
class Times:
    """Per row: when it happened and was published (None: not said), and what is wrong."""

    event: list[Micros | None]
    published: list[Micros | None]
    reasons: dict[int, list[Reason]]


def times(table: pl.DataFrame, event: Event, published: PublishedPart, now: Micros) -> Times:
    """
    Read the times of every row of a table whose steps are done.

    Parameters
    ----------
    table
        Holds the columns that ``event`` and ``published`` name, as texts.
    event, published
        From a mapping.
    now
        By the clock of the house: what lies after it is refused.
    """
    texts = table[event.column].to_list()
    known = {text: _happened(text, event, published, now) for text in dict.fromkeys(texts)}
    reasons: dict[int, list[Reason]] = {}
    event_at: list[Micros | None] = []
    published_at: list[Micros | None] = []
    for row, text in enumerate(texts):
        happened, out, wrong = known[text]
        event_at.append(happened)
        published_at.append(out)
        if wrong is not None:
            reasons[row] = [wrong]
    if published.rule == "column":
        texts = table[published.column].to_list()
        came_out = {text: _came_out(text, event, published, now) for text in dict.fromkeys(texts)}
        for row, text in enumerate(texts):
            published_at[row], wrong = came_out[text]
            if wrong is not None:
                reasons.setdefault(row, []).append(wrong)
    return Times(event_at, published_at, reasons)


def _happened(
    text: str | None, event: Event, published: PublishedPart, now: Micros
) -> tuple[Micros | None, Micros | None, Reason | None]:
    if text is None:
        return None, None, reason("event_at", "", "missing")
    if event.span == "instant":
        moment = read_instant(text, event.zone, event.format)
        if isinstance(moment, str):
            return None, None, _unread(text, moment, event.format, time=True)
        wrong = _outside(text, _day_of(moment, event.zone), event, now)
        end = published.rule == "end of day" and wrong is None
        out = day_end(local_day(moment, event.zone), event.zone) if end else None
        return (None, None, wrong) if wrong else (moment, out, None)
    day = read_day(text, event.format)
    if isinstance(day, str):
        return None, None, _unread(text, day, event.format, time=False)
    wrong = _outside(text, day, event, now)
    if wrong is not None:
        return None, None, wrong
    out = day_end(day, event.zone) if published.rule == "end of day" else None
    return day_start(day, event.zone), out, None


def _day_of(moment: Micros, zone_name: str) -> date:
    try:
        return local_day(moment, zone_name)
    except OverflowError:
        return date.max if moment > 0 else date.min


def _outside(text: str, day: date, event: Event, now: Micros) -> Reason | None:
    first = max(event.earliest or _FIRST, _FIRST)
    if day < first:
        return reason("event_at", text, "old", day=first.isoformat())
    if event.latest is not None and day > event.latest:
        return reason("event_at", text, "late", day=event.latest.isoformat())
    today = local_day(now, event.zone)
    if day > today:
        return reason("event_at", text, "future", day=today.isoformat())
    return None


def _unread(text: str, phrase: str, form: str, *, time: bool) -> Reason:
    return reason("event_at", text, phrase, example=example(form, time=time))


def _came_out(
    text: str | None, event: Event, published: PublishedPart, now: Micros
) -> tuple[Micros | None, Reason | None]:
    """Read when a row was published: an instant, or a day, which counts to its end."""
    if text is None:
        return None, None
    day = read_day(text, published.format)
    if not isinstance(day, str):
        if day < _FIRST:
            return None, reason("published_at", text, "old", day=_FIRST.isoformat())
        if day > local_day(now, event.zone):
            return None, reason("published_at", text, "ahead")
        return day_end(day, event.zone), None
    moment = read_instant(text, event.zone, published.format)
    if isinstance(moment, str):
        shown = example(published.format, time=True)
        return None, reason("published_at", text, moment, example=shown)
    if moment > now + DAY:
        return None, reason("published_at", text, "ahead")
    return moment, None
