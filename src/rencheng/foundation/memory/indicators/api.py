"""The indicators' door for others."""

from rencheng.foundation.memory.indicators.derive import derive_pending, digest, rebuild
from rencheng.foundation.memory.indicators.reading import (
    SERIES,
    Known,
    computed,
    figure,
    known_until,
    places_with,
    series,
    standing,
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
from rencheng.foundation.memory.indicators.state import stamp

__all__ = [
    "SERIES",
    "Computed",
    "Known",
    "Spec",
    "Stored",
    "all_specs",
    "computed",
    "derive_pending",
    "digest",
    "figure",
    "install",
    "known_until",
    "places_with",
    "rebuild",
    "series",
    "spec_named",
    "stamp",
    "standing",
    "versions",
]
