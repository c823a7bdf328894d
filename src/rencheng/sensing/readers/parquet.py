"""Parquet files as tables of text."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from rencheng.kernel.errors import InputError
from rencheng.sensing.readers.chunks import GEOMETRY, Chunk, empty, line_series
from rencheng.sensing.readers.degrees import require_degrees
from rencheng.sensing.readers.layout import Limits
from rencheng.sensing.readers.native import faults_told

_WHAT: Final = "a Parquet file"


def chunks(path: Path, limits: Limits, rows: int, start_row: int) -> Iterator[Chunk]:
    """
    Read a Parquet file in stretches; ``lines`` are row numbers from 1.

    Every value becomes text: dates as 2020-01-23, instants in ISO form, lists and structures as
    JSON, bytes in hexadecimal. The geometry of a GeoParquet file is the binary column `GEOMETRY`.
    """
    with faults_told(path, _WHAT):
        lazy = pl.scan_parquet(path, glob=False)
        schema = lazy.collect_schema()
        total = int(lazy.select(pl.len()).collect().item())
    if len(schema) > limits.columns or total > limits.rows:
        over = "columns" if len(schema) > limits.columns else "rows"
        raise InputError(
            f"file {path.name} has {len(schema):,} columns and {total:,} rows; it should have at "
            f"most {getattr(limits, over):,} {over}; this limit is {over}"
        )
    texts = [_as_text(path, name, kind) for name, kind in schema.items()]
    if not total and start_row == 0:
        yield empty(list(schema))
    for start in range(start_row, total, rows):
        with faults_told(path, _WHAT):
            frame = lazy.slice(start, rows).select(texts).collect()
        lines = line_series(range(start + 1, start + 1 + frame.height))
        yield Chunk(start, frame, lines, ())


def _as_text(path: Path, name: str, kind: pl.DataType) -> pl.Expr:
    if isinstance(kind, pl.BaseExtension):
        column = pl.col(name).ext.storage()
        if kind.ext_name() == "geoarrow.wkb":
            meta = json.loads(kind.ext_metadata() or "{}")
            require_degrees(path, meta.get("crs") if isinstance(meta, dict) else None)
            return column.alias(GEOMETRY)
        storage = kind.ext_storage()
        return _cells(column, storage if isinstance(storage, pl.DataType) else storage())
    return _cells(pl.col(name), kind)


def _cells(column: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind.is_float():
        return column.cast(pl.String).str.strip_suffix(".0")
    if isinstance(kind, pl.Binary):
        return column.bin.encode("hex")
    if isinstance(kind, pl.Datetime):
        return column.dt.to_string("iso:strict")
    if isinstance(kind, pl.List | pl.Array | pl.Struct):
        holder = pl.struct(column.alias("v")).struct.json_encode()
        text = holder.str.strip_prefix('{"v":').str.strip_suffix("}")
        return pl.when(column.is_not_null()).then(text).name.keep()
    # No database column takes a zero character.
    text = column.cast(pl.String).replace("", None)
    return text.str.replace_all("\0", "\ufffd", literal=True)
