"""Reading the journal in columns."""

from collections.abc import Iterator

import polars as pl
from django.db import connection

from rencheng.foundation.memory.sources.api import kind_id

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
