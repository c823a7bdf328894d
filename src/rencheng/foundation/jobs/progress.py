"""The handle by which a job says how far it is, and learns that it should stop."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from rencheng.foundation.jobs.holding import Hold, LeaseLost
from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.jobs.spec import Json
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words

# People read no faster than this; a job may report each row without slowing down.
WRITTEN_EVERY_S = 0.5


class Cancelled(BaseException):
    """Somebody asked the job to stop. No `except Exception` of a job swallows this."""


class Interrupted(BaseException):
    """The worker is shutting down; the job goes back into the queue."""


class Progress:
    """
    How a job speaks to the house.

    Parameters
    ----------
    hold
        The worker's hold on the job.
    job
        The row as it was when taken.
    stopping
        Set when the worker is to shut down.
    """

    def __init__(self, hold: Hold, job: Job, stopping: threading.Event) -> None:
        self.job_id = job.pk
        self.attempt = job.attempts
        self.checkpoint: Json = job.checkpoint
        self._hold = hold
        self._stopping = stopping
        self._done = 0
        self._total: int | None = None
        self._message = Words("", "")
        self._written_at = float("-inf")
        self._looked_at = float("-inf")

    def report(self, done: int, total: int | None = None, message: Words | str = "") -> None:
        """
        Say how far the job is; also a place where it may be stopped.

        Cheap enough to be called for each row: at most two writes a second reach the database.

        Parameters
        ----------
        done
            Units of work done. It never goes back: a smaller number than before is shown as before.
        total
            Units in all; None where nobody knows (or: as said before).
        message
            What is being done, in a few words; empty leaves the last one.

        Raises
        ------
        LeaseLost
            If another worker has the job by now.
        Cancelled, Interrupted
            As in `check_cancelled`.
        """
        self._done = max(self._done, done)
        self._total = self._total if total is None else total
        if message:
            self._message = Words(message, message) if isinstance(message, str) else message
        finished = self._total is not None and self._done >= self._total
        if finished or time.monotonic() - self._written_at >= WRITTEN_EVERY_S:
            self.write()
        self.check_cancelled()

    def write(self) -> None:
        """Write what was reported last, at once."""
        self._written_at = time.monotonic()
        self._hold.write(**self.said())

    def said(self) -> dict[str, Any]:
        """Give what was reported last, as columns of the row."""
        said: dict[str, Any] = {"done": self._done, "total": self._total}
        if self._message.en or self._message.zh:
            said |= {"message_zh": self._message.zh[:500], "message_en": self._message.en[:500]}
        return said

    def check_cancelled(self) -> None:
        """
        Stop here if the job should stop: it looks about twice a second, so call it often.

        Raises
        ------
        Cancelled
            If somebody asked for it.
        Interrupted
            If the worker is shutting down; the job will go on later from its checkpoint.
        LeaseLost
            If another worker has the job by now.
        """
        if time.monotonic() - self._looked_at >= WRITTEN_EVERY_S:
            self._looked_at = time.monotonic()
            self._hold.look()
        if self._hold.lost.is_set():
            raise LeaseLost(f"job {self.job_id} is no longer ours; another worker has it")
        if self._hold.cancelled.is_set():
            raise Cancelled
        if self._stopping.is_set():
            raise Interrupted

    @contextmanager
    def keep(self, checkpoint: Json) -> Iterator[None]:
        """
        Commit what is written inside together with a checkpoint, or not at all.

        The next attempt finds the checkpoint in ``handle.checkpoint`` and goes on behind it, so
        the effects of each block happen exactly once, whoever dies. Keep blocks short: on SQLite
        nobody else writes meanwhile.

        Parameters
        ----------
        checkpoint
            Any JSON value.

        Raises
        ------
        LeaseLost
            If another worker has the job by now; nothing of the block is kept.
        InputError
            If the checkpoint is no JSON value.
        """
        try:
            json.dumps(checkpoint)
        except (TypeError, ValueError) as error:
            raise InputError(
                f"checkpoint of job {self.job_id} is no JSON value: {error}"
            ) from error
        with transaction.atomic():
            # PostgreSQL holds the row until the commit; SQLite has one writer anyway.
            mine = Job.objects.select_for_update().filter(
                pk=self.job_id, fence=self._hold.fence, state=State.RUNNING
            )
            if not list(mine.values_list("pk")):
                self._hold.lost.set()
                raise LeaseLost(f"job {self.job_id} is no longer ours; another worker has it")
            yield
            self._hold.write(checkpoint=checkpoint, **self.said())
        self.checkpoint = checkpoint
