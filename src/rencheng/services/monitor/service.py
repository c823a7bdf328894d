"""What the monitor hands to the house."""

from rencheng.foundation.service import Service
from rencheng.kernel.words import Words
from rencheng.services.monitor.feeds import KINDS

SERVICE = Service(name="monitor", title=Words("疫情监测", "Epidemic monitor"), kinds=KINDS)
