"""From the rows of a file to a table of places, or the reason why a row gives none."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from rencheng.foundation.places import api as places
from rencheng.kernel.geometry.coordinates import to_wgs84
from rencheng.kernel.words import Words
from rencheng.sensing.gazetteers.codes import codes_above, full_code, level_of
from rencheng.sensing.gazetteers.spec import Gazetteer, PlaceColumns

_SCHEMA = {
    "row": pl.Int64,
    "code": pl.String,
    "name_zh": pl.String,
    "name_en": pl.String,
    "level": pl.String,
    "parent": pl.String,
    "lon": pl.Float64,
    "lat": pl.Float64,
    "population": pl.Int64,
    "population_year": pl.Int64,
    "population_source": pl.String,
}
_PARTS = {"name_zh": "name", "name_en": "name_en", "population": "population"}


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that gives no place: position in the file's table, field, what it was and should be."""

    row: int
    field: str
    was: str
    should: Words


_Row = dict[str, str | None]


def taken(rows: pl.DataFrame, gazetteer: Gazetteer) -> tuple[pl.DataFrame, list[Rejected]]:
    """
    Read places out of the rows of a file.

    Returns
    -------
    table
        Columns of `rencheng.foundation.places.api.upsert` that the file speaks of, and ``row``,
        the position each came from.
    rejected
        Rows that are left out or cannot be read.
    """
    rejected: list[Rejected] = []
    found: list[dict[str, object]] = []
    texts = rows.select(pl.col(pl.String))
    codes = _codes(texts, gazetteer)
    for position, row in enumerate(texts.iter_rows(named=True)):
        outcome = _left_out(position, row, gazetteer) or _place(
            position, row, codes[position], gazetteer.place
        )
        if isinstance(outcome, Rejected):
            rejected.append(outcome)
        else:
            found.append(outcome)
    table = pl.DataFrame(found, schema=_SCHEMA)
    if gazetteer.place.codes == "GB/T 2260" and gazetteer.place.code:
        table = _with_parents(table)
    table = _in_wgs84(table, gazetteer)
    silent = [name for name in table.columns if name != "code" and table[name].is_null().all()]
    return table.drop(silent), rejected


def _codes(texts: pl.DataFrame, gazetteer: Gazetteer) -> list[str | Words | None]:
    """Give the code of the place of each row, None where it has none, or why there is none."""
    part = gazetteer.place
    if not part.code:
        return _codes_by_name(texts[part.name], gazetteer)
    codes: list[str | Words | None] = []
    for given in texts[part.code]:
        text = (given or "").strip()
        code = full_code(text) if part.codes == "GB/T 2260" else part.code_prefix + text
        if not text or code is None:
            codes.append(
                Words("应为 2、4、6、9 或 12 位行政区划代码", "a code of 2, 4, 6, 9 or 12 digits")
            )
        else:
            codes.append(gazetteer.recoded.get(code, code))
    return codes


def _codes_by_name(names: pl.Series, gazetteer: Gazetteer) -> list[str | Words | None]:
    part = gazetteer.place
    within = places.get(part.parent_code).id if part.parent_code else None
    answers = places.resolve_names(names, within=within, level=part.find_level or None)
    known = dict(places.table(answers.place_id.drop_nulls().unique()).select("id", "code").rows())
    blank = Words("应有名称", "a name")
    return [
        gazetteer.recoded.get(name or "")
        or (known[place_id] if place_id is not None else answers.problems.get(at, blank))
        for at, (name, place_id) in enumerate(zip(names, answers.place_id, strict=True))
    ]


def _left_out(position: int, row: _Row, gazetteer: Gazetteer) -> Rejected | None:
    for rule in gazetteer.leave_out:
        cell = (row.get(rule.column) or "").strip()
        if cell in rule.values:
            return Rejected(position, rule.column, cell, rule.why)
    return None


def _place(
    position: int, row: _Row, code: str | Words | None, part: PlaceColumns
) -> dict[str, object] | Rejected:
    if not isinstance(code, str):
        column = part.code or part.name
        return Rejected(
            position, column, row.get(column) or "", code or Words("应有编码", "a code")
        )
    numbers: dict[str, object] = {}
    for field, column in (("lon", part.lon), ("lat", part.lat), ("population", part.population)):
        cell = (row.get(column) or "").strip() if column else ""
        if not cell:
            continue
        number = _number(cell)
        if number is None:
            return Rejected(position, column, cell, Words("应为数字", "a number"))
        numbers[field] = round(number) if field == "population" else number
    if "population" in numbers:
        numbers["population_year"] = part.population_year
        numbers["population_source"] = part.population_source or None
    by_digits = part.codes == "GB/T 2260" and bool(part.code)
    return {
        "row": position,
        "code": code,
        # A place that is found by its name is not renamed by it.
        "name_zh": row.get(part.name) if part.name and part.code else None,
        "name_en": row.get(part.name_en) if part.name_en else None,
        "level": part.level or (level_of(code) if by_digits else None),
        "parent": (row.get(part.parent) if part.parent else part.parent_code) or None,
        **numbers,
    }


def _number(text: str) -> float | None:
    try:
        number = float(text.replace(",", ""))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _with_parents(table: pl.DataFrame) -> pl.DataFrame:
    """Fill in the nearest code above that is known, or stands in the table itself."""
    above = [codes_above(code) for code in table["code"]]
    known = set(table["code"]) | _known({code for codes in above for code in codes})
    nearest = [next((code for code in codes if code in known), None) for codes in above]
    given = table["parent"].to_list()
    parents = [one or near for one, near in zip(given, nearest, strict=True)]
    return table.with_columns(parent=pl.Series(parents, dtype=pl.String))


def _known(codes: Iterable[str]) -> set[str]:
    listed = sorted(codes)
    numbers = places.resolve_codes(listed)
    return {code for code, number in zip(listed, numbers, strict=True) if number is not None}


def _in_wgs84(table: pl.DataFrame, gazetteer: Gazetteer) -> pl.DataFrame:
    if gazetteer.coordinates == "WGS84" or table["lon"].is_null().all():
        return table
    within = table["lon"].abs().le(180) & table["lat"].abs().le(90)
    lon = np.where(within.fill_null(value=False), table["lon"].to_numpy(), np.nan)
    lat = np.where(within.fill_null(value=False), table["lat"].to_numpy(), np.nan)
    new_lon, new_lat = to_wgs84(lon, lat, gazetteer.coordinates)
    # What is no position stays as it was, to be refused with what it was.
    return table.with_columns(
        lon=pl.when(within).then(pl.Series(new_lon)).otherwise("lon"),
        lat=pl.when(within).then(pl.Series(new_lat)).otherwise("lat"),
    )
