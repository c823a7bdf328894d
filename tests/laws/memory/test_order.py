"""Whatever the order, the doubling and the cutting of deliveries, the memory ends up the same."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rencheng.foundation.memory.balance import balances
from rencheng.foundation.memory.indicators.api import derive_pending, digest, rebuild, series
from rencheng.foundation.memory.indicators.models import Figure
from rencheng.foundation.memory.journal.api import Statement, append
from rencheng.foundation.memory.journal.models import Observation
from rencheng.foundation.memory.ledger.models import Entry
from rencheng.kernel.time import DAY
from tests.fixtures.memory import KIND

T0 = 1_580_000_000_000_000
statement = st.builds(
    lambda sick, day, late, place: (sick, day, day + 1 + late, place),
    st.integers(-2, 30), st.integers(0, 6), st.integers(0, 3), st.integers(1, 3),
)  # fmt: skip


def empty() -> None:
    Figure.objects.all().delete()
    Observation.objects.all().delete()
    Entry.objects.all().delete()


def tell(source_id: int, rows: list[tuple[int, int, int, int]], cut: int) -> None:
    for begin in range(0, len(rows), cut):
        append(
            source_id,
            KIND,
            [
                Statement(
                    value={"sick": sick},
                    event_at=T0 + day * DAY,
                    published_at=T0 + known * DAY,
                    place_id=place,
                )
                for sick, day, known, place in rows[begin : begin + cut]
            ],
        )
        derive_pending()


@pytest.mark.usefixtures("indicators")
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(statement, max_size=25), cut=st.integers(1, 9), seed=st.integers(0, 99))
def test_order_doubling_and_cutting_do_not_change_the_figures(
    source: int, rows: list[tuple[int, int, int, int]], cut: int, seed: int
) -> None:
    # Two statements for the same place, day and publication are a correction: there order counts.
    rows = list({row[1:]: row for row in rows}.values())
    empty()
    tell(source, rows, cut=25)
    first = digest()
    empty()
    shuffled = rows + rows[: len(rows) // 2]
    random.Random(seed).shuffle(shuffled)
    tell(source, shuffled, cut=cut)
    assert digest() == first
    assert rebuild() == (first, first)
    assert all(balance.balanced for balance in balances())
    stored = {row for row in rows if row[0] >= 0}
    assert Observation.objects.count() == len(stored)


@pytest.mark.usefixtures("indicators")
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=st.lists(statement, min_size=1, max_size=25), day=st.integers(0, 9))
def test_what_was_known_then_does_not_change_when_more_becomes_known(
    source: int, rows: list[tuple[int, int, int, int]], day: int
) -> None:
    empty()
    tell(source, [row for row in rows if row[2] <= day], cut=5)
    then = series("sick", as_known=T0 + day * DAY)
    tell(source, [row for row in rows if row[2] > day], cut=5)
    assert series("sick", as_known=T0 + day * DAY).equals(then)
