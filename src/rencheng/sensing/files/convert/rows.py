"""From a chunk of a file to statements: every row becomes one, good or refused."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import polars as pl

from rencheng.foundation.memory.journal.statement import Statement
from rencheng.foundation.memory.kinds import Kind
from rencheng.kernel.time import Micros
from rencheng.sensing.files.convert.fields import read_field
from rencheng.sensing.files.convert.keys import Settled, sayings
from rencheng.sensing.files.convert.phrases import Reason, clean, reason
from rencheng.sensing.files.convert.texts import trimmed
from rencheng.sensing.files.convert.times import times
from rencheng.sensing.files.mapping.spec import Mapping
from rencheng.sensing.files.mapping.steps import apply, columns_read

# Carries the number of the original row through the steps; no reader makes such a column.
ROW = "\x1frow"
# Longer cells are shown cut off beside a refused row.
CELL_SHOWN = 2_000

Given = dict[str, Any]


def prepared(table: pl.DataFrame, mapping: Mapping) -> pl.DataFrame:
    """
    Take the columns a mapping needs out of a table of texts, blanks to null, and do the steps.

    Gives those columns and `ROW`, the position of the row that each row came from.

    Raises
    ------
    InputError
        If a step or a part of the mapping names a column that is not there.
    """
    taken = table.select(table[name] for name in columns_read(mapping, table.columns))
    nothing = ["", *mapping.reading.empty]
    texts = pl.all().str.strip_chars()
    taken = taken.select(pl.when(texts.is_in(nothing)).then(None).otherwise(texts).name.keep())
    taken = taken.with_columns(pl.Series(ROW, range(table.height), dtype=pl.UInt32))
    return apply(taken, mapping.steps)


def statements(
    table: pl.DataFrame,
    lines: Sequence[int],
    mapping: Mapping,
    kind: Kind,
    *,
    places: Settled,
    now: Micros,
) -> list[Statement]:
    """
    Turn rows of a file into statements, with what is wrong written beside those to be refused.

    Parameters
    ----------
    table
        Texts as they stand in the file, null or "" where a cell is empty.
    lines
        Line of each row in the file.
    mapping, kind
        How to read them, and what they are.
    places
        What every saying of a place in the table means (`keys.sayings`).
    now
        By the clock of the house.

    Returns
    -------
    statements
        One per row and unpivoted column, and one for each row that is broken as a whole; none is
        left out.
    """
    rows = originals(table)
    faults = whole_faults(table)
    result = [
        Statement({}, None, line=lines[at], row=rows[at], reasons=(fault,))
        for at, fault in sorted(faults.items())
    ]
    done = prepared(table, mapping)
    if faults:
        done = done.filter(~pl.col(ROW).is_in(list(faults)))
    read = _read(done, mapping, kind, places, now)
    for number, one in zip(done[ROW].to_list(), read, strict=True):
        one.line, one.row = lines[number], rows[number]
    return result + read


def _read(
    done: pl.DataFrame, mapping: Mapping, kind: Kind, places: Settled, now: Micros
) -> list[Statement]:
    said = times(done, mapping.event, mapping.published, now)
    wrong: dict[int, list[Reason]] = defaultdict(list, said.reasons)
    values: dict[str, list[Any]] = {}
    for name, part in mapping.fields.items():
        values[name], refused = read_field(done[part.column], kind.field(name), part)
        for at, one in refused.items():
            wrong[at].append(one)
    place_ids = _places(done, mapping, places, wrong)
    subjects = _subjects(done, mapping)
    names = tuple(values)
    amounts = list(zip(*values.values(), strict=True))
    for at, row in enumerate(amounts):
        if at not in wrong and not any(amount is not None for amount in row):
            wrong[at].append(reason("row", "", "nothing said"))
    columns = zip(said.event, said.published, place_ids, subjects, amounts, strict=True)
    return [
        Statement(
            dict(zip(names, row, strict=True)), event, place, subject, out,
            reasons=tuple(wrong[at]) if at in wrong else (),
        )
        for at, (event, out, place, subject, row) in enumerate(columns)
    ]  # fmt: skip


def originals(table: pl.DataFrame) -> list[Given]:
    """Give the rows as they stood in the file, fit to be stored beside a refusal."""
    names = [clean(name) for name in table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in table.rows()]
    long = pl.any_horizontal(pl.all().str.len_chars() > CELL_SHOWN)
    odd = pl.any_horizontal(pl.all().str.contains("\x00", literal=True))
    if table.width:
        for at in table.select(long | odd).to_series().fill_null(value=False).arg_true():
            rows[at] = {name: _shown(cell) for name, cell in rows[at].items()}
    return rows


def whole_faults(table: pl.DataFrame) -> dict[int, Reason]:
    """Find rows that say nothing, are the header again, or hold NUL characters."""
    if not table.width:
        return {}
    cells = [table[name].fill_null("") for name in table.columns]
    faults: dict[int, Reason] = {}
    odd = [cell.str.contains("\x00", literal=True) for cell in cells]
    for name, marks in zip(table.columns, odd, strict=True):
        for at in marks.arg_true():
            faults.setdefault(at, reason("row", f"{name}: {table[name][at]}", "nul"))
    blank = pl.DataFrame([cell.str.strip_chars() == "" for cell in cells])
    for at in blank.select(pl.all_horizontal(pl.all())).to_series().arg_true():
        faults[at] = reason("row", "", "empty")
    again = pl.DataFrame(
        [cell.str.strip_chars() == name for name, cell in zip(table.columns, cells, strict=True)]
    )
    for at in again.select(pl.all_horizontal(pl.all())).to_series().arg_true():
        faults[at] = reason("row", ", ".join(table.columns), "header")
    return faults


def _shown(cell: str | None) -> str | None:
    if cell is None:
        return None
    return clean(cell) if len(cell) <= CELL_SHOWN else clean(cell[:CELL_SHOWN]) + "…"


def _places(
    done: pl.DataFrame, mapping: Mapping, places: Settled, wrong: dict[int, list[Reason]]
) -> list[int | None]:
    if mapping.place is None:
        return [None] * done.height
    ids: list[int | None] = []
    for at, saying in enumerate(sayings(done, mapping.place)):
        found = places[saying]
        if isinstance(found, int):
            ids.append(found)
        else:
            ids.append(None)
            wrong[at].append(found)
    return ids


def _subjects(done: pl.DataFrame, mapping: Mapping) -> list[str]:
    if not mapping.subject:
        return [""] * done.height
    return [trimmed(text or "") for text in done[mapping.subject].to_list()]
