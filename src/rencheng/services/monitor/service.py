"""What the monitor hands to the house."""

from pathlib import Path

from rencheng.foundation.service import Service
from rencheng.kernel.words import Words
from rencheng.services.monitor.feeds import KINDS
from rencheng.services.monitor.indicators import INDICATORS

SERVICE = Service(
    name="monitor",
    title=Words("疫情监测", "Epidemic monitor"),
    kinds=KINDS,
    indicators=INDICATORS,
    mappings=Path(__file__).parent / "mappings",
)
