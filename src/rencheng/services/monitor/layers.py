"""What the frame of the monitor can show: a declared list, and what other services add to it."""

from collections.abc import Collection

from rencheng.foundation import house
from rencheng.foundation.memory.indicators.api import spec_named
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words
from rencheng.services.monitor.figures import Board

# Totals that only rise belong on an axis that can be logarithmic; the others are drawn as bars.
LAYERS = (
    "confirmed",
    "new_infections_net",
    "new_cases",
    "new_cases_week",
    "active",
    "new_confirmed",
    "new_asymptomatic",
    "suspected",
    "cured",
    "dead",
    "new_dead",
    "in_hospital",
    "severe",
    "close_contacts",
    "under_observation",
    "discharged",
    "confirmed_per_million",
    "fatality_crude",
)
DAILY = frozenset(
    {
        "new_infections_net",
        "new_infections",
        "new_cases",
        "new_confirmed",
        "new_asymptomatic",
        "new_dead",
        "converted",
    }
)
# A layer of fewer of the listed places than this share is none of the whole.
LEAST_SHARE = 0.1


def declared() -> tuple[str, ...]:
    """List every layer of the house: the monitor's own, then those of the other services."""
    others = [name for service in house.services() for name in service.layers]
    return tuple(dict.fromkeys((*LAYERS, *others)))


def with_figures(board: Board, root: int, rows: Collection[int]) -> list[str]:
    """List the layers that have figures of a place or of its parts: there are no dead options."""
    least = max(1.0, LEAST_SHARE * len(rows))
    found = []
    for name in declared():
        said = board.places(name)
        if root in said or len(said.intersection(rows)) >= least:
            found.append(name)
    # New cases are the net infections where those are known, else the new confirmed: once will do.
    same = "new_cases" if "new_infections_net" in found else "new_confirmed"
    return [name for name in found if name != same]


def title(name: str) -> Words:
    """Give what a layer is called."""
    return spec_named(name).title


def chosen(name: str, available: list[str]) -> str:
    """Check an asked layer, or raise `InputError`."""
    if name not in declared():
        raise InputError(f"figure {name!r} is none of {', '.join(declared())}")
    if name not in available:
        raise InputError(
            f"there is no {title(name).en!r} of these places; there are {', '.join(available)}"
        )
    return name
