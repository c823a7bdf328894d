"""
A real worker process with kinds of jobs made to be killed.

Run as ``python -m tests.faults.jobs.workshop`` over a home folder (RENCHENG_HOME). Each step of
``test.steps`` inserts one row into the table ``effect``; two rows of one step are a doubled effect.
"""

import signal
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

LEASE_S = 1.0


def steps(handle: Any, args: Mapping[str, Any]) -> int:
    """Do some steps, each kept with its checkpoint."""
    from django.db import connection

    first = int(handle.checkpoint or 0)
    for step in range(first, args["steps"]):
        with handle.keep(step + 1), connection.cursor() as cursor:
            cursor.execute("INSERT INTO effect (step, job) VALUES (%s, %s)", [step, handle.job_id])
        handle.report(step + 1, args["steps"])
        time.sleep(args["pause_s"])
    return int(args["steps"])


def frozen(handle: Any, args: Mapping[str, Any]) -> str:
    """Sleep without a word the first time, as a stopped process does; then try to write."""
    if handle.attempt == 1:
        Path(args["flag"]).write_text("asleep", encoding="utf-8")
        time.sleep(args["asleep_s"])
    return f"attempt {handle.attempt}"


def main() -> int:
    """Start Django, install the kinds, work until SIGTERM."""
    import django

    django.setup()
    from rencheng.foundation.jobs import registry
    from rencheng.foundation.jobs.spec import JobSpec
    from rencheng.foundation.jobs.worker import work_until
    from rencheng.kernel.words import Words

    title = Words("试验", "A test")
    registry.install(
        (
            JobSpec(name="test.steps", title=title, function=steps, lease_s=LEASE_S),
            JobSpec(name="test.frozen", title=title, function=frozen, lease_s=LEASE_S),
        )
    )
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    work_until(stop)
    return 0


if __name__ == "__main__":
    sys.exit(main())
