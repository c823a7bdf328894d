"""
The door of the readers: any known file to tables of text, in pieces of bounded memory.

Nothing here knows what the columns mean; mappings do.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from rencheng.kernel.errors import InputError
from rencheng.sensing.readers import (
    delimited,
    documents,
    features,
    opening,
    parquet,
    workbooks,
)
from rencheng.sensing.readers.chunks import GEOMETRY, BrokenRow, Chunk, joined
from rencheng.sensing.readers.layout import FORMATS, LIMITS, Format, Layout, Limits
from rencheng.sensing.readers.table_shape import table_shape

__all__ = [
    "FORMATS",
    "GEOMETRY",
    "LIMITS",
    "BrokenRow",
    "Chunk",
    "Format",
    "Layout",
    "Limits",
    "Look",
    "format_of",
    "look",
    "read",
    "read_chunks",
]

_ENDINGS: Final[dict[str, Format]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xlsb": "excel",
    ".xls": "excel",
    ".ods": "excel",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".geojson": "geojson",
    ".gpkg": "geopackage",
}
_PACKABLE: Final = ("csv", "jsonl", "json", "geojson")


@dataclass(frozen=True, slots=True)
class Look:
    """
    What a file is like, for a person who makes a mapping.

    Parameters
    ----------
    layout
        The layout with everything filled in that was found out.
    columns
        Names of the columns, in order.
    first
        The first rows.
    sheets
        Sheets of a workbook, layers of a GeoPackage; else empty.
    """

    layout: Layout
    columns: tuple[str, ...]
    first: Chunk
    sheets: tuple[str, ...]


def format_of(path: Path, name: str | None = None) -> Format:
    """
    Tell the format of a file by its name, ``.gz`` aside, and where that says JSON by a look.

    Parameters
    ----------
    name
        What the file was called, where ``path`` is only where an upload was put.

    Raises
    ------
    InputError
        If the ending is not known; the message lists those that are.
    """
    called = Path((name or path.name).lower())
    packed = called.suffix == ".gz"
    ending = Path(called.stem).suffix if packed else called.suffix
    found = _ENDINGS.get(ending)
    if found is None or (packed and found not in _PACKABLE):
        known = ", ".join(_ENDINGS)
        raise InputError(
            f"file {name or path.name} ends in {''.join(called.suffixes[-2:]) or 'nothing'}; "
            f"it should be one of {known}, or text packed as .gz"
        )
    return _json_kind(path) if found == "json" else found


def read_chunks(
    path: Path,
    *,
    rows: int = 50_000,
    start_row: int = 0,
    layout: Layout | None = None,
    limits: Limits = LIMITS,
    name: str | None = None,
) -> Iterator[Chunk]:
    r"""
    Read a file in stretches, so that memory stays bounded and a load can go on where it stopped.

    Parameters
    ----------
    rows
        Rows of a stretch, good and broken; the last one may be shorter.
    start_row
        Rows to pass over: `Chunk.next_row` of the last stretch that was dealt with.
    layout
        What is known of the file; the rest is found out.
    name
        What the file was called, where ``path`` is only where an upload was put.

    Yields
    ------
    chunk
        Rows as text, where each stands, and the rows that could not be read. Law: however a file
        is cut into stretches, the rows are the same. A table without rows gives one empty stretch
        with its columns.

    Raises
    ------
    InputError
        If the format is unknown, the header is missing, or a limit is passed.
    DataError
        If the file is not what it should be.

    Notes
    -----
    JSON arrays, GeoJSON and workbooks are held in memory whole. A CSV of 1,000,000 rows and 8
    columns takes about 0.4 s; passing over rows costs half of reading them.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "beds.csv"
    >>> _ = file.write_text('place,beds\n420100,1000\n420200\n"421000",300\n')
    >>> (chunk,) = read_chunks(file)
    >>> chunk.rows.rows(), chunk.lines.to_list()
    ([('420100', '1000'), ('421000', '300')], [2, 4])
    >>> chunk.broken[0].line, chunk.broken[0].was, chunk.broken[0].should.en
    (3, '420200', '2 fields; it has 1')
    """
    if rows < 1 or start_row < 0:
        raise InputError(
            f"rows is {rows} and start_row {start_row}; they should be 1 and 0 or more"
        )
    layout = layout or Layout()
    form = layout.format or format_of(path, name)
    opening.head(path, 1)
    if form == "csv":
        shape = table_shape(path, layout, limits)
        yield from delimited.chunks(path, shape, limits, rows, start_row)
    elif form == "parquet":
        yield from parquet.chunks(path, limits, rows, start_row)
    else:
        reader = {
            "excel": workbooks.chunks,
            "jsonl": documents.line_chunks,
            "json": documents.array_chunks,
            "geojson": features.geojson_chunks,
            "geopackage": features.geopackage_chunks,
        }[form]
        yield from reader(path, layout, limits, rows, start_row)


def read(
    path: Path,
    *,
    layout: Layout | None = None,
    limits: Limits = LIMITS,
    name: str | None = None,
) -> Chunk:
    """
    Read a file whole, as one stretch; see `read_chunks`.

    For small files: nothing bounds the memory but ``limits``.
    """
    return joined(list(read_chunks(path, layout=layout, limits=limits, name=name)))


def look(
    path: Path,
    *,
    rows: int = 20,
    layout: Layout | None = None,
    limits: Limits = LIMITS,
    name: str | None = None,
) -> Look:
    """
    Look at the beginning of a file: how it is laid out, its columns, its first rows.

    Raises
    ------
    InputError, DataError
        As `read_chunks`.
    """
    layout = layout or Layout()
    layout = replace(layout, format=layout.format or format_of(path, name))
    names: tuple[str, ...] = ()
    if layout.format == "excel":
        names = tuple(workbooks.sheets(path, limits))
    elif layout.format == "geopackage":
        names = tuple(features.layers(path))
    if layout.format == "csv":
        shape = table_shape(path, layout, limits)
        layout = replace(
            layout,
            encoding=shape.encoding,
            delimiter=shape.delimiter,
            header_line=shape.header_line,
        )
    stretches = read_chunks(path, rows=rows, layout=layout, limits=limits)
    first = joined(list(islice(stretches, 1)))
    return Look(layout, tuple(first.rows.columns), first, names)


def _json_kind(path: Path) -> Format:
    """Tell an array, JSON lines and GeoJSON apart by how the file begins."""
    start = next(opening.blocks(path, LIMITS, 4096), b"").removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"["):
        return "json"
    if b'"FeatureCollection"' in start or b'"features"' in start:
        return "geojson"
    line = start.split(b"\n", 1)[0].rstrip()
    if start.startswith(b"{") and line.endswith((b"{", b"[", b",")):
        raise InputError(
            f"file {path.name} holds one JSON object; it should be an array of objects, an object "
            "on each line, or GeoJSON"
        )
    return "jsonl"
