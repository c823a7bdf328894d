"""What a file looks like to somebody who ties its columns to fields."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from rencheng.sensing.files.mapping.spec import Mapping, Reading, Step
from rencheng.sensing.files.mapping.steps import apply
from rencheng.sensing.files.models import Upload
from rencheng.sensing.files.opened import Opened, open_file
from rencheng.sensing.files.pages.suggesting import Samples
from rencheng.sensing.files.uploads import path_of

_ROWS = 500
_CELLS = 40
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Sample:
    """Columns of a file once the steps are done, and different cells of each."""

    opened: Opened | None
    columns: tuple[str, ...]
    cells: Samples

    def shown(self, column: str) -> str:
        """Give a few cells of a column in a line."""
        some = [text if len(text) <= 24 else text[:23] + "…" for text in self.cells.get(column, [])]
        return " · ".join(some[:SHOWN])


def sample_of(upload: Upload, reading: Reading, steps: Sequence[Step]) -> Sample:
    """
    Look at the first rows of an upload.

    Raises
    ------
    InputError, DataError
        If it is gone, cannot be read, or lacks what the steps need.
    """
    opened = open_file(path_of(upload), reading, upload.file_name)
    table = apply(next(opened.chunks(_ROWS)).rows, steps)
    return Sample(opened, tuple(table.columns), {c: _different(table[c]) for c in table.columns})


def without_file(mapping: Mapping) -> Sample:
    """Give the columns that a mapping knows, where there is no file to look at."""
    return Sample(None, mapping.columns_needed(), {})


def _different(column: pl.Series) -> list[str]:
    texts = column.drop_nulls().str.strip_chars()
    return texts.filter(texts != "").unique(maintain_order=True).head(_CELLS).to_list()
