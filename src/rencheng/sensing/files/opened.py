"""A file with what a mapping says of its reading."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from rencheng.kernel.errors import DataError, InputError
from rencheng.sensing.files.mapping.spec import Mapping, Reading
from rencheng.sensing.files.mapping.steps import columns_read
from rencheng.sensing.files.matching import ADDED
from rencheng.sensing.readers import files as readers

_WITHOUT_HEADER = ("json", "jsonl", "geojson")
_OBJECTS_LOOKED_AT = 5_000


@dataclass(frozen=True, slots=True)
class Opened:
    """A file, its layout and columns found out; its rows are read only by `chunks`."""

    path: Path
    name: str
    look: readers.Look

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, those that our own tables of refused rows add left out."""
        names = tuple(name for name in self.look.columns if name != readers.GEOMETRY)
        return tuple(name for name in names if name not in ADDED) if self.mended else names

    @property
    def mended(self) -> bool:
        """Tell whether this is one of our tables of refused rows, come back mended."""
        return all(name in self.look.columns for name in ADDED)

    @property
    def delimiter(self) -> str:
        """What stands between the cells of a text file."""
        return self.look.layout.delimiter or ","

    def chunks(self, rows: int, start_row: int = 0) -> Iterator[readers.Chunk]:
        """
        Read the file in stretches (`readers.files.read_chunks`).

        Each has all of ``columns``, null where a stretch of JSON objects lacks a key, and what
        further keys it has.
        """
        with _called(self.path, self.name):
            for chunk in readers.read_chunks(
                self.path, rows=rows, start_row=start_row, layout=self.look.layout, name=self.name
            ):
                yield replace(chunk, rows=self._tidied(chunk.rows))

    def _tidied(self, rows: pl.DataFrame) -> pl.DataFrame:
        unwanted = {readers.GEOMETRY, *(ADDED if self.mended else ())}
        rows = rows.select(rows[name] for name in rows.columns if name not in unwanted)
        missing = [name for name in self.columns if name not in rows.columns]
        if missing:
            rows = rows.with_columns(
                pl.Series(name, [None] * rows.height, dtype=pl.String) for name in missing
            )
        if not self.mended:
            return rows
        # Our table put an apostrophe before what a spreadsheet would have run as a formula.
        return rows.select(pl.all().str.replace(r"^'([=+\-@\t\r\n＝＋－＠])", "$1"))

    def require_single_columns(self, mapping: Mapping) -> None:
        """
        Check that no column the mapping looks at stands twice in the header.

        Raises
        ------
        DataError
            If one does: nobody knows which of the two is meant.
        """
        for name in columns_read(mapping, self.look.columns):
            if f"{name} (2)" in self.look.columns:
                raise DataError(
                    f"file {self.name}: column {name!r} stands twice in the header; it should "
                    "stand there once"
                )


def open_file(path: Path, reading: Reading, name: str | None = None) -> Opened:
    """
    Open a file as a mapping says.

    Raises
    ------
    InputError, DataError
        As `readers.files.look`.
    """
    called = name or path.name
    layout = layout_of(reading)
    with _called(path, called):
        look = readers.look(path, layout=layout, name=called)
        if look.layout.format in _WITHOUT_HEADER:
            # Keys that few objects have may come late.
            look = readers.look(path, rows=_OBJECTS_LOOKED_AT, layout=look.layout, name=called)
        opened = Opened(path, called, look)
    for column in opened.columns:
        if not column.isprintable():
            raise DataError(
                f"file {called} is no table: its header holds control characters ({column[:40]!r})"
            )
    return opened


@contextmanager
def _called(path: Path, name: str) -> Iterator[None]:
    """Let errors name a file as people do, wherever an upload was put."""
    try:
        yield
    except (InputError, DataError) as error:
        if path.name == name or path.name not in str(error):
            raise
        raise type(error)(str(error).replace(path.name, name)) from error


def layout_of(reading: Reading) -> readers.Layout:
    """
    Give a mapping's reading options as the readers want them.

    Raises
    ------
    InputError
        If one of them cannot be.
    """
    return readers.Layout(
        encoding=reading.encoding or None,
        delimiter=reading.delimiter or None,
        header_line=None if reading.header == 1 else reading.header,
        sheet=reading.sheet or None,
    )
