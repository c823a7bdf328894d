"""A file into the journal, chunk by chunk; killed at any moment it goes on where it stopped."""

import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db.models import F

from rencheng.foundation.memory.clock import now, now_micros
from rencheng.foundation.memory.journal.api import Receipt, Refusal, Statement, append
from rencheng.foundation.memory.kinds import Kind, kind_named
from rencheng.foundation.memory.sources.api import SourceSpec, declare
from rencheng.kernel.errors import ConflictError, DataError, RenchengError
from rencheng.sensing.files.convert.broken import broken_statements
from rencheng.sensing.files.convert.keys import Settled
from rencheng.sensing.files.convert.phrases import clean, understood
from rencheng.sensing.files.convert.rows import statements
from rencheng.sensing.files.mapping.spec import Mapping, SourcePart
from rencheng.sensing.files.mappings import Known
from rencheng.sensing.files.models import Load, RefusedCell, State
from rencheng.sensing.files.opened import Opened
from rencheng.sensing.files.placing.settling import Placing
from rencheng.sensing.files.survey import require_fit, survey
from rencheng.sensing.readers.files import Chunk

# One transaction each: long enough to be quick, short enough that others need not wait.
ROWS_AT_ONCE = 4_000
# A file whose first rows are refused to the last one has the wrong mapping.
GIVE_UP_AFTER = 10_000

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Content:
    """What makes a file the same file: its bytes."""

    sha256: str
    size_bytes: int


def content_of(path: Path) -> Content:
    """Digest a file."""
    with path.open("rb") as file:
        return Content(
            hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size
        )


def begin(
    opened: Opened, content: Content, known: Known, *, resume: bool, requested_by: int | None
) -> Load:
    """Give the load of a file: a new one, or the unfinished one of the same content and mapping."""
    holder = secrets.token_hex(16)
    unfinished = (
        Load.objects.filter(sha256=content.sha256, mapping_digest=known.digest)
        .exclude(state=State.DONE)
        .order_by("-pk")
        .first()
    )
    if resume and unfinished is not None:
        Load.objects.filter(pk=unfinished.pk).update(
            holder=holder, state=State.RUNNING, error="", moved_at=now(), finished_at=None
        )
        unfinished.refresh_from_db()
        return unfinished
    return Load.objects.create(
        file_name=opened.name[:255],
        sha256=content.sha256,
        size_bytes=content.size_bytes,
        mapping_name=known.mapping.name,
        mapping_version=known.version,
        mapping_digest=known.digest,
        kind=known.mapping.kind,
        source=known.mapping.source.name,
        columns=[clean(name) for name in opened.columns],
        holder=holder,
        started_at=now(),
        moved_at=now(),
        requested_by_id=requested_by,
    )


def run(load: Load, opened: Opened, mapping: Mapping, told: Told | None = None) -> None:
    """
    Load what is not loaded yet.

    Raises
    ------
    DataError, InputError
        If the file cannot be read to its end or does not fit; what was stored before stays, and
        the load says so.
    ConflictError
        If another run of the same load has taken over.
    """
    try:
        _run(load, opened, mapping, told)
    except ConflictError:
        raise
    except RenchengError as error:
        _write(load, state=State.FAILED, error=str(error), finished_at=now())
        raise


def finish(load: Load) -> None:
    """Note that a load has ended well; last of all, so that whatever is cut off is done again."""
    _write(load, state=State.DONE, finished_at=now())


def stop(load: Load) -> None:
    """Note that somebody stopped a load; loading the same file again goes on from here."""
    _write(load, state=State.CANCELLED, finished_at=now())


def _run(load: Load, opened: Opened, mapping: Mapping, told: Told | None) -> None:
    require_fit(opened, mapping)
    found = survey(opened, mapping)
    _write(load, rows_total=found.rows)
    places: Settled = {}
    if mapping.place is not None:
        places = Placing().settle(mapping.place, found.sayings)
    kind = kind_named(mapping.kind)
    source = declare(spec_of(mapping.source))
    for chunk in opened.chunks(ROWS_AT_ONCE, start_row=load.rows_done):
        if told is not None:
            told(load.rows_done, found.rows)
        said = said_in(chunk, opened, mapping, kind, places)
        _store(load, source, kind, said, chunk.next_row)
        if load.rejected == load.sent >= GIVE_UP_AFTER:
            raise DataError(
                f"all of the first {load.sent:,} rows of {load.file_name} were refused; mapping "
                f"{mapping.name} does not fit this file"
            )
    if told is not None:
        told(found.rows, found.rows)


def said_in(
    chunk: Chunk, opened: Opened, mapping: Mapping, kind: Kind, places: Settled
) -> list[Statement]:
    """Give a statement for every row of a chunk, in the order of the lines."""
    said = statements(
        chunk.rows, chunk.lines.to_list(), mapping, kind, places=places, now=now_micros()
    )
    if chunk.broken:
        said += broken_statements(chunk.broken, opened.columns, opened.delimiter)
    return said


def spec_of(source: SourcePart) -> SourceSpec:
    """Give a mapping's source as the memory wants it."""
    return SourceSpec(
        name=source.name,
        title=source.title,
        origin=source.origin,
        licence=source.licence,
        trusted=source.trusted,
        rank=source.rank,
    )


def _store(load: Load, source: int, kind: Kind, said: list[Statement], rows_done: int) -> None:
    """Store a chunk, its ledger entry and the point where to go on, in one transaction."""

    def within(receipt: Receipt) -> None:
        moved = Load.objects.filter(
            pk=load.pk, holder=load.holder, rows_done=load.rows_done
        ).update(
            rows_done=rows_done,
            moved_at=now(),
            sent=F("sent") + receipt.sent,
            stored=F("stored") + receipt.stored,
            duplicate=F("duplicate") + receipt.duplicate,
            rejected=F("rejected") + receipt.rejected,
        )
        if not moved:
            raise ConflictError(f"load {load.pk} of {load.file_name} goes on in another run")
        RefusedCell.objects.bulk_create(
            cell for refusal in receipt.refusals for cell in _cells(load, refusal)
        )

    receipt = append(source, kind, said, delivery=load.delivery, within=within)
    load.rows_done = rows_done
    load.sent += receipt.sent
    load.stored += receipt.stored
    load.duplicate += receipt.duplicate
    load.rejected += receipt.rejected


def _cells(load: Load, refusal: Refusal) -> list[RefusedCell]:
    return [
        RefusedCell(
            load=load,
            line=refusal.line or 0,
            problem=understood(should)[0],
            field=field[:120],
            was=was[:200],
            should=should[:400],
        )
        for field, was, should in refusal.reasons
    ]


def _write(load: Load, **said: object) -> None:
    """Write to the load's row, unless another run has taken over."""
    if not Load.objects.filter(pk=load.pk, holder=load.holder).update(**said):
        raise ConflictError(f"load {load.pk} of {load.file_name} goes on in another run")
    for name, value in said.items():
        setattr(load, name, value)
