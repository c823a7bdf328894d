"""All indicators of the monitor."""

from rencheng.foundation.memory.indicators.api import Spec
from rencheng.services.monitor.computed import COMPUTED
from rencheng.services.monitor.reported import REPORTED

INDICATORS: tuple[Spec, ...] = (*REPORTED, *COMPUTED)
