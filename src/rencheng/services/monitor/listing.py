"""The table of places: one row each, with the figures of a day."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from rencheng.engines.epidemic.arrays import FloatArray
from rencheng.engines.epidemic.counts import per_million
from rencheng.engines.epidemic.quality import Flag, Level
from rencheng.kernel.errors import InputError
from rencheng.services.monitor import quality
from rencheng.services.monitor.rates import Pace, paces
from rencheng.services.monitor.view import View, spoken_of

RECENT_DAYS = 28
# What a table can have, in this order; a column nobody has figures for is left out.
COLUMNS = (
    "confirmed",
    "new_cases",
    "active",
    "cured",
    "dead",
    "in_hospital",
    "suspected",
)
# A column is worth its width if this share of the rows has a figure in it.
LEAST_SHARE = 0.25
# A growth rate is read across a week; a jump in it spoils it.
SPOILED_DAYS = 7


@dataclass(frozen=True, slots=True)
class Row:
    """
    A place in the table.

    ``values`` has a number per column, NaN where there is none; ``rate`` is the first column per
    million people; ``level`` the highest flag known so far, ``spoiled`` tells that a jump lies in
    the week the growth rate is read from.
    """

    place: int
    code: str
    name: str
    values: dict[str, float]
    rate: float
    pace: Pace
    recent: tuple[float, ...]
    level: Level | None
    spoiled: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of places on a day; ``columns`` are the indicators it has."""

    columns: tuple[str, ...]
    rows: list[Row]
    sort: str
    ascending: bool
    total: int
    has_rate: bool


def listing(view: View, *, sort: str = "", find: str = "", language: str = "zh") -> Listing:
    """
    Make the table of a view's places on its day.

    Parameters
    ----------
    sort
        A column, ``name``, ``rate``, ``growth`` or ``flags``; with a minus in front descending.
        Empty: the shown figure, largest first.
    find
        Keep places whose name or code contains this.

    Raises
    ------
    InputError
        If there is no such column.
    """
    places = places_listed(view)
    asked = dict.fromkeys((*COLUMNS, view.layer))
    values = {name: view.board.matrix(name, places, view.day, view.day).values for name in asked}
    full = [name for name in asked if _share(values[name]) >= LEAST_SHARE]
    columns = tuple(
        name
        for name in asked
        if name == view.layer or (name in full and not _same(name, view.layer))
    )
    lead = "confirmed" if "confirmed" in columns else columns[0]
    population = [view.tree.spots[one].population or math.nan for one in places]
    rates = per_million(values[lead], population)[:, 0]
    start = view.day - timedelta(days=RECENT_DAYS - 1)
    recent = view.board.matrix("new_cases", places, start, view.day).values
    growth = paces(view.board, places, view.day)
    flags = _flags_by_place(view)
    rows = [
        Row(
            place=place,
            code=view.tree.spots[place].code,
            name=_name(view, place, language),
            values={name: float(values[name][i, 0]) for name in columns},
            rate=float(rates[i]),
            pace=growth[i],
            recent=tuple(float(one) for one in recent[i]),
            level=min((f.level for f in flags.get(place, [])), key=_rank, default=None),
            spoiled=any(spoils(flag, view.day) for flag in flags.get(place, [])),
        )
        for i, place in enumerate(places)
    ]
    total = len(rows)
    wanted = find.strip().lower()
    if wanted:
        rows = [row for row in rows if _is_called(view, row, wanted)]
    chosen = sort or f"-{view.layer}"
    key = _key(chosen.removeprefix("-"), columns)
    ascending = not chosen.startswith("-")
    known = [row for row in rows if not _empty(key(row))]
    known.sort(key=lambda row: row.name)
    known.sort(key=key, reverse=not ascending)
    unknown = [row for row in rows if _empty(key(row))]
    return Listing(
        columns=columns,
        rows=known + unknown,
        sort=chosen.removeprefix("-"),
        ascending=ascending,
        total=total,
        has_rate=not np.isnan(rates).all(),
    )


def places_listed(view: View) -> list[int]:
    """List the places of the table: those of the level, and the groups counted beside them."""
    return [*view.rows, *view.tree.groups(view.root.id, spoken_of(view.board))]


def _is_called(view: View, row: Row, wanted: str) -> bool:
    words = view.tree.spots[row.place].words
    return any(wanted in said.lower() for said in (row.name, row.code, words.zh, words.en))


def _share(values: FloatArray) -> float:
    return float((~np.isnan(values)).mean()) if values.size else 0.0


def _same(column: str, layer: str) -> bool:
    """Tell whether a column would repeat the shown figure under another name."""
    return column == "new_cases" and layer in {"new_infections_net", "new_confirmed"}


def _name(view: View, place: int, language: str) -> str:
    spot = view.tree.spots[place]
    return spot.words.say(language)


def _flags_by_place(view: View) -> dict[int, list[Flag]]:
    found: dict[int, list[Flag]] = {}
    for flag in quality.flags(view.board, view.tree):
        if flag.first_day <= view.day:
            found.setdefault(flag.place, []).append(flag)
    return found


def spoils(flag: Flag, day: date) -> bool:
    """Tell whether a flag lies in the week from which the growth of a day is read."""
    week = timedelta(days=SPOILED_DAYS)
    return flag.rule in {"jump", "revision"} and day - week < flag.first_day <= day


def _rank(level: Level) -> int:
    return level.rank


def _key(name: str, columns: tuple[str, ...]) -> Callable[[Row], float | str]:
    """Give what rows are sorted by."""
    if name in columns:
        return lambda row: row.values[name]
    keys: dict[str, Callable[[Row], float | str]] = {
        "name": lambda row: row.code,
        "rate": lambda row: row.rate,
        "growth": lambda row: row.pace.rate[0],
        # Descending, as the headings sort at first, should put red first.
        "flags": lambda row: math.nan if row.level is None else -row.level.rank,
    }
    if name not in keys:
        known = ", ".join((*columns, *keys))
        raise InputError(f"sort is {name!r}; it should be one of {known}")
    return keys[name]


def _empty(value: float | str) -> bool:
    return isinstance(value, float) and math.isnan(value)
