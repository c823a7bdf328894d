"""The files' door for others: files in, observations and a balanced ledger out."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rencheng.foundation.memory.indicators.api import derive_pending
from rencheng.kernel.errors import DataError, InputError
from rencheng.kernel.words import Words
from rencheng.sensing.files import loading, mappings
from rencheng.sensing.files.guessing import guess
from rencheng.sensing.files.opened import open_file
from rencheng.sensing.files.preview import Preview, preview
from rencheng.sensing.readers.files import format_of

__all__ = ["LoadResult", "Planned", "check", "guess", "load", "plan"]


@dataclass(frozen=True, slots=True)
class LoadResult:
    """
    What became of a file.

    Parameters
    ----------
    sent, stored, duplicate, rejected
        Of the load in all, earlier runs of it included; the first is the sum of the others.
    from_row
        The row this run began at: above 0 where an earlier run had been cut off.
    figures
        Derived figures written after it.
    seconds
        What this run took.
    """

    load_id: int
    file_name: str
    mapping: str
    mapping_version: int
    kind: str
    source: str
    rows: int
    sent: int
    stored: int
    duplicate: int
    rejected: int
    from_row: int
    figures: int
    seconds: float


def load(
    path: Path | str,
    mapping: str | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
    begun: Callable[[int], None] | None = None,
    resume: bool = True,
    requested_by: int | None = None,
    name: str | None = None,
    derive: bool = True,
) -> LoadResult:
    """
    Load a file into the journal.

    Killed at any moment and run again, it goes on where it stopped, and ends with the same
    journal; run again after it has ended, it finds every row a duplicate.

    Parameters
    ----------
    path
        CSV (also packed), Excel, Parquet, JSON lines.
    mapping
        Name of a mapping; None finds the one that fits.
    progress
        Called with rows done and rows in all; may raise to stop.
    begun
        Called once with the number of the load, before anything is stored.
    resume
        Go on with an unfinished load of the same content and mapping.
    requested_by
        Number of the account that asked for it.
    name
        What the file was called, where ``path`` is only where an upload was put.
    derive
        Make the figures that follow from it at once.

    Raises
    ------
    InputError
        If no mapping fits, several do, or the file is no table.
    DataError
        If the file lacks columns of the mapping or is damaged; nothing of it is stored then.
    ConflictError
        If another run of the same load has taken over.
    """
    began = time.perf_counter()
    path = Path(path)
    called = name or path.name
    known = mappings.named(mapping) if mapping else guess(path, called).known
    content = loading.content_of(path)
    opened = open_file(path, known.mapping.reading, called)
    known = mappings.recorded(known)
    row = loading.begin(opened, content, known, resume=resume, requested_by=requested_by)
    if begun is not None:
        begun(row.pk)
    from_row = row.rows_done
    loading.run(row, opened, known.mapping, progress)
    figures = derive_pending() if derive else 0
    loading.finish(row)
    return LoadResult(
        load_id=row.pk,
        file_name=called,
        mapping=row.mapping_name,
        mapping_version=row.mapping_version,
        kind=row.kind,
        source=row.source,
        rows=row.rows_done,
        sent=row.sent,
        stored=row.stored,
        duplicate=row.duplicate,
        rejected=row.rejected,
        from_row=from_row,
        figures=figures,
        seconds=time.perf_counter() - began,
    )


def check(path: Path | str, mapping: str | None = None, *, name: str | None = None) -> Preview:
    """
    Say what loading a file would do, from its first 2,000 rows; nothing is stored.

    Raises
    ------
    InputError, DataError
        As `load`.
    """
    path = Path(path)
    called = name or path.name
    known = mappings.named(mapping) if mapping else guess(path, called).known
    return preview(open_file(path, known.mapping.reading, called), known.mapping)


@dataclass(frozen=True, slots=True)
class Planned:
    """A file of a folder: the mapping it would be loaded with, or why it is passed over."""

    path: Path
    mapping: str | None
    why: Words


def plan(path: Path | str) -> list[Planned]:
    """
    List what loading a file or a folder would load, in the order in which it would.

    Wider places come first (a country before its cities). Files that are no tables, such as a
    README, are listed with the reason why they are passed over.

    Raises
    ------
    InputError
        If there is nothing at ``path``.
    """
    path = Path(path)
    if not path.exists():
        raise InputError(f"there is nothing at {path}")
    found = [path] if path.is_file() else sorted(one for one in path.iterdir() if one.is_file())
    planned = [_planned(one) for one in found]
    return sorted(planned, key=lambda one: (one.mapping is None, one.path.stat().st_size))


def _planned(path: Path) -> Planned:
    try:
        format_of(path)
        found = guess(path)
    except (InputError, DataError) as error:
        return Planned(path, None, Words(str(error), str(error)))
    return Planned(path, found.known.mapping.name, found.why)
