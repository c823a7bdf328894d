"""What reading a file gives: pieces of a table, and the rows that could not be read."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from rencheng.kernel.geometry.arrays import IntArray
from rencheng.kernel.words import Words

GEOMETRY = "geometry"
_SHOWN = 2_000


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """
    A row that could not be read.

    Parameters
    ----------
    line
        Where it begins: line of a text file, row of a sheet or Parquet file, number of a feature;
        from 1.
    was, should
        What stood there (at most 2,000 characters), and what should have.
    """

    line: int
    was: str
    should: Words


@dataclass(frozen=True, slots=True)
class Chunk:
    """
    A stretch of a file.

    Parameters
    ----------
    start_row
        How many rows of the file come before; a load that stops after this chunk goes on with
        ``start_row=next_row``.
    rows
        The rows that could be read: text columns, empty cells null; in files of features also a
        binary column `GEOMETRY` of WKB.
    lines
        Int64, where each of ``rows`` begins, as `BrokenRow.line`.
    broken
        The rows that could not be read. Law: rows and broken together are all rows of the
        stretch, each once.
    """

    start_row: int
    rows: pl.DataFrame
    lines: pl.Series
    broken: tuple[BrokenRow, ...]

    @property
    def next_row(self) -> int:
        """The row after the last one of this chunk."""
        return self.start_row + self.rows.height + len(self.broken)


def broken(line: int, was: str | bytes, zh: str, en: str) -> BrokenRow:
    """Note a row that could not be read, showing only the beginning of what stood there."""
    text = was.decode("utf-8", "replace") if isinstance(was, bytes) else was
    text = text.strip("\r\n")
    shown = text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
    return BrokenRow(line, shown, Words(zh, en))


def line_series(lines: Sequence[int] | IntArray) -> pl.Series:
    """Make the column of line numbers."""
    return pl.Series("line", lines, dtype=pl.Int64)


def empty(columns: Sequence[str]) -> Chunk:
    """Make the chunk of a table that has columns but no rows."""
    frame = pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    return Chunk(0, frame, line_series([]), ())


def joined(chunks: Sequence[Chunk]) -> Chunk:
    """Put chunks that follow each other into one; columns that one lacks are null there."""
    if not chunks:
        return empty(())
    return Chunk(
        chunks[0].start_row,
        pl.concat([chunk.rows for chunk in chunks], how="diagonal"),
        pl.concat([chunk.lines for chunk in chunks]),
        tuple(one for chunk in chunks for one in chunk.broken),
    )


def column_names(given: Sequence[str | None]) -> list[str]:
    """
    Make the names of columns usable: none blank, none twice.

    Examples
    --------
    >>> column_names([" code ", "", "code", None])
    ['code', 'column_2', 'code (2)', 'column_4']
    """
    names: list[str] = []
    for position, raw in enumerate(given, start=1):
        name = (raw or "").strip().strip("\ufeff").strip() or f"column_{position}"
        again, base = 1, name
        while name in names:
            again += 1
            name = f"{base} ({again})"
        names.append(name)
    return names
