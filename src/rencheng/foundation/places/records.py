"""Places as plain data: what `api` hands out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from rencheng.foundation.places import paths
from rencheng.foundation.places.models import ALWAYS, OPEN, Place
from rencheng.kernel.words import Words

SCHEMA: Final[dict[str, pl.DataType]] = {
    "id": pl.Int64(),
    "code": pl.String(),
    "name_zh": pl.String(),
    "name_en": pl.String(),
    "aliases": pl.List(pl.String()),
    "level": pl.String(),
    "site_kind": pl.String(),
    "parent_id": pl.Int64(),
    "depth": pl.Int64(),
    "valid_from": pl.Date(),
    "valid_to": pl.Date(),
    "lon": pl.Float64(),
    "lat": pl.Float64(),
    "h3": pl.Int64(),
    "population": pl.Int64(),
    "population_year": pl.Int64(),
    "population_source": pl.String(),
    "tz": pl.String(),
}


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """
    A place as others see it.

    Parameters
    ----------
    valid_from, valid_to
        Days: from the first (inclusive) to the first day after the last; None is "always" and
        "until further notice".
    lon, lat
        WGS84 degrees of a point inside, None where unknown.
    h3
        H3 cell of that point at resolution 12, int64.
    population
        People, in ``population_year`` according to ``population_source``.
    depth
        Number of places above it.
    tz
        IANA time zone, its own or that of the nearest place above; "" where none is known.
    """

    id: int
    code: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    level: str
    site_kind: str
    parent_id: int | None
    depth: int
    valid_from: date | None
    valid_to: date | None
    lon: float | None
    lat: float | None
    h3: int | None
    population: int | None
    population_year: int | None
    population_source: str
    tz: str

    @property
    def words(self) -> Words:
        """Its name in both languages; Chinese stands in where there is no English name."""
        return Words(self.name_zh, self.name_en or self.name_zh)


def zones() -> dict[str, str]:
    """Give the time zone of each place that has one of its own, by path."""
    return dict(Place.objects.exclude(tz="").values_list("path", "tz"))


def record(row: Place, zone_of: dict[str, str]) -> PlaceRecord:
    """Make the record of a stored row."""
    return PlaceRecord(
        id=row.id,
        code=row.code,
        name_zh=row.name_zh,
        name_en=row.name_en or row.romanised,
        aliases=tuple(row.aliases),
        level=row.level,
        site_kind=row.site_kind,
        parent_id=row.parent_id,
        depth=len(row.path) // paths.WIDTH - 1,
        valid_from=None if row.valid_from == ALWAYS else row.valid_from,
        valid_to=None if row.valid_to == OPEN else row.valid_to,
        lon=row.lon,
        lat=row.lat,
        h3=row.h3,
        population=row.population,
        population_year=row.population_year,
        population_source=row.population_source,
        tz=_zone(row.path, zone_of),
    )


def records(rows: Iterable[Place]) -> list[PlaceRecord]:
    """Make the records of stored rows, in their order."""
    zone_of = zones()
    return [record(row, zone_of) for row in rows]


def frame(rows: Iterable[Place]) -> pl.DataFrame:
    """Make the table of stored rows, in their order; columns as in `SCHEMA`."""
    columns: dict[str, list[object]] = {name: [] for name in SCHEMA}
    for one in records(rows):
        for name, column in columns.items():
            value = getattr(one, name)
            column.append(list(value) if name == "aliases" else value)
    return pl.DataFrame(columns, schema=SCHEMA)


def _zone(path: str, zone_of: dict[str, str]) -> str:
    for end in range(len(path), 0, -paths.WIDTH):
        if path[:end] in zone_of:
            return zone_of[path[:end]]
    return ""
