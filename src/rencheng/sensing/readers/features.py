"""GeoJSON and GeoPackage: features with a geometry, as a table with a column of WKB."""

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import polars as pl

from rencheng.kernel.errors import DataError, InputError
from rencheng.kernel.geometry.polygons import from_geojson, to_wkb
from rencheng.sensing.readers import opening
from rencheng.sensing.readers.chunks import (
    GEOMETRY,
    BrokenRow,
    Chunk,
    broken,
    column_names,
    line_series,
)
from rencheng.sensing.readers.degrees import require_degrees
from rencheng.sensing.readers.documents import whole_text
from rencheng.sensing.readers.json_text import (
    as_json,
    as_text,
    decoded,
    items,
    members,
    skip_blanks,
)
from rencheng.sensing.readers.layout import Layout, Limits
from rencheng.sensing.readers.native import faults_told

_SQLITE: Final = b"SQLite format 3\0"


def geojson_chunks(
    path: Path, layout: Layout, limits: Limits, rows: int, start_row: int
) -> Iterator[Chunk]:
    """Read a GeoJSON FeatureCollection in stretches; the file is held in memory whole."""
    text = whole_text(path, layout, limits)
    waiting: list[tuple[int, str, Any]] = []
    next_row, line, counted = start_row, 1, 0
    try:
        at = _features_at(path, text)
        for position, (start, end, value) in enumerate(items(text, at)):
            line += text.count("\n", counted, start)
            counted = start
            if position < start_row:
                continue
            waiting.append((line, text[start : min(end, start + 8000)], value))
            if len(waiting) == rows:
                yield _chunk(path, waiting, limits, next_row)
                next_row, waiting = next_row + rows, []
    except DataError as error:
        raise DataError(f"file {path.name}, {error}") from error
    if waiting:
        yield _chunk(path, waiting, limits, next_row)


def geopackage_chunks(
    path: Path, layout: Layout, limits: Limits, rows: int, start_row: int
) -> Iterator[Chunk]:
    """Read a layer of a GeoPackage in stretches; ``lines`` are numbers of features, from 1."""
    from pyogrio.raw import read

    _require_sqlite(path)
    next_row = start_row
    while True:
        with _geopackage(path):
            meta, _, shapes, columns = read(
                str(path),
                layer=layout.sheet,
                skip_features=next_row,
                max_features=rows,
                datetime_as_string=True,
                force_2d=True,
            )
            frame = _plain(meta, shapes, columns)
        require_degrees(path, meta.get("crs"))
        _require_columns(path, frame.width, limits)
        if not frame.height:
            return
        lines = line_series(range(next_row + 1, next_row + frame.height + 1))
        yield Chunk(next_row, frame, lines, ())
        next_row += frame.height


def layers(path: Path) -> list[str]:
    """List the layers of a GeoPackage."""
    from pyogrio import list_layers

    _require_sqlite(path)
    with _geopackage(path):
        return [str(name) for name, _ in list_layers(str(path))]


def _features_at(path: Path, text: str) -> int:
    """Find where the array of features begins, checking type and coordinate system on the way."""
    found = -1
    for key, at in members(text, skip_blanks(text, 0)):
        if key == "features":
            found = at
        elif key == "type" and decoded(text, at)[0] != "FeatureCollection":
            raise DataError(f"type is {decoded(text, at)[0]!r}; it should be FeatureCollection")
        elif key == "crs":
            require_degrees(path, decoded(text, at)[0])
    if found < 0:
        raise DataError("there are no features; it should be a GeoJSON FeatureCollection")
    return found


def _chunk(path: Path, found: list[tuple[int, str, Any]], limits: Limits, start_row: int) -> Chunk:
    faults: list[BrokenRow] = []
    lines: list[int] = []
    shapes: list[bytes | None] = []
    objects: list[dict[str, Any]] = []
    for line, text, value in found:
        properties = value.get("properties") or {} if isinstance(value, dict) else None
        if not isinstance(properties, dict) or value.get("type") != "Feature":
            faults.append(broken(line, text, "应为 GeoJSON 要素", "a GeoJSON feature"))
            continue
        try:
            shapes.append(_wkb(value.get("geometry")))
        except InputError:
            faults.append(broken(line, text, "应有有效的几何", "a GeoJSON geometry"))
            continue
        lines.append(line)
        objects.append(properties)
    keys = list(dict.fromkeys(key for one in objects for key in one))
    _require_columns(path, len(keys) + 1, limits)
    names = column_names([GEOMETRY, *keys])[1:]
    columns: dict[str, Any] = {
        name: [as_text(one.get(key)) for one in objects]
        for name, key in zip(names, keys, strict=True)
    }
    schema: dict[str, Any] = dict.fromkeys(names, pl.String) | {GEOMETRY: pl.Binary}
    frame = pl.DataFrame(columns | {GEOMETRY: shapes}, schema=schema)
    return Chunk(start_row, frame, line_series(lines), tuple(faults))


def _wkb(geometry: object) -> bytes | None:
    if geometry is None:
        return None
    try:
        return to_wkb(from_geojson(as_json(geometry)))
    except RecursionError as error:
        raise InputError("geometry is nested too deep") from error


@contextmanager
def _geopackage(path: Path) -> Iterator[None]:
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    told = faults_told(path, "a GeoPackage", DataLayerError, DataSourceError, FeatureError)
    with told, warnings.catch_warnings():
        # GDAL warns of small departures from the standard that do not matter for reading.
        warnings.simplefilter("ignore")
        yield


def _plain(
    meta: dict[str, Any], shapes: Iterable[bytes] | None, columns: Iterable[object]
) -> pl.DataFrame:
    names = column_names([GEOMETRY, *(str(name) for name in meta["fields"])])[1:]
    texts = [_texts(column) for column in columns]
    wkb = pl.Series(GEOMETRY, list(shapes) if shapes is not None else [], dtype=pl.Binary)
    series = [
        pl.Series(name, text, dtype=pl.String) for name, text in zip(names, texts, strict=True)
    ]
    return pl.DataFrame([*series, wkb] if len(wkb) or not series else series)


def _texts(column: object) -> list[str | None]:
    values = np.asarray(column)
    if values.dtype.kind == "f":
        return [None if np.isnan(v) else repr(v).removesuffix(".0") for v in values.tolist()]
    if values.dtype.kind == "b":
        return ["true" if v else "false" for v in values.tolist()]
    return [None if v is None or v == "" else _cell(v) for v in values.tolist()]


def _cell(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


def _require_sqlite(path: Path) -> None:
    # GDAL reads many formats, some of which fetch other files; only this one may come in.
    if opening.head(path, len(_SQLITE)) != _SQLITE:
        raise DataError(f"file {path.name} has another beginning; it should be a GeoPackage")


def _require_columns(path: Path, width: int, limits: Limits) -> None:
    if width > limits.columns:
        raise InputError(
            f"file {path.name}: {width:,} columns; it should be at most {limits.columns:,}; "
            "this limit is columns"
        )
