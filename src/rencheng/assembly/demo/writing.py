"""The demo's files, as offices would send them: tables of places, borders, daily reports."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
import shapely

from rencheng.assembly.demo import story
from rencheng.assembly.demo.country import Country, IntArray, Unit, country
from rencheng.assembly.demo.land import Area, borders
from rencheng.assembly.demo.outbreak import mixing, spread
from rencheng.assembly.demo.reporting import PLAN, Reports, reports

# File, and the gazetteer or mapping it is read with; in the order of loading.
GAZETTEERS = (
    ("places-provinces.csv", "provinces"),
    ("places-cities.csv", "cities"),
    ("places-districts.csv", "districts"),
    ("borders.geojson", "borders"),
)
TABLES = (
    ("country-daily.csv", "zening-country"),
    ("provinces-daily.csv", "zening-provinces"),
    ("cities-daily.csv", "zening-cities"),
    ("districts-daily.csv", "zening-districts"),
    ("corrections.csv", "zening-corrections"),
)
IN_CHINESE = {
    "date": "日期",
    "code": "编码",
    "name": "地区",
    "confirmed": "累计确诊",
    "cured": "累计治愈",
    "dead": "累计死亡",
}
Inside = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Told:
    """The country, its first day, and what was reported."""

    land: Country
    first: date
    said: Reports

    def days(self, begin: int = 0, end: int = story.DAYS) -> list[date]:
        """Give the days from one number up to, not including, another."""
        return [self.first + timedelta(days=number) for number in range(begin, end)]


def write_files(folder: Path, last: date, seed: int = story.SEED) -> None:
    """
    Draw the demo and write its files; the same seed and day give the same bytes.

    Parameters
    ----------
    folder
        An empty folder.
    last
        The last day that is reported.
    """
    rng = np.random.default_rng(seed)
    land = country(rng)
    shapes = borders(land, rng)
    course = spread(
        land.people,
        mixing(land.people, land.centre_km),
        story.reproduction(land),
        story.arrivals(land),
        rng,
    )
    first = last - timedelta(days=story.DAYS - 1)
    told = Told(land, first, reports(course.onsets, first, land, rng))
    _write_places(folder, land, shapes)
    for (name, _), make in zip(TABLES, MAKERS, strict=True):
        make(told).write_csv(folder / name)


def _write_places(folder: Path, land: Country, shapes: Sequence[Area]) -> None:
    whole = {unit.code: _border(unit, land, shapes) for unit in land.units}
    for level, (name, _) in zip(("province", "city", "district"), GAZETTEERS[:3], strict=True):
        units = [unit for unit in land.units if unit.level == level]
        points = [shapely.point_on_surface(whole[unit.code]) for unit in units]
        pl.DataFrame(
            {
                "code": [unit.code for unit in units],
                "name": [unit.words.zh for unit in units],
                "name_en": [unit.words.en for unit in units],
                "parent": [unit.parent for unit in units],
                "lon": np.round(shapely.get_x(points), 5),
                "lat": np.round(shapely.get_y(points), 5),
                "population": [unit.people for unit in units],
            }
        ).write_csv(folder / name)
    features = [
        {
            "type": "Feature",
            "properties": {"code": unit.code, "name": unit.words.zh},
            "geometry": json.loads(shapely.to_geojson(whole[unit.code])),
        }
        for unit in land.units
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)
    (folder / "borders.geojson").write_text(text, encoding="utf-8")


def _border(unit: Unit, land: Country, shapes: Sequence[Area]) -> Area:
    inside = _inside(unit, land)
    return shapely.union_all([shape for shape, one in zip(shapes, inside, strict=True) if one])


def _inside(unit: Unit, land: Country) -> Inside:
    if unit.level == "country":
        return np.ones(len(land.districts), dtype=bool)
    if unit.level == "district":
        return np.array([district.code == unit.code for district in land.districts])
    return land.inside(unit.code)


def _totals(told: Told, unit: Unit) -> dict[str, IntArray]:
    """Add up what was said of the districts of a place, and what only higher offices count."""
    inside, said = _inside(unit, told.land), told.said
    totals = {
        "confirmed": said.confirmed[:, inside].sum(axis=1),
        "suspected": said.waiting[:, inside].sum(axis=1),
        "cured": said.cured[:, inside].sum(axis=1),
        "dead": said.dead[:, inside].sum(axis=1),
    }
    if unit.level == "country" or unit.code == PLAN.recount_in:
        totals["confirmed"] = totals["confirmed"] + said.unplaced
    return totals


def _daily(told: Told, level: str, fields: Sequence[str]) -> pl.DataFrame:
    """Write the days of every place of a level under each other."""
    days = told.days()
    tables = []
    for unit in told.land.units:
        if unit.level == level:
            totals = _totals(told, unit)
            numbers = {name: totals[name] for name in fields}
            tables.append(
                pl.DataFrame({"date": days, **numbers}).select(
                    "date",
                    pl.lit(unit.code).alias("code"),
                    pl.lit(unit.words.zh).alias("name"),
                    *fields,
                )
            )
    return pl.concat(tables).sort("date", "code")


ALL = ("confirmed", "suspected", "cured", "dead")
COUNTED = ("confirmed", "cured", "dead")


def _country_daily(told: Told) -> pl.DataFrame:
    return _daily(told, "country", ALL).drop("code", "name")


def _provinces_daily(told: Told) -> pl.DataFrame:
    return _daily(told, "province", ALL)


def _cities_daily(told: Told) -> pl.DataFrame:
    return _daily(told, "city", COUNTED)


def _districts_daily(told: Told) -> pl.DataFrame:
    """Write the districts' reports: in Chinese, and one district says nothing for some days."""
    table = _daily(told, "district", COUNTED)
    silent = pl.col("date").is_in(told.days(*PLAN.silent)) & (pl.col("code") == PLAN.silent_in)
    return table.filter(~silent).rename(IN_CHINESE)


def _corrections(told: Told) -> pl.DataFrame:
    """Write what one city published again, for itself and its districts, one evening."""
    begin, end = PLAN.redo
    days = told.days(begin, end)
    evening = datetime.combine(told.first + timedelta(days=PLAN.redo_day), time(18))
    tables = []
    for unit in told.land.units:
        if PLAN.redo_in in (unit.code, unit.parent):
            inside, totals = _inside(unit, told.land), _totals(told, unit)
            tables.append(
                pl.DataFrame(
                    {
                        "date": days,
                        "published": [evening.isoformat(sep=" ", timespec="minutes")] * len(days),
                        "code": [unit.code] * len(days),
                        "confirmed": told.said.redone[:, inside].sum(axis=1),
                        "cured": totals["cured"][begin:end],
                        "dead": totals["dead"][begin:end],
                    }
                )
            )
    return pl.concat(tables)


MAKERS: tuple[Callable[[Told], pl.DataFrame], ...] = (
    _country_daily,
    _provinces_daily,
    _cities_daily,
    _districts_daily,
    _corrections,
)
