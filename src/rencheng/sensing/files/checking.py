"""Is a mapping sound: does it name fields that are there, patterns and zones that can be read."""

import re
from collections.abc import Iterator

from rencheng.foundation.memory.kinds import Choice, Kind
from rencheng.foundation.places.levels import LEVELS
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import zone
from rencheng.sensing.files.convert.days import require_format
from rencheng.sensing.files.mapping.spec import Mapping, PlacePart
from rencheng.sensing.files.opened import layout_of

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,118}")
# polars reads these as patterns over column names.
_PATTERN_COLUMN = re.compile(r"\*|\^.*\$", re.DOTALL)


def require_sound(mapping: Mapping, kind: Kind) -> None:
    """
    Check a mapping against the kind it serves.

    Raises
    ------
    InputError
        With everything that is wrong, separated by semicolons.
    """
    wrong = list(faults(mapping, kind))
    if wrong:
        raise InputError(f"mapping {mapping.name!r}: " + "; ".join(wrong))


def faults(mapping: Mapping, kind: Kind) -> Iterator[str]:
    """List what is wrong with a mapping."""
    if not _NAME.fullmatch(mapping.name):
        yield f"name {mapping.name!r} should be lower-case letters, digits, dots and dashes"
    if not 1 <= len(mapping.source.name) <= 200:
        yield "source.name should have 1 to 200 characters"
    if not 0 <= mapping.source.rank <= 32_767:
        yield f"source.rank is {mapping.source.rank}; it should be between 0 and 32767"
    try:
        layout_of(mapping.reading)
    except InputError as error:
        yield f"reading.{error}"
    yield from _columns(mapping)
    yield from _fields(mapping, kind)
    yield from _times(mapping)
    yield from _whom(mapping, kind)


def _columns(mapping: Mapping) -> Iterator[str]:
    for column in mapping.columns_needed():
        if _PATTERN_COLUMN.fullmatch(column):
            yield f"column {column!r} should be renamed in the file; this name is a pattern"


def _fields(mapping: Mapping, kind: Kind) -> Iterator[str]:
    known = {field.name: field for field in kind.fields}
    for name, part in mapping.fields.items():
        field = known.get(name)
        if field is None:
            yield f"fields.{name}: kind {kind.name} has no such field; it has {', '.join(known)}"
            continue
        if not part.column:
            yield f"fields.{name}.column is empty; it should name a column"
        if part.labels and not isinstance(field, Choice):
            yield f"fields.{name}.labels: only a choice has labels"
        if isinstance(field, Choice):
            strange = sorted(set(part.labels.values()) - set(field.options))
            if strange:
                yield f"fields.{name}.labels mean {', '.join(strange)}; options are " + ", ".join(
                    field.options
                )
        if part.decimal not in {".", ","} or part.thousands not in {"", ",", ".", " ", "'"}:
            yield f"fields.{name}: marks should be . or , (decimal) and , . ' or blank (thousands)"
        elif part.decimal == part.thousands:
            yield f"fields.{name}: decimal and thousands mark are the same"
    for field in kind.fields:
        if field.required and field.name not in mapping.fields:
            yield f"fields.{field.name} is missing; kind {kind.name} requires it"


def _times(mapping: Mapping) -> Iterator[str]:
    event, published = mapping.event, mapping.published
    if not event.column:
        yield "event.column is empty; it should name a column"
    for where, form in (("event", event.format), ("published", published.format)):
        try:
            require_format(form)
        except InputError as error:
            yield f"{where}.format: {error}"
    try:
        zone(event.zone)
    except InputError as error:
        yield f"event.zone: {error}"
    if (published.rule == "column") != bool(published.column):
        yield "published.column should be given with rule 'column', and only then"
    if event.earliest and event.latest and event.earliest > event.latest:
        yield "event.earliest is after event.latest"


def _whom(mapping: Mapping, kind: Kind) -> Iterator[str]:
    if kind.subject == "place" and mapping.place is None:
        yield f"place is missing; kind {kind.name} is about places"
    if kind.subject != "place" and not mapping.subject:
        yield f"subject is missing; kind {kind.name} is about a {kind.subject}"
    part: PlacePart | None = mapping.place
    where = "place"
    while part is not None:
        yield from _place(part, where)
        part, where = part.parent, f"{where}.parent"


def _place(part: PlacePart, where: str) -> Iterator[str]:
    ways = bool(part.fixed), bool(part.code or part.name)
    if ways not in {(True, False), (False, True)}:
        yield f"{where} should have a code or name column, or be fixed"
    if part.create and not part.code and not part.fixed:
        yield f"{where}.create needs a code column; a name alone does not tell places apart"
    if part.groups and part.parent is None:
        yield f"{where}.groups needs a place above"
    for name in (part.level, *part.levels.values()):
        if name not in LEVELS:
            yield f"{where}.level is {name!r}; it should be one of {', '.join(LEVELS)}"
    for pattern in (part.code_pattern, part.group_codes, *part.levels):
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{where}: pattern {pattern!r} cannot be read: {error}"
