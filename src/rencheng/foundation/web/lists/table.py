"""Rows of a list that were computed: a polars table."""

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from rencheng.foundation.web.lists.conditions import Between, Condition, Holds, OneOf, Order
from rencheng.foundation.web.lists.rows import CHUNK, COUNTED, Query
from rencheng.kernel.time import from_micros


class TableRows:
    """
    The rows of a polars table.

    Sorts need no index here, and a field may be null: nulls (and NaN) stand last either way.
    """

    def __init__(self, table: pl.DataFrame) -> None:
        self._table = table.with_columns(
            pl.col(name).fill_nan(None) for name, kind in table.schema.items() if kind.is_float()
        )

    def fetch(
        self, query: Query, fields: Sequence[str], after: tuple[Any, ...] | None, rows: int
    ) -> list[dict[str, Any]]:
        """Give a page of rows; see `Rows`."""
        found = self._ordered(query)
        if after is not None:
            behind = _behind(query.order, after)
            ahead = ~(behind | _same(query.fields, after))
            found = found.filter(ahead if query.backwards else behind)
        if query.backwards:
            found = found.reverse()
        wanted = list(dict.fromkeys((*fields, *query.fields)))
        return found.head(rows).select(wanted).to_dicts()

    def count(self, query: Query) -> int:
        """Count the rows up to one more than are ever shown; see `Rows`."""
        return min(self._matching(query.conditions).height, COUNTED + 1)

    def walk(self, query: Query, fields: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """Walk all rows; see `Rows`."""
        found = self._ordered(query)
        for piece in found.iter_slices(CHUNK):
            if piece.height:
                yield list(zip(*(piece[field].to_list() for field in fields), strict=True))

    def _ordered(self, query: Query) -> pl.DataFrame:
        return self._matching(query.conditions).sort(
            query.fields, descending=[down for _, down in query.order], nulls_last=True
        )

    def _matching(self, conditions: Sequence[Condition]) -> pl.DataFrame:
        asked = [_asked(condition, self._table.schema) for condition in conditions]
        return self._table.filter(*asked) if asked else self._table


def _behind(order: Order, values: Sequence[Any]) -> pl.Expr:
    """Select the rows behind a row in an order; a null stands behind every value."""
    (field, down), value = order[0], values[0]
    column = pl.col(field)
    if value is None:
        past = pl.lit(False)
    else:
        past = (column < value if down else column > value) | column.is_null()
    if len(order) == 1:
        return past
    return past | (column.eq_missing(value) & _behind(order[1:], values[1:]))


def _same(fields: Sequence[str], values: Sequence[Any]) -> pl.Expr:
    return pl.all_horizontal(
        pl.col(field).eq_missing(value) for field, value in zip(fields, values, strict=True)
    )


def _asked(condition: Condition, schema: pl.Schema) -> pl.Expr:
    if isinstance(condition, Holds):
        wanted = condition.text.lower()
        texts = [pl.col(field).cast(pl.String).str.to_lowercase() for field in condition.fields]
        return pl.any_horizontal(
            text.str.starts_with(wanted)
            if condition.begins
            else text.str.contains(wanted, literal=True)
            for text in texts
        ).fill_null(value=False)
    if isinstance(condition, OneOf):
        return pl.col(condition.field).is_in(list(condition.values)).fill_null(value=False)
    return _between(condition, schema)


def _between(condition: Between, schema: pl.Schema) -> pl.Expr:
    column = pl.col(condition.field)
    bounds = (
        (pl.Expr.ge, condition.low),
        (pl.Expr.lt, condition.below),
        (pl.Expr.le, condition.high),
    )
    asked = [
        way(column, _bound(bound, schema[condition.field]))
        for way, bound in bounds
        if bound is not None
    ]
    return pl.all_horizontal(asked).fill_null(value=False)


def _bound(bound: object, kind: pl.DataType) -> object:
    """Turn microseconds into an instant where the column holds instants."""
    if isinstance(kind, pl.Datetime) and isinstance(bound, int):
        return from_micros(bound)
    return bound
