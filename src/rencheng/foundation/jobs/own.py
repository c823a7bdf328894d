"""Jobs of the foundation itself."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.management import call_command

from rencheng.foundation.jobs.models import LIVE, Job, State
from rencheng.foundation.jobs.spec import Handle, JobSpec
from rencheng.foundation.memory.clock import now
from rencheng.foundation.memory.indicators import api as indicators
from rencheng.foundation.memory.ledger.models import Entry
from rencheng.kernel.words import Words

QUIET_KEPT = timedelta(days=1)
ALL_KEPT = timedelta(days=90)


def something_to_derive() -> bool:
    """Tell whether a delivery waits to be turned into figures."""
    return Entry.objects.filter(derived=False).exists()


def derive(handle: Handle, _args: Mapping[str, Any]) -> dict[str, int]:
    """Turn deliveries into figures."""
    handle.check_cancelled()
    return {"figures": indicators.derive_pending()}


def tidy(_handle: Handle, _args: Mapping[str, Any]) -> dict[str, int]:
    """Forget ended jobs: those the house started itself after a day, others after 90."""
    ended = Job.objects.exclude(state__in=LIVE)
    old = ended.filter(finished_at__lt=now() - ALL_KEPT)
    quiet = ended.filter(
        requested_by=None, state=State.DONE, finished_at__lt=now() - QUIET_KEPT
    ).exclude(key="")
    forgotten = old.delete()[0] + quiet.delete()[0]
    call_command("prune_db_task_results", queue_name="*", min_age_days=1, verbosity=0)
    return {"forgotten": forgotten}


DERIVE = JobSpec(
    name="memory.derive",
    title=Words("由新数据生成指标", "Turn new data into figures"),
    function=derive,
    when=something_to_derive,
    lease_s=60,
)
TIDY = JobSpec(
    name="jobs.tidy",
    title=Words("清理旧的后台工作", "Forget old jobs"),
    function=tidy,
    every_s=6 * 3600,
)
OWN = (DERIVE, TIDY)
