"""A page of a list as a template shows it."""

from dataclasses import dataclass
from typing import Any, Literal, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from rencheng.foundation.web.lists import cursor as cursors
from rencheng.foundation.web.lists.column import NUMBERS, Kind, Row
from rencheng.foundation.web.lists.cursor import Cursor
from rencheng.foundation.web.lists.filters import Filter, Search
from rencheng.foundation.web.lists.label import say
from rencheng.foundation.web.lists.rows import COUNTED, Query, Rows
from rencheng.foundation.web.lists.show import cell
from rencheng.foundation.web.lists.spec import SIZES
from rencheng.foundation.web.lists.state import State

AriaSort = Literal["ascending", "descending", "none"]


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a column."""

    name: str
    label: str
    unit: str
    number: bool
    sort_url: str
    aria_sort: AriaSort | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what it shows, and how."""

    html: str
    label: str
    number: bool
    heads_row: bool


@dataclass(frozen=True, slots=True)
class Field:
    """A filter with what the reader wrote into it."""

    filter: Filter
    label: str
    problem: str
    values: tuple[str, ...]

    @property
    def hint(self) -> str:
        """What may be written into a search field."""
        return say(self.filter.hint) if isinstance(self.filter, Search) else ""


@dataclass(frozen=True, slots=True)
class SortChoice:
    """A way to sort, for phones and whoever does not see the headers."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """Everything a template needs to show a page of a list."""

    state: State
    heads: list[Head]
    rows: list[list[Cell]]
    count: int | None
    first: int | None
    previous_url: str
    next_url: str
    first_url: str
    last_url: str

    @property
    def name(self) -> str:
        """Name of the list."""
        return self.state.spec.name

    @property
    def caption(self) -> str:
        """What the rows are."""
        return say(self.state.spec.caption)

    @property
    def empty_text(self) -> str:
        """What to say where there is nothing at all."""
        return say(self.state.spec.empty)

    @property
    def more_than_counted(self) -> bool:
        """Tell whether there are more rows than are counted."""
        return self.count is not None and self.count > COUNTED

    @property
    def last(self) -> int | None:
        """Number of the last row of this page."""
        return None if self.first is None else self.first + len(self.rows) - 1

    @property
    def fields(self) -> list[Field]:
        """Filters with what the reader wrote into them."""
        return [
            Field(
                one,
                say(one.label),
                self.state.problems.get(one.name, ""),
                tuple(self.state.value(parameter) for parameter in one.parameters),
            )
            for one in self.state.spec.filters
        ]

    @property
    def sort_choices(self) -> list[SortChoice]:
        """Ways to sort, each in both directions, the more useful one first."""
        spec, state = self.state.spec, self.state
        choices = []
        for sort in spec.sorts:
            column = spec.column(sort.name)
            label = say(sort.label or (column.label if column else sort.name))
            for descending in (sort.descending, not sort.descending):
                chosen = (sort, descending) == (state.sort, state.descending)
                value = f"-{sort.name}" if descending else sort.name
                way = _way(column.kind if column else "integer", descending)
                choices.append(SortChoice(value, way % {"label": label}, chosen))
        return choices

    @property
    def column_choices(self) -> list[tuple[str, str, bool, bool]]:
        """Columns as (name, label, shown, always shown)."""
        shown = set(self.state.columns)
        return [
            (column.name, say(column.label), column in shown, column.heads_row)
            for column in self.state.spec.columns
        ]

    @property
    def size_choices(self) -> list[tuple[int, bool]]:
        """Sizes of a page, and whether it is the chosen one."""
        return [(size, size == self.state.size) for size in SIZES]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Parameters that the filter form carries along."""
        carried = {*self.state.spec.keep, "columns", "size"}
        return [
            (name, value)
            for name, values in self.state.said.items()
            if name in carried
            for value in values
        ]

    @property
    def hidden_for_columns(self) -> list[tuple[str, str]]:
        """Parameters that the form of the columns carries along."""
        return [
            (name, value)
            for name, values in self.state.said.items()
            if name not in {"columns", "size"}
            for value in values
        ]

    @property
    def exports(self) -> list[tuple[str, str]]:
        """Forms of export, each with its address."""
        forms = (
            ("CSV", "csv"), ("Excel", "xlsx"), ("Parquet", "parquet"), ("JSON lines", "jsonl"),
        )  # fmt: skip
        return [(label, self.state.url(format=name)) for label, name in forms]


