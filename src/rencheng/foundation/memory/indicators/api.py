"""The indicators' door for others."""

from rencheng.foundation.memory.indicators.derive import derive_pending, digest, rebuild
from rencheng.foundation.memory.indicators.reading import (
    Known,
    figure,
    known_until,
    places_with,
    series,
    versions,
)
from rencheng.foundation.memory.indicators.spec import (
    Computed,
    Spec,
    Stored,
    all_specs,
    install,
    spec_named,
)

__all__ = [
    "Computed",
    "Known",
    "Spec",
    "Stored",
    "all_specs",
    "derive_pending",
    "digest",
    "figure",
    "install",
    "known_until",
    "places_with",
    "rebuild",
    "series",
    "spec_named",
    "versions",
]
