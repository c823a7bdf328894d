"""Where a data set comes from and where it goes: sources, kind, indicators, services."""

from collections.abc import Iterator
from dataclasses import dataclass

from rencheng.foundation.memory.catalogue.registry import (
    Belonging,
    owner_of_indicator,
    owner_of_kind,
)
from rencheng.foundation.memory.indicators.api import Computed, Spec, Stored, all_specs, spec_named
from rencheng.foundation.memory.kinds import Sensitivity, all_kinds
from rencheng.foundation.memory.ledger.models import Entry
from rencheng.foundation.memory.sources.api import SourceCard, all_sources
from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True)
class MadeIndicator:
    """
    An indicator made from a kind.

    ``by`` names the field it takes, or the indicators it is computed from.
    """

    name: str
    title: Words
    unit: Words
    about: Words
    formula: int
    stored: bool
    by: tuple[str, ...]
    service: Belonging | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """The way of a kind's observations through the house."""

    sources: tuple[SourceCard, ...]
    indicators: tuple[MadeIndicator, ...]
    services: tuple[Belonging, ...]


def lineage(kind_name: str) -> Lineage:
    """Follow a kind from the sources that ever delivered it to the services that show it."""
    delivered = set(
        Entry.objects.filter(kind__name=kind_name).values_list("source_id", flat=True).distinct()
    )
    sources = tuple(card for number, card in all_sources().items() if number in delivered)
    indicators = tuple(_made(spec) for spec in _made_from(kind_name))
    owners = [owner_of_kind(kind_name), *(one.service for one in indicators)]
    services = {owner.service: owner for owner in owners if owner is not None}
    return Lineage(sources, indicators, tuple(services.values()))


def kinds_of(indicator: str) -> set[str]:
    """
    Name the kinds that an indicator is made from, however many steps away.

    Raises
    ------
    InputError
        If there is no such indicator.
    """
    spec = spec_named(indicator)
    if isinstance(spec, Stored):
        return {spec.kind}
    return {kind for name in spec.inputs for kind in kinds_of(name)}


def is_open(indicator: str) -> bool:
    """
    Tell whether everybody may see an indicator: it is made from open aggregates only.

    An indicator of a kind that is not installed is not open.

    Raises
    ------
    InputError
        If there is no such indicator.
    """
    open_kinds = {kind.name for kind in all_kinds() if kind.sensitivity == Sensitivity.AGGREGATE}
    return kinds_of(indicator) <= open_kinds


def _made_from(kind_name: str) -> Iterator[Spec]:
    for spec in all_specs():
        if kind_name in kinds_of(spec.name):
            yield spec


def _made(spec: Spec) -> MadeIndicator:
    return MadeIndicator(
        name=spec.name,
        title=spec.title,
        unit=spec.unit,
        about=spec.about,
        formula=spec.formula,
        stored=isinstance(spec, Stored),
        by=spec.inputs if isinstance(spec, Computed) else (spec.field,),
        service=owner_of_indicator(spec.name),
    )
