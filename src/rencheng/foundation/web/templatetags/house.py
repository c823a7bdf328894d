"""Filters for templates."""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.utils.translation import gettext, ngettext

from rencheng.foundation.web.lists import show
from rencheng.foundation.web.lists.label import Label
from rencheng.foundation.web.lists.label import say as say_label
from rencheng.kernel.time import SECOND, Micros

register = template.Library()
DASH = "—"


@register.filter
def say(label: Label) -> str:
    """Give words of data in the reader's language."""
    return say_label(label)


@register.filter
def number(value: float | None) -> str:
    """Show a number with its thousands apart."""
    return show.plain(value) or DASH


@register.filter
def share(value: float | None) -> str:
    """Show a share from 0 to 1 in per cent."""
    return show.plain(value, "share") or DASH


@register.filter
def instant(value: datetime | None) -> str:
    """Show an instant as local time."""
    return show.plain(value, "instant") or DASH


@register.filter
def span(value: Micros | None) -> str:
    """Show a length of time in its largest unit; a minus where something came before its time."""
    if value is None:
        return DASH
    seconds = abs(value) // SECOND
    sign = "-" if value < 0 else ""
    if seconds >= 86_400:
        count = round(seconds / 86_400)
        return sign + ngettext("%(count)d day", "%(count)d days", count) % {"count": count}
    if seconds >= 3_600:
        count = round(seconds / 3_600)
        return sign + ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count}
    if seconds < 60:
        return gettext("less than a minute")
    count = round(seconds / 60)
    return sign + ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}


@register.filter
def of(key: object, names: Mapping[object, str]) -> str:
    """Look a number up in a table of names; a dash where it is not there."""
    return names.get(key) or DASH
