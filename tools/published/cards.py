"""Cards: a published result with its source, its numbers and the reason for its tolerance."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CARDS = ROOT / "tests" / "published"
NEEDED = {"title", "source", "table", "why", "checks"}
KNOWN = NEEDED | {"data", "quantity"}
QUANTITY_NEEDED = {"name", "published", "tolerance"}
QUANTITY_KNOWN = QUANTITY_NEEDED | {"relative", "unit"}

Value = float | int | str | bool


class CardError(Exception):
    """A card is not filled in as it should be."""


@dataclass(frozen=True)
class Quantity:
    """A published number as its card states it; ``tolerance`` is absolute."""

    name: str
    published: Value
    tolerance: float


@dataclass(frozen=True)
class Card:
    """
    One published result we hold ourselves against.

    Parameters
    ----------
    name, engine
        Its folder, and the folder above.
    title, source, table
        What it is, the paper or data set with DOI or commit, the table or figure in it.
    why
        Why the tolerances are what they are.
    checks
        Dotted names of the functions it checks.
    data
        Sets of real data it needs.
    quantities
        The published numbers; a test may bring more that it reads from the data.
    """

    name: str
    engine: str
    title: str
    source: str
    table: str
    why: str
    checks: tuple[str, ...]
    data: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()

    def quantity(self, name: str) -> Quantity:
        """Find a quantity that the card states, or raise `CardError`."""
        for one in self.quantities:
            if one.name == name:
                return one
        stated = ", ".join(repr(one.name) for one in self.quantities) or "none"
        raise CardError(f"card {self.name} states no quantity {name!r}; it has {stated}")


def read_card(path: Path) -> Card:
    """
    Read a ``card.toml``.

    Raises
    ------
    CardError
        If a field is missing, unknown or of the wrong shape.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise CardError(f"{path}: {error}") from None
    _fields(str(path), set(said), NEEDED, KNOWN)
    quantities = []
    for one in said.get("quantity", []):
        _fields(f"{path}, quantity {one.get('name')!r}", set(one), QUANTITY_NEEDED, QUANTITY_KNOWN)
        quantities.append(
            Quantity(
                one["name"],
                one["published"],
                absolute(one["published"], one["tolerance"], relative=one.get("relative", False)),
            )
        )
    return Card(
        name=path.parent.name,
        engine=path.parent.parent.name,
        title=said["title"],
        source=said["source"],
        table=said["table"],
        why=said["why"],
        checks=tuple(said["checks"]),
        data=tuple(said.get("data", ())),
        quantities=tuple(quantities),
    )


def _fields(where: str, said: set[str], needed: set[str], known: set[str]) -> None:
    if missing := sorted(needed - said):
        raise CardError(f"{where}: {', '.join(missing)} missing")
    if unknown := sorted(said - known):
        raise CardError(
            f"{where}: {', '.join(unknown)} unknown; known are {', '.join(sorted(known))}"
        )


def absolute(published: Value, tolerance: float, *, relative: bool) -> float:
    """Give a tolerance in the unit of the quantity itself."""
    if not relative:
        return float(tolerance)
    if isinstance(published, str):
        raise CardError(f"{published!r} is no number, its tolerance cannot be relative")
    return float(tolerance) * abs(float(published))


def within(published: Value, ours: Value, tolerance: float) -> bool:
    """Say whether our number agrees: words and truths exactly, numbers within the tolerance."""
    if isinstance(published, str | bool) or isinstance(ours, str | bool):
        return published == ours
    # The last term forgives only what a float cannot hold.
    return abs(ours - published) <= tolerance + 4e-16 * abs(published)


def cards(folder: Path = CARDS) -> list[Card]:
    """Read every card, in the order of engine and name."""
    return [read_card(path) for path in sorted(folder.glob("*/*/card.toml"))]
