"""Fields of a kind as the catalogue describes them."""

import math

from rencheng.foundation.memory.catalogue.data_set import FieldCard
from rencheng.foundation.memory.kinds import Choice, Count, Field, Kind, Number, Text
from rencheng.kernel.words import Words

COUNT = Words("整数", "whole number")
NUMBER = Words("小数", "number")
TEXT = Words("文字", "text")
CHOICE = Words("选项", "choice")
INSTANT = Words("时刻", "instant")
PLACE = Words("地点", "place")


def cards_of(kind: Kind) -> tuple[FieldCard, ...]:
    """Describe what a kind's observations hold, the place or subject and the instant first."""
    if kind.subject == "place":
        about = FieldCard("place", Words("地点", "place"), PLACE)
    else:
        about = FieldCard("subject", Words("对象（假名）", "subject (pseudonym)"), TEXT)
    when = FieldCard("event_at", Words("发生时刻", "when it happened"), INSTANT, "UTC")
    return (about, when, *(_card(field) for field in kind.fields))


def _card(field: Field) -> FieldCard:
    kind, limits = TEXT, ""
    if isinstance(field, Number):
        kind = COUNT if isinstance(field, Count) else NUMBER
        limits = _limits(field.low, field.high)
    elif isinstance(field, Choice):
        kind, limits = CHOICE, ", ".join(field.options)
    elif isinstance(field, Text):
        limits = field.pattern or f"≤ {field.longest}"
    return FieldCard(field.name, field.title, kind, field.unit, limits, field.required)


def _limits(low: float, high: float) -> str:
    """
    Write a range.

    Examples
    --------
    >>> _limits(0, 2**53), _limits(-5, 5), _limits(-math.inf, math.inf)
    ('≥ 0', '-5 – 5', '')
    """
    bottom = "" if math.isinf(low) else f"{low:,.10g}"
    # No count reaches this; saying it would only puzzle.
    top = "" if math.isinf(high) or high >= 2**53 else f"{high:,.10g}"
    if bottom and top:
        return f"{bottom} – {top}"
    return f"≥ {bottom}" if bottom else f"≤ {top}" if top else ""
