"""The figures at the top: how many, how many more than the day before, known when and from whom."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from rencheng.foundation.memory.indicators.api import Computed, spec_named
from rencheng.foundation.memory.sources.api import SourceCard, all_sources
from rencheng.kernel.time import from_micros
from rencheng.kernel.words import Words
from rencheng.services.monitor.figures import EPOCH, Board

# In this order, at most SHOWN of those that were said on the day.
HEADLINE = (
    "confirmed",
    "new_infections_net",
    "new_confirmed",
    "new_asymptomatic",
    "active",
    "suspected",
    "cured",
    "dead",
    "new_dead",
    "in_hospital",
    "severe",
    "discharged",
)
SHOWN = 8
SPARK_DAYS = 28


@dataclass(frozen=True, slots=True)
class Headline:
    """
    One figure of a place on a day.

    ``change`` is the difference to the day before, None where that day has no figure; ``recent``
    the last four weeks, NaN for days without one.
    """

    indicator: str
    title: Words
    unit: Words
    day: date
    value: float
    change: float | None
    known_at: datetime
    sources: tuple[int, ...]
    formula: int
    recent: tuple[float, ...]


def headlines(board: Board, place_id: int, day: date) -> list[Headline]:
    """List the figures of a place that were said on a day, those that matter most first."""
    found = []
    for name in HEADLINE:
        one = headline(board, place_id, day, name)
        if one is not None:
            found.append(one)
    return found[:SHOWN]


def headline(board: Board, place_id: int, day: date, name: str) -> Headline | None:
    """Give one figure of a place on a day, None where nobody gave it."""
    number = (day - EPOCH).days
    row = board.series(name).filter(pl.col("place_id") == place_id, pl.col("day") == number)
    if row.is_empty():
        return None
    spec = spec_named(name)
    start = day - timedelta(days=SPARK_DAYS - 1)
    recent = board.matrix(name, [place_id], start, day).values[0]
    value, before = float(recent[-1]), float(recent[-2])
    return Headline(
        indicator=name,
        title=spec.title,
        unit=spec.unit,
        day=day,
        value=value,
        change=None if math.isnan(before) else value - before,
        known_at=from_micros(row["known_at"][0]),
        sources=sources_of(board, name, place_id, day),
        formula=spec.formula,
        recent=tuple(float(one) for one in recent),
    )


def inputs_of(name: str) -> tuple[str, ...]:
    """List the reported indicators that a figure is made from, itself where it is reported."""
    spec = spec_named(name)
    if not isinstance(spec, Computed):
        return (name,)
    found = [one for part in spec.inputs for one in inputs_of(part)]
    return tuple(dict.fromkeys(found))


def sources_of(board: Board, name: str, place_id: int, day: date) -> tuple[int, ...]:
    """List the sources that the figure of a place and day comes from."""
    number = (day - EPOCH).days
    found: set[int] = set()
    for part in inputs_of(name):
        rows = board.series(part).filter(pl.col("place_id") == place_id, pl.col("day") == number)
        found.update(int(one) for one in rows["source_id"].drop_nulls())
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A source with what has been heard from it last."""

    card: SourceCard
    newest_known_at: datetime


def source_lines(
    board: Board, names: list[str], place_ids: list[int], days: tuple[date, date]
) -> list[SourceLine]:
    """
    List the sources behind some indicators of some places from a first to a last day.

    Each with the instant at which it was last heard about those days.
    """
    begin, end = ((day - EPOCH).days for day in days)
    newest: dict[int, int] = {}
    for part in dict.fromkeys(part for name in names for part in inputs_of(name)):
        told = board.with_day(board.told(part).filter(pl.col("place_id").is_in(place_ids)))
        told = told.filter(pl.col("day").is_between(begin, end))
        for source, known_at in (
            told.group_by("source_id").agg(pl.col("known_at").max()).iter_rows()
        ):
            newest[source] = max(known_at, newest.get(source, known_at))
    cards = all_sources()
    return [SourceLine(cards[one], from_micros(newest[one])) for one in sorted(newest)]
