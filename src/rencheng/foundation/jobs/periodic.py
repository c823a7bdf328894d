"""Kinds of jobs that start themselves: by the clock of the house, or when there is work."""

import time
from datetime import timedelta

from rencheng.foundation.jobs.api import start
from rencheng.foundation.jobs.models import LIVE, Due, Job, State
from rencheng.foundation.jobs.registry import all_specs
from rencheng.foundation.jobs.spec import JobSpec
from rencheng.foundation.memory.clock import now
from rencheng.kernel.time import to_micros

# Work that failed is still there to be done; starting it at once would fail at once.
PAUSE_AFTER_FAILURE_S = 60.0


class Calendar:
    """Starts what is due and neither waits nor runs already."""

    def __init__(self) -> None:
        self._started_at: dict[str, float] = {}

    def start_due(self) -> list[int]:
        """Start what is due now; give the numbers of the jobs."""
        started = []
        for spec in all_specs():
            if spec.when is None and spec.every_s is None:
                continue
            if Job.objects.filter(key=spec.name, state__in=LIVE).exists():
                continue
            if self._there_is_work(spec) or _time_has_come(spec):
                self._started_at[spec.name] = time.monotonic()
                started.append(start(spec.name, key=spec.name))
        return started

    def _there_is_work(self, spec: JobSpec) -> bool:
        """Ask a kind of job whether there is work, unless it has just failed at it."""
        if spec.when is None:
            return False
        since = time.monotonic() - self._started_at.get(spec.name, float("-inf"))
        if since < PAUSE_AFTER_FAILURE_S:
            mine = Job.objects.filter(name=spec.name, key=spec.name).order_by("-pk")
            if list(mine.values_list("state", flat=True)[:1]) == [State.FAILED]:
                return False
        return spec.when()


def _time_has_come(spec: JobSpec) -> bool:
    """Tell whether a periodic job is due, and if so set the next time; one process is told yes."""
    if spec.every_s is None:
        return False
    moment, pause = now(), timedelta(seconds=spec.every_s)
    row, new = Due.objects.get_or_create(name=spec.name, defaults={"due_at": moment + pause})
    if new:
        return True
    # A clock set back must not silence a job for years.
    if moment < row.due_at <= moment + pause:
        return False
    mine = Due.objects.filter(name=spec.name, due_at=to_micros(row.due_at))
    return bool(mine.update(due_at=moment + pause))
