"""Where figures meet: parts and their whole, and two sources of the same figure."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from rencheng.engines.epidemic.arrays import FloatArray, IntArray
from rencheng.engines.epidemic.quality import (
    Flag,
    Level,
    Panel,
    PartsRule,
    Steps,
    parts_and_whole,
    sources_disagree,
)
from rencheng.engines.epidemic.quality.saying import day_en, day_zh
from rencheng.foundation.memory.indicators.api import spec_named
from rencheng.foundation.memory.sources.api import all_sources
from rencheng.kernel.words import Words
from rencheng.services.monitor.figures import EPOCH, Board
from rencheng.services.monitor.reported import REPORTED
from rencheng.services.monitor.rules import ROUTED_ASYMPTOMATIC, ROUTED_CONFIRMED
from rencheng.services.monitor.tree import GROUP, Tree

# (reported by the parts, added up; the whole they should give)
DIVISIONS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("confirmed",), "confirmed"),
    (("cured",), "cured"),
    (("dead",), "dead"),
    (("suspected",), "suspected"),
    (ROUTED_CONFIRMED, "new_confirmed"),
    (ROUTED_ASYMPTOMATIC, "new_asymptomatic"),
    (("reported_new_infections",), "new_infections"),
    (("in_hospital_by_place",), "in_hospital"),
)
# (believed, another report of the same)
PAIRS = (
    ("confirmed", "confirmed_in_notice"),
    ("cured", "cured_in_notice"),
    ("dead", "dead_in_notice"),
    ("suspected", "suspected_in_notice"),
)
# A source that speaks of few of the parts still divides the whole if its sum is about the whole.
NEAR = (0.5, 2.0)


def day_of(number: object) -> date:
    """Turn a number of days since 1970-01-01 into a day."""
    return date.fromordinal(EPOCH.toordinal() + int(str(number)))


def divisions(board: Board, tree: Tree, rule: PartsRule) -> list[Flag]:
    """Compare parts with their whole, one source of parts at a time."""
    found = []
    for names, whole in DIVISIONS:
        told = _by_source(board, names)
        if told.is_empty():
            continue
        upper = sorted(board.places(whole))
        days = day_of(told["day"].min()), day_of(told["day"].max())
        totals = board.matrix(whole, upper, *days)
        wholes = dict(zip(upper, totals.values, strict=True))
        # How many places anybody speaks of under each parent, groups left out.
        spoken = Counter(
            tree.spots[one].parent
            for one in told["place_id"].unique()
            if one in tree.spots and tree.level_of(one) != GROUP
        )
        for parent, piece in _pieces(told, tree):
            if parent not in wholes:
                continue
            panel = _division(parent, wholes[parent], piece, (days[0], whole))
            children = panel.places[1:].tolist()
            proper = sum(tree.level_of(one) != GROUP for one in children)
            divides = proper > 1 and 2 * proper > spoken[parent]
            if divides or _is_near(panel):
                found += parts_and_whole(panel, parent, children, [whole], rule)
    return found


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one source said of the parts of one place: three columns of one length."""

    place: IntArray
    day: IntArray
    value: FloatArray


def _pieces(told: pl.DataFrame, tree: Tree) -> Iterator[tuple[int, _Piece]]:
    """Cut a table of `Board.by_source` into the parts of one place by one source."""
    places = told["place_id"].to_numpy()
    unique, at = np.unique(places, return_inverse=True)
    known = (tree.spots.get(int(one)) for one in unique)
    parents = np.array([(spot.parent if spot else None) or 0 for spot in known])[at]
    sources = told["source_id"].to_numpy()
    order = np.lexsort((sources, parents))
    cuts = np.flatnonzero(np.diff(parents[order]) | np.diff(sources[order])) + 1
    days, values = told["day"].to_numpy(), told["value"].to_numpy()
    for rows in np.split(order, cuts):
        parent = int(parents[rows[0]])
        if parent:
            yield parent, _Piece(places[rows], days[rows], values[rows])


def _by_source(board: Board, names: tuple[str, ...]) -> pl.DataFrame:
    """Give what each source said last, several indicators of a source added up."""
    tables = [board.by_source(name) for name in names]
    if len(tables) == 1:
        return tables[0]
    keys = ["source_id", "place_id", "day"]
    return pl.concat(tables).group_by(keys).agg(pl.col("value").sum()).sort("place_id", "day")