def _way(kind: Kind, descending: bool) -> str:
    if kind == "text":
        return _("%(label)s, Z to A") if descending else _("%(label)s, A to Z")
    if kind in ("instant", "day"):
        return _("%(label)s, newest first") if descending else _("%(label)s, oldest first")
    return _("%(label)s, largest first") if descending else _("%(label)s, smallest first")


def build(request: HttpRequest, state: State, rows: Rows) -> ListView:
    """
    Read a page of rows and lay it out.

    Raises
    ------
    InputError
        If the cursor in the address is damaged or belongs to another sort.
    """
    query = Query(state.conditions, state.order)
    heads = _heads(state)
    if state.problems:
        return ListView(state, heads, [], None, None, "", "", "", "")
    page = _Page(request, state, rows, query)
    fields = list(dict.fromkeys(field for column in state.columns for field in column.fields))
    found = page.read(fields)
    return ListView(
        state=state,
        heads=heads,
        rows=[_cells(state, row) for row in found],
        count=page.count,
        first=page.first,
        previous_url=page.previous_url,
        next_url=page.next_url,
        first_url=state.url() if page.previous_url else "",
        last_url=state.url(last="1") if page.next_url else "",
    )


class _Page:
    """Reading one page: forward from a cursor, back to one, or the last."""

    def __init__(self, request: HttpRequest, state: State, rows: Rows, query: Query) -> None:
        self._state, self._rows, self._query = state, rows, query
        after, before = request.GET.get("after"), request.GET.get("before")
        self._cursor: Cursor | None = None
        if after or before:
            self._cursor = cursors.read(
                after or before or "", state.spec.name, state.sort_name, len(query.order)
            )
        self._back = bool(before and not after) or (not after and "last" in request.GET)
        self.count = 0
        self.first: int | None = None
        self.previous_url = self.next_url = ""

    def read(self, fields: list[str]) -> list[dict[str, Any]]:
        """Read the rows, and one more to know whether the list goes on."""
        size, query = self._state.size, self._query
        if self._back:
            query = Query(query.conditions, query.order, backwards=True)
        bound = self._cursor.values if self._cursor else None
        found = self._rows.fetch(query, fields, bound, size + 1)
        more, found = len(found) > size, found[:size]
        # Where all rows fit on one page, they are counted already; a second search costs as much.
        alone = self._cursor is None and not more
        self.count = len(found) if alone else self._rows.count(query)
        if self._back:
            found.reverse()
        self.first = self._number_of_first(len(found))
        if found:
            goes_on_behind = bool(self._cursor) if self._back else more
            goes_on_before = more if self._back else bool(self._cursor)
            end = None if self.first is None else self.first - 1 + len(found)
            if goes_on_behind:
                self.next_url = self._state.url(after=self._at(found[-1], end))
            if goes_on_before:
                seen = None if self.first is None else self.first - 1
                self.previous_url = self._state.url(before=self._at(found[0], seen))
        elif self._cursor:
            # The rows there are gone; the way back leads to the beginning.
            self.previous_url = self._state.url()
        return found

    def _number_of_first(self, rows: int) -> int | None:
        seen = self._cursor.seen if self._cursor else 0
        if not rows:
            return None
        if self._back and not self._cursor:
            return self.count - rows + 1 if self.count <= COUNTED else None
        if seen is None:
            return None
        # Rows may have gone or come since the cursor was written.
        return max(1, seen - rows + 1) if self._back else seen + 1

    def _at(self, row: Row, seen: int | None) -> str:
        values = cursors.values_of(row, self._query.fields)
        return cursors.write(Cursor(self._state.sort_name, values, seen), self._state.spec.name)


def _heads(state: State) -> list[Head]:
    by_name = {sort.name: sort for sort in state.spec.sorts}
    heads = []
    for column in state.columns:
        sort = by_name.get(column.name)
        url, aria = "", cast("AriaSort | None", None)
        if sort is not None:
            current = sort is state.sort
            down = not state.descending if current else sort.descending
            chosen = f"-{sort.name}" if down else sort.name
            is_default = sort is state.spec.sorts[0] and down == sort.descending
            url = state.url(sort=None if is_default else chosen)
            aria = "none" if not current else "descending" if state.descending else "ascending"
        heads.append(
            Head(
                column.name,
                say(column.label),
                say(column.unit),
                column.kind in NUMBERS and not column.heads_row,
                url,
                aria,
            )
        )
    return heads


def _cells(state: State, row: Row) -> list[Cell]:
    return [
        Cell(cell(column, row), say(column.label), column.kind in NUMBERS, column.heads_row)
        for column in state.columns
    ]
