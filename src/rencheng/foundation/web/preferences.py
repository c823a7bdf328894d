"""The reader's language and text size: in a cookie for strangers, in the account for others."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from rencheng.foundation.web.access import public

LARGE_TEXT: Final = "rencheng_large_text"
YEAR_S: Final = 365 * 24 * 3600


def large_text(request: HttpRequest) -> bool:
    """Tell whether the reader wants large text."""
    if request.user.is_authenticated:
        return request.user.large_text
    return request.COOKIES.get(LARGE_TEXT) == "1"


def language_of_account(request: HttpRequest) -> str | None:
    """Give the language a signed-in reader has chosen, if it is one of ours."""
    if not request.user.is_authenticated:
        return None
    chosen = request.user.language
    return chosen if chosen in dict(settings.LANGUAGES) else None


def remember_language(request: HttpRequest, language: str) -> None:
    """Store a signed-in reader's language with the account."""
    if request.user.is_authenticated and language in dict(settings.LANGUAGES):
        request.user.language = language
        request.user.save(update_fields=["language"])


def remember_large_text(request: HttpRequest, response: HttpResponse, on: bool) -> None:
    """Store the text size in a cookie, and with the account of a signed-in reader."""
    response.set_cookie(
        LARGE_TEXT,
        "1" if on else "0",
        max_age=YEAR_S,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )
    if request.user.is_authenticated:
        request.user.large_text = on
        request.user.save(update_fields=["large_text"])


def safe_next(request: HttpRequest, otherwise: str) -> str:
    """Give the address to go on to, as the reader's form says, if it is on this site."""
    said = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        said, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return said if said and ours else otherwise


def came_from(request: HttpRequest) -> str:
    """Give the page of ours that the reader was on, or the home page."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return referer if referer and ours else reverse("web:home")


@public
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Set the text size (``large_text`` on or off) and go back to where the reader was."""
    if request.headers.get("Accept", "").startswith("application/json"):
        response = HttpResponse(status=204)
    else:
        response = redirect(safe_next(request, came_from(request)))
    if "large_text" in request.POST:
        remember_large_text(request, response, request.POST["large_text"] == "on")
    return response


@public
@require_POST
def switch_language(request: HttpRequest) -> HttpResponse:
    """Switch the language by Django's own view; a signed-in reader's account remembers it."""
    language = request.POST.get("language", "")
    remember_language(request, language)
    return set_language(request)
