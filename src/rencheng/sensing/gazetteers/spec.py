"""What a mapping from a file of places says; the shipped ones lie beside this file as TOML."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field, TypeAdapter, ValidationError

from rencheng.kernel.errors import InputError
from rencheng.kernel.geometry.coordinates import CoordinateSystem
from rencheng.kernel.words import Words

Codes = Literal["GB/T 2260", "own"]
_FOLDER: Final = Path(__file__).parent


class _Strict:
    """A key that is not known is an error, never ignored."""

    __slots__ = ()
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOut(_Strict):
    """Rows that are no places: those with one of the ``values`` ("" is a blank) in a column."""

    column: str
    values: tuple[str, ...]
    why: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceColumns(_Strict):
    """
    Which columns of the file hold what of a place; "" is "not in this file".

    Parameters
    ----------
    code
        Column of codes. Without it a place is found by ``name`` under ``parent_code``.
    codes
        ``GB/T 2260``: short codes are filled up, level and parent follow from the digits.
        ``own``: codes are kept, after ``code_prefix``.
    level
        One level for all, where codes do not tell.
    parent, parent_code
        Column of the parent's codes, or one parent for all.
    known_only
        A place that is not known yet is refused, not made.
    find_level
        Level of the places that are found by name.
    only_new
        Names, level and parent fill new places only.
    population_year, population_source
        Of the column ``population``.
    """

    code: str = ""
    codes: Codes = "own"
    code_prefix: str = ""
    name: str = ""
    name_en: str = ""
    level: str = ""
    parent: str = ""
    parent_code: str = ""
    known_only: bool = False
    find_level: str = ""
    only_new: bool = False
    lon: str = ""
    lat: str = ""
    population: str = ""
    population_year: int | None = None
    population_source: str = ""

    def columns(self) -> list[str]:
        """List the columns that the file must have."""
        named = (self.code, self.name, self.name_en, self.parent, self.lon, self.lat)
        return [column for column in (*named, self.population) if column]


@dataclass(frozen=True, slots=True, kw_only=True)
class Also(_Strict):
    """A place that the file does not say all of: what lies above, other names, a figure missing."""

    code: str
    name_zh: str = ""
    name_en: str = ""
    level: str = ""
    parent: str = ""
    tz: str = ""
    aliases: tuple[str, ...] = ()
    population: int | None = None
    population_year: int | None = None
    population_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer(_Strict):
    """
    How to read one kind of file of places.

    Parameters
    ----------
    files
        Names of files it fits, with ``*``.
    order
        In a folder, the smaller goes first.
    source
        Where the data comes from; kept with borders.
    coordinates
        System of ``lon``, ``lat`` and of the geometry.
    borders
        The geometry is the border of the place.
    recoded
        What the file calls places known by another code: their code (or name) to our code.
    before, after
        Places stored before and after the rows of the file (what lies above, other names).
    """

    name: str
    title: Words
    files: tuple[str, ...] = ()
    order: int = 100
    source: str = ""
    coordinates: CoordinateSystem = "WGS84"
    borders: bool = False
    place: PlaceColumns
    leave_out: tuple[LeaveOut, ...] = ()
    recoded: dict[str, str] = field(default_factory=dict)
    before: tuple[Also, ...] = ()
    after: tuple[Also, ...] = ()


_READ: Final = TypeAdapter(Annotated[Gazetteer, Field()])


def parse(text: str, name: str) -> Gazetteer:
    """
    Read a mapping from TOML text; its name is that of the file.

    Raises
    ------
    InputError
        If it is no TOML, or has a key or value that is not known; the message names it.
    """
    try:
        return _READ.validate_python({"name": name, **tomllib.loads(text)})
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"gazetteer {name}: not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"gazetteer {name}, {where}: {first['msg']}") from error


@cache
def shipped() -> tuple[Gazetteer, ...]:
    """Give the mappings that come with Rencheng, in the order in which they build on each other."""
    paths = sorted(_FOLDER.glob("*.toml"))
    found = [parse(path.read_text(encoding="utf-8"), path.stem) for path in paths]
    return tuple(sorted(found, key=lambda one: (one.order, one.name)))
