"""Filters of a list: what the reader may narrow it by."""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rencheng.foundation.places import api as places
from rencheng.foundation.web.lists.conditions import Between, Condition, Holds, OneOf
from rencheng.foundation.web.lists.label import Label, say
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import day_end, day_start, parse_day

LONGEST: Final = 100
LARGEST: Final = 10.0**15
SEARCH: Final = gettext_lazy("Search")
PLACE: Final = gettext_lazy("Place")
Said = Mapping[str, Sequence[str]]


class Problem(Exception):
    """What is wrong with what the reader typed, in words for the reader."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a filter asks for, and how that reads on a chip."""

    conditions: tuple[Condition, ...]
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter(ABC):
    """A filter named ``name`` in addresses, over ``field`` of the rows (the name itself if "")."""

    template: ClassVar[str] = ""

    name: str
    label: Label
    field: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Name the parameters of the address that it reads."""
        return (self.name,)

    @property
    def fields(self) -> tuple[str, ...]:
        """Name the fields of the rows that it looks at."""
        return (self.field or self.name,)

    @abstractmethod
    def choose(self, said: Said) -> Chosen | None:
        """Read the parameters; None where nothing is asked. Raises `Problem`."""


def one(said: Said, parameter: str) -> str:
    """Give the last value of a parameter without blanks around it, "" where there is none."""
    values = said.get(parameter) or [""]
    text = values[-1].strip()
    if len(text) > LONGEST:
        raise Problem(_("At most %(count)d characters, please.") % {"count": LONGEST})
    if not text.isprintable():
        raise Problem(_("This holds characters that cannot be read."))
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Search(Filter):
    """
    A text that one of ``over`` must hold, every word of it.

    ``begins`` looks at the beginning of the field only; a million rows are then searched by index.
    """

    template: ClassVar[str] = "web/lists/filters/search.html"

    name: str = "q"
    label: Label = SEARCH
    over: tuple[str, ...]
    begins: bool = False
    hint: Label = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """Name the fields that are searched."""
        return self.over

    def choose(self, said: Said) -> Chosen | None:
        """Ask for every word of the text."""
        text = one(said, self.name)
        if not text:
            return None
        parts = [text] if self.begins else text.split()
        return Chosen(tuple(Holds(self.over, part, self.begins) for part in parts), text)


Options = Sequence[tuple[str, Label]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Filter):
    """
    One of a few values.

    ``options`` are pairs of a code in the address and its words, or a function giving them;
    ``means`` turns a code into the value the rows have.
    """

    template: ClassVar[str] = "web/lists/filters/choice.html"

    options: Options | Callable[[], Options]
    means: Callable[[str], object] = str

    def listed(self) -> list[tuple[str, str]]:
        """Give codes and words in the reader's language."""
        options = self.options() if callable(self.options) else self.options
        return [(code, say(label)) for code, label in options]

    def choose(self, said: Said) -> Chosen | None:
        """Ask for the chosen value."""
        code = one(said, self.name)
        if not code:
            return None
        words = dict(self.listed())
        if code not in words:
            raise Problem(_("There is no such choice. Choose one of the list."))
        return Chosen((OneOf(self.fields[0], (self.means(code),)),), words[code])


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberRange(Filter):
    """A number from … to …, both included."""

    template: ClassVar[str] = "web/lists/filters/number.html"

    unit: Label = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Name the parameters of the smallest and the largest number."""
        return (f"{self.name}_min", f"{self.name}_max")

    def choose(self, said: Said) -> Chosen | None:
        """Ask for numbers between the two."""
        low, high = (_number(one(said, parameter)) for parameter in self.parameters)
        if low is None and high is None:
            return None
        if low is not None and high is not None and low > high:
            raise Problem(_("The first number is larger than the second; no row fits."))
        text = f"{'' if low is None else f'{low:g}'}–{'' if high is None else f'{high:g}'}"
        return Chosen((Between(self.fields[0], low=low, high=high),), text)


def _number(text: str) -> float | int | None:
    if not text:
        return None
    try:
        value = float(text.replace(",", "").replace("，", ""))
    except ValueError:
        raise Problem(_("This is not a number.")) from None
    if not math.isfinite(value) or abs(value) > LARGEST:
        raise Problem(_("This number is too large."))
    return int(value) if value.is_integer() else value


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange(Filter):
    """
    From one day to another, both included, in the city's own time.

    ``of_instants`` where the rows hold instants (int64 microseconds or aware times), False where
    they hold days.
    """

    template: ClassVar[str] = "web/lists/filters/date.html"

    of_instants: bool = True

    @property
    def parameters(self) -> tuple[str, ...]:
        """Name the parameters of the first and the last day."""
        return (f"{self.name}_from", f"{self.name}_to")

    def choose(self, said: Said) -> Chosen | None:
        """Ask for days or instants between the two days."""
        first, last = (_day(one(said, parameter)) for parameter in self.parameters)
        if first is None and last is None:
            return None
        if first is not None and last is not None and first > last:
            raise Problem(_("The first day is after the last; no row fits."))
        text = f"{first or ''} – {last or ''}"
        if not self.of_instants:
            return Chosen((Between(self.fields[0], low=first, high=last),), text)
        zone = settings.TIME_ZONE
        low = None if first is None else day_start(first, zone)
        below = None if last is None else day_end(last, zone)
        return Chosen((Between(self.fields[0], low=low, below=below),), text)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = parse_day(text)
    except InputError:
        raise Problem(_("This is not a day. Write it like 2020-02-13.")) from None
    if not 1900 <= day.year <= 2200:
        raise Problem(_("Choose a day between 1900 and 2200."))
    return day


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceUnder(Filter):
    """A place with everything under it, by name or code; over a field of place numbers."""

    template: ClassVar[str] = "web/lists/filters/place.html"

    name: str = "place"
    label: Label = PLACE
    field: str = "place_id"

    def choose(self, said: Said) -> Chosen | None:
        """Ask for the place and everything under it."""
        text = one(said, self.name)
        if not text:
            return None
        found = places.resolve_names([text])
        place_id = found.place_id[0]
        if place_id is None:
            raise Problem(say(found.problems[0]) if found.problems else _("Name a place."))
        ids = tuple(places.subtree_ids(place_id))
        return Chosen((OneOf(self.field, ids),), say(places.by_id(place_id).words))
