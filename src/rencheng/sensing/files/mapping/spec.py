"""The shape of a mapping: frozen and plain, whether it came as TOML, from a row or from a page."""

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator

from rencheng.kernel.words import Words

Span = Literal["day", "instant"]
Published = Literal["", "end of day", "column"]
NOTHING = Words("", "")


class _Plain:
    """A key that a part does not have is an error, never ignored (`shape` reads this)."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcePart(_Plain):
    """Who says it: see `rencheng.foundation.memory.sources.api.SourceSpec`."""

    name: str
    title: Words
    origin: str = ""
    licence: str = ""
    trusted: bool = False
    rank: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(_Plain):
    """
    By what a file is recognised: globs of its name, and columns its header must have.

    Neither given: the mapping is never guessed, only named.
    """

    names: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(_Plain):
    """
    How the file is read; an empty option means "find out".

    ``empty`` are the texts that stand for "not said", besides nothing at all.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: int = 1
    empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename(_Plain):
    """Give columns other names: old -> new."""

    do: Literal["rename"] = "rename"
    columns: MappingOf[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpivot(_Plain):
    """
    Turn columns into rows, one row per column: label in ``name``, cell in ``value``.

    ``columns`` maps a column to the label it becomes.
    """

    do: Literal["unpivot"] = "unpivot"
    columns: MappingOf[str, str]
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(_Plain):
    """Add a column that has the same text in every row."""

    do: Literal["constant"] = "constant"
    column: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replace(_Plain):
    """
    Replace whole cells: old -> new; the result goes to ``into``, or stays in its column.

    With ``into`` a cell that is not listed becomes empty: that is how names become codes.
    """

    do: Literal["replace"] = "replace"
    column: str
    values: MappingOf[str, str]
    into: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripSuffix(_Plain):
    """Take the first of ``suffixes`` that a cell ends in off it, if something is left."""

    do: Literal["strip suffix"] = "strip suffix"
    column: str
    suffixes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split(_Plain):
    """Split cells at ``by`` into as many columns as ``into`` names; what is missing is empty."""

    do: Literal["split"] = "split"
    column: str
    by: str
    into: tuple[str, ...]


Step = Annotated[Rename | Unpivot | Constant | Replace | StripSuffix | Split, Discriminator("do")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(_Plain):
    """
    When it happened.

    A ``day`` is a local day of ``zone``, dated by its start; an ``instant`` without an offset of
    its own is local time of ``zone``. ``format`` is ``auto`` (year first) or a strptime pattern.
    Days before ``earliest`` or after ``latest`` are refused.
    """

    column: str
    format: str = "auto"
    zone: str = "Asia/Shanghai"
    span: Span = "day"
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPart(_Plain):
    """When it was published: not said, at the end of the event's day, or in a column."""

    rule: Published = ""
    column: str = ""
    format: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fixed(_Plain):
    """A place that every row is about; name and time zone are used only if it is new."""

    code: str
    name: str = ""
    name_en: str = ""
    tz: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePart(_Plain):
    """
    Which place a row is about: by code, by name, or always the same.

    Parameters
    ----------
    code, name
        Columns; where both are given they must agree.
    fixed
        Instead of columns: one place for all rows.
    parent
        The place above, found the same way; names are looked for under it.
    create
        Register a place whose code is not known yet; ``code_pattern`` says what a code looks like,
        and ``code_example`` shows one to those who wrote another.
    level, levels
        Level of a new place: by the first pattern of ``levels`` that its code fits, else ``level``.
    nested
        How many first characters of its code a place shares with the one above it.
    same_as
        Texts that stand for a place known by another code: ``"136100" = "220381"``, or
        ``"台湾省/台湾" = "710000"`` (name above, slash, name).
    groups, group_codes
        Names counted beside places (境外输入); each is a group under the place above, whatever code
        the file gives it (a pattern says which codes are such).
    unique_names
        No two places under the same place have one name, so a second code for a name is a slip.
    """

    code: str = ""
    name: str = ""
    fixed: Fixed | None = None
    parent: "PlacePart | None" = None
    create: bool = False
    code_pattern: str = r"[0-9]{6}"
    code_example: str = "420100"
    level: str = "district"
    levels: MappingOf[str, str] = field(default_factory=dict)
    nested: int = 0
    same_as: MappingOf[str, str] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    group_codes: str = ""
    unique_names: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldPart(_Plain):
    """
    Which column a field of the kind is read from, and how it is written there.

    ``thousands`` and ``decimal`` are the marks inside numbers, ``empty`` further texts that mean
    "not said", ``labels`` what the file calls the options of a choice.
    """

    column: str
    thousands: str = ""
    decimal: str = "."
    empty: tuple[str, ...] = ()
    labels: MappingOf[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping(_Plain):
    """How the rows of a file become observations of one kind."""

    name: str
    title: Words
    kind: str
    source: SourcePart
    event: Event
    fields: MappingOf[str, FieldPart]
    about: Words = NOTHING
    match: Match = Match()
    reading: Reading = Reading()
    steps: tuple[Step, ...] = ()
    published: PublishedPart = PublishedPart()
    place: PlacePart | None = None
    subject: str = ""

    def columns_needed(self) -> tuple[str, ...]:
        """List the columns that must be there once the steps are done, each once."""
        needed = [self.event.column, self.published.column, self.subject]
        part = self.place
        while part is not None:
            needed += [part.code, part.name]
            part = part.parent
        needed += [one.column for one in self.fields.values()]
        return tuple(dict.fromkeys(name for name in needed if name))
