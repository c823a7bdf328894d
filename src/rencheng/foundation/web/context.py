"""What every template sees."""

from typing import Any

from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """Give templates the menu and the reader's preferences."""
    return {"house": {"menu": []}}
