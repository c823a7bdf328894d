"""What Django's system check asks of the web kit."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage
from django.core.checks import Warning as Caution

from rencheng.foundation.web.menu import missing_pages


def menus(_apps: Sequence[AppConfig] | None = None, **_: object) -> list[CheckMessage]:
    """Find menu links whose page does not exist."""
    return [
        Caution(
            f"the menu points at the page {name!r}, which does not exist",
            hint="Mount its urls, or mend the url_name of its MenuItem.",
            id="web.W001",
        )
        for name in missing_pages()
    ]
