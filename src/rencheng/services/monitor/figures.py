"""
All figures of the monitor in columns, kept in memory until a delivery changes them.

The overview of a country asks for a dozen indicators of some hundred places at once, also "as
known" on any day. Reading them from the database costs a second; so what sources said is read
once for each state of the figures, and every question is answered from there.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import polars as pl
from django.conf import settings

from rencheng.engines.epidemic.arrays import FloatArray
from rencheng.foundation.memory.indicators import api as indicators
from rencheng.foundation.memory.indicators.api import Stored, spec_named
from rencheng.foundation.memory.journal.api import said_twice
from rencheng.kernel.time import Micros, day_end
from rencheng.services.monitor.feeds import KINDS, NEW_CASES_BY_ROUTE
from rencheng.services.monitor.grid import day_number
from rencheng.services.monitor.reported import REPORTED

EPOCH = date(1970, 1, 1)
BOARDS_KEPT = 4
# A place and day has many rows of this kind by nature.
SEVERAL_ROWS = NEW_CASES_BY_ROUTE


@dataclass(frozen=True, slots=True)
class Matrix:
    """An indicator of some places over days without a hole; NaN where there is no figure."""

    places: list[int]
    first_day: date
    values: FloatArray

    def days(self) -> list[date]:
        """List the day of each column."""
        return [self.first_day + timedelta(days=i) for i in range(self.values.shape[1])]

    def on(self, day: date) -> FloatArray:
        """Give the values of a day; NaN for all where the day lies outside."""
        column = (day - self.first_day).days
        if 0 <= column < self.values.shape[1]:
            return self.values[:, column]
        return np.full(len(self.places), np.nan)


@dataclass(frozen=True)
class Said:
    """Every version of every reported figure, for one state of the figures."""

    stamp: str
    tables: dict[str, pl.DataFrame]
    twice: pl.DataFrame
    # Of these each place and time was said once, so that nothing has to be chosen.
    once: frozenset[str]


class Board:
    """
    The figures as they stood at one instant.

    Series are worked out when first asked for, each once. Thread-safe: two threads may at worst
    work out the same series twice.
    """

    def __init__(self, said: Said, as_known: Micros | None) -> None:
        self.stamp = said.stamp
        self.as_known = as_known
        self._said = said
        self._told: dict[str, pl.DataFrame] = {}
        self._series: dict[str, pl.DataFrame] = {}
        self._by_source: dict[str, pl.DataFrame] = {}
        self.notes: dict[str, object] = {}

    def said_twice(self) -> pl.DataFrame:
        """Give where a source said different things at once, as `journal.said_twice`."""
        table = self._said.twice
        if self.as_known is None:
            return table
        return table.filter(pl.col("known_at") <= self.as_known)

    def told(self, name: str) -> pl.DataFrame:
        """Give the versions of a reported indicator known by then, as `indicators.versions`."""
        found = self._told.get(name)
        if found is None:
            found = self._said.tables[name]
            if self.as_known is not None:
                found = found.filter(pl.col("known_at") <= self.as_known)
            self._told[name] = found
        return found

    def series(self, name: str) -> pl.DataFrame:
        """
        Give an indicator of all places, as `indicators.series` does, with the column ``day``.

        ``day`` is the local day in days since 1970-01-01.
        """
        found = self._series.get(name)
        if found is None:
            spec = spec_named(name)
            if isinstance(spec, Stored):
                table = self._standing(name)
            else:
                table = indicators.computed(spec, {one: self.series(one) for one in spec.inputs})
            found = self._series[name] = self.with_day(table)
        return found

    def _standing(self, name: str) -> pl.DataFrame:
        if name not in self._said.tables:
            return indicators.series(name, as_known=self.as_known)
        if name in self._said.once:
            return self.told(name).select(indicators.SERIES)
        return indicators.standing(self.told(name))

    @staticmethod
    def with_day(table: pl.DataFrame) -> pl.DataFrame:
        """Add the local day of ``valid_at``, in days since 1970-01-01."""
        return table.with_columns(day_number(pl.col("valid_at")).alias("day"))

    def by_source(self, name: str) -> pl.DataFrame:
        """
        Give what each source said last of a reported indicator, kept like `series`.

        Columns source_id, place_id, day, value, sorted by place and day.
        """
        found = self._by_source.get(name)
        if found is None:
            told = self.told(name)
            if name not in self._said.once:
                keys = ["source_id", "place_id", "valid_at"]
                told = told.sort("known_at").unique(keys, keep="last", maintain_order=True)
            found = (
                self.with_day(told)
                .select("source_id", "place_id", "day", "value")
                .sort("place_id", "day")
            )
            self._by_source[name] = found
        return found

    def places(self, name: str) -> set[int]:
        """Give the places that have any figure of an indicator."""
        return set(self.series(name)["place_id"].unique().to_list())

    def days(self, name: str, place_ids: list[int]) -> tuple[date, date] | None:
        """Give the first and last day with a figure of an indicator at some places."""
        days = self.series(name).filter(pl.col("place_id").is_in(place_ids))["day"]
        first, last = days.min(), days.max()
        if not isinstance(first, int) or not isinstance(last, int):
            return None
        return EPOCH + timedelta(days=first), EPOCH + timedelta(days=last)

    def matrix(
        self, name: str, place_ids: list[int], first: date, last: date, column: str = "value"
    ) -> Matrix:
        """Give an indicator of some places from a first to a last day as an array."""
        row = {place: i for i, place in enumerate(place_ids)}
        values = np.full((len(place_ids), (last - first).days + 1), np.nan)
        begin, end = (first - EPOCH).days, (last - EPOCH).days
        table = self.series(name).filter(
            pl.col("day").is_between(begin, end), pl.col("place_id").is_in(place_ids)
        )
        if table.height and place_ids:
            rows = table["place_id"].replace_strict(row, return_dtype=pl.Int64).to_numpy()
            said = table[column].cast(pl.Float64).fill_null(np.nan).to_numpy()
            values[rows, table["day"].to_numpy() - begin] = said
        return Matrix(place_ids, first, values)


@dataclass
class _Shelf:
    """What this process keeps; the newest state of the figures only."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    said: Said | None = None
    boards: OrderedDict[tuple[str, Micros | None], Board] = field(default_factory=OrderedDict)


_shelf = _Shelf()


def board(known: date | None = None) -> Board:
    """Give the figures as known at the end of a day (local), or now."""
    as_known = None if known is None else day_end(known, settings.TIME_ZONE)
    stamp = indicators.stamp()
    with _shelf.lock:
        if _shelf.said is None or _shelf.said.stamp != stamp:
            tables = {one.name: indicators.versions(one.name) for one in REPORTED}
            twice = pl.concat(said_twice(kind.name) for kind in KINDS if kind is not SEVERAL_ROWS)
            keys = ["place_id", "valid_at"]
            once = frozenset(
                name for name, one in tables.items() if not one.select(keys).is_duplicated().any()
            )
            _shelf.said = Said(stamp, tables, twice, once)
            _shelf.boards.clear()
        key = (stamp, as_known)
        found = _shelf.boards.get(key)
        if found is None:
            found = _shelf.boards[key] = Board(_shelf.said, as_known)
            while len(_shelf.boards) > BOARDS_KEPT:
                _shelf.boards.popitem(last=False)
        _shelf.boards.move_to_end(key)
        return found


def forget() -> None:
    """Let go of everything kept; the next question reads the figures anew."""
    with _shelf.lock:
        _shelf.said = None
        _shelf.boards.clear()
