"""Lines and bars of a view: one place over time with its flags, several places side by side."""

import math
from collections.abc import Iterable
from datetime import date
from typing import Any

import numpy as np

from rencheng.engines.epidemic.arrays import FloatArray
from rencheng.engines.epidemic.quality import Flag
from rencheng.foundation.memory.indicators.api import spec_named
from rencheng.kernel.words import Words
from rencheng.services.monitor import quality
from rencheng.services.monitor.headline import inputs_of, source_lines
from rencheng.services.monitor.layers import DAILY
from rencheng.services.monitor.tree import Spot
from rencheng.services.monitor.view import View
from rencheng.services.monitor.wording import day_text, numbers, reader

MARKS = 8
# As many lines as a chart can be asked to hold.
LINES = 400
# Lines that differ by more than this are drawn on an axis of powers of ten.
FLATTENED = 20
# The seven-day mean is drawn over these.
WITH_MEAN = frozenset({"new_cases", "new_infections_net"})


def trend_of(view: View) -> dict[str, Any]:
    """
    Give the shown figure of the root over its days, with its flags as marks.

    Of a root of which nobody speaks (the world, where countries report) the lines of its parts.
    """
    language = reader()
    spec = spec_named(view.layer)
    if view.root.id not in view.board.places(view.layer):
        parts = [view.tree.spots[one] for one in view.rows[:LINES]]
        return aligned(view, parts, least=None)
    name, unit = spec.title.say(language), spec.unit.say(language)
    matrix = view.board.matrix(view.layer, [view.root.id], view.first, view.last)
    series: list[dict[str, Any]] = [
        {"name": name, "values": numbers(matrix.values[0]), "unit": unit}
    ]
    if view.layer in WITH_MEAN:
        mean = view.board.matrix("new_cases_week", [view.root.id], view.first, view.last)
        label = Words("七日均值", "seven-day mean").say(language)
        series.append(
            {"name": label, "values": numbers(mean.values[0]), "unit": unit, "dashed": True}
        )
    return {
        "title": f"{view.root.words.say(language)} · {name}",
        "kind": "bar" if view.layer in DAILY else "line",
        "x": {"type": "date", "values": [day.isoformat() for day in matrix.days()]},
        "series": series,
        "marks": marks_of(view, matrix.values[0]),
        "source": source_text(view, [view.root.id]),
    }


def marks_of(view: View, values: FloatArray) -> list[dict[str, str]]:
    """Give the weightiest flags of the root as marks of its chart, one a day, where a value is."""
    language = reader()
    about = {view.layer, *inputs_of(view.layer)}
    found: dict[date, Flag] = {}
    for flag in sorted(quality.flags(view.board, view.tree), key=_telling):
        if flag.place != view.root.id or not (about & _quantities(flag)):
            continue
        day = worst_day(flag)
        inside = view.first <= day <= view.last
        if inside and not math.isnan(values[(day - view.first).days]):
            found.setdefault(day, flag)
    chosen = sorted(found.items(), key=lambda item: item[1].weight)[:MARKS]
    return [
        {"x": day.isoformat(), "label": flag.sentence.say(language), "level": flag.level.value}
        for day, flag in sorted(chosen, key=lambda item: item[0])
    ]


def _telling(flag: Flag) -> bool:
    """Put first what happened on a day, then what holds for many days."""
    return flag.rule in {"parts", "disagree"}


def _quantities(flag: Flag) -> set[str]:
    return {flag.quantity, *(member.partition(":")[2] for member in flag.members)}


def worst_day(flag: Flag) -> date:
    """Give the day a flag is about: its worst one where it spans many."""
    at = flag.evidence.get("worst_day")
    return date.fromordinal(int(at)) if at else flag.first_day


def aligned(view: View, spots: Iterable[Spot], *, least: float | None) -> dict[str, Any]:
    """
    Give one figure of several places as lines, by date or by day since each reached a number.

    ``least`` is that number; None aligns by date.
    """
    language = reader()
    chosen = list(spots)
    spec = spec_named(view.layer)
    matrix = view.board.matrix(view.layer, [spot.id for spot in chosen], view.first, view.last)
    if least is None:
        rows = list(matrix.values)
        x: dict[str, Any] = {"type": "date", "values": [day.isoformat() for day in matrix.days()]}
    else:
        rows = _of_one_length([_since(row, least) for row in matrix.values])
        label = Words(f"达到 {least:,.0f} 之后的天数", f"days since {least:,.0f}").say(language)
        x = {"type": "number", "values": list(range(rows[0].size if rows else 0)), "label": label}
    unit = spec.unit.say(language)
    return {
        "title": spec.title.say(language),
        "kind": "line",
        "log": least is not None or _far_apart(rows),
        "x": x,
        "series": [
            {"name": view.tree.name(spot.id, language), "values": numbers(row), "unit": unit}
            for spot, row in zip(chosen, rows, strict=True)
        ],
        "source": source_text(view, [spot.id for spot in chosen]),
    }


def source_text(view: View, place_ids: list[int]) -> str:
    """Say in one line where the shown figure of some places comes from, and as known when."""
    language = reader()
    lines = source_lines(view.board, [view.layer], place_ids, (view.first, view.last))
    told = (
        Words("；", "; ")
        .say(language)
        .join(
            f"{line.card.title.say(language)}"
            + (f" ({line.card.licence})" if line.card.licence else "")
            for line in lines
        )
    )
    if view.known is None:
        return told
    day = day_text(view.known, language)
    return told + Words(f"（{day}所知）", f" (as known on {day})").say(language)


def _far_apart(rows: list[FloatArray]) -> bool:
    """Tell whether one line would flatten the others on a plain axis."""
    tops = [float(np.nanmax(row)) for row in rows if not np.isnan(row).all()]
    return len(tops) > 1 and min(tops) > 0 and max(tops) > FLATTENED * min(tops)


def _since(row: FloatArray, least: float) -> FloatArray:
    reached = np.flatnonzero(np.nan_to_num(row) >= least)
    return row[reached[0] :] if reached.size else row[:0]


def _of_one_length(rows: list[FloatArray]) -> list[FloatArray]:
    longest = max((row.size for row in rows), default=0)
    return [np.append(row, np.full(longest - row.size, np.nan)) for row in rows]
