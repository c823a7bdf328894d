"""The refused rows of a load as a table that can be mended in a spreadsheet and sent again."""

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from rencheng.foundation.memory.balance import rejections
from rencheng.foundation.web.lists.column import Kind
from rencheng.foundation.web.lists.export.sheet import Sheet
from rencheng.sensing.files.convert.phrases import understood
from rencheng.sensing.files.matching import ADDED
from rencheng.sensing.files.models import Load

_ROWS_AT_ONCE = 1_000
_TEXT: Kind = "text"


def refused_sheet(load: Load, say: Callable[[str], str], language: str) -> Sheet:
    """
    Lay out the refused rows: line, problem, then the columns of the file as they came.

    Parameters
    ----------
    load
        Whose rows.
    say
        What the column of a field is called.
    language
        Of the problems' words.

    Notes
    -----
    A line that was refused for several of its figures stands there once. Columns that only
    broken rows have (a cell too many) come last.
    """
    columns = _columns(load)
    return Sheet(
        name="refused",
        names=[*ADDED, *columns],
        titles=[*ADDED, *columns],
        kinds=["integer", "text", *(_TEXT for _ in columns)],
        chunks=_chunks(load, columns, say, language),
    )


def _columns(load: Load) -> list[str]:
    columns = dict.fromkeys(str(name) for name in load.columns)
    for rejection in rejections(load.delivery):
        columns.update(dict.fromkeys(rejection.row))
    return list(columns)


def _chunks(
    load: Load, columns: list[str], say: Callable[[str], str], language: str
) -> Iterator[list[tuple[Any, ...]]]:
    chunk: list[tuple[Any, ...]] = []
    for line, same in groupby(rejections(load.delivery), key=lambda one: one.line):
        found = list(same)
        reasons = dict.fromkeys(
            f"{say(one['field'])}: {one['was'] or '—'} → "
            f"{understood(one['should'])[1].say(language)}"
            for rejection in found
            for one in rejection.reasons
        )
        # A row that is broken as a whole would pass once its cells are laid out under columns,
        # perhaps the wrong ones. It goes back empty, with what it was beside it: to be typed again.
        broken = any(one["field"] == "row" for rejection in found for one in rejection.reasons)
        row = {} if broken else found[0].row
        cells = [None if row.get(name) is None else str(row[name]) for name in columns]
        chunk.append((line, "; ".join(reasons), *cells))
        if len(chunk) >= _ROWS_AT_ONCE:
            yield chunk
            chunk = []
    yield chunk
