"""A worker process: takes waiting jobs one by one, and watches over those of others."""

import logging
import os
import threading
import time
from typing import Any

from django.db import DatabaseError, close_old_connections, connection, transaction
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from rencheng.foundation.jobs.holding import LeaseLost
from rencheng.foundation.jobs.periodic import Calendar
from rencheng.foundation.jobs.runner import DESK
from rencheng.foundation.jobs.waiting import Line
from rencheng.foundation.jobs.watch import Watch
from rencheng.kernel.errors import RenchengError

log = logging.getLogger(__name__)

QUEUE_LOOKED_AT_EVERY_S = 0.5
ROUND_EVERY_S = 1.0
LONGEST_PAUSE_S = 15.0


def work_until(stop: threading.Event) -> None:
    """
    Run jobs until told to stop.

    A second thread goes its rounds meanwhile: it gives signs of life for the job at hand, starts
    what is due and takes back what lost its worker, however long the job at hand lasts. When
    ``stop`` is set a job is asked to give way and goes on later from its checkpoint.
    """
    DESK.stopping = stop
    rounds = threading.Thread(target=_go_rounds, args=(stop,), name="job-rounds", daemon=True)
    rounds.start()
    pause = QUEUE_LOOKED_AT_EVERY_S
    while not stop.is_set():
        try:
            close_old_connections()
            if not run_waiting(most=1):
                stop.wait(QUEUE_LOOKED_AT_EVERY_S)
            pause = QUEUE_LOOKED_AT_EVERY_S
        except DatabaseError as error:
            pause = min(2 * pause, LONGEST_PAUSE_S)
            log.warning("no work for %.1f s, the database is away: %s", pause, error)
            connection.close()
            stop.wait(pause)
    rounds.join(timeout=2)


def run_waiting(*, most: int | None = None) -> int:
    """
    Run waiting jobs in this very process until none waits; give how many the queue handed out.

    For workers, the command line and tests.
    """
    name = f"worker-{os.getpid()}"
    queue = QueueWorker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
    ran = 0
    while most is None or ran < most:
        handed_out = _next_in_line(name)
        if handed_out is None:
            break
        queue.run_task(handed_out)
        ran += 1
    return ran


def _next_in_line(name: str) -> DBTaskResult[Any, Any] | None:
    """Take the next entry of the queue; it is ours alone then."""
    waiting = DBTaskResult.objects.ready().filter(queue_name="default", backend_name="default")
    # Looking is a read; only when somebody waits do we ask for the writer's lock.
    if not waiting.exists():
        return None
    with transaction.atomic():
        entry = waiting.get_locked()
        if entry is not None:
            entry.claim(name)
        return entry


def _go_rounds(stop: threading.Event) -> None:
    watch, line, calendar = Watch(), Line(), Calendar()
    beaten_at = time.monotonic()
    while not stop.wait(ROUND_EVERY_S):
        try:
            beaten_at = _beat(beaten_at)
            watch.look()
            line.call_again()
            calendar.start_due()
        except (DatabaseError, RenchengError) as error:
            # Tomorrow's round may do better; the thread must live on.
            log.warning("a round of the jobs failed: %s", error)
            connection.close()
    connection.close()


def _beat(beaten_at: float) -> float:
    """Give a sign of life for the job at hand, in time for its lease; give when that was."""
    hold = DESK.hold
    if hold is None or hold.lost.is_set() or time.monotonic() - beaten_at < hold.lease_s / 3:
        return beaten_at
    try:
        hold.write()
    except LeaseLost:
        # Ended or taken meanwhile. Who works on it learns so at the next report.
        log.debug("job %s is no longer held", hold.job_id)
    return time.monotonic()
