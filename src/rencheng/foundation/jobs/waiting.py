"""The line of waiting jobs, kept by the task queue."""

import time

from django_tasks import task_backends
from django_tasks.base import TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist

from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.jobs.runner import look_at

AT_ONCE = 100
LONGEST_PAUSE_S = 60.0


def enqueue(job_id: int) -> None:
    """Ask the workers to look at a waiting job; once too often does no harm."""
    result = look_at.enqueue(job_id)
    Job.objects.filter(pk=job_id, state=State.QUEUED).update(task=str(result.id))


class Line:
    """Sees to it that every waiting job stands in the queue."""

    def __init__(self) -> None:
        self._again_at: dict[int, float] = {}

    def call_again(self) -> int:
        """
        Enqueue waiting jobs that the queue has lost sight of; give how many.

        A job that was tried before waits 2, 4, 8 ... seconds first.
        """
        waiting = Job.objects.filter(state=State.QUEUED).order_by("pk")
        rows = waiting.values_list("pk", "task", "attempts")[:AT_ONCE]
        forgotten = {pk: attempts for pk, number, attempts in rows if not _in_line(number)}
        moment = time.monotonic()
        self._again_at = {
            pk: self._again_at.get(pk, moment + _pause_s(attempts))
            for pk, attempts in forgotten.items()
        }
        called = [pk for pk, at in self._again_at.items() if at <= moment]
        for pk in called:
            enqueue(pk)
        return len(called)


def _pause_s(attempts: int) -> float:
    return 0.0 if attempts == 0 else min(2.0**attempts, LONGEST_PAUSE_S)


def _in_line(number: str) -> bool:
    if not number:
        return False
    try:
        result = task_backends["default"].get_result(number)
    except TaskResultDoesNotExist:
        return False
    return bool(result.status == TaskResultStatus.READY)
