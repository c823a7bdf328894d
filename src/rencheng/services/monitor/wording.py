"""Figures and days as a reader sees them, in the reader's language."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language

from rencheng.engines.epidemic.arrays import FloatArray
from rencheng.engines.epidemic.growth import Direction
from rencheng.engines.epidemic.quality.saying import day_en, day_zh
from rencheng.kernel.words import Words
from rencheng.services.monitor.rates import Pace

Language = Literal["zh", "en"]
NOTHING = "—"
DIRECTIONS = {
    Direction.GROWING: Words("增长", "growing"),
    Direction.SHRINKING: Words("下降", "declining"),
    Direction.UNCLEAR: Words("增减不明", "not clearly growing"),
    Direction.UNKNOWN: Words("无法判断", "cannot tell"),
}
RATES = frozenset({"fatality_crude", "confirmed_per_million", "new_cases_week"})


def reader() -> Language:
    """Give the reader's language."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def amount(value: float | None, name: str = "") -> str:
    """
    Write a figure: counts with commas, rates with one digit, a dash for nothing.

    Examples
    --------
    >>> amount(85209.0), amount(5.4548, "fatality_crude"), amount(None)
    ('85,209', '5.5', '—')
    """
    if value is None or math.isnan(value):
        return NOTHING
    if name == "growth_rate":
        return f"{100 * value:+.1f}%".replace("-", "−")
    digits = 1 if name in RATES or name == "doubling_time_days" else 0
    return f"{value:,.{digits}f}".replace("-", "−")


def change(value: float | None, name: str = "") -> str:
    """
    Write a change with its sign; nothing for none known.

    Examples
    --------
    >>> change(-948.0), change(0.0), change(None)
    ('−948', '±0', '')
    """
    if value is None or math.isnan(value):
        return ""
    if round(value, 1 if name in RATES else 0) == 0:
        return "±0"
    digits = 1 if name in RATES else 0
    return f"{value:+,.{digits}f}".replace("-", "−")


def numbers(values: FloatArray | Sequence[float]) -> list[float | int | None]:
    """
    Give figures as JSON has them: null for nothing, whole numbers without a point.

    Examples
    --------
    >>> numbers([5.0, math.nan, 0.25])
    [5, None, 0.25]
    """
    return [
        None if math.isnan(one) else int(one) if float(one).is_integer() else round(float(one), 4)
        for one in values
    ]


def spark(values: Iterable[float]) -> str:
    """
    Give figures as a sparkline takes them.

    Examples
    --------
    >>> spark([1.0, math.nan, 2.5])
    '1,,2.5'
    """
    return ",".join("" if math.isnan(one) else f"{one:g}" for one in values)


def day_text(day: date, language: Language) -> str:
    """Write a day."""
    return day_zh(day) if language == "zh" else day_en(day)


def known_text(instant: datetime, language: Language) -> str:
    """
    Write when something became known.

    The end of a day is the first instant of the next; people call it the day before, 24:00.
    """
    local = instant.astimezone(ZoneInfo(settings.TIME_ZONE))
    if local.hour == local.minute == local.second == local.microsecond == 0:
        return f"{day_text((local - timedelta(days=1)).date(), language)} 24:00"
    return f"{day_text(local.date(), language)} {local:%H:%M}"


def growth_text(pace: Pace, language: Language) -> str:
    """Say how fast cases grow or decline, with the interval, or that it cannot be told."""
    if pace.direction is Direction.GROWING:
        days, low, high = (_days(value) for value in pace.doubling)
        said = Words(f"{days} 天翻倍（{low}–{high}）", f"doubles in {days} d ({low}–{high})")
        return said.say(language)
    if pace.direction is Direction.SHRINKING:
        days, low, high = (_days(value) for value in pace.halving)
        said = Words(f"{days} 天减半（{low}–{high}）", f"halves in {days} d ({low}–{high})")
        return said.say(language)
    return DIRECTIONS[pace.direction].say(language)


def _days(value: float) -> str:
    return f"{value:.1f}" if value < 100 else f"{value:.0f}"
