"""What a bulk write answers: nothing is lost without a word."""

from dataclasses import dataclass

from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Refusal:
    """
    One row that was not stored.

    Parameters
    ----------
    row
        Position in the table that was handed in, from 0.
    field
        Column at fault.
    was, should
        What stood there, and what should have.
    """

    row: int
    field: str
    was: str
    should: Words


@dataclass(frozen=True, slots=True)
class Written:
    """
    The balance of a bulk write: ``sent = created + changed + unchanged + refused``.

    ``unchanged`` rows said what is already known and were not touched; ``news`` are the positions
    of the rows that were created or changed.
    """

    sent: int
    created: int
    changed: int
    unchanged: int
    refused: tuple[Refusal, ...]
    news: frozenset[int]

    @property
    def stored(self) -> int:
        """Rows that left something new."""
        return self.created + self.changed
