"""Pages for requests that went wrong: in both languages, in plain words, with what to do."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from rencheng.foundation.web.requests import number
from rencheng.kernel.errors import (
    ConflictError,
    DataError,
    InputError,
    NotAllowed,
    RenchengError,
    Unavailable,
)

STATUS: dict[type[RenchengError], int] = {
    InputError: 400,
    NotAllowed: 403,
    ConflictError: 409,
    DataError: 502,
    Unavailable: 503,
}
TRY_AGAIN_S = 20
_log = logging.getLogger(__name__)


def answer(request: HttpRequest, error: Exception) -> HttpResponse:
    """Answer an error of the house, or a database that is away, with its page."""
    if not isinstance(error, RenchengError):
        _log.error("the database does not answer: %s", error)
        return _page(request, 503)
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    if status >= 500:
        _log.error("%s: %s", type(error).__name__, error)
    return _page(request, status, detail=str(error))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be understood."""
    too_big = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent))
    return _page(request, 413 if too_big else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the reader may not see this, and what to do."""
    _log.info("not allowed: %s", exception)
    return _page(request, 403)


def no_permission(request: HttpRequest) -> HttpResponse:
    """Show what `forbidden` shows, for our own checks."""
    return _page(request, 403)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form came without the proof that our page sent it (CSRF), and what to do."""
    _log.warning("form refused: %s", reason)
    return _page(request, 403, template="web/errors/form_expired.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    # What Django says of it names patterns of addresses; that helps nobody who reads pages.
    _log.debug("not found: %s", exception)
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed, without details; a database that is away is said to be away."""
    error = sys.exc_info()[1]
    away = isinstance(error, (OperationalError, InterfaceError, Unavailable))
    return _page(request, 503 if away else 500)


def _page(
    request: HttpRequest, status: int, *, detail: str = "", template: str = ""
) -> HttpResponse:
    if _wants_json(request):
        said = detail or _MESSAGES.get(status, "")
        body = {"error": _NAMES.get(status, "Failed"), "message": said, "request": number()}
        response: HttpResponse = JsonResponse(body, status=status)
    else:
        context = {"status": status, "detail": detail, "request_number": number()}
        # Pages of our own failures stand alone: they need no database, session or menu.
        with_request = request if status < 500 else None
        text = render_to_string(template or f"web/errors/{status}.html", context, with_request)
        response = HttpResponse(text, status=status)
    if status == 503:
        response.headers["Retry-After"] = str(TRY_AGAIN_S)
    return response


def _wants_json(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or accepts.startswith("application/json")


_NAMES = {
    400: "BadRequest",
    403: "NotAllowed",
    404: "NotFound",
    409: "ConflictError",
    413: "TooLarge",
    502: "DataError",
    503: "Unavailable",
}
_MESSAGES = {
    400: "The request could not be understood.",
    403: "You may not do this.",
    404: "There is nothing at this address.",
    409: "This clashes with what somebody else has done meanwhile.",
    413: "The request is too large.",
    500: "Something failed on our side. It has been written down under the number given here.",
    502: "A source of data is bad.",
    503: "Something needed is away for now. Try again in a few moments.",
}
