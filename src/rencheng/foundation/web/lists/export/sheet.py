"""What every form of export is made from: named, typed columns and chunks of rows."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, cast

import polars as pl
from django.utils import timezone

from rencheng.foundation.web.lists.column import Column, Kind
from rencheng.foundation.web.lists.label import say
from rencheng.foundation.web.lists.rows import Query, Rows
from rencheng.foundation.web.lists.state import State
from rencheng.kernel.time import from_micros
from rencheng.kernel.words import Words

Value = str | int | float | bool | datetime | date | None

TYPES: Mapping[Kind, pl.DataType] = {
    "text": pl.String(),
    "integer": pl.Int64(),
    "real": pl.Float64(),
    "share": pl.Float64(),
    "instant": pl.Datetime("us", "UTC"),
    "day": pl.Date(),
    "flag": pl.Boolean(),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    Rows to export.

    Parameters
    ----------
    names
        Of the columns, for machines.
    titles
        Of the columns, for people: label and unit in the reader's language.
    kinds
        Of their values.
    chunks
        The rows, some thousand at a time; instants are aware UTC.
    """

    name: str
    names: list[str]
    titles: list[str]
    kinds: list[Kind]
    chunks: Iterator[list[tuple[Value, ...]]]


def sheet(state: State, rows: Rows) -> Sheet:
    """Lay out the chosen columns of all rows of a list; nothing is read before it is asked for."""
    columns = [column for column in state.columns if column.exported]
    fields = list(dict.fromkeys(field for column in columns for field in column.fields))
    query = Query(state.conditions, state.order)
    return Sheet(
        name=state.spec.name,
        names=[column.name for column in columns],
        titles=[_title(column) for column in columns],
        kinds=[column.kind for column in columns],
        chunks=_chunks(columns, fields, rows.walk(query, fields)),
    )


def _title(column: Column) -> str:
    unit = say(column.unit)
    return f"{say(column.label)} ({unit})" if unit else say(column.label)


def _chunks(
    columns: list[Column], fields: list[str], chunks: Iterator[list[tuple[Any, ...]]]
) -> Iterator[list[tuple[Value, ...]]]:
    readers = [_reader(column, fields) for column in columns]
    for chunk in chunks:
        yield [tuple(read(row) for read in readers) for row in chunk]


def _reader(column: Column, fields: list[str]) -> Callable[[tuple[Any, ...]], Value]:
    """Make the quickest function from a row as read to the value of a column."""
    kind = column.kind
    if column.value is None:
        pick = itemgetter(fields.index(column.field or column.name))
        return lambda row: _plain(pick(row), kind)
    work_out = column.value
    return lambda row: _plain(work_out(dict(zip(fields, row, strict=True))), kind)


def _plain(value: object, kind: Kind) -> Value:
    if value is None:
        return None
    if kind == "text":
        return value if isinstance(value, str) else _text(value)
    if kind == "instant" and isinstance(value, int):
        return from_micros(value)
    if kind in ("real", "share") and isinstance(value, int):
        return float(value)
    return cast("Value", value)


def _text(value: object) -> str:
    return say(value) if isinstance(value, Words) else str(value)


def local(value: datetime) -> datetime:
    """Give an instant in the city's own time, for files that people read."""
    return timezone.localtime(value)
