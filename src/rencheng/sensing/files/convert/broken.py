"""Rows that a reader could not read, as statements to be refused."""

import csv
from collections.abc import Iterable, Sequence

from rencheng.foundation.memory.journal.statement import Statement
from rencheng.sensing.files.convert.phrases import Reason, clean, reason
from rencheng.sensing.readers.delimited import UNREADABLE, ZERO_SIGN
from rencheng.sensing.readers.files import BrokenRow

# A reader's sign for a zero byte, and its mark for characters that were lost.
_ZERO = ZERO_SIGN + "\ufffd"


def broken_statements(
    broken: Iterable[BrokenRow], columns: Sequence[str], delimiter: str
) -> list[Statement]:
    """
    Make a statement of each row that could not be read, so that the ledger counts it.

    Its cells are put under the columns as far as they go, and cells too many under columns of
    their own, so that the row can be mended in a spreadsheet.
    """
    return [
        Statement(
            {},
            None,
            line=one.line,
            row=_cells(one.was.replace(_ZERO, ZERO_SIGN), columns, delimiter),
            reasons=(_reason(one),),
        )
        for one in broken
    ]


def _reason(one: BrokenRow) -> Reason:
    if _ZERO in one.was and one.should == UNREADABLE:
        return reason("row", one.was.replace(_ZERO, ZERO_SIGN), "nul")
    return "row", clean(one.was), one.should.en


def _cells(text: str, columns: Sequence[str], delimiter: str) -> dict[str, str]:
    try:
        (cells,) = csv.reader([text.replace("\n", " ").replace("\r", " ")], delimiter=delimiter)
    except (csv.Error, ValueError):
        cells = [text]
    names = [*columns, *(f"column_{at}" for at in range(len(columns) + 1, len(cells) + 1))]
    return {clean(name): clean(cell) for name, cell in zip(names, cells, strict=False)}
