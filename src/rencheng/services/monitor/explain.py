"""How one figure was made: its formula, what went into it, who said that and when."""

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from rencheng.foundation.memory.indicators.api import Computed, Spec, spec_named
from rencheng.foundation.memory.sources.api import SourceCard, all_sources
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import from_micros
from rencheng.services.monitor.figures import EPOCH, Board
from rencheng.services.monitor.headline import inputs_of
from rencheng.services.monitor.rules import WEEK

# How many days up to its own a figure looks at.
WINDOWS = {
    "new_confirmed": 2,
    "new_dead": 2,
    "new_cases_week": WEEK,
    "growth_rate": WEEK,
    "doubling_time_days": WEEK,
}


@dataclass(frozen=True, slots=True)
class Step:
    """An indicator on the days that were looked at; NaN where it says nothing."""

    spec: Spec
    days: tuple[date, ...]
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a source said: the evidence at the bottom, found in the journal by its sequence."""

    spec: Spec
    day: date
    value: float
    source: SourceCard
    known_at: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure with all that it rests on."""

    spec: Spec
    day: date
    value: float
    low: float
    high: float
    known_at: datetime
    steps: list[Step]
    statements: list[Statement]


def explain(board: Board, name: str, place_id: int, day: date) -> Explanation:
    """
    Say how the figure of a place on a day was made.

    Raises
    ------
    InputError
        If there is no such indicator, or no such figure.
    """
    spec = spec_named(name)
    number = (day - EPOCH).days
    row = board.series(name).filter(pl.col("place_id") == place_id, pl.col("day") == number)
    if row.is_empty():
        raise InputError(f"there is no {spec.title.en!r} of this place on {day}")
    said = row.row(0, named=True)
    first = day - timedelta(days=_window(name) - 1)
    return Explanation(
        spec=spec,
        day=day,
        value=said["value"],
        low=math.nan if said["low"] is None else said["low"],
        high=math.nan if said["high"] is None else said["high"],
        known_at=from_micros(said["known_at"]),
        steps=_steps(board, spec, place_id, first, day),
        statements=_statements(board, name, place_id, first, day),
    )


def _window(name: str) -> int:
    spec = spec_named(name)
    if not isinstance(spec, Computed):
        return 1
    return WINDOWS.get(name, 1) - 1 + max(_window(one) for one in spec.inputs)


def _steps(board: Board, spec: Spec, place_id: int, first: date, last: date) -> list[Step]:
    """List the inputs that say something, inputs of inputs after them."""
    steps = []
    waiting = list(spec.inputs) if isinstance(spec, Computed) else []
    seen: set[str] = set()
    while waiting:
        name = waiting.pop(0)
        if name in seen:
            continue
        seen.add(name)
        matrix = board.matrix(name, [place_id], first, last)
        values = tuple(float(one) for one in matrix.values[0])
        if not all(math.isnan(one) for one in values):
            steps.append(Step(spec_named(name), tuple(matrix.days()), values))
        deeper = spec_named(name)
        if isinstance(deeper, Computed):
            waiting += deeper.inputs
    return steps


def _statements(board: Board, name: str, place_id: int, first: date, last: date) -> list[Statement]:
    """List what sources said, every version, newest day first."""
    cards = all_sources()
    begin, end = (first - EPOCH).days, (last - EPOCH).days
    found: list[Statement] = []
    for part in inputs_of(name):
        told = board.with_day(board.told(part).filter(pl.col("place_id") == place_id))
        inside = told.filter(pl.col("day").is_between(begin, end))
        found += [
            Statement(
                spec=spec_named(part),
                day=EPOCH + timedelta(days=row["day"]),
                value=row["value"],
                source=cards[row["source_id"]],
                known_at=from_micros(row["known_at"]),
                sequence=row["sequence"],
            )
            for row in inside.iter_rows(named=True)
        ]
    return sorted(found, key=lambda one: (one.day, one.known_at), reverse=True)
