"""What in the figures asks for a second look: the engine's rules, run over the whole tree."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from rencheng.engines.epidemic import quality as engine
from rencheng.engines.epidemic.quality import Flag, Level, Panel, Steps
from rencheng.foundation.memory.indicators.api import spec_named
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words
from rencheng.services.monitor.divisions import day_of, disagreements, divisions, said_twice
from rencheng.services.monitor.figures import Board
from rencheng.services.monitor.tree import GROUP, Tree
from rencheng.services.monitor.view import View

WHOLE_QUANTITIES = (
    "cured",
    "dead",
    "confirmed",
    "severe",
    "in_hospital",
    "converted",
    "new_confirmed",
)
SAME_EVENT_DAYS = 2


@dataclass(frozen=True, slots=True)
class RuleCard:
    """A rule as the page explains it."""

    name: str
    title: Words
    why: Words


@cache
def settings() -> dict[str, Any]:
    """Read the thresholds and their reasons."""
    path = Path(__file__).with_name("quality.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def rule_cards() -> tuple[RuleCard, ...]:
    """List the rules with their reasons."""
    return tuple(
        RuleCard(
            name, Words(rule["title_zh"], rule["title_en"]), Words(rule["why_zh"], rule["why_en"])
        )
        for name, rule in settings().items()
        if "title_zh" in rule
    )


def steps() -> Steps:
    """Give the steps from a difference to a level."""
    given = settings()["steps"]
    return Steps(
        red=tuple(given["red"]), orange=tuple(given["orange"]), yellow=tuple(given["yellow"])
    )


def flags(board: Board, tree: Tree) -> list[Flag]:
    """
    Give all flags of a board, the weightiest first; kept with the board.

    Groups (imported, unassigned) are parts of their place, but their own course is that of a
    bookkeeping entry and is not judged.
    """
    kept = board.notes.get("flags")
    if isinstance(kept, list):
        return kept
    found = (
        _of_places(board, tree)
        + divisions(board, tree, _parts_rule())
        + disagreements(board, tree, steps())
        + said_twice(board, tree)
    )
    found.sort(key=lambda flag: (*flag.weight, flag.first_day, flag.place))
    board.notes["flags"] = found
    return found


def of_view(view: View) -> list[Flag]:
    """Give the flags of a view's place and all under it that had happened by its day."""
    inside = {view.root.id, *view.tree.under(view.root.id, view.tree.spots)}
    return [
        flag
        for flag in flags(view.board, view.tree)
        if flag.place in inside and flag.first_day <= view.day
    ]


def foremost(found: list[Flag], tree: Tree, most: int) -> list[Flag]:
    """
    Choose the flags to read first: each event once.

    What shows in a country, its province and its city within a day or two is told of the country.
    """
    told: list[Flag] = []
    for flag in found:
        above = set(tree.spots[flag.place].above)
        again = any(
            one.rule == flag.rule
            and one.place in above
            and abs((one.first_day - flag.first_day).days) <= SAME_EVENT_DAYS
            for one in told
        )
        if not again:
            told.append(flag)
        if len(told) == most:
            break
    return told


def chosen(found: list[Flag], rule: str, least: Level | None) -> list[Flag]:
    """Keep flags of one rule, and of a level or above; raise `InputError` for an unknown rule."""
    known = [card.name for card in rule_cards()]
    if rule and rule not in known:
        raise InputError(f"rule is {rule!r}; it should be one of {', '.join(known)}")
    return [
        flag
        for flag in found
        if (not rule or flag.rule == rule) and (least is None or flag.level.rank <= least.rank)
    ]


def _of_places(board: Board, tree: Tree) -> list[Flag]:
    """Run the rules about one place at a time."""
    rule = settings()
    panel = _panel(board, tree, _judged(board))
    if panel is None:
        return []
    jump = _jump_rule()
    moved = engine.falls(
        panel, _in(panel, rule["fall"]["quantities"]), engine.FallRule(steps=steps())
    )
    moved += engine.jumps(panel, _in(panel, rule["jump"]["totals"]), jump)
    found = engine.revisions(moved, panel, least_people=rule["revision"]["least_people"])
    found += engine.contradictions(panel, steps())
    for name in rule["jump"]["news"]:
        fresh = _panel(board, tree, [name])
        if fresh is not None:
            said = {(flag.place, flag.first_day) for flag in found}
            found += [
                flag
                for flag in engine.jumps(fresh, [name], jump, totals=False)
                if (flag.place, flag.first_day) not in said
            ]
    found += engine.missing_days(panel, _reporting("missing"))
    found += _outdated(panel, tree)
    return found


def _judged(board: Board) -> list[str]:
    rule = settings()
    names = {*rule["fall"]["quantities"], *rule["jump"]["totals"], *WHOLE_QUANTITIES}
    return sorted(name for name in names if not board.series(name).is_empty())


def _in(panel: Panel, names: Iterable[str]) -> list[str]:
    return [name for name in names if name in panel.values]


def _jump_rule() -> engine.JumpRule:
    given = settings()["jump"]
    return engine.JumpRule(
        z=given["z"],
        days_before=given["days_before"],
        days_after=given["days_after"],
        least_before=given["least_before"],
        least_after=given["least_after"],
        least_people=given["least_people"],
        steps=steps(),
    )


def _parts_rule() -> engine.PartsRule:
    return engine.PartsRule(least_people=settings()["parts"]["least_people"], steps=steps())


def _reporting(name: str) -> engine.ReportingRule:
    given = settings()[name]
    return engine.ReportingRule(
        least_days=given["least_days"],
        yellow_days=given["yellow_days"],
        orange_days=given.get("orange_days"),
        longest_days=given.get("longest_days"),
    )


def _panel(board: Board, tree: Tree, names: list[str]) -> Panel | None:
    """Lay the figures of all places that are not groups out as a panel."""
    tables = {name: board.series(name) for name in names}
    everywhere = {place for table in tables.values() for place in table["place_id"].unique()}
    places = sorted(p for p in everywhere if p in tree.spots and tree.level_of(p) != GROUP)
    ends = [(t["day"].min(), t["day"].max()) for t in tables.values() if t.height]
    if not places or not ends:
        return None
    first, last = min(e[0] for e in ends), max(e[1] for e in ends)  # type: ignore[type-var]
    return Panel(
        places=np.array(places, dtype=np.int64),
        first_day=day_of(first),
        values={
            name: board.matrix(name, places, day_of(first), day_of(last)).values for name in names
        },
        titles={name: spec_named(name).title for name in names},
    )


def _outdated(panel: Panel, tree: Tree) -> list[Flag]:
    """Flag places that stopped reporting while the place above them went on."""
    last: dict[int, date] = {}
    said = np.zeros((len(panel.places), panel.n_days), dtype=bool)
    for array in panel.values.values():
        said |= ~np.isnan(array)
    for place, heard in zip(panel.places, said, strict=True):
        newest = int(np.flatnonzero(heard)[-1]) if heard.any() else 0
        last[int(place)] = panel.day(newest)
    behind: dict[date, list[int]] = {}
    for row, place in enumerate(panel.places):
        upper = next((one for one in tree.spots[int(place)].above if one in last), None)
        if upper is not None and last[upper] > last[int(place)]:
            behind.setdefault(last[upper], []).append(row)
    found = []
    for today, rows in behind.items():
        late = Panel(
            places=panel.places[rows],
            first_day=panel.first_day,
            values={name: array[rows] for name, array in panel.values.items()},
            titles=panel.titles,
        )
        found += engine.outdated(late, today, _reporting("outdated"))
    return found
