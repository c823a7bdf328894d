"""What an indicator is, declared once."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from rencheng.kernel.errors import InputError
from rencheng.kernel.words import NO_WORDS, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """
    An indicator that one field of one kind of observation gives, row by row.

    ``where`` keeps only observations whose fields have the given values. Stored in the table of
    figures, which `rebuild` can make again from the journal.
    """

    name: str
    title: Words
    unit: Words
    kind: str
    field: str
    where: Mapping[str, str] = dataclasses.field(default_factory=dict)
    formula: int = 1
    about: Words = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """
    An indicator computed from others when it is asked for, so it is never out of date.

    ``rule`` gets one table for some places, with the columns ``place_id`` (Int64), ``valid_at``
    (Int64, microseconds), ``known_at`` and one Float64 column per input, sorted by place and valid
    time, null where an input says nothing. It gives ``place_id, valid_at, known_at, value`` and
    optionally ``low, high``. Because inputs are taken "as known then", so is the result.
    """

    name: str
    title: Words
    unit: Words
    inputs: tuple[str, ...]
    rule: Callable[[pl.DataFrame], pl.DataFrame]
    formula: int = 1
    about: Words = NO_WORDS


Spec = Stored | Computed

_specs: dict[str, Spec] = {}


def install(specs: tuple[Spec, ...]) -> None:
    """Add indicators to the house; a name twice is refused."""
    for spec in specs:
        if _specs.setdefault(spec.name, spec) != spec:
            raise InputError(f"indicator {spec.name} is declared twice, differently")
    for spec in specs:
        if isinstance(spec, Computed):
            for name in spec.inputs:
                spec_named(name)


def spec_named(name: str) -> Spec:
    """Find an indicator by name, or raise `InputError` that lists those there are."""
    try:
        return _specs[name]
    except KeyError:
        known = ", ".join(sorted(_specs)) or "none"
        raise InputError(f"indicator {name!r} is unknown; this house knows {known}") from None


def all_specs() -> tuple[Spec, ...]:
    """List the indicators of the house by name."""
    return tuple(_specs[name] for name in sorted(_specs))
