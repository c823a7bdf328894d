"""What the API says when it cannot answer: one shape, and the parameter named."""

from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from rencheng.foundation.web.requests import number
from rencheng.kernel.errors import (
    ConflictError,
    DataError,
    InputError,
    NotAllowed,
    RenchengError,
    Unavailable,
)

STATUS: Final[Mapping[type[RenchengError], int]] = {
    InputError: 422,
    DataError: 502,
    ConflictError: 409,
    NotAllowed: 403,
    Unavailable: 503,
}


class Problem(Schema):
    """Why there is no answer; ``request`` is the number under which our log knows it."""

    error: str
    message: str
    request: str
    parameters: dict[str, str] = {}


# What every operation may answer besides its own.
ASKED_WRONGLY: Final[dict[int, Any]] = {422: Problem}
NOT_FOUND: Final[dict[int, Any]] = {404: Problem, 422: Problem}
FOR_STAFF: Final[dict[int, Any]] = {401: Problem, 403: Problem, 404: Problem, 422: Problem}


def install(api: NinjaAPI) -> None:
    """Let an API answer every error in the one shape."""

    def answer(
        request: HttpRequest, status: int, error: str, message: str, **more: object
    ) -> HttpResponse:
        body = {"error": error, "message": message, "request": number(), "parameters": {}, **more}
        response = api.create_response(request, body, status=status)
        if status == 503:
            response.headers["Retry-After"] = "20"
        return response

    def ours(request: HttpRequest, error: object) -> HttpResponse:
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
        return answer(request, status, type(error).__name__, str(error))

    def invalid(request: HttpRequest, error: object) -> HttpResponse:
        found = error.errors if isinstance(error, ValidationError) else []
        wrong = {_parameter(one): _said(one) for one in found}
        message = "; ".join(f"{name}: {said}" for name, said in wrong.items())
        return answer(request, 422, "InputError", message, parameters=wrong)

    def missing(request: HttpRequest, error: object) -> HttpResponse:
        return answer(request, 404, "NotFound", str(error) or "there is nothing at this address")

    def stranger(request: HttpRequest, _error: object) -> HttpResponse:
        return answer(request, 401, "SignIn", "this is for staff; sign in first (/sign-in/)")

    def other(request: HttpRequest, error: object) -> HttpResponse:
        status = error.status_code if isinstance(error, HttpError) else 400
        return answer(request, status, "HttpError", str(error))

    for kind in STATUS:
        api.add_exception_handler(kind, ours)
    api.add_exception_handler(ValidationError, invalid)
    api.add_exception_handler(Http404, missing)
    api.add_exception_handler(HttpError, other)
    api.add_exception_handler(AuthenticationError, stranger)


def _parameter(error: Mapping[str, Any]) -> str:
    """Name the parameter of a complaint: the first word after where it stood."""
    names = [str(part) for part in error.get("loc", ()) if isinstance(part, str)]
    return names[-1] if names else "request"


def _said(error: Mapping[str, Any]) -> str:
    said = str(error.get("msg", "not understood"))
    return said.removeprefix("Value error, ")