def _division(parent: int, total: FloatArray, piece: _Piece, called: tuple[date, str]) -> Panel:
    """Lay out a whole (first row) and its parts over the days of the parts."""
    start, whole = called
    children, row = np.unique(piece.place, return_inverse=True)
    column = piece.day - (start - EPOCH).days
    first, last = int(column.min()), int(column.max())
    values = np.full((children.size + 1, last - first + 1), np.nan)
    values[0] = total[first : last + 1]
    values[row + 1, column - first] = piece.value
    return Panel(
        places=np.concatenate([[parent], children]),
        first_day=start + timedelta(days=first),
        values={whole: values},
        titles={whole: spec_named(whole).title},
    )


def _is_near(panel: Panel) -> bool:
    (values,) = panel.values.values()
    total, added = values[0], np.nansum(values[1:], axis=0)
    both = (total > 0) & (~np.isnan(values[1:])).any(axis=0)
    if not both.any():
        return False
    return bool(NEAR[0] <= np.median(added[both] / total[both]) <= NEAR[1])


def disagreements(board: Board, tree: Tree, steps: Steps) -> list[Flag]:
    """Compare different sources of the same figure."""
    found = []
    names = {source: card.title for source, card in all_sources().items()}
    for spec in REPORTED:
        told = board.by_source(spec.name)
        if told["source_id"].n_unique() < 2:
            continue
        places = told.group_by("place_id").agg(pl.col("source_id").n_unique().alias("n"))
        several = places.filter(pl.col("n") > 1)["place_id"].to_list()
        for place in several:
            mine = board.series(spec.name).filter(pl.col("place_id") == place)
            here = told.filter(pl.col("place_id") == place)
            others = {
                names[int(str(source))]: table
                for (source,), table in here.group_by("source_id", maintain_order=True)
            }
            found += _compared(spec.name, place, mine, others, steps)
    for believed, other in PAIRS:
        theirs = board.series(other)
        for place in theirs["place_id"].unique():
            mine = board.series(believed).filter(pl.col("place_id") == place)
            if mine.height:
                title = spec_named(other).title
                second = {title: theirs.filter(pl.col("place_id") == place)}
                found += _compared(believed, place, mine, second, steps)
    return [flag for flag in found if flag.place in tree.spots]


def said_twice(board: Board, tree: Tree) -> list[Flag]:
    """Flag days of which a source said different things at the same moment."""
    cards = all_sources()
    found = []
    table = board.with_day(board.said_twice().rename({"event_at": "valid_at"}))
    for row in table.iter_rows(named=True):
        if row["place_id"] not in tree.spots:
            continue
        day, source = day_of(row["day"]), cards[row["source_id"]].title
        found.append(
            Flag(
                rule="twice",
                level=Level.YELLOW,
                place=row["place_id"],
                quantity="",
                first_day=day,
                last_day=day,
                evidence={"sayings": float(row["sayings"])},
                sentence=Words(
                    f"“{source.zh}”同时给出了{day_zh(day)}的 {row['sayings']} 种不同数字，"
                    "只采用其一。",
                    f"{source.en} gave {row['sayings']} different figures of {day_en(day)} at "
                    "once; only one of them is used.",
                ),
            )
        )
    return found


def _compared(
    name: str,
    place: int,
    mine: pl.DataFrame,
    others: dict[Words, pl.DataFrame],
    steps: Steps,
) -> list[Flag]:
    tables = [mine, *others.values()]
    first = min(int(table["day"].min()) for table in tables)  # type: ignore[arg-type]
    last = max(int(table["day"].max()) for table in tables)  # type: ignore[arg-type]

    def row(table: pl.DataFrame) -> FloatArray:
        values = np.full((1, last - first + 1), np.nan)
        values[0, table["day"].to_numpy() - first] = table["value"].to_numpy()
        return values

    title = spec_named(name).title
    said = {"": row(mine)} | {words.en: row(table) for words, table in others.items()}
    panel = Panel(
        places=np.array([place], dtype=np.int64),
        first_day=day_of(first),
        values={name: said[""]},
        titles={name: title},
    )
    titles = {"": Words("采用值", "the figure shown")} | {words.en: words for words in others}
    return sources_disagree(panel, name, said, titles, steps)
