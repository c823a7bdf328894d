"""Numbers and days inside sentences, in both languages."""

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def people(amount: float) -> str:
    """
    Write a count with commas.

    Examples
    --------
    >>> people(13797.0)
    '13,797'
    """
    return f"{amount:,.0f}".replace("-", "−")


def signed(amount: float) -> str:
    """
    Write a change with its sign.

    Examples
    --------
    >>> signed(-948), signed(1290)
    ('−948', '+1,290')
    """
    return f"{amount:+,.0f}".replace("-", "−")


def day_zh(day: date) -> str:
    """
    Write a day in Chinese.

    Examples
    --------
    >>> day_zh(date(2020, 4, 17))
    '2020年4月17日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def day_en(day: date) -> str:
    """
    Write a day in English.

    Examples
    --------
    >>> day_en(date(2020, 4, 17))
    '17 April 2020'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def days_zh(first: date, last: date) -> str:
    """Write one day or a stretch of days in Chinese."""
    return day_zh(first) if first == last else f"{day_zh(first)}至{day_zh(last)}"


def days_en(first: date, last: date) -> str:
    """Write one day or a stretch of days in English."""
    return day_en(first) if first == last else f"{day_en(first)} to {day_en(last)}"
