"""One card for each data set: kinds, what services declared, and the house's own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from rencheng.foundation.memory.catalogue.data_set import DataSet, Family, FieldCard
from rencheng.foundation.memory.catalogue.fields import cards_of
from rencheng.foundation.memory.catalogue.house_sets import HOUSE_SETS, OWNER
from rencheng.foundation.memory.catalogue.registry import declared_sets, owner_of_kind
from rencheng.foundation.memory.kinds import Kind, Purpose, Sensitivity, all_kinds
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words

# What the journal does to every row before it is stored, in this order.
JOURNAL_STEPS: Final = (
    Words(
        "逐字段核对类型、单位与合理范围；不合格的行拒收并附原因，不猜不补",
        "Type, unit and plausible range of each field are checked; a row that fails is given back "
        "with the reasons, nothing is guessed or filled in",
    ),
    Words(
        "时刻统一为 UTC；1900 年以前和一天以后的拒收",
        "Instants are brought to UTC; those before 1900 or more than a day ahead are given back",
    ),
    Words(
        "同一来源的同一句话只算一次",
        "The same statement of the same source counts once",
    ),
    Words(
        "同号异文不覆盖，拒收待查",
        "The same number with another content overwrites nothing; it is given back to be looked at",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What the catalogue says of a data set."""

    name: str
    title: Words
    family: Family
    owner: Words
    sensitivity: Sensitivity
    purpose: Purpose | None
    days_kept: int | None
    about: Words
    fields: tuple[FieldCard, ...]
    steps: tuple[Words, ...]
    made_from: tuple[str, ...]
    origin: Literal["kind", "declared", "house"]

    @property
    def is_open(self) -> bool:
        """Tell whether everybody may see it."""
        return self.sensitivity == Sensitivity.AGGREGATE


def cards() -> list[Card]:
    """List the cards of all data sets by name."""
    return sorted(_cards(), key=lambda card: card.name)


def card(name: str) -> Card:
    """
    Find the card of a data set.

    Raises
    ------
    InputError
        If there is no such data set.
    """
    for one in _cards():
        if one.name == name:
            return one
    raise InputError(f"data set {name[:120]!r} is unknown; see the catalogue for those there are")


def _cards() -> Iterator[Card]:
    for kind in all_kinds():
        yield _of_kind(kind)
    for data_set in declared_sets():
        yield _of_data_set(data_set, "declared")
    for data_set in HOUSE_SETS:
        yield _of_data_set(data_set, "house")


def _of_kind(kind: Kind) -> Card:
    service = owner_of_kind(kind.name)
    return Card(
        name=kind.name,
        title=kind.title,
        family=Family.BUSINESS,
        owner=service.title if service else OWNER,
        sensitivity=kind.sensitivity,
        purpose=kind.purpose,
        days_kept=kind.days_kept,
        about=kind.about,
        fields=cards_of(kind),
        steps=JOURNAL_STEPS,
        made_from=(),
        origin="kind",
    )


def _of_data_set(data_set: DataSet, origin: Literal["declared", "house"]) -> Card:
    return Card(
        name=data_set.name,
        title=data_set.title,
        family=data_set.family,
        owner=data_set.owner,
        sensitivity=data_set.sensitivity,
        purpose=data_set.purpose,
        days_kept=data_set.days_kept,
        about=data_set.about,
        fields=data_set.fields,
        steps=data_set.steps,
        made_from=data_set.made_from,
        origin=origin,
    )
