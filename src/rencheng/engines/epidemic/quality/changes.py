"""Rules about one place from day to day: falling totals, jumps, several changes at once."""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rencheng.engines.epidemic.arrays import FloatArray, IntArray
from rencheng.engines.epidemic.counts import incidence
from rencheng.engines.epidemic.quality.flag import Flag, Level, Panel, Steps
from rencheng.engines.epidemic.quality.saying import day_en, day_zh, people, signed
from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class FallRule:
    """A cumulative count must not fall; ``steps`` give the level by size."""

    steps: Steps


@dataclass(frozen=True, slots=True, kw_only=True)
class JumpRule:
    """
    When one day's increment is out of line with the days around it.

    ``z`` is the robust score asked on both sides, ``days_before`` and ``days_after`` the days
    compared with (at least ``least_before`` of them with a count). With fewer than ``least_after``
    days after it reported yet, a day is judged by all the days before and by the last
    ``days_after`` of them. ``least_people`` is the smallest increment worth a word.
    """

    z: float
    days_before: int
    days_after: int
    least_before: int
    least_after: int
    least_people: float
    steps: Steps


def falls(panel: Panel, quantities: Iterable[str], rule: FallRule) -> list[Flag]:
    """
    Flag days on which a cumulative count is lower than on the last day with a count.

    Does not say which of the two days was wrong.

    Returns
    -------
    flags
        One for each place, count and day; evidence before, after and difference in people.
    """
    flags = []
    for quantity in quantities:
        counts = panel.values[quantity]
        before = _last_said(counts)
        for row, column in np.argwhere(counts < before):
            was, now = float(before[row, column]), float(counts[row, column])
            day, title = panel.day(column), panel.title(quantity)
            flags.append(
                Flag(
                    rule="fall",
                    level=rule.steps.level(now - was, was),
                    place=int(panel.places[row]),
                    quantity=quantity,
                    first_day=day,
                    last_day=day,
                    evidence={"before": was, "after": now, "difference": now - was},
                    sentence=Words(
                        f"{day_zh(day)}{title.zh}由 {people(was)} 降至 {people(now)}"
                        f"（{signed(now - was)}）；累计数不应下降，两日之一有误或已订正。",
                        f"{title.en}: {people(was)} fell to {people(now)} ({signed(now - was)}) on "
                        f"{day_en(day)}. A total should not fall; one of the two days was wrong "
                        "or has been corrected.",
                    ),
                )
            )
    return flags


def jumps(
    panel: Panel, quantities: Iterable[str], rule: JumpRule, *, totals: bool = True
) -> list[Flag]:
    """
    Flag days on which a count rises far out of line with the days before and after.

    ``totals`` says that the quantities are cumulative; False takes them as new counts a day.

    A new definition, a backlog entered at once, or a true sudden cluster: the rule cannot tell
    which, only that growth rates across such a day mean little. The score is the modified z of
    the logarithm of (1 + increment): distance from the median of the days before (and after),
    over 1.4826 times their median absolute deviation, which is never taken below 0.25 nor below
    the chance scatter of small counts, 1 / sqrt(1 + median). The newest days have too few
    days after them; they are judged by the days before, all and the last ones alone (so that a
    new level is not flagged day after day), and the flag goes when the next days show that the
    rise was real.

    Returns
    -------
    flags
        One for each place, count and day; evidence in people: difference (what the day added),
        before (the total of the day before, or the people of the days compared with), usual
        (the middle increment before), and score (no unit).

    Notes
    -----
    Source: the modified z-score and its limit 3.5 in Iglewicz, B. and Hoaglin, D. C. (1993). How
    to detect and handle outliers. ASQC Quality Press. Logarithms, because epidemics grow by
    factors.
    """
    flags = []
    for quantity in quantities:
        counts = panel.values[quantity]
        new = incidence(counts) if totals else counts
        cells = np.argwhere(np.nan_to_num(new) >= rule.least_people)
        if cells.size == 0:
            continue
        score_before, score_after, score_recent, usual = _scores(new, cells, rule)
        # The days known after a cell, near or far: a hole is not the end of the reports.
        to_come = (~np.isnan(new))[:, ::-1].cumsum(axis=1)[:, ::-1]
        newest = to_come[cells[:, 0], cells[:, 1]] - 1 < rule.least_after
        with np.errstate(invalid="ignore"):
            lately = newest & (score_recent >= rule.z)
            found = (score_before >= rule.z) & ((score_after >= rule.z) | lately)
        for i in np.flatnonzero(found):
            row, column = int(cells[i, 0]), int(cells[i, 1])
            begin = max(0, column - rule.days_before)
            flags.append(
                _jump(
                    panel,
                    quantity,
                    (row, column),
                    added=float(new[row, column]),
                    was=float(counts[row, column - 1]) if totals else None,
                    lately=float(np.nansum(new[row, begin:column])),
                    usual=float(usual[i]),
                    score=float(score_before[i]),
                    steps=rule.steps,
                )
            )
    return flags


