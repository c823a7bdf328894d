"""The rule about parts and their whole: cities and their province, provinces and the nation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rencheng.engines.epidemic.arrays import FloatArray
from rencheng.engines.epidemic.quality.flag import Flag, Panel, Steps
from rencheng.engines.epidemic.quality.saying import day_en, day_zh, people, signed
from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsRule:
    """
    When parts unequal to their whole are worth a word.

    ``least_people`` is the difference on the worst day from which a flag is raised.
    """

    least_people: float
    steps: Steps


def parts_and_whole(
    panel: Panel,
    whole: int,
    parts: Sequence[int],
    quantities: Iterable[str],
    rule: PartsRule,
) -> list[Flag]:
    """
    Flag quantities whose parts do not add up to the whole: by how much, since when.

    Days on which no part or no whole was said are not compared; a part that said nothing on a day
    counts as 0, as it does for somebody who adds up the table. If the parts of a day equal the
    whole of the day before much better than of the same day, the sentence says that they lag.

    Parameters
    ----------
    whole, parts
        Numbers of places in the panel. The parts should be those of one source, so that two
        different divisions of a city are never added together.

    Returns
    -------
    flags
        One for each quantity that differs; evidence in people of the worst day (difference, parts,
        whole, and its ``worst_day`` as a proleptic Gregorian ordinal), latest_difference, and in
        days: days, days_compared, lag_days (0 or 1).
    """
    rows = [panel.row(part) for part in parts]
    flags = []
    for quantity in quantities:
        total = panel.values[quantity][panel.row(whole)]
        pieces = panel.values[quantity][rows]
        said = (~np.isnan(pieces)).any(axis=0) & ~np.isnan(total)
        added = np.where(said, np.nansum(pieces, axis=0), np.nan)
        difference = added - total
        unequal = np.flatnonzero(np.nan_to_num(np.abs(difference)) >= 0.5)
        if unequal.size == 0:
            continue
        at = int(unequal[np.argmax(np.abs(difference[unequal]))])
        if abs(difference[at]) < rule.least_people:
            continue
        first, last, worst = (panel.day(i) for i in (unequal[0], unequal[-1], at))
        latest = float(difference[np.flatnonzero(said)[-1]])
        lag = _lags(added, total, unequal)
        title = panel.title(quantity)
        now_zh = f"最新相差 {signed(latest)}" if latest else "最新已相等"
        now_en = f"now {signed(latest)}" if latest else "now equal"
        told = f"{people(added[at])} / {people(total[at])}"
        flags.append(
            Flag(
                rule="parts",
                level=rule.steps.level(difference[at], total[at]),
                place=whole,
                quantity=quantity,
                first_day=first,
                last_day=last,
                evidence={
                    "difference": float(difference[at]),
                    "parts": float(added[at]),
                    "whole": float(total[at]),
                    "days": float(unequal.size),
                    "days_compared": float(said.sum()),
                    "latest_difference": latest,
                    "lag_days": float(lag),
                    "worst_day": float(worst.toordinal()),
                },
                sentence=Words(
                    f"{title.zh}：下级之和与本级不等，自{day_zh(first)}起共 {unequal.size} 天；"
                    f"最大相差 {signed(difference[at])}（{day_zh(worst)}，{told}），"
                    f"{now_zh}。" + ("下级数据多比本级晚一天。" if lag else ""),
                    f"{title.en}: the parts do not add up to the whole on {unequal.size} "
                    f"{'day' if unequal.size == 1 else 'days'} "
                    f"since {day_en(first)}; at most {signed(difference[at])} "
                    f"({day_en(worst)}: {told}), {now_en}."
                    + (" The parts often lag the whole by one day." if lag else ""),
                ),
            )
        )
    return flags


def _lags(added: FloatArray, total: FloatArray, unequal: np.ndarray) -> int:
    """Tell whether, where they differ, the parts equal the whole of the day before (1) or not."""
    later = unequal[unequal > 0]
    if later.size < 2:
        return 0
    now = np.abs(added[later] - total[later])
    before = np.abs(added[later] - total[later - 1])
    # Half of the days and most of the people: a lag, not a chance meeting of two numbers.
    exact = np.nan_to_num(before, nan=np.inf) < 0.5
    return int(now[exact].sum() >= 0.5 * np.nansum(now) and exact.sum() >= 2)
