"""The one door into the journal."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from rencheng.foundation.memory.clock import now_micros
from rencheng.foundation.memory.journal.checking import canonical, digest, reasons_against
from rencheng.foundation.memory.journal.statement import Receipt, Refusal, Statement
from rencheng.foundation.memory.kinds import Kind
from rencheng.foundation.memory.ledger.models import Entry, Rejection
from rencheng.foundation.memory.sources.api import kind_id
from rencheng.foundation.memory.sources.models import Source
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import Micros

COLUMNS = (
    "source_id, sequence, entry_id, kind_id, place_id, subject, "
    "event_at, published_at, received_at, value"
)
WIDTH = 10
# SQLite takes 32,766 parameters in a statement.
ROWS_AT_ONCE = 32_766 // WIDTH

Row = tuple[Any, ...]


def append(
    source_id: int,
    kind: Kind,
    statements: Iterable[Statement],
    *,
    delivery: str = "",
    within: Callable[[Receipt], None] | None = None,
) -> Receipt:
    """
    Check statements, store the good ones, and write the ledger, all in one transaction.

    A statement already stored (same source and sequence, same content) counts as a duplicate. The
    same sequence with another content is refused: nothing overwrites the journal. When this
    returns, the rows are committed; when it raises, nothing is.

    Parameters
    ----------
    source_id
        Who says it (`sources.api.declare`).
    kind
        What is said; one kind a delivery.
    statements
        In any order, late ones too.
    delivery
        A name that ties several entries together, such as a load of a file.
    within
        Called with the receipt inside the transaction, last of all: what it writes is committed
        together with the rows, and if it raises, nothing is. Keep it short.

    Returns
    -------
    receipt
        sent = stored + duplicate + rejected, with every refusal.

    Raises
    ------
    InputError
        If there is no such source.
    """
    source = Source.objects.filter(pk=source_id).first()
    if source is None:
        raise InputError(f"source {source_id} does not exist; declare it first")
    received = now_micros()
    good, refusals, sent = _checked(kind, statements, received, trusted=source.trusted)
    kind_number = kind_id(kind.name)
    with transaction.atomic():
        entry = Entry.objects.create(
            source=source,
            kind_id=kind_number,
            delivery=delivery,
            received_at=received,
            sent=sent,
            stored=0,
            duplicate=0,
            rejected=sent,
        )
        stored, duplicate, clashes = _insert(source.pk, kind_number, entry.pk, received, good)
        refusals += clashes
        entry.stored, entry.duplicate, entry.rejected = stored, duplicate, len(refusals)
        entry.derived = stored == 0
        entry.save(update_fields=["stored", "duplicate", "rejected", "derived"])
        Rejection.objects.bulk_create(
            Rejection(
                entry=entry,
                line=refusal.line,
                reasons=[
                    {"field": field, "was": was[:200], "should": should}
                    for field, was, should in refusal.reasons
                ],
                row=refusal.row,
            )
            for refusal in refusals
        )
        receipt = Receipt(entry.pk, sent, stored, duplicate, len(refusals), tuple(refusals))
        if within is not None:
            within(receipt)
    return receipt


def _checked(
    kind: Kind, statements: Iterable[Statement], received: Micros, *, trusted: bool
) -> tuple[list[tuple[int, Statement, str]], list[Refusal], int]:
    """Split statements into numbered good ones and refusals; count them all."""
    good: list[tuple[int, Statement, str]] = []
    refusals: list[Refusal] = []
    sent = 0
    for said in statements:
        sent += 1
        if not trusted:
            said.published_at = None
        wrong = reasons_against(kind, said, received)
        if wrong:
            refusals.append(Refusal(said.line, tuple(wrong), _as_it_came(said)))
            continue
        text = canonical(said.value)
        good.append((said.sequence or digest(kind, said, text), said, text))
    return good, refusals, sent


def _as_it_came(said: Statement) -> dict[str, Any]:
    return said.row if said.row is not None else dict(said.value)


def _insert(
    source_id: int,
    kind_number: int,
    entry_id: int,
    received: Micros,
    good: list[tuple[int, Statement, str]],
) -> tuple[int, int, list[Refusal]]:
    """Store rows; give how many were stored, how many were there, and clashes of numbers."""
    first: dict[int, tuple[Statement, str]] = {}
    again: list[tuple[int, Statement, str]] = []
    for sequence, said, text in good:
        if sequence in first:
            again.append((sequence, said, text))
        else:
            first[sequence] = (said, text)
    rows: list[Row] = [
        (
            source_id, sequence, entry_id, kind_number, said.place_id, said.subject,
            said.event_at, said.published_at, received, text,
        )
        # One order for everybody, so that two writers on PostgreSQL never wait for each other.
        for sequence, (said, text) in sorted(first.items(), key=lambda item: item[0])
    ]  # fmt: skip
    stored: set[int] = set()
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), ROWS_AT_ONCE):
            stored |= _insert_some(cursor, rows[begin : begin + ROWS_AT_ONCE])
    doubtful = again + [
        (sequence, said, text) for sequence, (said, text) in first.items() if sequence not in stored
    ]
    known = _contents(source_id, [sequence for sequence, _, _ in doubtful])
    clashes = [
        Refusal(
            said.line,
            (("sequence", str(sequence), "a new number; this one stands for another statement"),),
            _as_it_came(said),
        )
        for sequence, said, text in doubtful
        if known[sequence]
        != (kind_number, said.place_id, said.subject, said.event_at, said.published_at, text)
    ]
    return len(stored), len(doubtful) - len(clashes), clashes


def _insert_some(cursor: CursorWrapper, rows: Sequence[Row]) -> set[int]:
    marks = ",".join(["(" + ",".join(["%s"] * WIDTH) + ")"] * len(rows))
    cursor.execute(
        f"INSERT INTO memory_observation ({COLUMNS}) VALUES {marks} "  # noqa: S608 - marks only
        "ON CONFLICT (source_id, sequence) DO NOTHING RETURNING sequence",
        [item for row in rows for item in row],
    )
    return {sequence for (sequence,) in cursor.fetchall()}


def _contents(source_id: int, sequences: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Give the stored content of some numbers of a source."""
    found: dict[int, tuple[Any, ...]] = {}
    with connection.cursor() as cursor:
        for begin in range(0, len(sequences), 30_000):
            some = sequences[begin : begin + 30_000]
            marks = ",".join(["%s"] * len(some))
            cursor.execute(
                "SELECT sequence, kind_id, place_id, subject, event_at, published_at, value "  # noqa: S608
                "FROM memory_observation "
                f"WHERE source_id = %s AND sequence IN ({marks})",
                [source_id, *some],
            )
            found |= {row[0]: tuple(row[1:]) for row in cursor.fetchall()}
    return found
