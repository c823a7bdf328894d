"""One figure, asked for in words and answered with all that is known about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from rencheng.foundation.memory.indicators.api import figure, spec_named
from rencheng.foundation.memory.sources.api import all_sources
from rencheng.foundation.places import api as places
from rencheng.kernel.time import day_end, local_day, parse_day, to_micros, zone


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for a figure: the place, the indicator, and as of when (microseconds)."""

    place_id: int
    code: str
    zh: str
    en: str
    tz: str
    name: str
    as_known: int | None
    at: int | None

    @classmethod
    def read(cls, place: str, name: str, as_known: str | None, at: str | None) -> "Asked":
        """
        Understand the words of a question; days end when they end at the place.

        Raises
        ------
        InputError
            If the place, the indicator or a day is not known.
        """
        spec_named(name)
        found = places.find(place)
        tz = found.tz or settings.TIME_ZONE
        return cls(
            place_id=found.id,
            code=found.code,
            zh=found.words.zh,
            en=found.words.en,
            tz=tz,
            name=name,
            as_known=None if as_known is None else day_end(parse_day(as_known), tz),
            at=None if at is None else day_end(parse_day(at), tz) - 1,
        )

    @property
    def words(self) -> str:
        """The place in both languages."""
        return both({"zh": self.zh, "en": self.en})


def known(asked: Asked) -> dict[str, Any] | None:
    """Answer a question with a JSON object, or None where nothing is known."""
    found = figure(asked.name, asked.place_id, at=asked.at, as_known=asked.as_known)
    if found is None:
        return None
    source = all_sources().get(found.source_id) if found.source_id is not None else None
    return {
        "place": {"code": asked.code, "zh": asked.zh, "en": asked.en, "tz": asked.tz},
        "indicator": found.indicator,
        "title": {"zh": found.title.zh, "en": found.title.en},
        "value": number(found.value),
        "low": None if found.low is None else number(found.low),
        "high": None if found.high is None else number(found.high),
        "unit": {"zh": found.unit.zh, "en": found.unit.en},
        "valid_day": local_day(to_micros(found.valid_at), asked.tz).isoformat(),
        "valid_at": _local(found.valid_at, asked.tz),
        "known_since": _local(found.known_at, asked.tz),
        "source": source.name if source else None,
        "formula": f"{found.indicator} v{found.formula}",
    }


def both(words: Mapping[str, str]) -> str:
    """Say words in both languages, once where they are the same."""
    return " ".join(dict.fromkeys((words["zh"], words["en"])))


def number(value: float) -> int | float:
    """Give a whole number as one: 19558, not 19558.0."""
    return int(value) if value.is_integer() else value


def described(found: dict[str, Any]) -> str:
    """Write an answer for people; its first line is the bare number."""
    value, unit, title = found["value"], found["unit"], found["title"]
    interval = "none stated"
    if found["low"] is not None and found["high"] is not None:
        interval = f"{found['low']:,} to {found['high']:,}"
    lines = [
        str(value),
        f"{both(found['place'])}, {both(title)}: {value:,} {both(unit)}",
        f"  interval     {interval}",
        f"  valid        {found['valid_day']}",
        f"  known since  {found['known_since']}",
        f"  source       {found['source'] or 'computed from other figures'}",
        f"  formula      {found['formula']}",
    ]
    return "\n".join(lines)


def _local(instant: datetime, tz: str) -> str:
    return instant.astimezone(zone(tz)).isoformat(timespec="seconds")
