"""The data sets of this house. Assembly installs them once; nothing registers itself."""

from collections.abc import Iterable
from dataclasses import dataclass

from rencheng.foundation.memory.catalogue.data_set import DataSet
from rencheng.kernel.errors import ConflictError
from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True)
class Belonging:
    """The service that something belongs to."""

    service: str
    title: Words


_sets: dict[str, DataSet] = {}
_kinds: dict[str, Belonging] = {}
_indicators: dict[str, Belonging] = {}


def install(
    service: Belonging,
    *,
    kinds: Iterable[str] = (),
    indicators: Iterable[str] = (),
    data_sets: Iterable[DataSet] = (),
) -> None:
    """
    Note what belongs to a service: its kinds and indicators by name, and its further data sets.

    Raises
    ------
    ConflictError
        If a data set of the same name is there with another shape.
    """
    for data_set in data_sets:
        if _sets.setdefault(data_set.name, data_set) != data_set:
            raise ConflictError(f"data set {data_set.name} is declared twice, differently")
    for name in kinds:
        _kinds.setdefault(name, service)
    for name in indicators:
        _indicators.setdefault(name, service)


def declared_sets() -> tuple[DataSet, ...]:
    """List the data sets that services declared besides their kinds."""
    return tuple(_sets.values())


def owner_of_kind(name: str) -> Belonging | None:
    """Give the service that declared a kind first."""
    return _kinds.get(name)


def owner_of_indicator(name: str) -> Belonging | None:
    """Give the service that declared an indicator first."""
    return _indicators.get(name)
