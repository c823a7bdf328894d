"""The rule about figures that cannot all be true at once."""

from collections.abc import Iterable

import numpy as np

from rencheng.engines.epidemic.quality.flag import Flag, Panel, Steps
from rencheng.engines.epidemic.quality.saying import day_en, day_zh, days_en, days_zh, people
from rencheng.kernel.words import Words

# (these together, cannot exceed this)
LIMITS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("cured", "dead"), "confirmed"),
    (("dead",), "confirmed"),
    (("severe",), "in_hospital"),
    (("converted",), "new_confirmed"),
)


def contradictions(
    panel: Panel,
    steps: Steps,
    limits: Iterable[tuple[tuple[str, ...], str]] = LIMITS,
) -> list[Flag]:
    """
    Flag days on which a part is larger than the whole it belongs to, such as dead > confirmed.

    One flag for each place and pair, with the worst day. Pairs whose quantities the panel does not
    have are passed over.
    """
    flags = []
    for smaller, larger in limits:
        if larger not in panel.values or any(name not in panel.values for name in smaller):
            continue
        together = sum((panel.values[name] for name in smaller), np.zeros(1))
        limit = panel.values[larger]
        excess = together - limit
        wrong = np.nan_to_num(excess) >= 0.5
        for row in np.flatnonzero(wrong.any(axis=1)):
            columns = np.flatnonzero(wrong[row])
            at = int(columns[np.argmax(excess[row, columns])])
            first, last, worst = (panel.day(i) for i in (columns[0], columns[-1], at))
            over, whole = float(together[row, at]), float(limit[row, at])
            name_zh = "＋".join(panel.title(name).zh for name in smaller)
            name_en = " + ".join(panel.title(name).en for name in smaller)
            flags.append(
                Flag(
                    rule="contradiction",
                    level=steps.level(over - whole, whole),
                    place=int(panel.places[row]),
                    quantity=larger,
                    first_day=first,
                    last_day=last,
                    evidence={
                        "difference": over - whole,
                        "together": over,
                        "limit": whole,
                        "days": float(columns.size),
                    },
                    sentence=Words(
                        f"{days_zh(first, last)}有 {columns.size} 天{name_zh}大于"
                        f"{panel.title(larger).zh}（{day_zh(worst)}："
                        f"{people(over)} > {people(whole)}），"
                        "不可能同时成立。",
                        f"{name_en} exceed {panel.title(larger).en} on {columns.size} "
                        f"{'day' if columns.size == 1 else 'days'}, {days_en(first, last)} "
                        f"({day_en(worst)}: {people(over)} > {people(whole)}); "
                        "both cannot be true.",
                    ),
                )
            )
    return flags
