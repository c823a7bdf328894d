"""All tables of the memory, for Django; each lives in its own room."""

from rencheng.foundation.memory.catalogue.models import Stewardship
from rencheng.foundation.memory.clock.models import ClockState
from rencheng.foundation.memory.indicators.models import Figure, IndicatorName
from rencheng.foundation.memory.journal.models import Observation
from rencheng.foundation.memory.ledger.models import Entry, Rejection
from rencheng.foundation.memory.sources.models import KindName, Source

__all__ = [
    "ClockState",
    "Entry",
    "Figure",
    "IndicatorName",
    "KindName",
    "Observation",
    "Rejection",
    "Source",
    "Stewardship",
]
