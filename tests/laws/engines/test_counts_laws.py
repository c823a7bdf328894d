"""Laws of counts: nothing is lost between a total and its increments."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rencheng.engines.epidemic.counts import (
    active,
    crude_fatality,
    incidence,
    per_million,
    trailing_mean,
)

people = st.integers(0, 10**7).map(float)
totals = hnp.arrays(
    np.float64, hnp.array_shapes(min_dims=1, max_dims=2, min_side=2), elements=people
)
holed = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=30),
    elements=st.one_of(people, st.just(float("nan"))),
)


@given(totals)
def test_new_counts_add_up_to_the_last_total_minus_the_first(total):
    new = incidence(total)
    assert np.isnan(new[..., 0]).all()
    np.testing.assert_allclose(new[..., 1:].sum(axis=-1), total[..., -1] - total[..., 0])


@given(holed)
def test_a_day_without_a_count_gives_no_increment_on_either_side(total):
    new = incidence(total)
    silent = np.isnan(total)
    assert np.isnan(new[silent]).all()
    assert np.isnan(new[:, 1:][silent[:, :-1]]).all()


@given(totals, st.floats(-1e6, 1e6, allow_nan=False))
def test_people_counted_before_do_not_change_what_is_new(total, before):
    moved = incidence(np.round(before) + total)
    np.testing.assert_allclose(moved, incidence(total), atol=1e-6)


@given(totals)
def test_a_week_of_means_is_the_week_of_totals(total):
    week = trailing_mean(incidence(total), days=3)
    expected = (total[..., 3:] - total[..., :-3]) / 3
    np.testing.assert_allclose(week[..., 3:], expected, atol=1e-6)


@given(totals)
def test_everybody_is_ill_cured_or_dead(total):
    cured, dead = np.floor(total * 0.6), np.floor(total * 0.1)
    np.testing.assert_array_equal(active(total, cured, dead) + cured + dead, total)
    share = crude_fatality(dead, total)
    assert ((share >= 0) & (share <= 100) | np.isnan(share)).all()


@given(totals, st.integers(1, 10**9))
def test_a_rate_times_the_people_gives_the_count_back(total, population):
    rate = per_million(total, np.full(total.shape[:-1], float(population)))
    np.testing.assert_allclose(rate * population / 1e6, total, rtol=1e-12)


def test_a_rate_of_nobody_is_not_given():
    assert np.isnan(per_million([[5.0]], [0.0])).all()
    assert np.isnan(per_million([[5.0]], [np.nan])).all()
