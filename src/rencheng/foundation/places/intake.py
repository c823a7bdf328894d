"""From a table of places to checked drafts: what each row says, or why it is refused."""

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl

from rencheng.foundation.places.levels import LEVELS, SITE_KINDS
from rencheng.foundation.places.models import LENGTHS
from rencheng.foundation.places.receipts import Refusal
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words

# The columns of a table of places and the types they may have.
COLUMNS: Final[dict[str, pl.DataType]] = {
    "code": pl.String(),
    "name_zh": pl.String(),
    "name_en": pl.String(),
    "aliases": pl.List(pl.String()),
    "level": pl.String(),
    "site_kind": pl.String(),
    "parent": pl.String(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
    "lon": pl.Float64(),
    "lat": pl.Float64(),
    "population": pl.Int64(),
    "population_year": pl.Int64(),
    "population_source": pl.String(),
    "tz": pl.String(),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What one row of the table says about one place; only what it says, blanks left out."""

    row: int
    code: str
    parent: str | None
    valid_from: date | None
    values: dict[str, Any]


def narrowed(table: pl.DataFrame) -> pl.DataFrame:
    """
    Check the columns of a table of places and bring them to their types.

    Raises
    ------
    InputError
        If ``code`` is missing, a column is unknown, or a type cannot become the right one.
    """
    unknown = [name for name in table.columns if name not in COLUMNS]
    if unknown or "code" not in table.columns:
        raise InputError(
            f"columns are {table.columns}; they should include code and otherwise be among "
            f"{', '.join(COLUMNS)}"
        )
    try:
        return table.cast({name: COLUMNS[name] for name in table.columns})
    except pl.exceptions.PolarsError as error:
        raise InputError(f"a column has the wrong type: {error}") from error


def drafts(table: pl.DataFrame) -> Iterator[Draft | Refusal]:
    """Read the rows of a narrowed table, each as a draft or the reason why it is none."""
    for position, given in enumerate(table.iter_rows(named=True)):
        cleaned = ((name, _clean(value)) for name, value in given.items())
        said: dict[str, Any] = {name: value for name, value in cleaned if value is not None}
        refusal = _fault(position, said)
        if refusal is not None:
            yield refusal
            continue
        yield Draft(
            row=position,
            code=said.pop("code"),
            parent=said.pop("parent", None),
            valid_from=said.pop("valid_from", None),
            values=said,
        )


def only_new_fields(only_new: Collection[str]) -> frozenset[str]:
    """Check the names of columns that may only fill new places."""
    unknown = set(only_new) - set(COLUMNS) | set(only_new) & {"code", "valid_from"}
    if unknown:
        raise InputError(f"only_new names {sorted(unknown)}; it should name columns of a place")
    return frozenset(only_new)


def _clean(value: object) -> object:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, float) and math.isnan(value):
        return None
    if isinstance(value, list):
        return [text for text in (_clean(one) for one in value) if text] or None
    return value


def _fault(position: int, said: dict[str, Any]) -> Refusal | None:
    for field, zh, en in (*_faults_of_words(said), *_faults_of_numbers(said)):
        return Refusal(position, field, str(said.get(field, "")), Words(zh, en))
    return None


def _faults_of_words(said: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    if "code" not in said:
        yield "code", "应有编码", "a code"
        return
    for name, longest in LENGTHS.items():
        if len(said.get(name, "")) > longest:
            yield name, f"不超过 {longest} 个字", f"at most {longest} characters"
    for name, known in (("level", list(LEVELS)), ("site_kind", list(SITE_KINDS))):
        if name in said and said[name] not in known:
            yield name, f"应为 {'、'.join(known)} 之一", f"one of {', '.join(known)}"
    if said.get("parent") == said["code"]:
        yield "parent", "应是另一个地点", "another place"
    if "tz" in said and not _is_zone(said["tz"]):
        yield "tz", "应为时区名，如 Asia/Shanghai", "a zone such as Asia/Shanghai"


def _faults_of_numbers(said: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name, other, limit in (("lon", "lat", 180.0), ("lat", "lon", 90.0)):
        if not abs(said.get(name, 0.0)) <= limit:
            yield name, f"应在 ±{limit:g} 度之内", f"within {limit:g} degrees of 0"
        if other in said and name not in said:
            yield name, "经度和纬度应同时给出", f"given together with {other}"
    if said.get("population", 0) < 0:
        yield "population", "应为 0 或以上", "0 or more"
    if not 0 <= said.get("population_year", 2000) <= 9999:
        yield "population_year", "应为四位年份", "a year of four digits"
    if said.get("valid_from", date.min) >= said.get("valid_to", date.max):
        yield "valid_to", "应晚于起始日", "later than valid_from"


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
