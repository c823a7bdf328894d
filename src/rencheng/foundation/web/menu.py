"""The main menu: the services in their order, then the rooms of the house itself."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from rencheng.foundation.house import services
from rencheng.foundation.service import MenuItem
from rencheng.foundation.web.access import is_staff
from rencheng.kernel.words import Words

HOUSE_ITEMS: Final = (
    MenuItem(url_name="places:index", title=Words("地点", "Places")),
    MenuItem(url_name="web:catalogue", title=Words("数据目录", "Catalogue")),
    MenuItem(url_name="web:ledger", title=Words("台账", "Ledger"), audience="staff"),
    MenuItem(url_name="jobs:list", title=Words("后台工作", "Jobs"), audience="staff"),
)
FOOTER_ITEMS: Final = (
    MenuItem(url_name="web:catalogue", title=Words("数据目录", "Data catalogue")),
    MenuItem(url_name="api:openapi-view", title=Words("数据接口", "JSON API")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of a menu as a template shows it."""

    url: str
    label: str
    current: bool


def items() -> tuple[MenuItem, ...]:
    """List the links of the main menu, for everybody and for staff."""
    return (*(item for service in services() for item in service.menu), *HOUSE_ITEMS)


def entries(request: HttpRequest, of: tuple[MenuItem, ...]) -> list[Entry]:
    """
    Give the links that a reader sees, in the reader's language.

    The current one is the longest address that the request's own begins with. A link to a page
    that does not exist is left out here and found by the system check `missing_pages`.
    """
    language = get_language() or ""
    staff = is_staff(request)
    seen = [
        (url, item.title.say(language))
        for item in of
        if (item.audience == "everyone" or staff) and (url := _address(item)) is not None
    ]
    here = max((url for url, _ in seen if _holds(url, request.path)), key=len, default=None)
    return [Entry(url, label, url == here) for url, label in seen]


def missing_pages() -> list[str]:
    """List the names of pages that menus point at and that do not exist."""
    return [item.url_name for item in (*items(), *FOOTER_ITEMS) if _address(item) is None]


def _address(item: MenuItem) -> str | None:
    try:
        return reverse(item.url_name)
    except NoReverseMatch:
        return None


def _holds(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))
