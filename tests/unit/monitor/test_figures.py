"""Figures kept in memory say exactly what the stored ones say."""

from datetime import date

import numpy as np
import pytest
from polars.testing import assert_frame_equal

from rencheng.foundation.memory.indicators.api import series
from rencheng.kernel.time import day_end
from rencheng.services.monitor.figures import board
from rencheng.services.monitor.indicators import INDICATORS
from rencheng.services.monitor.rates import paces
from tests.fixtures.outbreak import FIRST, ZONE, Outbreak, day


@pytest.mark.parametrize("known", [None, 4, 12, 25])
def test_a_board_says_what_the_indicators_say(outbreak: Outbreak, known: int | None) -> None:
    outbreak.totals("LJ11", [5, 6, 7], known=lambda _: 20, source="desk")
    held = board(None if known is None else day(known))
    as_known = None if known is None else day_end(day(known), ZONE)
    for spec in INDICATORS:
        assert_frame_equal(held.series(spec.name).drop("day"), series(spec.name, as_known=as_known))


def test_a_delivery_is_seen_at_once(outbreak: Outbreak) -> None:
    before = board()
    assert board() is before
    outbreak.totals("LJ20", [1] * 31)
    assert board() is not before
    assert board().matrix("confirmed", [outbreak.ids["LJ20"]], day(30), day(30)).values == 1


def test_days_are_local_days(outbreak: Outbreak) -> None:
    assert board().days("confirmed", list(outbreak.ids.values())) == (FIRST, day(29))
    matrix = board().matrix("confirmed", [outbreak.ids["LJ"], -1], FIRST, day(31))
    assert matrix.days()[0] == FIRST
    assert matrix.values[0, 0] == 120
    assert np.isnan(matrix.values[0, 30:]).all()
    assert np.isnan(matrix.values[1]).all()
    assert np.isnan(matrix.on(date(1999, 1, 1))).all()


def test_the_pace_of_a_day_is_the_indicator_of_that_day(outbreak: Outbreak) -> None:
    ids = [outbreak.ids[code] for code in ("LJ", "LJ11", "LJ12")]
    held = board()
    for n in (7, 12, 22, 29):
        rate = held.matrix("growth_rate", ids, day(n), day(n)).values[:, 0]
        time = held.matrix("doubling_time_days", ids, day(n), day(n)).values[:, 0]
        found = paces(held, ids, day(n))
        np.testing.assert_allclose([pace.rate[0] for pace in found], rate)
        np.testing.assert_allclose([pace.doubling[0] for pace in found], time)


def test_figures_are_worked_out_once(outbreak: Outbreak) -> None:
    held = board()
    assert held.series("new_cases") is held.series("new_cases")
    assert held.by_source("confirmed") is held.by_source("confirmed")
