"""What a filter asks of rows, said so that both a database and a table can answer."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Holds:
    """One of the fields holds the text (``begins``: begins with it), in any case of letters."""

    fields: tuple[str, ...]
    text: str
    begins: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """The field has one of the values."""

    field: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """The field is ``low`` or more and less than ``below`` (or up to ``high``); None is open."""

    field: str
    low: Any = None
    below: Any = None
    high: Any = None


Condition = Holds | OneOf | Between
# A field and whether it is sorted from high to low.
Order = tuple[tuple[str, bool], ...]
