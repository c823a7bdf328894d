"""Guessing passwords is slow."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from rencheng.foundation.guard.api import succeeded, try_sign_in
from rencheng.foundation.guard.models import Account, SignInTry
from rencheng.foundation.guard.throttle import TRIES, WINDOW
from rencheng.foundation.memory import clock

# Threads see only what is committed.
COMMITTED = (
    pytest.mark.usefixtures("own_database")
    if connections["default"].vendor == "sqlite"
    else pytest.mark.django_db(transaction=True)
)
NOON = datetime(2020, 2, 13, 4, 0, tzinfo=UTC)


def use_up(name: str = "wang", address: str = "10.0.0.1") -> None:
    for _ in range(TRIES):
        assert try_sign_in(name, address) == 0


@pytest.mark.django_db
def test_five_tries_are_heard_and_the_sixth_waits_a_quarter_of_an_hour() -> None:
    clock.freeze(NOON)
    use_up()
    assert try_sign_in("wang", "10.0.0.1") == WINDOW


@pytest.mark.django_db
def test_the_wait_ends_when_the_oldest_of_the_five_is_a_quarter_of_an_hour_old() -> None:
    clock.freeze(NOON)
    try_sign_in("wang", "10.0.0.1")
    clock.freeze(NOON + timedelta(minutes=10))
    for _ in range(4):
        try_sign_in("wang", "10.0.0.1")
    assert try_sign_in("wang", "10.0.0.1") == WINDOW // 3
    clock.freeze(NOON + timedelta(minutes=15))
    assert try_sign_in("wang", "10.0.0.1") == 0
    assert try_sign_in("wang", "10.0.0.1") > 0


@pytest.mark.django_db
def test_waiting_tries_do_not_lengthen_the_wait() -> None:
    clock.freeze(NOON)
    use_up()
    clock.freeze(NOON + timedelta(minutes=14))
    assert try_sign_in("wang", "10.0.0.1") == WINDOW // 15
    assert SignInTry.objects.count() == TRIES


@pytest.mark.django_db
def test_another_account_and_another_address_are_not_affected() -> None:
    use_up()
    assert try_sign_in("li", "10.0.0.1") == 0
    assert try_sign_in("wang", "10.0.0.2") == 0


@pytest.mark.django_db
def test_another_spelling_of_the_name_earns_no_more_tries() -> None:
    use_up("wang")
    assert try_sign_in(" WANG", "10.0.0.1") > 0


@pytest.mark.django_db
def test_success_forgets_the_tries() -> None:
    use_up()
    succeeded("wang", "10.0.0.1")
    use_up()


@pytest.mark.django_db
def test_a_clock_that_is_set_back_locks_nobody_out() -> None:
    clock.freeze(NOON)
    use_up()
    clock.freeze(NOON - timedelta(days=900))
    assert try_sign_in("wang", "10.0.0.1") == 0


@pytest.mark.django_db
def test_nothing_that_was_typed_is_kept() -> None:
    try_sign_in("my secret password", "10.0.0.1")
    assert "secret" not in SignInTry.objects.get().who


@COMMITTED
def test_many_guesses_at_once_get_no_more_looks_than_guesses_in_a_row() -> None:
    Account.objects.create_user("wang")
    name = connections["default"].settings_dict["NAME"]

    def guess(_: int) -> bool:
        connections["default"].settings_dict["NAME"] = name
        try:
            return try_sign_in("wang", "10.0.0.1") == 0
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(guess, range(40))) == TRIES
