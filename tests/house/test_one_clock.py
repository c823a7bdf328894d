"""Law: one clock. Simulated life, data of 2020 and retention meet, so nobody else asks the time."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT
from tests.house.tree import Source, house_sources, must_be_empty, sources

THE_CLOCK = "src/rencheng/foundation/memory/clock/"
READINGS = {
    "time.time",
    "time.time_ns",
    "time.localtime",
    "time.gmtime",
    "time.ctime",
    "time.asctime",
    "time.strftime",
    "time.clock_gettime",
    "time.clock_gettime_ns",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.datetime.today",
    "datetime.date.today",
    "django.utils.timezone.now",
    "django.utils.timezone.localdate",
    "django.db.models.functions.Now",
    "django.db.models.functions.datetime.Now",
}
# These read the clock only when nobody tells them what to convert.
READINGS_WITHOUT_ARGUMENT = {"django.utils.timezone.localtime"}
IN_SQL = re.compile(
    r"\b(CURRENT_TIMESTAMP|CURRENT_DATE|CURRENT_TIME|LOCALTIMESTAMP)\b|\bNOW\(\)"
    r"|\b(datetime|date|julianday|unixepoch|strftime)\([^)]*'now'",
    re.IGNORECASE,
)
IN_TEMPLATE = re.compile(r"\{%\s*now\s")
IN_BROWSER = re.compile(r"\bDate\.now\s*\(|\bnew\s+Date\s*\(\s*\)|\bDate\s*\(\s*\)")


def clock_readings(root: Path) -> Iterator[str]:
    """Yield every place that asks another clock than the one of the house."""
    for source in house_sources(root):
        if not source.name.startswith(THE_CLOCK):
            yield from _in_python(source)
    for source in sources(root, "src/rencheng", suffixes=(".html", ".txt")):
        for found in IN_TEMPLATE.finditer(source.text):
            yield f"{source.name}: the template asks the time: {found[0]}"
    for source in sources(root, "ui/src", suffixes=(".ts", ".js", ".mjs")):
        for number, line in enumerate(source.text.splitlines(), 1):
            if IN_BROWSER.search(line):
                yield f"{source.name}:{number}: the browser's clock, not ours: {line.strip()}"


def _in_python(source: Source) -> Iterator[str]:
    for node in source.nodes:
        if isinstance(node, ast.Attribute | ast.Name):
            name = source.dotted(node)
            if name in READINGS:
                yield f"{source.at(node)}: {name} (ask rencheng.foundation.memory.clock.now)"
        elif isinstance(node, ast.Call):
            name = source.dotted(node.func)
            if name in READINGS_WITHOUT_ARGUMENT and not node.args and not node.keywords:
                yield f"{source.at(node)}: {name}() without an argument reads the machine's time"
            if name == "numpy.datetime64" and node.args and _says_now(node.args[0]):
                yield f"{source.at(node)}: numpy.datetime64 of now"
            for keyword in node.keywords:
                if keyword.arg in ("auto_now", "auto_now_add"):
                    yield f"{source.at(node)}: {keyword.arg} reads the machine's time"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = IN_SQL.search(node.value)
            if found and node not in source.docstrings:
                yield f"{source.at(node)}: SQL asks the time: {found[0]}"


def _says_now(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value in ("now", "today")


def test_nobody_but_the_clock_asks_the_time() -> None:
    must_be_empty(clock_readings(ROOT))


@pytest.mark.parametrize(
    "breach",
    [
        "import time\nstarted = time.time()\n",
        "from time import time_ns as t\nstarted = t()\n",
        "import datetime as dt\nday = dt.date.today()\n",
        "from datetime import datetime\nnow = datetime.now(tz)\n",
        "from datetime import UTC, datetime\nmake = datetime.utcnow\n",
        "from django.utils import timezone\nfield = F(default=timezone.now)\n",
        "from django.utils.timezone import localtime\nshown = localtime()\n",
        "from django.db.models.functions import Now\nx = Now()\n",
        "seen = DateTimeField(auto_now_add=True)\n",
        "import numpy as np\nx = np.datetime64('now')\n",
        "q = 'SELECT * FROM t WHERE at < CURRENT_TIMESTAMP'\n",
        """q = "DELETE FROM t WHERE at < datetime('now', '-1 day')"\n""",
    ],
)
def test_a_planted_reading_of_another_clock_is_caught(
    plant: Callable[[str, str], Path], breach: str
) -> None:
    root = plant("src/rencheng/services/parking/rules.py", breach)
    assert len(list(clock_readings(root))) == 1


def test_a_planted_reading_in_a_template_or_the_browser_is_caught(
    plant: Callable[[str, str], Path],
) -> None:
    plant("src/rencheng/services/parking/templates/a.html", '<p>{% now "Y" %}</p>')
    root = plant("ui/src/parking/a.ts", "const age = Date.now() - born; const d = new Date();\n")
    assert len(list(clock_readings(root))) == 2


@pytest.mark.parametrize(
    "fine",
    [
        "import time\nstarted = time.monotonic() + time.perf_counter()\n",
        "from datetime import datetime\nx = datetime.fromisoformat(text)\n",
        "from django.utils.timezone import localtime\nx = localtime(instant)\n",
        '"""Never write CURRENT_TIMESTAMP here."""\n',
    ],
)
def test_durations_and_conversions_are_no_breach(
    plant: Callable[[str, str], Path], fine: str
) -> None:
    assert list(clock_readings(plant("src/rencheng/kernel/a.py", fine))) == []


def test_the_clock_itself_may_ask(plant: Callable[[str, str], Path]) -> None:
    root = plant(f"{THE_CLOCK}reading.py", "import time\nnow = time.time_ns()\n")
    assert list(clock_readings(root)) == []
