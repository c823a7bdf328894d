"""The door of the gazetteers: a file or folder of places in, a balanced receipt out."""

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import shapely
from django.db import transaction

from rencheng.foundation.places import api as places
from rencheng.kernel.errors import InputError
from rencheng.kernel.geometry.coordinates import to_wgs84
from rencheng.kernel.geometry.polygons import from_wkb, to_wkb
from rencheng.kernel.words import Words
from rencheng.sensing.gazetteers.spec import Also, Gazetteer, shipped
from rencheng.sensing.gazetteers.taking import Rejected, taken
from rencheng.sensing.readers.files import GEOMETRY, Chunk, look, read

__all__ = ["Receipt", "RejectedRow", "fitting", "load", "load_folder"]

_NAMES = ("name_zh", "name_en", "level", "parent")
_ALSO: dict[str, pl.DataType | type[pl.DataType]] = {
    "code": pl.String,
    "name_zh": pl.String,
    "name_en": pl.String,
    "level": pl.String,
    "parent": pl.String,
    "tz": pl.String,
    "aliases": pl.List(pl.String),
    "population": pl.Int64,
    "population_year": pl.Int64,
    "population_source": pl.String,
}


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that gave no place: its line, field, what it was and what it should be."""

    line: int
    field: str
    was: str
    should: Words


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    What became of a file of places: ``sent = stored + unchanged + len(rejected)``.

    ``stored`` rows left something new, ``unchanged`` rows said what is known already.
    """

    gazetteer: str
    file: str
    sent: int
    stored: int
    unchanged: int
    rejected: tuple[RejectedRow, ...]

    @property
    def balanced(self) -> bool:
        """Whether every row is accounted for."""
        return self.sent == self.stored + self.unchanged + len(self.rejected)


def fitting(path: Path) -> Gazetteer:
    """
    Find the shipped mapping for a file, by its name and its columns.

    Raises
    ------
    InputError
        If none fits, or the file cannot be read.
    """
    named = [one for one in shipped() if any(_matches(path, glob) for glob in one.files)]
    columns = set(look(path, rows=1).columns) if named else set()
    for gazetteer in named:
        if columns >= set(gazetteer.place.columns()):
            return gazetteer
    known = ", ".join(sorted({name for one in shipped() for name in one.files}))
    wanted = "; ".join(", ".join(one.place.columns()) for one in named)
    raise InputError(
        f"file {path.name} fits no gazetteer; "
        + (f"it should have the columns {wanted}" if named else f"it should be called {known}")
    )


def load(path: Path, gazetteer: Gazetteer | None = None) -> Receipt:
    """
    Load a file of places.

    Parameters
    ----------
    path
        CSV, Excel, Parquet, JSON, GeoJSON or GeoPackage.
    gazetteer
        How to read it; None takes the shipped mapping that fits. One's own is read from TOML with
        `spec.parse`, or made in Python.

    Returns
    -------
    receipt
        Balance. A second load of the same file stores nothing.

    Raises
    ------
    InputError
        If no mapping fits or a column is missing; then nothing is stored.
    DataError
        If the file is damaged.

    Notes
    -----
    One transaction: a file is in whole or not at all. 3,000 districts take about 0.6 s.
    """
    gazetteer = gazetteer or fitting(path)
    chunk = read(path)
    missing = [c for c in gazetteer.place.columns() if c not in chunk.rows.columns]
    if gazetteer.borders and GEOMETRY not in chunk.rows.columns:
        missing.append(GEOMETRY)
    if missing:
        raise InputError(
            f"file {path.name} has the columns {chunk.rows.columns}; gazetteer {gazetteer.name} "
            f"also needs {', '.join(missing)}"
        )
    with transaction.atomic():
        _store_also(gazetteer, gazetteer.before)
        table, rejected = taken(chunk.rows, gazetteer)
        news, refused = _store(table, chunk, gazetteer)
        _store_also(gazetteer, gazetteer.after)
    return _receipt(path, gazetteer, chunk, news, rejected + refused)


def load_folder(folder: Path) -> list[Receipt]:
    """
    Load every file of a folder that a shipped mapping fits, in the order they build on each other.

    Raises
    ------
    InputError
        If none fits.
    """
    found: list[tuple[int, Path, Gazetteer]] = []
    for path in sorted(folder.iterdir()):
        if not any(_matches(path, glob) for one in shipped() for glob in one.files):
            continue
        gazetteer = fitting(path)
        found.append((gazetteer.order, path, gazetteer))
    if not found:
        known = ", ".join(sorted({name for one in shipped() for name in one.files}))
        raise InputError(f"folder {folder.name} has no file of places; known are {known}")
    return [load(path, one) for _, path, one in sorted(found, key=lambda item: item[0])]


