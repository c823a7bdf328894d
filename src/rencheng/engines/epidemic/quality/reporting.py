"""Rules about reporting: days without a report, reports that stopped, sources that disagree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from rencheng.engines.epidemic.arrays import FloatArray
from rencheng.engines.epidemic.quality.flag import Flag, Level, Panel, Steps
from rencheng.engines.epidemic.quality.saying import (
    day_en,
    day_zh,
    days_en,
    days_zh,
    people,
    signed,
)
from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingRule:
    """
    When silence is worth a word.

    Flagged from ``least_days``; yellow from ``yellow_days``, orange from ``orange_days`` (None:
    never). A silence above ``longest_days`` separates two records and is no hole in one.
    """

    least_days: int
    yellow_days: int
    orange_days: int | None
    longest_days: int | None = None

    def level(self, days: int) -> Level | None:
        """Give the level of a silence, None where it is no matter."""
        if days < self.least_days or (self.longest_days is not None and days > self.longest_days):
            return None
        if self.orange_days is not None and days >= self.orange_days:
            return Level.ORANGE
        return Level.YELLOW if days >= self.yellow_days else Level.BLUE


def missing_days(panel: Panel, rule: ReportingRule) -> list[Flag]:
    """
    Flag holes: days without any figure between two days with figures, one flag a hole.

    Increments on the day after a hole are not given (see `counts.incidence`).
    """
    flags = []
    for row, said in enumerate(_said(panel)):
        days = np.flatnonzero(said)
        for before in np.flatnonzero(np.diff(days) > 1):
            left, right = int(days[before]), int(days[before + 1])
            silent = right - left - 1
            level = rule.level(silent)
            if level is None:
                continue
            first, last = panel.day(left + 1), panel.day(right - 1)
            flags.append(
                Flag(
                    rule="missing",
                    level=level,
                    place=int(panel.places[row]),
                    quantity="",
                    first_day=first,
                    last_day=last,
                    evidence={"days": float(silent)},
                    sentence=Words(
                        f"{days_zh(first, last)}没有数据（{silent} 天）。",
                        f"No figures on {days_en(first, last)} ({silent} "
                        f"{'day' if silent == 1 else 'days'}).",
                    ),
                )
            )
    return flags


def outdated(panel: Panel, today: date, rule: ReportingRule) -> list[Flag]:
    """Flag places whose newest figure is older than ``today`` by ``least_days`` or more."""
    flags = []
    for row, said in enumerate(_said(panel)):
        days = np.flatnonzero(said)
        if days.size == 0:
            continue
        newest = panel.day(int(days[-1]))
        silent = (today - newest).days
        level = rule.level(silent)
        if level is None:
            continue
        flags.append(
            Flag(
                rule="outdated",
                level=level,
                place=int(panel.places[row]),
                quantity="",
                first_day=newest,
                last_day=today,
                evidence={"days": float(silent)},
                sentence=Words(
                    f"最新数据是{day_zh(newest)}的，距{day_zh(today)}已有 {people(silent)} 天。",
                    f"The newest figures are of {day_en(newest)}, {people(silent)} days before "
                    f"{day_en(today)}.",
                ),
            )
        )
    return flags


def sources_disagree(
    panel: Panel,
    quantity: str,
    said: Mapping[str, FloatArray],
    titles: Mapping[str, Words],
    steps: Steps,
) -> list[Flag]:
    """
    Flag places where a second source gives another figure for the same day.

    Parameters
    ----------
    said
        What each source said, arrays shaped like the panel's; the first is the one believed.
    titles
        What people call each source.

    Returns
    -------
    flags
        One for each place and doubted source: on how many days, at most by how much.
    """
    sources = list(said)
    flags = []
    for other in sources[1:]:
        difference = said[other] - said[sources[0]]
        apart = np.nan_to_num(np.abs(difference)) >= 0.5
        for row in np.flatnonzero(apart.any(axis=1)):
            columns = np.flatnonzero(apart[row])
            at = int(columns[np.argmax(np.abs(difference[row, columns]))])
            first, last, worst = (panel.day(i) for i in (columns[0], columns[-1], at))
            mine, theirs = float(said[sources[0]][row, at]), float(said[other][row, at])
            title, name = panel.title(quantity), titles.get(other, Words(other, other))
            believed = titles.get(sources[0], Words(sources[0], sources[0]))
            both = int((~np.isnan(difference[row])).sum())
            flags.append(
                Flag(
                    rule="disagree",
                    level=steps.level(theirs - mine, mine),
                    place=int(panel.places[row]),
                    quantity=quantity,
                    first_day=first,
                    last_day=last,
                    evidence={
                        "difference": theirs - mine,
                        "believed": mine,
                        "other": theirs,
                        "days": float(columns.size),
                        "days_compared": float(both),
                    },
                    sentence=Words(
                        f"{title.zh}：“{name.zh}”与“{believed.zh}”在 {both} 天中"
                        f"有 {columns.size} 天不同，"
                        f"最大相差 {signed(theirs - mine)}（{day_zh(worst)}，"
                        f"{people(theirs)} / {people(mine)}）。",
                        f"{title.en}: {name.en} differs from {believed.en} on {columns.size} "
                        f"of {both} days, at most by {signed(theirs - mine)} ({day_en(worst)}: "
                        f"{people(theirs)} / {people(mine)}).",
                    ),
                )
            )
    return flags


def _said(panel: Panel) -> np.ndarray:
    """Tell on which days each place said anything."""
    arrays: Iterable[FloatArray] = panel.values.values()
    said = np.zeros((len(panel.places), panel.n_days), dtype=bool)
    for array in arrays:
        said |= ~np.isnan(array)
    return said
