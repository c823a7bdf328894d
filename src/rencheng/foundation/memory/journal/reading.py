"""Reading the journal in columns."""

from collections.abc import Iterator

import polars as pl
from django.db import connection

from rencheng.foundation.memory.sources.api import kind_id
from rencheng.foundation.memory.sources.models import KindName

SCHEMA = {
    "id": pl.Int64,
    "source_id": pl.Int64,
    "sequence": pl.Int64,
    "entry_id": pl.Int64,
    "place_id": pl.Int64,
    "subject": pl.String,
    "event_at": pl.Int64,
    "published_at": pl.Int64,
    "received_at": pl.Int64,
    "value": pl.String,
}

TWICE = {
    "place_id": pl.Int64,
    "source_id": pl.Int64,
    "event_at": pl.Int64,
    "known_at": pl.Int64,
    "sayings": pl.Int64,
}


def of_entry(entry_id: int) -> pl.DataFrame:
    """Give the observations that an entry of the ledger stored, in the order they were stored."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(SCHEMA)} FROM memory_observation "  # noqa: S608 - our own names
            "WHERE entry_id = %s ORDER BY id",
            [entry_id],
        )
        return pl.DataFrame(cursor.fetchall(), schema=SCHEMA, orient="row")


def of_kind(kind_name: str, *, rows: int = 100_000) -> Iterator[pl.DataFrame]:
    """Walk all observations of a kind in order of storage, in tables of at most ``rows``."""
    after = 0
    number = kind_id(kind_name)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {', '.join(SCHEMA)} FROM memory_observation "  # noqa: S608 - our own names
                "WHERE kind_id = %s AND id > %s ORDER BY id LIMIT %s",
                [number, after, rows],
            )
            found = cursor.fetchall()
        if not found:
            return
        after = found[-1][0]
        yield pl.DataFrame(found, schema=SCHEMA, orient="row")


def said_twice(kind_name: str) -> pl.DataFrame:
    """
    Find where a source said different things of one place and time at the same moment.

    Only one of them can become a figure (see `indicators.derive`); who shows the figure should say
    so. Not for kinds of which several observations belong to one place and time.

    Returns
    -------
    table
        Columns place_id, source_id, event_at, known_at (when it was published, else received) and
        sayings (how many different ones); sorted.
    """
    number = KindName.objects.filter(name=kind_name).values_list("pk", flat=True).first()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT place_id, source_id, event_at, COALESCE(published_at, received_at), "
            "COUNT(DISTINCT value) FROM memory_observation "
            "WHERE kind_id = %s AND place_id IS NOT NULL "
            "GROUP BY 1, 2, 3, 4 HAVING COUNT(DISTINCT value) > 1 ORDER BY 1, 2, 3, 4",
            [number],
        )
        return pl.DataFrame(cursor.fetchall(), schema=TWICE, orient="row")
