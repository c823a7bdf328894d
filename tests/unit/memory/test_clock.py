"""One clock: real, running from anywhere at any speed, or standing still."""

from datetime import UTC, datetime, timedelta

import pytest

from rencheng.foundation.memory import clock
from rencheng.kernel.errors import InputError

NEW_YEAR = datetime(2020, 1, 1, tzinfo=UTC)


def test_the_clock_follows_the_machine_until_it_is_set(db: None) -> None:
    assert not clock.state().simulated
    assert clock.now() <= clock.now()


def test_a_frozen_clock_stands_still(db: None) -> None:
    clock.freeze(NEW_YEAR)
    assert clock.now() == NEW_YEAR == clock.now()
    assert clock.state().speed == 0


def test_a_clock_runs_at_the_speed_it_was_given(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from rencheng.foundation.memory.clock import reading, setting

    machine = [1_000_000_000]
    monkeypatch.setattr(reading, "machine_micros", lambda: machine[0])
    monkeypatch.setattr(setting, "machine_micros", lambda: machine[0])
    clock.run_from(NEW_YEAR, speed=3_600)
    machine[0] += 2_000_000
    assert clock.now() == NEW_YEAR + timedelta(hours=2)


def test_a_clock_may_be_set_again_and_again(db: None) -> None:
    clock.freeze(NEW_YEAR)
    clock.freeze(NEW_YEAR + timedelta(days=1))
    assert clock.now() == NEW_YEAR + timedelta(days=1)


def test_going_back_to_real_time_forgets_the_simulation(db: None) -> None:
    clock.freeze(NEW_YEAR)
    clock.real_time()
    assert not clock.state().simulated
    assert clock.now() > NEW_YEAR + timedelta(days=365)


def test_a_clock_never_runs_backwards_nor_without_a_zone(db: None) -> None:
    with pytest.raises(InputError, match="0 or more"):
        clock.run_from(NEW_YEAR, speed=-1)
    with pytest.raises(InputError, match="no time zone"):
        clock.run_from(datetime(2020, 1, 1))  # noqa: DTZ001 - the error is the point
