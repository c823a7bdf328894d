"""Excel workbooks (.xlsx, .xlsm, .xlsb, .ods, .xls): a sheet as a table of text."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import polars as pl

from rencheng.kernel.errors import InputError
from rencheng.sensing.readers import opening
from rencheng.sensing.readers.chunks import Chunk, column_names, empty, line_series
from rencheng.sensing.readers.layout import Layout, Limits
from rencheng.sensing.readers.native import faults_told

_ZIP: Final = b"PK\x03\x04"
_WHAT: Final = "an Excel workbook"
# A day without time is kept by Excel as midnight.
_MIDNIGHT: Final = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"


def sheets(path: Path, limits: Limits) -> list[str]:
    """List the sheets of a workbook."""
    import fastexcel

    _require_modest(path, limits)
    with faults_told(path, _WHAT, fastexcel.FastExcelError):
        return list(fastexcel.read_excel(path).sheet_names)


def chunks(
    path: Path, layout: Layout, limits: Limits, rows: int, start_row: int
) -> Iterator[Chunk]:
    """
    Read a sheet in stretches; ``lines`` are row numbers as Excel shows them.

    Numbers and formulas come as the values last computed, days as 2020-01-23, times as
    2020-01-23 08:30:00. Rows without any value are left out.
    """
    sheet = _sheet(path, layout, limits)
    header_at = _header_row(path, sheet, layout)
    if sheet.width > limits.columns:
        raise InputError(
            f"file {path.name}: {sheet.width:,} columns; it should be at most "
            f"{limits.columns:,}; this limit is columns"
        )
    names = column_names([str(name) if name else None for name in sheet.row(header_at)])
    body = sheet[header_at + 1 :]
    body.columns = names
    lines = line_series(range(header_at + 2, header_at + 2 + body.height))
    filled = ~body.select(pl.all_horizontal(pl.all().is_null())).to_series()
    body, lines = body.filter(filled), lines.filter(filled)
    if not body.height and start_row == 0:
        yield empty(names)
    for start in range(start_row, body.height, rows):
        yield Chunk(start, body[start : start + rows], lines[start : start + rows], ())


def _sheet(path: Path, layout: Layout, limits: Limits) -> pl.DataFrame:
    import fastexcel

    names = sheets(path, limits)
    if not names:
        raise InputError(f"file {path.name} has no sheet; it should have one")
    if layout.sheet is not None and layout.sheet not in names:
        raise InputError(
            f"file {path.name} has no sheet {layout.sheet!r}; it should be one of {names}"
        )
    frame = pl.DataFrame()
    with faults_told(path, _WHAT, fastexcel.FastExcelError):
        book = fastexcel.read_excel(path)
        for name in names if layout.sheet is None else [layout.sheet]:
            # From the very first row on, so that row numbers are those a person sees.
            sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
            frame = sheet.to_polars()
            if frame.width:
                break
    texts = pl.all().cast(pl.String).str.replace(_MIDNIGHT, "$1").replace("", None)
    return frame.with_columns(texts) if frame.width else frame


def _header_row(path: Path, sheet: pl.DataFrame, layout: Layout) -> int:
    if layout.header_line is not None and layout.header_line <= sheet.height:
        return layout.header_line - 1
    for at, row in enumerate(sheet.iter_rows()):
        if layout.header_line is None and any(row):
            return at
    where = f", row {layout.header_line}" if layout.header_line else ""
    raise InputError(
        f"file {path.name}{where}: nothing stands there; it should be the names of the columns"
    )


def _require_modest(path: Path, limits: Limits) -> None:
    """Refuse a workbook whose parts unpack to too much, before anything unpacks them."""
    packed = path.stat().st_size
    unpacked = packed
    if opening.head(path, len(_ZIP)) == _ZIP:
        with faults_told(path, _WHAT), zipfile.ZipFile(path) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    if unpacked > limits.whole_bytes:
        raise InputError(
            f"file {path.name} unpacks to {unpacked:,} bytes; it should be at most "
            f"{limits.whole_bytes:,}; this limit is whole_bytes"
        )
    if unpacked > 32 * 2**20 + limits.ratio * packed:
        raise InputError(
            f"file {path.name} unpacks to over {limits.ratio} times its size; this limit is ratio"
        )
