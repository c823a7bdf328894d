"""What the monitor hands to the house."""

from pathlib import Path

from rencheng.foundation.service import MenuItem, Service
from rencheng.kernel.words import Words
from rencheng.services.monitor.feeds import KINDS
from rencheng.services.monitor.indicators import INDICATORS

SERVICE = Service(
    name="monitor",
    title=Words("疫情监测", "Epidemic monitor"),
    kinds=KINDS,
    indicators=INDICATORS,
    pages="rencheng.services.monitor.urls",
    routes="rencheng.services.monitor.routes:router",
    front="rencheng.services.monitor.front:front",
    mappings=Path(__file__).parent / "mappings",
    menu=(MenuItem(url_name="monitor:overview", title=Words("疫情监测", "Epidemic monitor")),),
)
