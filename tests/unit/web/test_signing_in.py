"""Signing in, out, and one's own account."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from rencheng.foundation.guard.models import Account
from rencheng.foundation.memory import clock
from tests.unit.web.conftest import PASSWORD, reader

pytestmark = pytest.mark.django_db
NOON = datetime(2020, 2, 13, 4, 0, tzinfo=UTC)


def sign_in(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post("/sign-in/", {"username": "wang", "password": password, **more})


def test_who_knows_the_password_gets_in_and_goes_where_they_were_heading(
    stranger: Client, staff: Account
) -> None:
    answer = sign_in(stranger, next="/account/?a=1")
    assert (answer.status_code, answer["Location"]) == (302, "/account/?a=1")
    assert stranger.get("/account/").status_code == 200


@pytest.mark.parametrize(
    "away", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "/\\x.y"]
)
def test_nobody_is_led_away_from_this_site(stranger: Client, staff: Account, away: str) -> None:
    assert sign_in(stranger, next=away)["Location"] == "/"


def test_a_wrong_password_is_told_in_words_and_opens_nothing(
    stranger: Client, staff: Account
) -> None:
    answer = sign_in(stranger, "wrong")
    assert "do not belong together" in answer.content.decode()
    assert (
        "密码"
        in reader("zh-hans")
        .post("/sign-in/", {"username": "wang", "password": "x"})
        .content.decode()
    )
    assert stranger.get("/account/").status_code == 302


def test_an_account_that_does_not_exist_looks_like_a_wrong_password(
    stranger: Client, staff: Account
) -> None:
    known = stranger.post("/sign-in/", {"username": "wang", "password": "wrong"})
    strange = stranger.post("/sign-in/", {"username": "nobody", "password": "wrong"})
    assert known.content.count(b"do not belong together") == 1
    assert strange.content.count(b"do not belong together") == 1


def test_after_five_wrong_tries_even_the_right_password_waits_and_the_page_says_how_long(
    stranger: Client, staff: Account
) -> None:
    clock.freeze(NOON)
    for _ in range(5):
        assert sign_in(stranger, "wrong").status_code == 200
    answer = sign_in(stranger)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "Wait 15 minutes" in answer.content.decode()
    assert "12:15:00" in answer.content.decode()
    clock.freeze(NOON + timedelta(minutes=15))
    assert sign_in(stranger).status_code == 302


def test_behind_a_proxy_one_callers_guesses_do_not_lock_the_others_out(
    staff: Account, settings: Settings
) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def from_address(address: str) -> Client:
        return Client(headers={"X-Forwarded-For": f"10.9.9.9, {address}"})

    for _ in range(6):
        last = sign_in(from_address("192.0.2.1"), "wrong")
    assert last.status_code == 429
    assert sign_in(from_address("192.0.2.2")).status_code == 302


def test_without_a_proxy_nobody_invents_another_address(staff: Account) -> None:
    for guess in range(6):
        last = sign_in(Client(headers={"X-Forwarded-For": f"192.0.2.{guess}"}), "wrong")
    assert last.status_code == 429


def test_a_closed_account_does_not_open(stranger: Client, staff: Account) -> None:
    Account.objects.update(is_active=False)
    assert sign_in(stranger).status_code == 200


def test_signing_out_takes_a_form_and_ends_the_session(desk: Client) -> None:
    assert desk.get("/sign-out/").status_code == 405
    assert desk.post("/sign-out/")["Location"] == "/"
    assert desk.get("/account/").status_code == 302


def test_a_form_from_another_site_is_refused_in_words(staff: Account) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    answer = strict.post("/sign-in/", {"username": "wang", "password": PASSWORD})
    assert answer.status_code == 403
    assert "too old" in answer.content.decode()


def test_a_new_password_keeps_this_browser_and_signs_out_the_others(
    desk: Client, staff: Account
) -> None:
    other = reader()
    other.force_login(staff)
    new = "another simple sentence"
    answer = desk.post(
        "/account/",
        {
            "form": "password",
            "old_password": PASSWORD,
            "new_password1": new,
            "new_password2": new,
        },
    )
    assert answer.status_code == 302
    assert desk.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert sign_in(reader(), new).status_code == 302


def test_a_weak_password_is_refused_beside_its_field(desk: Client) -> None:
    answer = desk.post(
        "/account/",
        {
            "form": "password",
            "old_password": PASSWORD,
            "new_password1": "short",
            "new_password2": "short",
        },
    )
    assert answer.status_code == 422
    assert "at least 12 characters" in answer.content.decode()


def test_language_and_text_size_stay_with_the_account(desk: Client, staff: Account) -> None:
    desk.post("/account/", {"form": "reading", "language": "zh-hans", "large_text": "on"})
    elsewhere = reader()
    elsewhere.force_login(staff)
    page = elsewhere.get("/account/").content.decode()
    assert '<html lang="zh-CN"' in page
    assert 'data-text="large"' in page
