"""How a job says how far it is, and how it is stopped."""

import threading
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from rencheng.foundation.jobs import api
from rencheng.foundation.jobs.holding import Hold, LeaseLost, claim
from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.jobs.progress import Interrupted, Progress
from rencheng.foundation.jobs.runner import DESK
from rencheng.foundation.jobs.spec import Handle, JobSpec
from rencheng.foundation.jobs.waiting import Line
from rencheng.foundation.jobs.worker import run_waiting
from rencheng.kernel.errors import InputError

pytestmark = pytest.mark.django_db
Declare = Callable[..., JobSpec]


def taken(number: int) -> tuple[Hold, Progress]:
    found = claim(number, 30.0)
    assert found is not None
    hold, job = found
    return hold, Progress(hold, job, threading.Event())


def test_progress_never_goes_back(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    _, progress = taken(number := api.start("test.work"))
    seen = []
    for done in (1, 5, 3, 9, 2):
        progress.report(done, 10)
        progress.write()
        seen.append(api.card(number).done)
    assert seen == [1, 5, 5, 9, 9]


def test_a_report_for_each_row_costs_few_writes(
    job_kind: Declare, django_assert_max_num_queries: Any
) -> None:
    job_kind(lambda _handle, _args: None)
    _, progress = taken(number := api.start("test.work"))
    with django_assert_max_num_queries(20):
        for row in range(20_000):
            progress.report(row + 1, 20_000)
    assert (api.card(number).done, api.card(number).total) == (20_000, 20_000)


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(job_kind: Declare) -> None:
    ran = []
    job_kind(lambda _handle, _args: ran.append(1))
    number = api.start("test.work")
    assert api.cancel(number)
    run_waiting()
    assert ran == []
    assert api.card(number).state == State.CANCELLED
    assert not api.cancel(number)


def test_a_running_job_stops_where_it_next_looks(job_kind: Declare) -> None:
    rows = []

    def work(handle: Handle, _args: Mapping[str, Any]) -> None:
        for row in range(10):
            handle.report(row, 10)
            rows.append(row)
            if row == 3:
                api.cancel(handle.job_id)
                handle._looked_at = float("-inf")  # type: ignore[attr-defined]

    job_kind(work)
    number = api.start("test.work")
    run_waiting()
    card = api.card(number)
    assert rows == [0, 1, 2, 3]
    assert (card.state, card.done) == (State.CANCELLED, 4)


def test_no_except_exception_of_a_job_swallows_the_wish_to_stop(job_kind: Declare) -> None:
    def work(handle: Handle, _args: Mapping[str, Any]) -> str:
        api.cancel(handle.job_id)
        handle._looked_at = float("-inf")  # type: ignore[attr-defined]
        try:
            handle.check_cancelled()
        except Exception:  # noqa: BLE001 - a careless job
            return "went on"
        return "never noticed"

    job_kind(work)
    number = api.start("test.work")
    run_waiting()
    assert api.card(number).state == State.CANCELLED


def test_a_worker_that_shuts_down_gives_the_job_back_with_its_checkpoint(job_kind: Declare) -> None:
    begun_at = []

    def work(handle: Handle, _args: Mapping[str, Any]) -> str:
        begun_at.append(handle.checkpoint)
        for row in range(int(str(handle.checkpoint or 0)), 5):
            with handle.keep(row + 1):
                pass
            if row == 2 and len(begun_at) == 1:
                DESK.stopping.set()
            try:
                handle.check_cancelled()
            except Interrupted:
                DESK.stopping.clear()
                raise
        return "all"

    job_kind(work, max_attempts=1)
    number = api.start("test.work")
    run_waiting()
    assert (api.card(number).state, api.card(number).attempts) == (State.QUEUED, 0)
    Line().call_again()
    run_waiting()
    assert begun_at == [None, 3]
    assert (api.card(number).state, api.card(number).attempts) == (State.DONE, 1)


def test_exactly_one_worker_gets_a_job(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    number = api.start("test.work")
    assert claim(number, 30.0) is not None
    assert claim(number, 30.0) is None


def test_a_worker_that_lost_its_lease_cannot_write_any_more(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    hold, progress = taken(number := api.start("test.work"))
    Job.objects.filter(pk=number).update(state=State.QUEUED, fence=hold.fence + 1)
    newer, _ = taken(number)
    for write in (
        lambda: progress.write(),
        lambda: hold.finish(State.DONE, result="stale"),
        lambda: hold.give_back(),
        lambda: progress.report(1),
    ):
        with pytest.raises(LeaseLost):
            write()
    newer.finish(State.DONE, result="fresh")
    assert api.card(number).result == "fresh"


def test_a_stale_worker_s_effects_are_not_kept(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    hold, progress = taken(number := api.start("test.work"))
    with pytest.raises(LeaseLost), progress.keep(1):
        Job.objects.filter(pk=number).update(url="/effect/", fence=hold.fence + 1)
    assert api.card(number).url == ""
    Job.objects.filter(pk=number).update(fence=hold.fence + 1)
    with pytest.raises(LeaseLost), progress.keep(1):
        raise AssertionError("the block is not entered")


def test_a_checkpoint_is_json_or_refused(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    _, progress = taken(api.start("test.work"))
    with pytest.raises(InputError, match="not JSON"), progress.keep(object()):  # type: ignore[arg-type]
        raise AssertionError("the block is not entered")