def revisions(flags: Sequence[Flag], titles: Panel, *, least_people: float) -> list[Flag]:
    """
    Put jumps and falls of different counts of one place on one day together as a revision.

    Several counts that leave their course on the same day are most likely an edit of the books,
    as on 17 April 2020 in Wuhan (dead and confirmed up, cured down). Falls below ``least_people``
    are left as they are.

    Returns
    -------
    flags
        The other flags as they were, and one flag for each revision in place of its members.
    """
    together: dict[tuple[int, object], list[Flag]] = defaultdict(list)
    for flag in flags:
        if flag.rule in {"jump", "fall"} and abs(flag.evidence["difference"]) >= least_people:
            together[flag.place, flag.first_day].append(flag)
    joined = {key: found for key, found in together.items() if len(found) > 1}
    taken = {id(flag) for found in joined.values() for flag in found}
    result = [flag for flag in flags if id(flag) not in taken]
    for found in joined.values():
        found.sort(key=lambda flag: flag.weight)
        largest = found[0]
        day = largest.first_day
        parts_zh = "，".join(
            f"{titles.title(f.quantity).zh} {signed(f.evidence['difference'])}" for f in found
        )
        parts_en = ", ".join(
            f"{titles.title(f.quantity).en} {signed(f.evidence['difference'])}" for f in found
        )
        result.append(
            Flag(
                rule="revision",
                level=min((f.level for f in found), key=lambda level: level.rank),
                place=largest.place,
                quantity=largest.quantity,
                first_day=day,
                last_day=day,
                evidence={"difference": largest.evidence["difference"]}
                | {f"{f.quantity}_difference": f.evidence["difference"] for f in found},
                sentence=Words(
                    f"{day_zh(day)}多项累计数同时异常变动：{parts_zh}。"
                    "多为一次性订正，不是当日发生的事件。",
                    f"Several totals changed at once on {day_en(day)}: {parts_en}. Most likely a "
                    "revision of the books, not events of that day.",
                ),
                members=tuple(f"{f.rule}:{f.quantity}" for f in found),
            )
        )
    return result


def worst(flags: Iterable[Flag]) -> Level | None:
    """Give the highest level among flags, or None."""
    return min((flag.level for flag in flags), key=lambda level: level.rank, default=None)


def _jump(
    panel: Panel,
    quantity: str,
    cell: tuple[int, int],
    *,
    added: float,
    was: float | None,
    lately: float,
    usual: float,
    score: float,
    steps: Steps,
) -> Flag:
    """Word a jump; ``was`` is the total of the day before, None where the quantity is no total."""
    day, title = panel.day(cell[1]), panel.title(quantity)
    warning_zh = "可能是口径变化、补报或突发聚集，跨越当日的增长率不可直接引用。"
    warning_en = (
        "A new definition, a backlog or a sudden cluster: do not quote growth rates across it."
    )
    if was is None:
        told_zh = f"{title.zh} {people(added)}"
        told_en = f"{title.en}: {people(added)} on {day_en(day)}"
    else:
        share = f"{100 * added / was:.0f}%" if was > 0 else "—"
        told_zh = f"{title.zh}一日增加 {people(added)}（占前一日的 {share}）"
        told_en = f"{title.en} rose by {people(added)} on {day_en(day)} ({share} of the day before)"
    base = lately if was is None else was
    return Flag(
        rule="jump",
        level=steps.level(added - usual if was is None else added, base),
        place=int(panel.places[cell[0]]),
        quantity=quantity,
        first_day=day,
        last_day=day,
        evidence={"difference": added, "before": base, "usual": usual, "score": score},
        sentence=Words(
            f"{day_zh(day)}{told_zh}，此前每日约 {people(usual)}。{warning_zh}",
            f"{told_en}; about {people(usual)} a day was usual. {warning_en}",
        ),
    )


def _last_said(counts: FloatArray) -> FloatArray:
    """Give, for each day, the last count said before it; NaN where there is none."""
    n_days = counts.shape[1]
    at = np.where(np.isnan(counts), -1, np.arange(n_days))
    newest = np.maximum.accumulate(at, axis=1)[:, :-1]
    before = np.full_like(counts, np.nan)
    filled = np.take_along_axis(counts, np.maximum(newest, 0), axis=1)
    before[:, 1:] = np.where(newest >= 0, filled, np.nan)
    return before


def _scores(
    new: FloatArray, cells: IntArray, rule: JumpRule
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Score some cells (row, column): against before, after and just before; and the usual."""
    logs = np.log1p(np.maximum(new, 0.0))
    before = _around(logs, cells, range(-rule.days_before, 0))
    after = _around(logs, cells, range(1, rule.days_after + 1))
    recent = _around(logs, cells, range(-rule.days_after, 0))
    here = logs[cells[:, 0], cells[:, 1]]
    with warnings.catch_warnings():
        # A window in which nobody said anything has no median; NaN is the answer we want.
        warnings.simplefilter("ignore", RuntimeWarning)
        middle = np.nanmedian(before, axis=1)
        scatter = 1.4826 * np.nanmedian(np.abs(before - middle[:, np.newaxis]), axis=1)
        later = np.nanmedian(after, axis=1)
        lately = np.nanmedian(recent, axis=1)
    scale = np.maximum(np.maximum(scatter, 0.25), np.exp(-middle / 2))
    enough = (~np.isnan(before)).sum(axis=1) >= rule.least_before
    score_before = np.where(enough, (here - middle) / scale, np.nan)
    return score_before, (here - later) / scale, (here - lately) / scale, np.expm1(middle)


def _around(values: FloatArray, cells: IntArray, steps: range) -> FloatArray:
    """Give the values some days before or after each cell; NaN beyond the ends."""
    columns = cells[:, 1, np.newaxis] + np.asarray(steps)
    inside = (columns >= 0) & (columns < values.shape[1])
    found = values[cells[:, 0, np.newaxis], np.where(inside, columns, 0)]
    return np.where(inside, found, np.nan)
