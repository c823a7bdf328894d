"""Loading files one after another, places first, and saying what became of each."""

import csv
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import click
from rich.progress import TaskID

from rencheng.assembly.cli.asking import print_balances
from rencheng.assembly.cli.house import print_table, progress_bars
from rencheng.foundation.memory.balance import balances, rejections
from rencheng.foundation.memory.indicators.api import derive_pending
from rencheng.kernel.errors import InputError, RenchengError
from rencheng.sensing.files import api as files
from rencheng.sensing.files.models import Load
from rencheng.sensing.gazetteers import loading as gazetteers

Told = Callable[[int, int], None]
REASONS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be loaded: as places or observations, read with what; or why it is passed over."""

    path: Path
    sort: Literal["places", "observations", "nothing"]
    reader: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that was refused."""

    file: str
    line: int | None
    field: str
    was: str
    should: str


@dataclass(slots=True)
class Outcome:
    """What became of a file; ``error`` where it could not be loaded."""

    item: Item
    sent: int = 0
    stored: int = 0
    duplicate: int = 0
    rejected: int = 0
    seconds: float = 0.0
    error: str = ""
    refused: list[Refused] = field(default_factory=list)


def planned(paths: Sequence[Path], mapping: str | None) -> list[Item]:
    """
    Decide what each file is: places first, in the order they build on each other.

    Raises
    ------
    InputError
        If there is nothing at a path, or a file that was named is neither places nor observations.
    """
    items: list[Item] = []
    for path in paths:
        found = _of_path(path, mapping)
        if path.is_file() and found[0].sort == "nothing":
            raise InputError(f"{path.name}: {found[0].reader}")
        items += found
    places = sorted((one for one in items if one.sort == "places"), key=lambda one: one.order)
    return places + [one for one in items if one.sort != "places"]


def _of_path(path: Path, mapping: str | None) -> list[Item]:
    if not path.exists():
        raise InputError(f"there is nothing at {path}")
    inside = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    places = [] if mapping else [item for one in inside if (item := _places(one)) is not None]
    known = {item.path for item in places}
    if mapping is not None:
        return [Item(one, "observations", mapping) for one in inside]
    told = [plan for plan in files.plan(path) if plan.path not in known]
    return places + [
        Item(one.path, "nothing", one.why.en)
        if one.mapping is None
        else Item(one.path, "observations", one.mapping)
        for one in told
    ]


def _places(path: Path) -> Item | None:
    try:
        gazetteer = gazetteers.fitting(path)
    except RenchengError:
        # Not a file of places; `files.plan` says what else it is, or why it is nothing.
        return None
    return Item(path, "places", gazetteer.name, gazetteer.order)


def take_in(items: Sequence[Item], rejected_csv: Path | None) -> int:
    """Load all and print what became of it; gives 0, 1 (rows refused) or 2 (a file not loaded)."""
    began = time.perf_counter()
    wanted = [item for item in items if item.sort != "nothing"]
    outcomes: list[Outcome] = []
    with progress_bars() as bars:
        whole = bars.add_task("files", total=len(wanted))
        for item in wanted:
            bar = bars.add_task(item.path.name, total=None)

            def told(done: int, total: int, bar: TaskID = bar) -> None:
                bars.update(bar, completed=done, total=total)

            outcomes.append(_take(item, told))
            bars.remove_task(bar)
            bars.advance(whole)
        bars.update(whole, description="figures", total=None)
        figures = derive_pending()
    _say(items, outcomes)
    print_balances(balances())
    spent = time.perf_counter() - began
    click.echo(f"\n{figures:,} figures derived; all done in {spent:.1f} s")
    refused = [cell for outcome in outcomes for cell in outcome.refused]
    if rejected_csv is not None:
        _write(rejected_csv, refused)
    if any(outcome.error for outcome in outcomes):
        return 2
    return 1 if refused else 0


