"""Each request has a number that stands in the logs and on the page that says sorry."""

import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

HEADER: Final = "X-Request-Id"
# What a proxy in front of us may have given; anything else could forge lines of the log.
GIVEN: Final = re.compile(r"[A-Za-z0-9._-]{4,64}")

_current: ContextVar[str] = ContextVar("request_number", default="-")


def number() -> str:
    """Give the number of the request being answered in this thread, or ``-``."""
    return _current.get()


def address(request: HttpRequest) -> str:
    """
    Give the address a request comes from.

    Behind the proxy that ends TLS it is what that proxy wrote last into X-Forwarded-For; all before
    it was written by the caller and may be invented.
    """
    if settings.SECURE_PROXY_SSL_HEADER is not None:
        forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR", ""))


class RequestNumber:
    """Numbers every request; stands before all other middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a request under its number."""
        given = request.headers.get(HEADER, "")
        # Stays until the thread's next request: Django writes of 404 and 500 after all middleware.
        _current.set(given if GIVEN.fullmatch(given) else secrets.token_hex(6))
        response = self.get_response(request)
        response.headers[HEADER] = number()
        return response


class WithRequestNumber(logging.Filter):
    """Puts the number of the request into each line of the log as ``%(request_number)s``."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the number; keeps every record."""
        # Django hands the request itself to some records under the same name.
        record.request_number = number()
        return True
