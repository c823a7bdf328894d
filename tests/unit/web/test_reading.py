"""Language, text size, policy, numbers of requests."""

import logging

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from rencheng.foundation.guard.models import Account
from rencheng.foundation.web import menu
from tests.unit.web.conftest import reader

pytestmark = pytest.mark.django_db


def test_the_language_follows_the_browser_then_the_readers_choice() -> None:
    client = reader("en")
    assert '<html lang="en"' in client.get("/").content.decode()
    answer = client.post("/language/", {"language": "zh-hans", "next": "/sign-in/"})
    assert answer["Location"] == "/sign-in/"
    assert '<html lang="zh-CN"' in client.get("/").content.decode()


def test_switching_the_language_is_remembered_with_the_account(
    desk: Client, staff: Account
) -> None:
    desk.post("/language/", {"language": "zh-hans"})
    staff.refresh_from_db()
    assert staff.language == "zh-hans"
    desk.post("/language/", {"language": "xx"})
    staff.refresh_from_db()
    assert staff.language == "zh-hans"


def test_large_text_is_one_button_for_strangers_too(stranger: Client) -> None:
    answer = stranger.post(
        "/preferences/", {"large_text": "on"}, headers={"Referer": "http://testserver/sign-in/"}
    )
    assert answer["Location"] == "http://testserver/sign-in/"
    assert 'data-text="large"' in stranger.get("/").content.decode()
    answer = stranger.post(
        "/preferences/", {"large_text": "off"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 204
    assert 'data-text="large"' not in stranger.get("/").content.decode()


def test_every_page_carries_the_policy(stranger: Client) -> None:
    for address in ("/", "/nothing", "/healthz", "/api/docs"):
        headers = stranger.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy
        assert headers["X-Frame-Options"] == "DENY"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_request_has_a_number_on_the_answer_the_page_and_in_the_log(
    stranger: Client, caplog: pytest.LogCaptureFixture
) -> None:
    from rencheng.foundation.web.requests import WithRequestNumber

    caplog.handler.addFilter(WithRequestNumber())
    with caplog.at_level(logging.WARNING, logger="django.request"):
        answer = stranger.get("/nothing", headers={"X-Request-Id": "gate-17.a"})
    assert answer["X-Request-Id"] == "gate-17.a"
    assert "gate-17.a" in answer.content.decode()
    assert [getattr(record, "request_number", "") for record in caplog.records] == ["gate-17.a"]


def test_a_forged_request_number_is_not_taken(stranger: Client) -> None:
    forged = stranger.get("/", headers={"X-Request-Id": "a\tb<script>"})["X-Request-Id"]
    assert len(forged) == 12


def test_the_menu_leads_only_to_pages_that_exist() -> None:
    assert menu.missing_pages() == []


def test_staff_sees_more_of_the_menu_than_strangers(stranger: Client, desk: Client) -> None:
    assert 'href="/ledger/"' not in stranger.get("/").content.decode()
    assert 'href="/ledger/"' in desk.get("/").content.decode()
    assert 'aria-current="page">Catalogue' in stranger.get("/catalogue/").content.decode()


def test_addresses_for_machines_answer(stranger: Client) -> None:
    assert stranger.get("/healthz").json() == {"alive": True, "database": connection.vendor}
    assert stranger.get("/readyz").json() == {"ready": True, "migrations_waiting": 0}
    assert "Disallow: /api/" in stranger.get("/robots.txt").content.decode()
    assert stranger.get("/favicon.ico").status_code == 302
    assert get_resolver().resolve("/language/").url_name == "set_language"
