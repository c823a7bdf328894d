"""What a load would store, shown without storing anything."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rencheng.foundation.memory.clock import now_micros
from rencheng.foundation.memory.journal.api import Statement
from rencheng.foundation.memory.journal.checking import reasons_against
from rencheng.foundation.memory.kinds import kind_named
from rencheng.foundation.places import api as places
from rencheng.kernel.time import from_micros
from rencheng.sensing.files.convert.keys import Settled, counted
from rencheng.sensing.files.convert.phrases import Reason, understood
from rencheng.sensing.files.convert.rows import prepared
from rencheng.sensing.files.loading import said_in
from rencheng.sensing.files.mapping.spec import Mapping
from rencheng.sensing.files.opened import Opened
from rencheng.sensing.files.placing.settling import Placing
from rencheng.sensing.files.survey import require_fit

ROWS_LOOKED_AT = 2_000
ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """
    A row as it would be stored, or why it would be refused.

    ``place`` is the place's name, ``new_place`` says that the load would make it.
    """

    line: int | None
    place: str
    new_place: bool
    event_at: datetime | None
    published_at: datetime | None
    subject: str
    value: dict[str, Any]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """
    What the first rows of a file come to.

    Parameters
    ----------
    looked_at, complete
        How many rows were looked at, and whether those are all.
    good, refused
        Statements among them; nothing is said of duplicates.
    rows, first_refused
        The first rows that would be stored, and the first that would be refused.
    problems
        How often each problem comes, by its name in `phrases.PROBLEMS`, the most frequent first.
    new_places
        Names of places that the load would make.
    """

    looked_at: int
    complete: bool
    good: int
    refused: int
    rows: tuple[PreviewRow, ...]
    first_refused: tuple[PreviewRow, ...]
    problems: dict[str, int]
    new_places: tuple[str, ...]


def preview(opened: Opened, mapping: Mapping, *, rows: int = ROWS_LOOKED_AT) -> Preview:
    """
    Look at the first rows of a file as a mapping reads them; nothing is stored.

    Raises
    ------
    DataError, InputError
        If the file does not fit the mapping or cannot be read.
    """
    require_fit(opened, mapping)
    kind = kind_named(mapping.kind)
    stretches = opened.chunks(rows)
    chunk = next(stretches)
    placing = Placing(create=False)
    settled: Settled = {}
    if mapping.place is not None:
        done = prepared(chunk.rows, mapping)
        settled = placing.settle(mapping.place, dict(counted(done, mapping.place)))
    said = said_in(chunk, opened, mapping, kind, settled)
    said.sort(key=lambda one: one.line or 0)
    now = now_micros()
    checked = [(one, tuple(reasons_against(kind, one, now))) for one in said]
    good = [pair for pair in checked if not pair[1]]
    bad = [pair for pair in checked if pair[1]]
    shown = [*good[:ROWS_SHOWN], *bad[:ROWS_SHOWN]]
    names = _names(placing, [one for one, _ in shown])
    problems = Counter(
        problem for _, wrong in bad for problem in {understood(one[2])[0] for one in wrong}
    )
    return Preview(
        looked_at=chunk.rows.height + len(chunk.broken),
        complete=next(stretches, None) is None,
        good=len(good),
        refused=len(bad),
        rows=tuple(_row(one, wrong, names) for one, wrong in good[:ROWS_SHOWN]),
        first_refused=tuple(_row(one, wrong, names) for one, wrong in bad[:ROWS_SHOWN]),
        problems=dict(problems.most_common()),
        new_places=tuple(f"{new.name} ({new.code})" for new in placing.new.values()),
    )


def _names(placing: Placing, said: list[Statement]) -> dict[int, str]:
    names = {number: new.name for number, new in placing.new.items()}
    known = {one.place_id for one in said if one.place_id is not None and one.place_id > 0}
    return names | dict(places.table(known).select("id", "name_zh").rows())


def _row(said: Statement, wrong: tuple[Reason, ...], names: dict[int, str]) -> PreviewRow:
    return PreviewRow(
        line=said.line,
        place=names.get(said.place_id or 0, ""),
        new_place=(said.place_id or 0) < 0,
        event_at=None if said.event_at is None else from_micros(said.event_at),
        published_at=None if said.published_at is None else from_micros(said.published_at),
        subject=said.subject,
        value={name: value for name, value in said.value.items() if value is not None},
        reasons=wrong,
    )
