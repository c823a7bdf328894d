"""Where figures meet: parts and their whole, and two sources of the same figure."""

from datetime import date

import numpy as np
import polars as pl

from rencheng.engines.epidemic.arrays import FloatArray
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
        told = told.with_columns(
            pl.col("place_id")
            .replace_strict({one: spot.parent for one, spot in tree.spots.items()}, default=None)
            .alias("parent")
        )
        totals = board.series(whole)
        for (parent,), parts in told.drop_nulls("parent").group_by("parent", maintain_order=True):
            total = totals.filter(pl.col("place_id") == parent)
            if total.is_empty():
                continue
            siblings = _places_of(parts, tree)
            for _, piece in parts.group_by("source_id", maintain_order=True):
                panel = _division(int(str(parent)), total, piece, whole)
                covers = 2 * len(_places_of(piece, tree)) > len(siblings)
                if covers or _is_near(panel):
                    children = panel.places[1:].tolist()
                    found += parts_and_whole(panel, int(str(parent)), children, [whole], rule)
    return found


def _places_of(table: pl.DataFrame, tree: Tree) -> set[int]:
    return {one for one in table["place_id"].unique() if tree.level_of(one) != GROUP}


def _by_source(board: Board, names: tuple[str, ...]) -> pl.DataFrame:
    """Give what each source said last, several indicators of a source added up."""
    tables = [board.by_source(name) for name in names]
    if len(tables) == 1:
        return tables[0]
    keys = ["source_id", "place_id", "day"]
    return pl.concat(tables).group_by(keys).agg(pl.col("value").sum()).sort("place_id", "day")


def _division(parent: int, total: pl.DataFrame, piece: pl.DataFrame, whole: str) -> Panel:
    """Lay out a whole (first row) and its parts over the days both may have."""
    children = piece["place_id"].unique(maintain_order=True).to_list()
    first = int(min(total["day"].min(), piece["day"].min()))  # type: ignore[type-var, arg-type]
    last = int(max(total["day"].max(), piece["day"].max()))  # type: ignore[type-var, arg-type]
    values = np.full((len(children) + 1, last - first + 1), np.nan)
    values[0, total["day"].to_numpy() - first] = total["value"].to_numpy()
    row = {place: i + 1 for i, place in enumerate(children)}
    rows = piece["place_id"].replace_strict(row, return_dtype=pl.Int64).to_numpy()
    values[rows, piece["day"].to_numpy() - first] = piece["value"].to_numpy()
    return Panel(
        places=np.array([parent, *children], dtype=np.int64),
        first_day=day_of(first),
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
        told = _by_source(board, (spec.name,))
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
