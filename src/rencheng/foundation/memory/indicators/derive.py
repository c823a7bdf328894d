"""From the journal to stored figures: after each delivery, or all over again."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import polars as pl
from django.db import connection, transaction

from rencheng.foundation.memory.indicators.models import Figure, IndicatorName
from rencheng.foundation.memory.indicators.spec import Stored, all_specs
from rencheng.foundation.memory.journal.api import of_entry, of_kind
from rencheng.foundation.memory.ledger.models import Entry

# What a figure says. When we happened to receive it is no part of that.
SAID = "indicator_id, place_id, valid_at, known_at, source_id, value, low, high, formula, sequence"
COLUMNS = SAID + ", received_at"
WIDTH = 11
ROWS_AT_ONCE = 32_766 // WIDTH

FigureRow = tuple[Any, ...]


def indicator_id(name: str) -> int:
    """Give the small number that stands for an indicator's name."""
    return IndicatorName.objects.get_or_create(name=name)[0].pk


def derive_pending() -> int:
    """
    Turn every delivery that has not been derived yet into figures; give how many figures.

    Each entry is one transaction. Works by the ledger, not by ids, since on PostgreSQL ids
    commit out of order.
    """
    written = 0
    while True:
        entry = Entry.objects.filter(derived=False).select_related("kind").order_by("pk").first()
        if entry is None:
            return written
        specs = _specs_of(entry.kind.name)
        rows = figures_from(of_entry(entry.pk), specs) if specs else []
        with transaction.atomic():
            _write(rows)
            Entry.objects.filter(pk=entry.pk).update(derived=True)
        written += len(rows)


def rebuild(progress: Callable[[str, int], None] | None = None) -> tuple[str, str]:
    """
    Throw stored figures away and make them again from the journal.

    Figures of indicators that are not installed in this house stay as they are: nobody here could
    make them again.

    Returns
    -------
    digests
        Digest of the figures before and after. They are equal unless a formula has changed or
        somebody has tampered with the table.
    """
    derive_pending()
    before = digest()
    with transaction.atomic():
        specs_here = [spec for spec in all_specs() if isinstance(spec, Stored)]
        Figure.objects.filter(indicator__name__in=[spec.name for spec in specs_here]).delete()
        for kind_name in sorted({spec.kind for spec in specs_here}):
            specs = _specs_of(kind_name)
            for table in of_kind(kind_name):
                _write(figures_from(table, specs))
                if progress is not None:
                    progress(kind_name, len(table))
    return before, digest()


def digest() -> str:
    """Digest all stored figures (SHA-256), whatever the order they were written in."""
    running = hashlib.sha256()
    names = dict(IndicatorName.objects.values_list("pk", "name"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {SAID} FROM memory_figure "  # noqa: S608 - our own names
            "ORDER BY indicator_id, place_id, valid_at, known_at, source_id"
        )
        while rows := cursor.fetchmany(50_000):
            for row in rows:
                running.update(repr((names[row[0]], *row[1:])).encode())
    return running.hexdigest()


def figures_from(table: pl.DataFrame, specs: Sequence[Stored]) -> list[FigureRow]:
    """
    Make the figures that observations of one kind give.

    Law: depends on the observations alone, not on their order or on how they are cut into tables.
    """
    numbers = [(indicator_id(spec.name), spec) for spec in specs]
    rows: list[FigureRow] = []
    columns = ("place_id", "event_at", "published_at", "received_at", "source_id", "sequence")
    values = (json.loads(text) for text in table["value"])
    for said, value in zip(table.select(columns).iter_rows(), values, strict=True):
        place_id, event_at, published_at, received_at, source_id, sequence = said
        if place_id is None:
            continue
        known_at = received_at if published_at is None else published_at
        for number, spec in numbers:
            amount = value.get(spec.field)
            if amount is None or any(value.get(k) != v for k, v in spec.where.items()):
                continue
            rows.append(
                (
                    number, place_id, event_at, known_at, source_id, float(amount),
                    None, None, spec.formula, sequence, received_at,
                )
            )  # fmt: skip
    return rows


def _specs_of(kind_name: str) -> list[Stored]:
    return [s for s in all_specs() if isinstance(s, Stored) and s.kind == kind_name]


def _later(one: FigureRow, other: FigureRow) -> bool:
    sequence, received_at = slice(-2, -1), slice(-1, None)
    return (one[received_at], one[sequence]) > (other[received_at], other[sequence])


def _write(rows: Iterable[FigureRow]) -> None:
    """
    Write figures; where a source dates two alike, the one received last stands.

    Of two received together the larger sequence stands: any fixed choice would do that does not
    depend on the order of writing, so that a rebuild gives the same figures. Such contradictions
    are flagged where figures are shown.
    """
    best: dict[tuple[Any, ...], FigureRow] = {}
    for row in rows:
        key = row[:5]
        if key not in best or _later(row, best[key]):
            best[key] = row
    # One order for everybody, so that two writers on PostgreSQL never wait for each other.
    unique = [best[key] for key in sorted(best)]
    with connection.cursor() as cursor:
        for begin in range(0, len(unique), ROWS_AT_ONCE):
            some = unique[begin : begin + ROWS_AT_ONCE]
            marks = ",".join(["(" + ",".join(["%s"] * WIDTH) + ")"] * len(some))
            cursor.execute(
                f"INSERT INTO memory_figure ({COLUMNS}) VALUES {marks} "  # noqa: S608 - marks only
                "ON CONFLICT (indicator_id, place_id, valid_at, known_at, source_id) DO UPDATE "
                "SET value = excluded.value, low = excluded.low, high = excluded.high, "
                "formula = excluded.formula, received_at = excluded.received_at, "
                "sequence = excluded.sequence "
                "WHERE (excluded.received_at, excluded.sequence) > "
                "(memory_figure.received_at, memory_figure.sequence)",
                [item for row in some for item in row],
            )
