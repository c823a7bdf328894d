"""The jobs' door for others."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from rencheng.foundation.jobs.models import LIVE, Job, State
from rencheng.foundation.jobs.registry import spec_named
from rencheng.foundation.jobs.waiting import enqueue
from rencheng.foundation.memory.clock import now
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCard:
    """What may be known of a job: how it stands, how far it is, how it ended."""

    id: int
    name: str
    title: Words
    state: State
    done: int
    total: int | None
    message: Words
    error: Words
    result: Any
    url: str
    attempts: int
    max_attempts: int
    cancel_requested: bool
    requested_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None

    @property
    def live(self) -> bool:
        """Tell whether the job waits or runs."""
        return self.state in LIVE


def start(
    name: str,
    args: Mapping[str, Any] | None = None,
    *,
    title: Words | None = None,
    requested_by: int | None = None,
    url: str = "",
    key: str = "",
) -> int:
    """
    Put a job into the queue, in the transaction of the caller, and give its number.

    Parameters
    ----------
    name
        A kind of job of this house (`JobSpec`).
    args
        A JSON object for its function.
    title
        What this very job is called; the title of its kind by default.
    requested_by
        Number of the account that asked for it.
    url
        The page it belongs to; offered when it is done.
    key
        While a job with this key waits or runs no second one is started: its number is given.

    Raises
    ------
    InputError
        If there is no such kind of job, or ``args`` is no JSON object.
    """
    spec = spec_named(name)
    given = dict(args or {})
    try:
        json.dumps(given)
    except (TypeError, ValueError) as error:
        raise InputError(f"arguments of job {name} are no JSON object: {error}") from error
    said = title or spec.title
    try:
        with transaction.atomic():
            job = Job.objects.create(
                name=name,
                title_zh=said.zh[:200],
                title_en=said.en[:200],
                args=given,
                key=key,
                requested_by_id=requested_by,
                url=url,
                max_attempts=spec.max_attempts,
                created_at=now(),
            )
            enqueue(job.pk)
    except IntegrityError:
        there = Job.objects.filter(key=key, state__in=LIVE).values_list("pk", flat=True).first()
        if not key or there is None:
            raise
        return there
    return job.pk


def cancel(job_id: int) -> bool:
    """
    Ask a job to stop; a waiting one stops at once, a running one where it next looks.

    Returns
    -------
    asked
        False where the job had already ended.
    """
    if Job.objects.filter(pk=job_id, state=State.QUEUED).update(
        state=State.CANCELLED, cancel_requested=True, finished_at=now()
    ):
        return True
    running = Job.objects.filter(pk=job_id, state=State.RUNNING)
    return bool(running.update(cancel_requested=True))


def card(job_id: int) -> JobCard:
    """Describe a job, or raise `InputError` where there is none of that number."""
    job = Job.objects.select_related("requested_by").filter(pk=job_id).first()
    if job is None:
        raise InputError(f"job {job_id} does not exist")
    return card_of(job)


def card_of(job: Job) -> JobCard:
    """Describe a job whose row is at hand."""
    return JobCard(
        id=job.pk,
        name=job.name,
        title=job.title,
        state=State(job.state),
        done=job.done,
        total=job.total,
        message=job.message,
        error=job.error,
        result=job.result,
        url=job.url,
        attempts=job.attempts,
        max_attempts=job.max_attempts,
        cancel_requested=job.cancel_requested,
        requested_by=str(job.requested_by or ""),
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
    )
