"""Parameters that several operations share, and how they are read."""

from datetime import date, datetime
from typing import Annotated, Final

from django.conf import settings
from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from rencheng.kernel.errors import InputError
from rencheng.kernel.time import Micros, day_end, parse_day, to_micros
from rencheng.kernel.words import Words

MOST: Final = 1_000
Code = Annotated[str, Field(max_length=64)]
Name = Annotated[str, Field(max_length=120)]
Limit = Annotated[int, Field(ge=1, le=MOST, description=f"Rows to give, at most {MOST:,}")]
Day = Annotated[
    str, Field(max_length=10, pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="YYYY-MM-DD")
]
Number = Annotated[int, Field(ge=0, le=2**63 - 1)]


class Said(Schema):
    """Words in both languages."""

    zh: str
    en: str


def said(words: Words) -> Said:
    """Give words as the API says them."""
    return Said(zh=words.zh, en=words.en)


def day(text: str, parameter: str) -> date | None:
    """
    Read a day; None where nothing is said.

    Raises
    ------
    InputError
        If it is no day between 1900 and 2200; the message names the parameter.
    """
    if not text:
        return None
    try:
        found = parse_day(text)
    except InputError as error:
        raise InputError(f"{parameter}: {error}") from error
    if not 1900 <= found.year <= 2200:
        raise InputError(f"{parameter} is {text}; it should lie between 1900 and 2200")
    return found


def known_until(text: str, parameter: str = "as_known") -> Micros | None:
    """
    Read until when something was known: a day (its end, in the city's time) or an instant.

    Raises
    ------
    InputError
        If the text is neither; the message names the parameter.
    """
    if not text:
        return None
    try:
        if len(text) == 10:
            return day_end(parse_day(text), settings.TIME_ZONE) - 1
        instant = datetime.fromisoformat(text)
    except (InputError, ValueError, OverflowError) as error:
        raise InputError(
            f"{parameter} is {text[:40]!r}; it should be a day such as 2020-02-12 or an instant "
            "such as 2020-02-12T18:00:00+08:00"
        ) from error
    if instant.tzinfo is None:
        raise InputError(f"{parameter} is {text[:40]!r}; an instant should have an offset (+08:00)")
    return to_micros(instant)


def known_names_only(request: HttpRequest, schema: type[Schema]) -> None:
    """
    Refuse a parameter that the schema does not have.

    A misspelt ``as_known`` that is passed over would answer with today's figures.

    Raises
    ------
    InputError
        If the address holds another name; the message lists those there are.
    """
    names = {field.alias or name for name, field in schema.model_fields.items()}
    for given in request.GET:
        if given not in names:
            raise InputError(f"parameter {given!r} is unknown; use {', '.join(sorted(names))}")
