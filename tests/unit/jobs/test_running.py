"""A job from the queue to its end, in this process."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from rencheng.foundation.jobs import api, runner
from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.jobs.runner import look_at
from rencheng.foundation.jobs.spec import Handle, JobSpec
from rencheng.foundation.jobs.waiting import Line
from rencheng.foundation.jobs.worker import run_waiting
from rencheng.foundation.memory import clock
from rencheng.kernel.errors import InputError, Unavailable
from rencheng.kernel.words import Words

pytestmark = pytest.mark.django_db
Declare = Callable[..., JobSpec]


def test_a_job_runs_once_and_keeps_its_result(job_kind: Declare) -> None:
    calls: list[Mapping[str, Any]] = []

    def work(handle: Handle, args: Mapping[str, Any]) -> dict[str, int]:
        calls.append(args)
        handle.report(2, 3, Words("数", "counting"))
        return {"rows": 7}

    job_kind(work)
    number = api.start("test.work", {"file": "a.csv"}, url="/files/1/")
    assert api.card(number).state == State.QUEUED
    run_waiting()
    look_at.call(number)
    card = api.card(number)
    assert calls == [{"file": "a.csv"}]
    assert (card.state, card.result, card.done, card.total) == (State.DONE, {"rows": 7}, 2, 3)
    assert (card.message, card.attempts, card.live) == (Words("数", "counting"), 1, False)


def test_times_of_a_job_are_those_of_the_house(job_kind: Declare) -> None:
    clock.freeze(clock.now().replace(year=2020, month=2, day=13))
    job_kind(lambda _handle, _args: None)
    number = api.start("test.work")
    run_waiting()
    card = api.card(number)
    assert card.created_at == card.started_at == card.finished_at == clock.now()


def test_a_mistake_of_the_caller_is_shown_in_its_own_words_and_not_tried_again(
    job_kind: Declare,
) -> None:
    def work(_handle: Handle, _args: Mapping[str, Any]) -> None:
        raise InputError("line 3: confirmed is -1; it should be 0 or more")

    job_kind(work)
    number = api.start("test.work")
    run_waiting()
    card = api.card(number)
    assert (card.state, card.attempts) == (State.FAILED, 1)
    assert card.error.en == "line 3: confirmed is -1; it should be 0 or more"


def test_an_unexpected_error_shows_its_name_but_never_its_text(
    job_kind: Declare, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_handle: Handle, _args: Mapping[str, Any]) -> None:
        raise ValueError("secret-of-a-person")

    job_kind(work)
    number = api.start("test.work")
    run_waiting()
    card = api.card(number)
    assert card.state == State.FAILED
    assert "ValueError" in card.error.en
    assert "ValueError" in card.error.zh
    assert "secret-of-a-person" not in repr(card)
    assert "secret-of-a-person" in caplog.text


@pytest.mark.parametrize("error", [Unavailable("the feed is away"), OperationalError("locked")])
def test_what_is_away_for_now_is_tried_again_until_the_attempts_are_used_up(
    job_kind: Declare, error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def work(handle: Handle, _args: Mapping[str, Any]) -> None:
        calls.append(handle.attempt)
        raise error

    monkeypatch.setattr("rencheng.foundation.jobs.waiting._pause_s", lambda _attempts: 0.0)
    job_kind(work, max_attempts=3)
    number = api.start("test.work")
    for _ in range(5):
        run_waiting()
        Line().call_again()
    card = api.card(number)
    assert calls == [1, 2, 3]
    assert card.state == State.FAILED
    assert card.error.en in ("the feed is away", "The database is away for now")


def test_a_job_tried_again_waits_a_while(job_kind: Declare) -> None:
    def work(_handle: Handle, _args: Mapping[str, Any]) -> None:
        raise Unavailable("the feed is away")

    job_kind(work)
    number = api.start("test.work")
    run_waiting()
    line = Line()
    assert line.call_again() == 0
    assert api.card(number).state == State.QUEUED
    line._again_at[number] -= 10
    assert line.call_again() == 1


def test_a_result_that_is_no_json_fails_aloud(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: {1, 2})
    number = api.start("test.work")
    run_waiting()
    assert api.card(number).state == State.FAILED


def test_arguments_that_are_no_json_are_refused(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    with pytest.raises(InputError, match="no JSON"):
        api.start("test.work", {"file": object()})


def test_an_unknown_kind_of_job_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"no\.such"):
        api.start("no.such")


def test_a_job_whose_kind_was_removed_fails_with_a_clear_word(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    number = api.start("test.work")
    Job.objects.filter(pk=number).update(name="test.removed")
    run_waiting()
    assert "test.removed" in api.card(number).error.en


def test_one_key_stands_for_one_live_job(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    first = api.start("test.work", key="load 7")
    assert api.start("test.work", key="load 7") == first
    assert api.start("test.work", key="load 8") != first
    run_waiting()
    assert api.start("test.work", key="load 7") != first


def test_a_job_the_queue_lost_is_called_again(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    number = api.start("test.work")
    DBTaskResult.objects.all().delete()
    assert run_waiting() == 0
    assert Line().call_again() == 1
    assert Line().call_again() == 0
    run_waiting()
    assert api.card(number).state == State.DONE


def test_the_house_has_a_job_kind_for_figures_and_one_for_tidying() -> None:
    number = api.start("memory.derive")
    api.start("jobs.tidy")
    run_waiting()
    assert api.card(number).result == {"figures": 0}
    assert set(Job.objects.values_list("state", flat=True)) == {State.DONE}


def test_nothing_is_taken_from_the_queue_while_shutting_down(
    job_kind: Declare, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_kind(lambda _handle, _args: None)
    number = api.start("test.work")
    stopping = runner.DESK.stopping
    stopping.set()
    try:
        run_waiting()
    finally:
        stopping.clear()
    assert api.card(number).state == State.QUEUED
    assert Line().call_again() == 1
