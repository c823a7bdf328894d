"""The JSON API of the house, with its OpenAPI description at /api/docs."""

from importlib import import_module

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from rencheng.foundation import house
from rencheng.kernel.errors import (
    ConflictError,
    DataError,
    InputError,
    NotAllowed,
    RenchengError,
    Unavailable,
)

STATUS: dict[type[RenchengError], int] = {
    InputError: 422,
    DataError: 502,
    ConflictError: 409,
    NotAllowed: 403,
    Unavailable: 503,
}

api = NinjaAPI(
    title="Rencheng 韧城",
    version="1",
    description="What the city knows, as data. Aggregates are open; the rest asks who and why.",
    urls_namespace="api",
)


def _answer(request: HttpRequest, error: RenchengError) -> HttpResponse:
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), 500)
    return api.create_response(
        request, {"error": type(error).__name__, "message": str(error)}, status=status
    )


for _kind in STATUS:
    api.add_exception_handler(_kind, _answer)

for _service in house.services():
    if _service.routes is not None:
        _module, _, _name = _service.routes.partition(":")
        api.add_router(f"/{_service.name}", getattr(import_module(_module), _name))
