"""Who works on a job: taken, kept and given back by compare-and-set on its row."""

import threading

from django.db import transaction
from django.db.models import F

from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.memory.clock import now
from rencheng.kernel.errors import ConflictError
from rencheng.kernel.words import Words


class LeaseLost(ConflictError):
    """The worker gave no sign of life for too long; somebody else has the job."""


class Hold:
    """
    A worker's hold on a running job.

    Parameters
    ----------
    job_id, fence
        The job, and the number that only this holder has.
    lease_s
        Seconds without a sign of life after which the hold is lost.
    """

    def __init__(self, job_id: int, fence: int, lease_s: float) -> None:
        self.job_id = job_id
        self.fence = fence
        self.lease_s = lease_s
        self.cancelled = threading.Event()
        self.lost = threading.Event()

    def write(self, **changes: object) -> None:
        """
        Change the row, which is also a sign of life.

        Raises
        ------
        LeaseLost
            If the job is no longer held; nothing is written then.
        """
        rows = Job.objects.filter(pk=self.job_id, fence=self.fence, state=State.RUNNING)
        if not rows.update(beats=F("beats") + 1, heard_at=now(), **changes):
            self.lost.set()
            raise LeaseLost(f"job {self.job_id} is no longer ours; another worker has it")

    def look(self) -> None:
        """Notice whether somebody asked the job to stop, or took it."""
        rows = Job.objects.filter(pk=self.job_id).values_list("cancel_requested", "fence")
        for asked, fence in rows:
            if asked:
                self.cancelled.set()
            if fence != self.fence:
                self.lost.set()

    def finish(self, state: State, **changes: object) -> None:
        """End the job in a state, or raise `LeaseLost`."""
        self.write(state=state, finished_at=now(), **changes)

    def give_back(self) -> None:
        """Put the job into the queue again; this attempt does not count."""
        self.write(state=State.QUEUED, task="", attempts=F("attempts") - 1)

    def retry(self, why: Words) -> None:
        """Put the job into the queue again, to be tried afresh."""
        self.write(state=State.QUEUED, task="", message_zh=why.zh, message_en=why.en)


def claim(job_id: int, lease_s: float) -> tuple[Hold, Job] | None:
    """Take a queued job, or give None where it is not to be had; exactly one caller gets it."""
    with transaction.atomic():
        taken = Job.objects.filter(pk=job_id, state=State.QUEUED).update(
            state=State.RUNNING,
            fence=F("fence") + 1,
            attempts=F("attempts") + 1,
            beats=F("beats") + 1,
            started_at=now(),
            heard_at=now(),
        )
        if not taken:
            return None
        job = Job.objects.get(pk=job_id)
    return Hold(job.pk, job.fence, lease_s), job
