"""Noticing dead workers, and starting what is due, on a stopwatch and a clock we turn ourselves."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from rencheng.foundation.jobs import api, registry
from rencheng.foundation.jobs.holding import Hold, LeaseLost, claim
from rencheng.foundation.jobs.models import Due, Job, State
from rencheng.foundation.jobs.periodic import Calendar
from rencheng.foundation.jobs.spec import JobSpec
from rencheng.foundation.jobs.watch import Watch
from rencheng.foundation.jobs.worker import run_waiting
from rencheng.foundation.memory import clock
from rencheng.kernel.errors import ConflictError, InputError
from rencheng.kernel.words import Words

pytestmark = pytest.mark.django_db
Declare = Callable[..., JobSpec]


class Stopwatch:
    """Stands in for the module ``time``; only we move it."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def monotonic(self) -> float:
        return self.seconds


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    watch = Stopwatch()
    monkeypatch.setattr("rencheng.foundation.jobs.watch.time", watch)
    monkeypatch.setattr("rencheng.foundation.jobs.periodic.time", watch)
    return watch


def running(number: int) -> Hold:
    found = claim(number, 10.0)
    assert found is not None
    return found[0]


def silence(watch: Watch, stopwatch: Stopwatch, seconds: float) -> int:
    """Let time pass in rounds of a second; give how many jobs were taken back."""
    taken = 0
    for _ in range(round(seconds)):
        stopwatch.seconds += 1
        taken += watch.look()
    return taken


def test_a_silent_job_runs_again_and_the_silent_worker_is_fenced_off(
    job_kind: Declare, stopwatch: Stopwatch
) -> None:
    job_kind(lambda _handle, _args: "second", lease_s=10)
    hold = running(number := api.start("test.work"))
    watch = Watch()
    assert silence(watch, stopwatch, 10) == 0
    assert silence(watch, stopwatch, 6) == 1
    with pytest.raises(LeaseLost):
        hold.write(message_en="I still live")
    run_waiting()
    card = api.card(number)
    assert (card.state, card.result, card.attempts) == (State.DONE, "second", 2)


def test_a_sign_of_life_keeps_the_job(job_kind: Declare, stopwatch: Stopwatch) -> None:
    job_kind(lambda _handle, _args: None, lease_s=10)
    hold = running(api.start("test.work"))
    watch = Watch()
    for _ in range(20):
        assert silence(watch, stopwatch, 9) == 0
        hold.write()


def test_after_the_last_attempt_it_fails_with_a_clear_word(
    job_kind: Declare, stopwatch: Stopwatch
) -> None:
    job_kind(lambda _handle, _args: None, lease_s=10, max_attempts=2)
    number = api.start("test.work")
    watch = Watch()
    for _ in range(2):
        running(number)
        assert silence(watch, stopwatch, 20) == 1
    card = api.card(number)
    assert card.state == State.FAILED
    assert card.finished_at is not None
    assert "tried 2 times" in card.error.en
    assert "2 次" in card.error.zh


def test_a_job_asked_to_stop_ends_when_its_worker_dies(
    job_kind: Declare, stopwatch: Stopwatch
) -> None:
    job_kind(lambda _handle, _args: None, lease_s=10)
    running(number := api.start("test.work"))
    api.cancel(number)
    assert silence(Watch(), stopwatch, 20) == 1
    assert api.card(number).state == State.CANCELLED


def test_nobody_is_declared_dead_while_the_database_keeps_everybody_waiting(
    job_kind: Declare, stopwatch: Stopwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_kind(lambda _handle, _args: None, lease_s=10)
    running(number := api.start("test.work"))
    real = transaction.atomic

    def slow() -> object:
        stopwatch.seconds += 5
        return real()

    monkeypatch.setattr(transaction, "atomic", slow)
    watch = Watch()
    assert silence(watch, stopwatch, 60) == 0
    assert api.card(number).state == State.RUNNING


def test_a_standing_clock_of_the_house_hides_no_dead_worker(
    job_kind: Declare, stopwatch: Stopwatch
) -> None:
    clock.freeze()
    job_kind(lambda _handle, _args: None, lease_s=10)
    running(api.start("test.work"))
    assert silence(Watch(), stopwatch, 20) == 1


def test_a_leaping_clock_of_the_house_kills_no_worker(
    job_kind: Declare, stopwatch: Stopwatch
) -> None:
    job_kind(lambda _handle, _args: None, lease_s=10)
    running(api.start("test.work"))
    watch = Watch()
    watch.look()
    clock.run_from(clock.now() + timedelta(days=400), speed=86_400)
    assert silence(watch, stopwatch, 5) == 0


def own(names: list[int]) -> list[str]:
    rows = Job.objects.filter(pk__in=names, name__startswith="test.")
    return list(rows.values_list("name", flat=True))


def test_a_periodic_job_comes_by_the_clock_of_the_house(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None, every_s=3600)
    start = clock.now()
    clock.freeze(start)
    calendar = Calendar()
    assert own(calendar.start_due()) == ["test.work"]
    run_waiting()
    assert own(calendar.start_due()) == []
    clock.freeze(start + timedelta(hours=1))
    assert own(calendar.start_due()) == ["test.work"]
    # The last one still waits: no second one beside it.
    clock.freeze(start + timedelta(hours=2))
    assert own(calendar.start_due()) == []


def test_a_clock_set_back_does_not_silence_a_periodic_job(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None, every_s=3600)
    Due.objects.create(name="test.work", due_at=clock.now() + timedelta(days=900))
    assert own(Calendar().start_due()) == ["test.work"]
    assert Due.objects.get(name="test.work").due_at < clock.now() + timedelta(hours=2)


def test_a_job_starts_when_there_is_work_and_rests_after_a_failure(
    job_kind: Declare, stopwatch: Stopwatch
) -> None:
    def fail(_handle: object, _args: object) -> None:
        raise InputError("poison")

    work = [1]
    job_kind(fail, when=lambda: bool(work))
    calendar = Calendar()
    assert own(calendar.start_due()) == ["test.work"]
    assert own(calendar.start_due()) == []
    run_waiting()
    assert own(calendar.start_due()) == []
    stopwatch.seconds += 61
    assert own(calendar.start_due()) == ["test.work"]
    run_waiting()
    stopwatch.seconds += 61
    work.clear()
    assert own(calendar.start_due()) == []


@pytest.mark.parametrize(
    "wrong",
    [{"name": "Work"}, {"max_attempts": 0}, {"lease_s": 0}, {"every_s": -1}],
)
def test_a_kind_of_job_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    right = {"name": "a.b", "title": Words("", ""), "function": lambda _h, _a: None}
    with pytest.raises(InputError):
        JobSpec(**{**right, **wrong})  # type: ignore[arg-type]


def test_two_kinds_of_one_name_are_refused(job_kind: Declare) -> None:
    job_kind(lambda _handle, _args: None)
    other = JobSpec(name="test.work", title=Words("别的", "Other"), function=lambda _h, _a: None)
    with pytest.raises(ConflictError, match=r"test\.work"):
        registry.install([other])
