"""A column of a list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from rencheng.foundation.web.lists.label import Label

Row = Mapping[str, Any]
Kind = Literal["text", "integer", "real", "share", "instant", "day", "flag"]
# What a cell shows for a value; anything not marked safe is escaped.
Show = Callable[[object, Row], str]

NUMBERS: frozenset[Kind] = frozenset({"integer", "real", "share"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """
    A column: where its value comes from and how it looks.

    Parameters
    ----------
    name
        Its name in addresses and exports.
    label, unit
        What stands above it.
    kind
        What its values are: decides alignment, how a value is shown and its type in exports.
        ``share`` is a number from 0 to 1 shown in per cent.
    field
        Name of the value in the rows (``source__name`` for a table of the database); ``name``
        where nothing is said.
    value
        Works the value out of the fields of the row instead; name them in ``needs``.
    needs
        Further fields that ``value`` or ``show`` look at.
    show
        How a cell looks; without it a value looks as its kind does (see `show`).
    heads_row
        The cell that names the row to somebody who cannot see the table.
    chosen
        Shown unless the reader chooses otherwise.
    exported
        False for columns that hold nothing but links.
    """

    name: str
    label: Label
    kind: Kind = "text"
    unit: Label = ""
    field: str = ""
    value: Callable[[Row], object] | None = None
    needs: tuple[str, ...] = ()
    show: Show | None = None
    heads_row: bool = False
    chosen: bool = True
    exported: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """Name the fields of a row that this column reads."""
        own = () if self.value is not None else (self.field or self.name,)
        return (*own, *self.needs)

    def of(self, row: Row) -> object:
        """Give the value in a row."""
        return row[self.field or self.name] if self.value is None else self.value(row)
