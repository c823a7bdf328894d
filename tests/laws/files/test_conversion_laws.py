"""Every row of any table becomes one statement, whatever stands in it and in whatever order."""

import random
from collections import Counter

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from rencheng.foundation.memory.journal.api import Statement
from rencheng.foundation.memory.journal.checking import reasons_against
from rencheng.foundation.memory.kinds import kind_named
from rencheng.kernel.time import day_start, parse_day
from rencheng.sensing.files.convert.keys import Settled, counted, sayings
from rencheng.sensing.files.convert.rows import prepared, statements
from rencheng.sensing.files.mapping.spec import Mapping
from tests.fixtures.mappings import mapping

NOW = day_start(parse_day("2020-06-01"), "Asia/Shanghai")
PLAIN = mapping()
TWO = mapping(
    match={},
    steps=[{"do": "unpivot", "columns": {"sick": "a", "dead": "b"}, "name": "x", "value": "n"}],
    fields={"confirmed": {"column": "n"}},
)
cells = st.one_of(
    st.none(),
    st.text(max_size=6),
    st.sampled_from(
        ["2020-02-03", "2020-02-30", "2030-01-01", "420100", "5", "-1", "1,234", "5.0", "=1",
         "１２", "nan", "1e9", "12%", " ", "9" * 30, "\x00", "day", "code", "sick", "dead"]
    ),
)  # fmt: skip
rows = st.lists(st.tuples(cells, cells, cells, cells), max_size=8)


def table_of(given_rows: list[tuple[str | None, ...]]) -> pl.DataFrame:
    names = ("day", "code", "sick", "dead")
    return pl.DataFrame(given_rows, schema=dict.fromkeys(names, pl.String), orient="row")


def said(given_rows: list[tuple[str | None, ...]], how: Mapping = PLAIN) -> list[Statement]:
    table = table_of(given_rows)
    assert how.place is not None
    places: Settled = dict.fromkeys(sayings(prepared(table, how), how.place), 7)
    kind = kind_named(how.kind)
    lines = range(2, 2 + len(given_rows))
    return statements(table, lines, how, kind, places=places, now=NOW)


def shown(statement: Statement) -> str:
    return repr((statement.value, statement.event_at, statement.reasons, statement.row))


@given(rows)
def test_every_row_becomes_one_statement_with_its_line_and_cells(
    given_rows: list[tuple[str | None, ...]],
) -> None:
    result = said(given_rows)
    assert sorted(one.line or 0 for one in result) == list(range(2, 2 + len(given_rows)))
    for one in result:
        assert one.row is not None
        assert list(one.row) == ["day", "code", "sick", "dead"]
        assert "\x00" not in repr(one.reasons)
        assert "\x00" not in "".join(cell or "" for cell in one.row.values())


@given(rows)
def test_a_good_statement_passes_its_kind_and_a_refused_one_says_why(
    given_rows: list[tuple[str | None, ...]],
) -> None:
    kind = kind_named(PLAIN.kind)
    for one in said(given_rows):
        before = one.reasons
        wrong = reasons_against(kind, one, NOW)
        assert tuple(wrong) == before, "the memory should find nothing that we did not say before"
        if not wrong:
            assert isinstance(one.value["confirmed"], int)
            assert one.published_at == (one.event_at or 0) + 86_400_000_000


@given(rows, st.randoms())
def test_the_order_of_rows_does_not_matter(
    given_rows: list[tuple[str | None, ...]], chance: random.Random
) -> None:
    shuffled = given_rows[:]
    chance.shuffle(shuffled)
    assert Counter(map(shown, said(given_rows))) == Counter(map(shown, said(shuffled)))


@given(rows)
def test_an_unpivoted_row_becomes_one_statement_a_column(
    given_rows: list[tuple[str | None, ...]],
) -> None:
    lines = Counter(one.line for one in said(given_rows, TWO))
    whole = Counter(one.line for one in said(given_rows) if any(r[0] == "row" for r in one.reasons))
    for number in range(2, 2 + len(given_rows)):
        broken = number in whole and lines[number] == 1
        assert broken or lines[number] == 2


@given(rows)
def test_sayings_are_counted_as_often_as_they_are_made(
    given_rows: list[tuple[str | None, ...]],
) -> None:
    assert PLAIN.place is not None
    done = prepared(table_of(given_rows), PLAIN)
    assert dict(counted(done, PLAIN.place)) == Counter(sayings(done, PLAIN.place))
