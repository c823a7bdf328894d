"""What the reader asked of a list, read from the address of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from rencheng.foundation.web.lists.column import Column
from rencheng.foundation.web.lists.conditions import Condition, Order
from rencheng.foundation.web.lists.filters import Filter, Problem
from rencheng.foundation.web.lists.label import say
from rencheng.foundation.web.lists.spec import SIZES, ListSpec, Sort
from rencheng.kernel.errors import InputError


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set: its words, and the address of the list without it."""

    label: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class State:
    """
    The reader's wishes.

    ``said`` holds the parameters that differ from the beginning, in a fixed order, so that the
    same wishes always have the same address. ``problems`` are by name of the filter.
    """

    spec: ListSpec
    said: Mapping[str, tuple[str, ...]]
    conditions: tuple[Condition, ...]
    chosen: Mapping[str, str]
    problems: Mapping[str, str]
    sort: Sort
    descending: bool
    columns: tuple[Column, ...]
    size: int

    @property
    def order(self) -> Order:
        """Give the fields of the sort with their directions, the key last."""
        return self.spec.order(self.sort, self.descending)

    @property
    def sort_name(self) -> str:
        """Give the sort as addresses say it: ``-name`` from high to low."""
        return f"-{self.sort.name}" if self.descending else self.sort.name

    def url(self, **changes: str | Sequence[str] | None) -> str:
        """Give the address of this list with some parameters changed; None takes one away."""
        wanted: dict[str, Any] = {**self.said, **changes}
        pairs = {name: value for name, value in wanted.items() if value}
        return "?" + urlencode(pairs, doseq=True)

    def chips(self) -> list[Chip]:
        """List the filters that are set."""
        return [
            Chip(say(one.label), self.chosen[one.name], self.url(**dict.fromkeys(one.parameters)))
            for one in self.spec.filters
            if one.name in self.chosen
        ]

    def bare_url(self) -> str:
        """Give the address with no filter set."""
        names = [parameter for one in self.spec.filters for parameter in one.parameters]
        return self.url(**dict.fromkeys(names))

    def value(self, parameter: str) -> str:
        """Give what the reader wrote into a field."""
        return (self.said.get(parameter) or ("",))[-1]


def read(spec: ListSpec, query: QueryDict) -> State:
    """
    Read the reader's wishes.

    Raises
    ------
    InputError
        If the address names a sort, a column or a page size that the list does not have. Mistakes
        in filters are no error but ``problems``, since people type those by hand.
    """
    said = {name: query.getlist(name) for name in query}
    conditions: list[Condition] = []
    chosen: dict[str, str] = {}
    problems: dict[str, str] = {}
    for one in spec.filters:
        try:
            asked = one.choose(said)
        except Problem as problem:
            problems[one.name] = str(problem)
        else:
            if asked is not None:
                conditions += asked.conditions
                chosen[one.name] = asked.text
    sort, descending = _sort(spec, said)
    columns = _columns(spec, said)
    size = _size(spec, said)
    kept = {name: tuple(said[name]) for name in spec.keep if name in said}
    for one in spec.filters:
        kept |= _typed(one, said)
    if (sort, descending) != (spec.sorts[0], spec.sorts[0].descending):
        kept["sort"] = (f"-{sort.name}" if descending else sort.name,)
    if columns != tuple(column for column in spec.columns if column.chosen):
        kept["columns"] = (",".join(column.name for column in columns),)
    if size != spec.page_size:
        kept["size"] = (str(size),)
    return State(spec, kept, tuple(conditions), chosen, problems, sort, descending, columns, size)


def _typed(one: Filter, said: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Keep what was typed into a filter, mistakes too, so that the reader can mend them."""
    return {
        parameter: (said[parameter][-1][:200],)
        for parameter in one.parameters
        if said.get(parameter) and said[parameter][-1].strip()
    }


def _sort(spec: ListSpec, said: Mapping[str, Sequence[str]]) -> tuple[Sort, bool]:
    text = (said.get("sort") or [""])[-1]
    if not text:
        return spec.sorts[0], spec.sorts[0].descending
    name, descending = text.removeprefix("-"), text.startswith("-")
    for sort in spec.sorts:
        if sort.name == name:
            return sort, descending
    names = ", ".join(sort.name for sort in spec.sorts)
    raise InputError(f"sort is {text[:60]!r}; it should be one of {names}, with - for high to low")


def _columns(spec: ListSpec, said: Mapping[str, Sequence[str]]) -> tuple[Column, ...]:
    names = [name for text in said.get("columns", ()) for name in text.split(",") if name]
    if not names:
        return tuple(column for column in spec.columns if column.chosen)
    strange = [name for name in names if spec.column(name) is None]
    if strange:
        known = ", ".join(column.name for column in spec.columns)
        raise InputError(f"columns has {strange[0][:60]!r}; there are {known}")
    return tuple(column for column in spec.columns if column.name in names or column.heads_row)


def _size(spec: ListSpec, said: Mapping[str, Sequence[str]]) -> int:
    text = (said.get("size") or [""])[-1]
    if not text:
        return spec.page_size
    if text not in {str(size) for size in SIZES}:
        sizes = ", ".join(map(str, SIZES))
        raise InputError(f"size is {text[:20]!r}; it should be one of {sizes}")
    return int(text)
