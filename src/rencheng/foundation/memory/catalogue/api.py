"""The catalogue's door for others."""

from rencheng.foundation.memory.catalogue.cards import Card, card, cards
from rencheng.foundation.memory.catalogue.data_set import (
    FAMILY_WORDS,
    PURPOSE_WORDS,
    SENSITIVITY_WORDS,
    DataSet,
    Family,
    FieldCard,
)
from rencheng.foundation.memory.catalogue.dcat import catalogue as dcat
from rencheng.foundation.memory.catalogue.lineage import (
    Lineage,
    MadeIndicator,
    is_open,
    kinds_of,
    lineage,
)
from rencheng.foundation.memory.catalogue.quality import Quality, by_kind, by_source
from rencheng.foundation.memory.catalogue.registry import (
    Belonging,
    install,
    owner_of_indicator,
    owner_of_kind,
)
from rencheng.foundation.memory.catalogue.stewards import (
    Care,
    care_of,
    cares,
    history,
    take_care,
)

__all__ = [
    "FAMILY_WORDS",
    "PURPOSE_WORDS",
    "SENSITIVITY_WORDS",
    "Belonging",
    "Card",
    "Care",
    "DataSet",
    "Family",
    "FieldCard",
    "Lineage",
    "MadeIndicator",
    "Quality",
    "by_kind",
    "by_source",
    "card",
    "cards",
    "care_of",
    "cares",
    "dcat",
    "history",
    "install",
    "is_open",
    "kinds_of",
    "lineage",
    "owner_of_indicator",
    "owner_of_kind",
    "take_care",
]
