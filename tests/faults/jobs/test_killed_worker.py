"""Workers die in the middle of a job: nothing is lost, nothing happens twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

from rencheng.foundation.jobs import api, registry
from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.jobs.spec import JobSpec
from rencheng.kernel.words import Words
from tests.faults.jobs import workshop
from tests.fixtures.live import environment
from tests.fixtures.places import ROOT

PATIENCE_S = 30.0
Workers = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def effects(own_database: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[int]]:
    """Give a function that lists the steps that took effect, and declare the kinds of jobs."""
    title = Words("试验", "A test")
    for name, function in (("test.steps", workshop.steps), ("test.frozen", workshop.frozen)):
        spec = JobSpec(name=name, title=title, function=function, lease_s=workshop.LEASE_S)
        monkeypatch.setitem(registry._specs, name, spec)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE effect (step INTEGER, job INTEGER)")

    def read() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT step FROM effect ORDER BY step")
            return [step for (step,) in cursor.fetchall()]

    return read


@pytest.fixture
def worker(own_database: Path) -> Iterator[Workers]:
    """Give a function that starts a real worker process over this test's database."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        home = own_database.parent
        with (home / "worker.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.jobs.workshop"],
                env={**environment(home), "DJANGO_SETTINGS_MODULE": "rencheng.assembly.settings"},
                cwd=ROOT,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait_for(what: Callable[[], bool], words: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < deadline, f"{words}: not within {PATIENCE_S:g} s"
        time.sleep(0.05)


def test_a_job_survives_its_killed_worker_with_no_step_lost_or_doubled(
    effects: Callable[[], list[int]], worker: Workers
) -> None:
    number = api.start("test.steps", {"steps": 30, "pause_s": 0.05})
    seen: list[int] = []
    first = worker()
    wait_for(lambda: len(effects()) >= 10, "ten steps")
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    done_by_first = len(effects())
    assert 10 <= done_by_first < 30
    worker()

    def ended() -> bool:
        seen.append(api.card(number).done)
        return not api.card(number).live

    wait_for(ended, "the end of the job")
    card = api.card(number)
    assert (card.state, card.result, card.attempts) == (State.DONE, 30, 2)
    assert effects() == list(range(30))
    assert seen == sorted(seen), "progress went back"


@pytest.mark.slow
def test_a_job_whose_workers_all_die_fails_with_a_clear_word(
    effects: Callable[[], list[int]], worker: Workers
) -> None:
    number = api.start("test.steps", {"steps": 1_000_000, "pause_s": 0.02})
    Job.objects.filter(pk=number).update(max_attempts=2)
    for attempt in (1, 2):
        process = worker()
        wait_for(lambda n=attempt: Job.objects.get(pk=number).attempts == n, "an attempt")  # type: ignore[misc]
        wait_for(lambda: bool(effects()), "a step")
        process.kill()
        process.wait()
    worker()
    wait_for(lambda: not api.card(number).live, "the end of the job")
    card = api.card(number)
    assert card.state == State.FAILED
    assert "tried 2 times" in card.error.en
    assert effects() == list(range(len(effects())))


def test_a_stopped_worker_that_wakes_up_cannot_write_over_its_successor(
    effects: Callable[[], list[int]], worker: Workers, tmp_path: Path
) -> None:
    flag = tmp_path / "asleep"
    number = api.start("test.frozen", {"flag": str(flag), "asleep_s": 0.5})
    first = worker()
    wait_for(flag.exists, "the first attempt")
    os.kill(first.pid, signal.SIGSTOP)
    worker()
    wait_for(lambda: api.card(number).state == State.DONE, "the second attempt")
    os.kill(first.pid, signal.SIGCONT)
    wait_for(lambda: b"no longer ours" in (tmp_path / "worker.log").read_bytes(), "the word of it")
    card = api.card(number)
    assert (card.result, card.attempts) == ("attempt 2", 2)


def test_many_workers_share_many_jobs_and_do_each_once(
    effects: Callable[[], list[int]], worker: Workers
) -> None:
    numbers = [api.start("test.steps", {"steps": 2, "pause_s": 0.0}) for _ in range(30)]
    for _ in range(3):
        worker()
    wait_for(
        lambda: Job.objects.filter(pk__in=numbers, state=State.DONE).count() == 30, "thirty jobs"
    )
    assert effects() == [0] * 30 + [1] * 30
    assert set(Job.objects.filter(pk__in=numbers).values_list("attempts", flat=True)) == {1}


def test_a_running_job_is_cancelled_from_outside(
    effects: Callable[[], list[int]], worker: Workers
) -> None:
    number = api.start("test.steps", {"steps": 1_000_000, "pause_s": 0.02})
    worker()
    wait_for(lambda: len(effects()) > 3, "some steps")
    assert api.cancel(number)
    wait_for(lambda: api.card(number).state == State.CANCELLED, "the cancelled job")
    done = len(effects())
    time.sleep(0.3)
    assert len(effects()) == done


def test_a_worker_told_to_stop_hands_its_job_on(
    effects: Callable[[], list[int]], worker: Workers
) -> None:
    number = api.start("test.steps", {"steps": 30, "pause_s": 0.05})
    first = worker()
    wait_for(lambda: len(effects()) > 3, "some steps")
    asked_at = time.monotonic()
    first.terminate()
    assert first.wait(10) == 0
    assert time.monotonic() - asked_at < 5
    assert api.card(number).state == State.QUEUED
    worker()
    wait_for(lambda: not api.card(number).live, "the end of the job")
    assert (api.card(number).state, api.card(number).attempts) == (State.DONE, 1)
    assert effects() == list(range(30))


@pytest.mark.slow
def test_a_job_survives_twenty_kills_at_random_moments(
    effects: Callable[[], list[int]], worker: Workers
) -> None:
    number = api.start("test.steps", {"steps": 200, "pause_s": 0.02})
    Job.objects.filter(pk=number).update(max_attempts=100)
    chance = random.Random(20)
    for _ in range(20):
        process = worker()
        before = len(effects())
        wait_for(lambda n=before: len(effects()) > n, "a step")  # type: ignore[misc]
        time.sleep(chance.random() * 0.1)
        process.kill()
        process.wait()
        assert effects() == list(range(len(effects())))
        if not api.card(number).live:
            break
    worker()
    wait_for(lambda: not api.card(number).live, "the end of the job")
    assert api.card(number).state == State.DONE
    assert effects() == list(range(200))
