"""How a file is laid out, and how much of it we are willing to read."""

from dataclasses import dataclass
from typing import Literal, get_args

from rencheng.kernel.errors import InputError

Format = Literal["csv", "excel", "parquet", "jsonl", "json", "geojson", "geopackage"]
FORMATS: tuple[Format, ...] = get_args(Format)
DELIMITERS = (",", "\t", ";", "|")
ENCODINGS = ("utf-8", "gb18030", "utf-16")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """
    What is known about a file beforehand; None is found out by looking.

    Parameters
    ----------
    format
        One of `FORMATS`.
    encoding
        One of `ENCODINGS`, for text files.
    delimiter
        One of `DELIMITERS`, for CSV.
    header_line
        Line (or row of a sheet) with the names of the columns, from 1; what stands above it is
        not read. None takes the first line that is not blank.
    sheet
        Sheet of a workbook or layer of a GeoPackage; None takes the first that holds something.
    """

    format: Format | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    sheet: str | None = None

    def __post_init__(self) -> None:
        for name, known in (
            ("format", FORMATS),
            ("encoding", ENCODINGS),
            ("delimiter", DELIMITERS),
        ):
            value = getattr(self, name)
            if value is not None and value not in known:
                raise InputError(f"{name} is {value!r}; it should be one of {list(known)}")
        if self.header_line is not None and self.header_line < 1:
            raise InputError(f"header_line is {self.header_line}; it should be 1 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """
    How much we are willing to read; more is refused with an InputError that names the limit.

    Parameters
    ----------
    unpacked_bytes
        Bytes after unpacking, of the file (gz) or all parts of a workbook.
    whole_bytes
        Bytes of a file that must be held in memory whole: JSON arrays, GeoJSON, workbooks.
    ratio
        Bytes unpacked for each packed byte, once 32 MiB are unpacked.
    columns
        Columns of a table.
    record_bytes
        Bytes of one row of a text file; a longer row is broken.
    rows
        Rows of a Parquet file.
    """

    unpacked_bytes: int = 8 * 2**30
    whole_bytes: int = 512 * 2**20
    ratio: int = 200
    columns: int = 2_000
    record_bytes: int = 2**20
    rows: int = 200_000_000


LIMITS = Limits()
