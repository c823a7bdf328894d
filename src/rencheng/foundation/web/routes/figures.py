"""Figures of an indicator as a table with days, codes and sources, and as JSON, CSV or Parquet."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl
from django.conf import settings
from django.http import HttpResponse
from ninja import Schema

from rencheng.foundation.memory.indicators.api import Spec, series
from rencheng.foundation.memory.sources.api import all_sources
from rencheng.foundation.places import api as places
from rencheng.foundation.web.places.showing import is_open
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import DAY, Micros, day_end, day_start, from_micros, zone

MOST: Final = {"json": 100_000, "csv": 2_000_000, "parquet": 2_000_000}
PLACES_AT_ONCE: Final = 500
COLUMNS: Final = (
    *("place", "place_zh", "place_en", "day", "valid_at"),
    *("value", "low", "high", "known_at", "source"),
)
UTC: Final = "UTC"


class Row(Schema):
    """A figure: of a place, valid on a day of its own time, known since, said by."""

    place: str
    place_zh: str
    place_en: str
    day: date
    valid_at: datetime
    value: float
    low: float | None
    high: float | None
    known_at: datetime
    source: str | None


class Figures(Schema):
    """Figures of an indicator."""

    indicator: str
    unit_zh: str
    unit_en: str
    formula: int
    as_known: datetime | None
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    Which figures.

    ``first`` and ``last`` are days as the places themselves count them, both included.
    """

    place_ids: tuple[int, ...] | None
    first: date | None
    last: date | None
    as_known: Micros | None


def places_of(codes: str, under: str, level: str, *, staff: bool) -> tuple[int, ...] | None:
    """
    Find the places that are asked for; None is all of them.

    Raises
    ------
    InputError
        If a code is unknown, or there are too many; the message names the parameter.
    """
    wanted = [code.strip() for code in codes.split(",") if code.strip()]
    if len(wanted) > PLACES_AT_ONCE:
        raise InputError(
            f"place has {len(wanted)} codes; it should have at most {PLACES_AT_ONCE}, or use under"
        )
    found: set[int] | None = None
    if wanted:
        numbers = places.resolve_codes(wanted)
        levels = dict(places.table(numbers.drop_nulls()).select("id", "level").iter_rows())
        for code, number in zip(wanted, numbers, strict=True):
            # Who may not see a place is not told that it is there.
            if number is None or not is_open(levels[number], staff=staff):
                raise InputError(f"place: no place has the code {code[:64]!r}")
        found = set(numbers.to_list())
    if under:
        beneath = set(places.subtree_ids(_upper(under, staff=staff)))
        found = beneath if found is None else found & beneath
    if found is None and not level and staff:
        return None
    table = places.table(found, level=level or None)
    return tuple(
        number
        for number, its_level in table.select("id", "level").iter_rows()
        if is_open(its_level, staff=staff)
    )


def _upper(code: str, *, staff: bool) -> int:
    try:
        upper = places.get(code)
    except InputError as error:
        raise InputError(f"under: {error}") from error
    if not is_open(upper.level, staff=staff):
        raise InputError(f"under: no place has the code {code!r}")
    return upper.id


def table(spec: Spec, wanted: Wanted, *, most: int) -> pl.DataFrame:
    """
    Give the figures with codes, names, days and sources; columns as in `COLUMNS`.

    Raises
    ------
    InputError
        If there are more than ``most`` rows.
    """
    first, last = wanted.first, wanted.last
    # A day begins up to 14 hours earlier or later than in UTC, depending on where.
    start = None if first is None else day_start(first, UTC) - DAY
    end = None if last is None else day_end(last, UTC) + DAY
    found = series(spec.name, wanted.place_ids, start=start, end=end, as_known=wanted.as_known)
    if found.height > 2 * most:
        raise _too_many(found.height, most)
    told = _with_days(_with_places(found), first, last)
    if told.height > most:
        raise _too_many(told.height, most)
    names = {number: card.name for number, card in all_sources().items()}
    source = pl.col("source_id").replace_strict(names, default=None, return_dtype=pl.String)
    return (
        told.with_columns(
            source.alias("source"),
            pl.from_epoch("valid_at", "us").dt.replace_time_zone(UTC),
            pl.from_epoch("known_at", "us").dt.replace_time_zone(UTC),
        )
        .sort("place", "valid_at")
        .select(COLUMNS)
    )


def _too_many(rows: int, most: int) -> InputError:
    return InputError(
        f"this asks for {rows:,} rows; at most {most:,} are given at once. Name places (place, "
        "under, level) or days (from, to), or take format=parquet"
    )


def _with_places(found: pl.DataFrame) -> pl.DataFrame:
    known = places.table(found["place_id"].unique().to_list()).select(
        pl.col("id").alias("place_id"),
        pl.col("code").alias("place"),
        pl.col("name_zh").alias("place_zh"),
        pl.col("name_en").alias("place_en"),
        "tz",
    )
    return found.join(known, on="place_id", how="inner", maintain_order="left")


def _with_days(told: pl.DataFrame, first: date | None, last: date | None) -> pl.DataFrame:
    """Say on which day of its place each figure is valid, and keep those asked for."""
    days = pl.lit(None, dtype=pl.Date)
    instant = pl.from_epoch("valid_at", "us").dt.replace_time_zone(UTC)
    for name in told["tz"].unique().to_list():
        # Where nobody knows a place's zone, its days are those of the city this house is in.
        local = instant.dt.convert_time_zone(zone(name or settings.TIME_ZONE).key).dt.date()
        days = pl.when(pl.col("tz") == name).then(local).otherwise(days)
    told = told.with_columns(days.alias("day"))
    if first is not None:
        told = told.filter(pl.col("day") >= first)
    return told if last is None else told.filter(pl.col("day") <= last)


def _json(spec: Spec, wanted: Wanted, told: pl.DataFrame) -> HttpResponse:
    shown = told.with_columns(
        pl.col("day").dt.to_string("iso"),
        pl.col("valid_at").dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ"),
        pl.col("known_at").dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ"),
    )
    body = {
        "indicator": spec.name,
        "unit_zh": spec.unit.zh,
        "unit_en": spec.unit.en,
        "formula": spec.formula,
        "as_known": wanted.as_known and from_micros(wanted.as_known).isoformat(),
        "rows": shown.to_dicts(),
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type="application/json; charset=utf-8")


def _csv(_spec: Spec, _wanted: Wanted, told: pl.DataFrame) -> HttpResponse:
    out = io.BytesIO()
    told.write_csv(out, include_bom=True, datetime_format="%Y-%m-%dT%H:%M:%S%.fZ")
    return HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")


def _parquet(_spec: Spec, _wanted: Wanted, told: pl.DataFrame) -> HttpResponse:
    out = io.BytesIO()
    told.write_parquet(out)
    return HttpResponse(out.getvalue(), content_type="application/vnd.apache.parquet")


WRITERS: Final[dict[str, Callable[[Spec, Wanted, pl.DataFrame], HttpResponse]]] = {
    "json": _json,
    "csv": _csv,
    "parquet": _parquet,
}
