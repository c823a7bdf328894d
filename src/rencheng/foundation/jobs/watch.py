"""Noticing workers that died: their jobs run again, or fail with a clear word."""

import logging
import time
from dataclasses import dataclass, replace

from django.db import transaction

from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.jobs.registry import lease_of
from rencheng.foundation.jobs.waiting import enqueue
from rencheng.foundation.memory.clock import now
from rencheng.kernel.words import Words

log = logging.getLogger(__name__)

# A worker that only waited for the database speaks up within this time once it may write again.
GRACE_S = 2.0
BUSY_S = 1.0

AWAY = Words(
    "执行这项工作的进程中断，已尝试 {n} 次，不再重试。",
    "Its worker died; it was tried {n} times, and is not tried again.",
)


@dataclass(frozen=True, slots=True)
class Silence:
    """How long a job has shown the same fence and beats, on our stopwatch."""

    fence: int
    beats: int
    since: float
    writable_since: float | None = None


class Watch:
    """
    Watches the running jobs, and trusts no clock but its own stopwatch.

    A job whose beats stood still for the whole lease while we watched, though the database could
    be written, has lost its worker. The machine's time may jump, and the clock of the house may
    stand still: neither matters.
    """

    def __init__(self) -> None:
        self._silent: dict[int, Silence] = {}

    def look(self) -> int:
        """Look once, and take back what lost its worker; give how many jobs that were."""
        moment = time.monotonic()
        running = Job.objects.filter(state=State.RUNNING)
        rows = list(running.values_list("pk", "fence", "beats", "name"))
        before, self._silent = self._silent, {}
        taken = 0
        for pk, fence, beats, name in rows:
            silence = before.get(pk)
            if silence is None or (silence.fence, silence.beats) != (fence, beats):
                silence = Silence(fence, beats, moment)
            if moment - silence.since > lease_of(name):
                if silence.writable_since is None:
                    silence = _probe(pk, silence)
                elif moment - silence.writable_since > GRACE_S:
                    taken += _take_back(pk, silence)
                    continue
            self._silent[pk] = silence
        return taken


def _probe(pk: int, silence: Silence) -> Silence:
    """Find out whether the database can be written; if not, nobody could give a sign of life."""
    asked_at = time.monotonic()
    with transaction.atomic():
        list(Job.objects.select_for_update().filter(pk=pk).values_list("pk"))
    got_at = time.monotonic()
    if got_at - asked_at > BUSY_S:
        return replace(silence, since=got_at)
    return replace(silence, writable_since=got_at)


def _take_back(pk: int, silence: Silence) -> bool:
    with transaction.atomic():
        job = (
            Job.objects.select_for_update()
            .filter(pk=pk, fence=silence.fence, beats=silence.beats, state=State.RUNNING)
            .first()
        )
        if job is None:
            return False
        job.state, job.task = _after(job), ""
        if job.state != State.QUEUED:
            job.finished_at = now()
        if job.state == State.FAILED:
            job.error_zh = AWAY.zh.format(n=job.attempts)
            job.error_en = AWAY.en.format(n=job.attempts)
        # The fence is raised at once: the silent worker may still live, and wake up.
        job.fence += 1
        job.save(update_fields=["state", "task", "fence", "finished_at", "error_zh", "error_en"])
        if job.state == State.QUEUED:
            enqueue(pk)
    log.warning("job %s (%s) lost its worker; now %s", pk, job.name, job.state)
    return True


def _after(job: Job) -> State:
    if job.cancel_requested:
        return State.CANCELLED
    return State.QUEUED if job.attempts < job.max_attempts else State.FAILED
