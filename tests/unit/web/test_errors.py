"""When things go wrong the page says so in plain words, and needs nothing that may be broken."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path, set_urlconf

from rencheng.assembly import urls
from rencheng.foundation.guard.models import Account
from rencheng.foundation.web.access import embeddable, public, staff_only
from rencheng.kernel.errors import (
    ConflictError,
    DataError,
    InputError,
    NotAllowed,
    RenchengError,
    Unavailable,
)
from tests.unit.web.conftest import reader

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")


class Broken(RuntimeError):
    """Nobody expected this."""


@pytest.fixture
def page_that() -> Iterator[Callable[[Exception], str]]:
    """Give a function that mounts a page raising an error and gives its address."""
    before = list(urls.urlpatterns)

    def mount(error: Exception) -> str:
        @public
        def view(request: HttpRequest) -> HttpResponse:
            raise error

        urls.urlpatterns.append(path("broken/", view))
        clear_url_caches()
        return "/broken/"

    yield mount
    urls.urlpatterns[:] = before
    clear_url_caches()
    set_urlconf(None)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (InputError("sort is 'x'"), 400),
        (NotAllowed("not yours"), 403),
        (ConflictError("too late"), 409),
        (DataError("torn file"), 502),
        (Unavailable("away"), 503),
        (OperationalError("database is locked"), 503),
        (Broken("secret detail"), 500),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_error_has_its_page_in_both_languages(
    page_that: Callable[[Exception], str], error: Exception, status: int, language: str
) -> None:
    client = reader(language)
    client.raise_request_exception = False
    answer = client.get(page_that(error))
    page = answer.content.decode()
    assert answer.status_code == status
    assert answer["X-Request-Id"] in page
    assert ('<html lang="en"' in page) == (language == "en")
    assert "secret detail" not in page
    assert "Traceback" not in page
    if isinstance(error, RenchengError):
        assert str(error).replace("'", "&#x27;") in page
    assert (status == 503) == ("Retry-After" in answer.headers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_page_says_what_to_do(language: str) -> None:
    page = reader(language).get("/nothing").content.decode()
    assert ("old or mistyped" if language == "en" else "打错") in page


def test_programs_get_their_errors_as_json(page_that: Callable[[Exception], str]) -> None:
    client = reader()
    answer = client.get(page_that(InputError("day 'x'")), headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert answer.json()["message"] == "day 'x'"
    assert client.get("/api/nothing").json()["error"] == "NotFound"


def test_the_sorry_page_needs_no_database(
    page_that: Callable[[Exception], str], monkeypatch: pytest.MonkeyPatch, staff: Account
) -> None:
    client = reader()
    client.raise_request_exception = False
    client.force_login(staff)
    address = page_that(Broken())

    def away(*_: object, **__: object) -> None:
        raise OperationalError("unable to open database file")

    monkeypatch.setattr("django.db.models.sql.compiler.SQLCompiler.execute_sql", away)
    # The session cannot be read, so this is a database that is away, not a broken page.
    answer = client.get(address)
    assert answer.status_code == 503
    assert "We are busy" in answer.content.decode()
    assert client.get("/").status_code == 503


def test_a_strangers_broken_page_asks_the_database_for_nothing(
    page_that: Callable[[Exception], str], django_assert_num_queries: Callable[[int], Any]
) -> None:
    client = reader()
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        assert client.get(page_that(Broken())).status_code == 500


def test_staff_pages_send_strangers_to_sign_in_and_tell_others_what_is_missing(
    page_that: Callable[[Exception], str], stranger: Client, resident: Account
) -> None:
    @staff_only
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("inside")

    page_that(Broken())
    urls.urlpatterns.append(path("inside/", view))
    clear_url_caches()
    assert stranger.get("/inside/?a=1")["Location"] == "/sign-in/?next=/inside/%3Fa%3D1"
    stranger.force_login(resident)
    answer = stranger.get("/inside/")
    assert answer.status_code == 403
    assert "ask whoever gave you your account" in answer.content.decode()


def test_an_embeddable_page_may_be_framed_and_takes_its_language_from_its_address(
    page_that: Callable[[Exception], str], stranger: Client
) -> None:
    @embeddable
    @public
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.LANGUAGE_CODE)

    page_that(Broken())
    urls.urlpatterns.append(path("frame/", view))
    clear_url_caches()
    answer = stranger.get("/frame/?lang=zh")
    assert answer.content == b"zh-hans"
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert stranger.get("/frame/?lang=xx").content == b"en"
