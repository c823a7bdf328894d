"""Pages for requests that went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "web/error.html", {"status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the request could not be understood."""
    return _page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the reader may not see this, and what to do."""
    return _page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is no such page."""
    return _page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Say that we failed, without details."""
    return _page(request, 500)
