"""How values look in the cells of a list."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rencheng.foundation.web.lists.column import Column, Kind, Row, Show
from rencheng.foundation.web.lists.label import Label, say
from rencheng.kernel.time import from_micros
from rencheng.kernel.words import Words


def cell(column: Column, row: Row) -> str:
    """Show the value of a column in a row."""
    value = column.of(row)
    if column.show is not None:
        return column.show(value, row)
    return plain(value, column.kind)


def plain(value: object, kind: Kind = "text") -> str:
    """
    Show a value as its kind is shown.

    Examples
    --------
    >>> plain(85209, "integer"), plain(0.125, "share"), plain(3.0, "real")
    ('85,209', '12.5%', '3')
    """
    if value is None:
        # The style sheet puts a dash into an empty cell, and leaves the line out on a phone.
        return ""
    if isinstance(value, Words):
        return say(value)
    if kind == "share" and isinstance(value, (int, float)):
        return f"{100 * value:.3g}%"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int) and kind == "instant":
        return instant(from_micros(value))
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def instant(value: datetime) -> str:
    """Show an instant as local time; its zone stands beside it for machines."""
    local = timezone.localtime(value)
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), local.strftime("%Y-%m-%d %H:%M")
    )


def link(to: Callable[[Row], str | None], text: Show | None = None) -> Show:
    """Show a value as a link to where ``to`` says; without an address it is only text."""

    def show(value: object, row: Row) -> str:
        url = to(row)
        shown = text(value, row) if text is not None else plain(value) or "—"
        return shown if url is None else format_html('<a href="{}">{}</a>', url, shown)

    return show


def words(labels: Mapping[str, Label]) -> Show:
    """Show a code as its words."""
    return lambda value, _row: say(labels[str(value)]) if str(value) in labels else plain(value)


def code(value: object, _row: Row) -> str:
    """Show a name that machines use."""
    return format_html("<code>{}</code>", value) if value else plain(value)


def level(of: Callable[[object, Row], tuple[str, Label]]) -> Show:
    """Show a value as a level: red, orange, yellow, blue or done, with its own words."""

    def show(value: object, row: Row) -> SafeString:
        colour, text = of(value, row)
        return format_html('<span class="level level-{}">{}</span>', colour, say(text))

    return show