def _take(item: Item, told: Told) -> Outcome:
    """Load a file; a mistake in it is noted, and the others go on."""
    began = time.perf_counter()
    outcome = Outcome(item)
    try:
        (_take_places if item.sort == "places" else _take_table)(outcome, told)
    except RenchengError as error:
        outcome.error = str(error)
    outcome.seconds = time.perf_counter() - began
    return outcome


def _take_places(outcome: Outcome, _told: Told) -> None:
    receipt = gazetteers.load(outcome.item.path)
    outcome.sent, outcome.stored = receipt.sent, receipt.stored
    outcome.duplicate, outcome.rejected = receipt.unchanged, len(receipt.rejected)
    outcome.refused = [
        Refused(receipt.file, one.line, one.field, one.was, one.should.en)
        for one in receipt.rejected
    ]


def _take_table(outcome: Outcome, told: Told) -> None:
    item = outcome.item
    result = files.load(item.path, item.reader, progress=told, derive=False)
    outcome.sent, outcome.stored = result.sent, result.stored
    outcome.duplicate, outcome.rejected = result.duplicate, result.rejected
    if result.rejected:
        load = Load.objects.get(pk=result.load_id)
        outcome.refused = [
            Refused(item.path.name, row.line, one["field"], one["was"], one["should"])
            for row in rejections(load.delivery)
            for one in row.reasons
        ]


def _say(items: Sequence[Item], outcomes: Sequence[Outcome]) -> None:
    heads = ("file", "read as", "sent", "stored", "duplicate", "rejected", "seconds")
    rows = [
        (one.item.path.name, f"{one.item.sort}: {one.item.reader}", one.sent, one.stored,
         one.duplicate, one.rejected, f"{one.seconds:.1f}")
        for one in outcomes
    ]  # fmt: skip
    print_table(heads, rows, "llrrrrr")
    for one in outcomes:
        if one.error:
            click.echo(f"not loaded: {one.item.path.name}: {one.error}", err=True)
        _say_refused(one)
    _say_passed(items)
    click.echo("")


def _say_refused(outcome: Outcome) -> None:
    """Print the most frequent reasons, each with its first example."""
    if not outcome.refused:
        return
    name = outcome.item.path.name
    counts = Counter((one.field, one.should) for one in outcome.refused)
    click.echo(f"refused in {name}: {outcome.rejected:,} rows")
    for (field_name, should), count in counts.most_common(REASONS_SHOWN):
        first = next(o for o in outcome.refused if (o.field, o.should) == (field_name, should))
        where = f"line {first.line}" if first.line else "no line"
        click.echo(f"  {count:>6,} x {field_name} should be {should}; {where} has {first.was!r}")
    if len(counts) > REASONS_SHOWN:
        click.echo(f"  and {len(counts) - REASONS_SHOWN} more reasons; --rejected FILE.csv has all")


def _say_passed(items: Iterable[Item]) -> None:
    for item in items:
        if item.sort == "nothing":
            click.echo(f"passed over: {item.path.name} ({item.reader.partition(';')[0]})")


def _write(path: Path, refused: Iterable[Refused]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "line", "field", "was", "should"))
        writer.writerows((one.file, one.line, one.field, one.was, one.should) for one in refused)


def look(items: Sequence[Item]) -> int:
    """Print what loading would do, from the first rows of each file; nothing is stored."""
    rows: list[tuple[object, ...]] = []
    refused = 0
    for item in items:
        if item.sort == "observations":
            seen = files.check(item.path, item.reader)
            how = "all rows" if seen.complete else f"the first {seen.looked_at:,} rows"
            rows.append((item.path.name, item.reader, how, seen.good, seen.refused))
            refused += seen.refused
        elif item.sort == "places":
            rows.append((item.path.name, f"places: {item.reader}", "not looked into", None, None))
    print_table(("file", "read as", "looked at", "good", "refused"), rows, "lllrr")
    _say_passed(items)
    click.echo("nothing was stored")
    return 1 if refused else 0