def _matches(path: Path, glob: str) -> bool:
    return fnmatch.fnmatch(path.name.lower().removesuffix(".gz"), glob)


def _store(
    table: pl.DataFrame, chunk: Chunk, gazetteer: Gazetteer
) -> tuple[set[int], list[Rejected]]:
    """Store places and borders; give the positions of rows with news, and what was refused."""
    table, refused = _known_only(table) if gazetteer.place.known_only else (table, [])
    only_new = (
        [name for name in _NAMES if name in table.columns] if gazetteer.place.only_new else []
    )
    rows = table["row"].to_list()
    written = places.upsert(table.drop("row"), only_new=only_new)
    refused += [Rejected(rows[one.row], one.field, one.was, one.should) for one in written.refused]
    news = {rows[at] for at in written.news}
    if gazetteer.borders:
        bad = {one.row for one in written.refused}
        kept = [at for at in range(table.height) if at not in bad]
        border_news, border_refused = _store_borders(table[kept], chunk, gazetteer)
        news |= border_news
        refused += border_refused
    return news - {one.row for one in refused}, refused


def _known_only(table: pl.DataFrame) -> tuple[pl.DataFrame, list[Rejected]]:
    known = places.resolve_codes(table["code"]).is_not_null()
    should = Words("应是已登记地点的编码", "the code of a place that is known")
    unknown = table.filter(~known).select("row", "code").rows()
    return table.filter(known), [Rejected(row, "code", code, should) for row, code in unknown]


def _store_borders(
    table: pl.DataFrame, chunk: Chunk, gazetteer: Gazetteer
) -> tuple[set[int], list[Rejected]]:
    rows = table["row"].to_list()
    shapes = chunk.rows[GEOMETRY].gather(rows)
    if gazetteer.coordinates != "WGS84":
        shapes = shapes.map_elements(
            lambda wkb: _shifted(wkb, gazetteer), return_dtype=pl.Binary, skip_nulls=True
        )
    borders = pl.DataFrame({"code": table["code"], "wkb": shapes}).with_columns(
        source=pl.lit(gazetteer.source)
    )
    written = places.set_borders(borders)
    refused = [
        Rejected(rows[one.row], GEOMETRY if one.field == "wkb" else one.field, one.was, one.should)
        for one in written.refused
    ]
    return {rows[at] for at in written.news}, refused


def _shifted(wkb: bytes, gazetteer: Gazetteer) -> bytes:
    """Take a border to WGS84; what is no longitude and latitude is left for the check to refuse."""
    try:
        shape = from_wkb(wkb)
        return to_wkb(
            shapely.transform(
                shape, lambda lon, lat: to_wgs84(lon, lat, gazetteer.coordinates), interleaved=False
            )
        )
    except InputError:
        return wkb


def _store_also(gazetteer: Gazetteer, also: Sequence[Also]) -> None:
    """Store the places that a mapping brings along; those only named again must be known."""
    known = places.resolve_codes(one.code for one in also)
    wanted = [
        one for one, number in zip(also, known, strict=True) if number is not None or one.name_zh
    ]
    if not wanted:
        return
    rows = [{name: getattr(one, name) for name in _ALSO} for one in wanted]
    written = places.upsert(pl.DataFrame(rows, schema=_ALSO), only_new=["name_zh", "name_en"])
    if written.refused:
        first = written.refused[0]
        raise InputError(
            f"gazetteer {gazetteer.name}: place {wanted[first.row].code}: {first.field} is "
            f"{first.was!r}; it should be {first.should.en}"
        )


def _receipt(
    path: Path, gazetteer: Gazetteer, chunk: Chunk, news: set[int], refused: list[Rejected]
) -> Receipt:
    lines = chunk.lines.to_list()
    rejected = [RejectedRow(lines[one.row], one.field, one.was, one.should) for one in refused]
    rejected += [RejectedRow(one.line, "", one.was, one.should) for one in chunk.broken]
    sent = chunk.rows.height + len(chunk.broken)
    return Receipt(
        gazetteer=gazetteer.name,
        file=path.name,
        sent=sent,
        stored=len(news),
        unchanged=sent - len(news) - len(rejected),
        rejected=tuple(sorted(rejected, key=lambda one: one.line)),
    )
