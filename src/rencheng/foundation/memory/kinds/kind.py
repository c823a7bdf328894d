"""The shape of a kind and of its fields."""

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from rencheng.kernel.errors import InputError
from rencheng.kernel.words import NO_WORDS, Words

FieldValue = int | float | str
SubjectOf = Literal["place", "person", "device", "thing"]


class Sensitivity(StrEnum):
    """How carefully a kind is handled; the order is from open to closed."""

    AGGREGATE = "aggregate"
    INTERNAL = "internal"
    PERSONAL = "personal"
    SENSITIVE = "sensitive"


class Purpose(StrEnum):
    """What data may be used for; every read names one."""

    EPIDEMIC_CONTROL = "epidemic_control"
    PUBLIC_INFORMATION = "public_information"
    CITY_SERVICE = "city_service"
    CARE = "care"
    RESEARCH = "research"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(ABC):
    """One named value of a kind. Use `Count`, `Number`, `Text` or `Choice`."""

    name: str
    title: Words
    unit: str = ""
    required: bool = True

    @abstractmethod
    def refusal(self, value: object) -> str | None:
        """Say what the value should be, or None where it is good. ``value`` is never None."""

    def parse(self, text: str) -> FieldValue:
        """Read the value from the text of a file; the text itself where it cannot be read."""
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Field):
    """A finite number between ``low`` and ``high``, in ``unit``."""

    low: float = -math.inf
    high: float = math.inf

    def refusal(self, value: object) -> str | None:
        """Say what the value should be, or None where it is good."""
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return "a number"
        if not math.isfinite(value):
            return "a finite number"
        if not self.low <= value <= self.high:
            return f"between {self.low:g} and {self.high:g} {self.unit}".rstrip()
        return None

    def parse(self, text: str) -> FieldValue:
        """Read the value from the text of a file; the text itself where it cannot be read."""
        try:
            return float(text)
        except ValueError:
            return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Number):
    """A whole number of things or people, 0 or more unless ``low`` says otherwise."""

    low: float = 0
    high: float = 2**53

    def refusal(self, value: object) -> str | None:
        """Say what the value should be, or None where it is good."""
        if isinstance(value, bool) or not isinstance(value, int):
            return "a whole number"
        if not self.low <= value <= self.high:
            return f"a whole number between {self.low:.0f} and {self.high:.0f}"
        return None

    def parse(self, text: str) -> FieldValue:
        """Read the value from the text of a file; the text itself where it cannot be read."""
        # Spreadsheets turn 5 into 5.0; that is the same count. 5.5 is not one.
        try:
            return int(text)
        except ValueError:
            pass
        try:
            number = float(text)
        except ValueError:
            return text
        return int(number) if number.is_integer() and abs(number) < 2**53 else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Field):
    """A text of at most ``longest`` characters, optionally of a ``pattern`` (full match)."""

    longest: int = 200
    pattern: str = ""

    def refusal(self, value: object) -> str | None:
        """Say what the value should be, or None where it is good."""
        if not isinstance(value, str):
            return "a text"
        if len(value) > self.longest:
            return f"a text of at most {self.longest} characters"
        if self.pattern and not re.fullmatch(self.pattern, value):
            return f"a text like {self.pattern}"
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Field):
    """One of a few codes; files may also use their labels in either language."""

    options: dict[str, Words]

    def refusal(self, value: object) -> str | None:
        """Say what the value should be, or None where it is good."""
        if isinstance(value, str) and value in self.options:
            return None
        return "one of " + ", ".join(self.options)

    def parse(self, text: str) -> FieldValue:
        """Read the value from the text of a file; the text itself where it cannot be read."""
        for code, label in self.options.items():
            if text in {code, label.zh, label.en}:
                return code
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """
    What one sort of observation may say.

    From this one declaration come validation, the catalogue entry, API documentation, masking and
    deletion. ``days_kept`` counts from the day the observation was received.

    Examples
    --------
    >>> kind = Kind(
    ...     name="air.pm25", title=Words("细颗粒物", "Fine particles"), subject="place",
    ...     fields=(Number(name="value", title=Words("浓度", "Concentration"), unit="µg/m3",
    ...                    low=0, high=2000),),
    ...     purpose=Purpose.CITY_SERVICE, sensitivity=Sensitivity.AGGREGATE, days_kept=3650,
    ... )
    >>> kind.refusals({"value": -3.0})
    [('value', '-3.0', 'between 0 and 2000 µg/m3')]
    """

    NAME: ClassVar[re.Pattern[str]] = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")

    name: str
    title: Words
    subject: SubjectOf
    fields: tuple[Field, ...]
    purpose: Purpose
    sensitivity: Sensitivity
    days_kept: int
    about: Words = NO_WORDS

    def __post_init__(self) -> None:
        if not self.NAME.fullmatch(self.name):
            raise InputError(f"kind name {self.name!r} should look like area.thing_measured")
        if len({field.name for field in self.fields}) != len(self.fields) or not self.fields:
            raise InputError(
                f"kind {self.name} should have fields of different names, at least one"
            )
        if self.days_kept < 1:
            raise InputError(
                f"kind {self.name} keeps {self.days_kept} days; it should keep 1 or more"
            )

    def field(self, name: str) -> Field:
        """Find a field by name, or raise `InputError` that lists the names."""
        for field in self.fields:
            if field.name == name:
                return field
        names = ", ".join(field.name for field in self.fields)
        raise InputError(f"kind {self.name} has no field {name!r}; it has {names}")

    def refusals(self, value: Mapping[str, object]) -> list[tuple[str, str, str]]:
        """List what is wrong with a value: (field, what it was, what it should be)."""
        wrong = []
        for field in self.fields:
            given = value.get(field.name)
            if given is None:
                if field.required:
                    wrong.append((field.name, "", "given; it is required"))
                continue
            should = field.refusal(given)
            if should is not None:
                wrong.append((field.name, str(given), should))
        known = {field.name for field in self.fields}
        wrong += [
            (name, str(given), f"absent; kind {self.name} has no such field")
            for name, given in value.items()
            if name not in known
        ]
        return wrong
