"""What every template sees."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from rencheng.foundation.web import preferences
from rencheng.foundation.web.menu import FOOTER_ITEMS, Entry, entries, items


class HouseContext:
    """The menus, worked out only where a template shows them."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def menu(self) -> list[Entry]:
        """Links of the main menu that this reader sees."""
        return entries(self._request, items())

    @cached_property
    def footer(self) -> list[Entry]:
        """Links at the foot of every page."""
        return entries(self._request, FOOTER_ITEMS)


class Preferences:
    """How the reader reads."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def large_text(self) -> bool:
        """Tell whether text is twice as large."""
        return preferences.large_text(self._request)


def house(request: HttpRequest) -> dict[str, Any]:
    """Give templates the menu and the reader's preferences."""
    return {"house": HouseContext(request), "prefs": Preferences(request)}
