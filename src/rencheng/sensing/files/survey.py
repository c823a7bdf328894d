"""The first walk through a file: does the mapping fit, how many rows, which places."""

from collections import Counter
from dataclasses import dataclass

from rencheng.kernel.errors import DataError, InputError
from rencheng.sensing.files.convert.keys import Saying, counted
from rencheng.sensing.files.convert.rows import prepared
from rencheng.sensing.files.mapping.spec import Mapping
from rencheng.sensing.files.mapping.steps import columns_after
from rencheng.sensing.files.opened import Opened

ROWS_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file holds: rows (good and broken), and how often each saying of a place is made."""

    rows: int
    sayings: Counter[Saying]


def require_fit(opened: Opened, mapping: Mapping) -> None:
    """
    Check that a file has the columns that a mapping needs, each once.

    Raises
    ------
    DataError
        If it has not; the message names the columns.
    """
    opened.require_single_columns(mapping)
    try:
        there = columns_after(opened.columns, mapping.steps)
    except InputError as error:
        raise DataError(f"file {opened.name}, mapping {mapping.name}: {error}") from error
    missing = [name for name in mapping.columns_needed() if name not in there]
    if missing:
        raise DataError(
            f"file {opened.name} has no column {', '.join(map(repr, missing))}, which mapping "
            f"{mapping.name} needs; it has {', '.join(there)}"
        )


def survey(opened: Opened, mapping: Mapping) -> Survey:
    """
    Walk through a file once, before anything is stored.

    So a file that is damaged further down is refused before its beginning is stored, and what a
    place is called does not depend on the order of the rows.
    """
    rows = 0
    sayings: Counter[Saying] = Counter()
    for chunk in opened.chunks(ROWS_AT_ONCE):
        rows = chunk.next_row
        if mapping.place is not None and chunk.rows.height:
            done = prepared(chunk.rows, mapping)
            for saying, times in counted(done, mapping.place):
                sayings[saying] += times
    return Survey(rows, sayings)
