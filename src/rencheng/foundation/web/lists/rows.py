"""What a list asks of the rows it shows, wherever they are kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from rencheng.foundation.web.lists.conditions import Condition, Order

# Beyond this many rows a list says "10,000+": nobody pages through them, counting costs time.
COUNTED: Final = 10_000
# Rows an export reads at a time.
CHUNK: Final = 10_000


@dataclass(frozen=True, slots=True)
class Query:
    """
    Which rows, in which order; the last field of the order is the key.

    ``backwards`` walks the same order from its end.
    """

    conditions: tuple[Condition, ...]
    order: Order
    backwards: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """Name the fields of the order."""
        return tuple(field for field, _ in self.order)


class Rows(Protocol):
    """Rows of a list."""

    def fetch(
        self, query: Query, fields: Sequence[str], after: tuple[Any, ...] | None, rows: int
    ) -> list[dict[str, Any]]:
        """Give at most ``rows`` rows that stand behind the sort values ``after``."""

    def count(self, query: Query) -> int:
        """Count the rows, at most one more than `COUNTED`."""

    def walk(self, query: Query, fields: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
        """Walk all rows, some at a time, as tuples of the fields."""
