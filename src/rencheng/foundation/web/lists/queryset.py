"""Rows of a list that are kept in a table of the database."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from rencheng.foundation.web.lists.conditions import Between, Condition, Holds, OneOf, Order
from rencheng.foundation.web.lists.rows import CHUNK, COUNTED, Query


class QuerySetRows:
    """
    The rows of a query set, without an order of its own.

    Pages are found by the values of the row before them and never by counting rows from the
    beginning, so that the last page costs what the first does.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows.order_by()

    def fetch(
        self, query: Query, fields: Sequence[str], after: tuple[Any, ...] | None, rows: int
    ) -> list[dict[str, Any]]:
        """Give a page of rows; see `Rows`."""
        key = query.fields[-1]
        # First which rows, which an index can often answer alone; then what stands in them.
        keys = list(self._ordered(query, after).values_list(key, flat=True)[:rows])
        wanted = dict.fromkeys((*fields, *query.fields))
        found = {row[key]: row for row in self._rows.filter(**{f"{key}__in": keys}).values(*wanted)}
        # A row may be gone since the first question.
        return [found[one] for one in keys if one in found]

    def count(self, query: Query) -> int:
        """Count the rows up to one more than are ever shown; see `Rows`."""
        return self._matching(query.conditions).values(query.fields[-1])[: COUNTED + 1].count()

    def walk(self, query: Query, fields: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """
        Walk all rows; see `Rows`.

        Each chunk is a query of its own, so that a slow reader holds no transaction open.
        """
        order = query.fields
        after: tuple[Any, ...] | None = None
        while True:
            some = self._ordered(query, after).values_list(*fields, *order)[:CHUNK]
            rows = list(some)
            if rows:
                after = rows[-1][len(fields) :]
                yield [row[: len(fields)] for row in rows]
            if len(rows) < CHUNK:
                return

    def _ordered(self, query: Query, after: tuple[Any, ...] | None) -> QuerySet[Any]:
        rows = self._matching(query.conditions)
        order = tuple((field, down != query.backwards) for field, down in query.order)
        if after is not None:
            rows = rows.filter(behind(order, after))
        return rows.order_by(*(f"-{field}" if down else field for field, down in order))

    def _matching(self, conditions: Sequence[Condition]) -> QuerySet[Any]:
        rows = self._rows
        for condition in conditions:
            rows = rows.filter(_asked(condition))
        return rows


def behind(order: Order, values: Sequence[Any]) -> Q:
    """
    Select the rows behind a row in an order.

    For an order by a, then b: ``a >= x and (a > x or b > y)``. The first half is a range of an
    index on a, which ``a > x or (a = x and b > y)`` alone is not to every database.
    """
    (field, down), value = order[0], values[0]
    way = "lt" if down else "gt"
    past = Q(**{f"{field}__{way}": value})
    if len(order) == 1:
        return past
    return Q(**{f"{field}__{way}e": value}) & (past | behind(order[1:], values[1:]))


def _asked(condition: Condition) -> Q:
    if isinstance(condition, Holds):
        way = "istartswith" if condition.begins else "icontains"
        asked = Q()
        for field in condition.fields:
            asked |= Q(**{f"{field}__{way}": condition.text})
        return asked
    if isinstance(condition, OneOf):
        if len(condition.values) == 1:
            return Q(**{condition.field: condition.values[0]})
        return Q(**{f"{condition.field}__in": condition.values})
    return _between(condition)


def _between(condition: Between) -> Q:
    bounds = {"gte": condition.low, "lt": condition.below, "lte": condition.high}
    return Q(
        **{f"{condition.field}__{way}": bound for way, bound in bounds.items() if bound is not None}
    )
