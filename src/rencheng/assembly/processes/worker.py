"""The worker process: jobs in the background."""

import signal
import threading

from rencheng.assembly.processes import lifeline


def work(lifeline_end: int) -> None:
    """Run jobs until SIGTERM; the job at hand is asked to give way and goes on later."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    lifeline.follow(lifeline_end)

    import django

    django.setup()
    from rencheng.foundation.jobs.worker import work_until

    work_until(stop)
