"""Running one job: the task that the queue hands to a worker."""

import json
import logging
import threading
from typing import Any

from django.db import OperationalError
from django_tasks import task

from rencheng.foundation.jobs.holding import Hold, LeaseLost, claim
from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.jobs.progress import Cancelled, Interrupted, Progress
from rencheng.foundation.jobs.registry import lease_of, spec_named
from rencheng.kernel.errors import RenchengError, Unavailable
from rencheng.kernel.words import Words

log = logging.getLogger(__name__)


class Desk:
    """What this process works on: the watch beats for it, a signal empties it."""

    def __init__(self) -> None:
        self.hold: Hold | None = None
        self.stopping = threading.Event()


DESK = Desk()


@task()
def look_at(job_id: int) -> None:
    """Run a job if it is still waiting; the queue may say so more than once."""
    name = Job.objects.filter(pk=job_id).values_list("name", flat=True).first()
    if name is None or DESK.stopping.is_set():
        return
    taken = claim(job_id, lease_of(name))
    if taken is None:
        return
    DESK.hold, job = taken
    try:
        _run(DESK.hold, job)
    except LeaseLost as lost:
        log.warning("%s", lost)
    finally:
        DESK.hold = None


def _run(hold: Hold, job: Job) -> None:
    """Call the function of a job and write down how it ended."""
    progress = Progress(hold, job, DESK.stopping)
    try:
        progress.check_cancelled()
        result = spec_named(job.name).function(progress, job.args)
        json.dumps(result)
    except Cancelled:
        hold.finish(State.CANCELLED, **progress.said())
    except Interrupted:
        hold.give_back()
    except LeaseLost:
        raise
    except (Unavailable, OperationalError) as error:
        log.warning("job %s (%s): %s", job.pk, job.name, error)
        _try_later(hold, job, error)
    except RenchengError as error:
        hold.finish(State.FAILED, **progress.said(), **_error(Words(str(error), str(error))))
    except Exception as error:
        log.exception("job %s (%s) ended in an unexpected error", job.pk, job.name)
        hold.finish(State.FAILED, **progress.said(), **_error(_unexpected(error)))
    else:
        hold.finish(State.DONE, result=result, **progress.said())


def _try_later(hold: Hold, job: Job, error: Exception) -> None:
    if isinstance(error, Unavailable):
        why = Words(str(error), str(error))
    else:
        why = Words("数据库暂时不可用", "The database is away for now")
    if job.attempts < job.max_attempts:
        hold.retry(why)
    else:
        hold.finish(State.FAILED, **_error(why))


def _unexpected(error: Exception) -> Words:
    """Name an error without its text, which may hold what not everybody may see."""
    name = type(error).__name__
    return Words(
        f"发生意外错误（{name}），详见系统日志。",
        f"It ended in an unexpected error ({name}); the log of the house says more.",
    )


def _error(words: Words) -> dict[str, Any]:
    return {"error_zh": words.zh, "error_en": words.en}
