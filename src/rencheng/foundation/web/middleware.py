"""What every request passes: whom it is for, in which language, under which policy."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponseBase
from django.utils import translation

from rencheng.foundation.web import errors, policy, preferences
from rencheng.foundation.web.access import EMBEDDABLE
from rencheng.kernel.errors import RenchengError


class HouseMiddleware:
    """Sets the reader's language, answers our own errors in words, and writes the policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            self._use(request, preferences.language_of_account(request))
        response = self.get_response(request)
        match = request.resolver_match
        policy.apply(response, embeddable=bool(match and getattr(match.func, EMBEDDABLE, False)))
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: object, _kwargs: object
    ) -> None:
        """Let a page in another site's frame say its language in its address."""
        said = request.GET.get("lang")
        if said is not None and getattr(view, EMBEDDABLE, False):
            ours = {code: code for code, _ in settings.LANGUAGES} | {"zh": "zh-hans"}
            self._use(request, ours.get(said))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """Answer an error of ours, or a database that is away, with a page in plain words."""
        if isinstance(error, (RenchengError, OperationalError, InterfaceError)):
            return errors.answer(request, error)
        return None

    @staticmethod
    def _use(request: HttpRequest, language: str | None) -> None:
        if language is not None:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
