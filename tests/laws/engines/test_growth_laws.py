"""Laws of growth: the rate does not depend on how many, only on how they follow each other."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rencheng.engines.epidemic.growth import (
    Direction,
    exponential_growth,
    rolling_growth,
    student_95,
)
from rencheng.engines.epidemic.scaling import power_law_exponent
from rencheng.kernel.errors import InputError

windows = hnp.arrays(np.float64, st.integers(4, 21), elements=st.integers(0, 5_000).map(float))


@given(st.floats(-0.8, 0.8), st.floats(1.0, 1e4), st.integers(4, 21))
def test_exactly_exponential_counts_give_their_own_rate(rate, level, days):
    counts = level * np.exp(rate * np.arange(days))
    assume(counts.sum() >= 10)
    growth = exponential_growth(counts)
    assert float(growth.rate) == pytest.approx(rate, abs=1e-6)
    assert growth.low <= growth.rate <= growth.high


@given(windows)
def test_counting_backwards_turns_growth_into_decline(counts):
    forwards, backwards = exponential_growth(counts), exponential_growth(counts[::-1])
    np.testing.assert_allclose(forwards.rate, -backwards.rate, atol=1e-6)
    np.testing.assert_allclose(forwards.low, -backwards.high, atol=1e-5)


@given(windows, st.integers(2, 50))
def test_a_larger_country_with_the_same_course_grows_as_fast(counts, times):
    small, large = exponential_growth(counts), exponential_growth(times * counts)
    assume(not np.isnan(small.rate))
    np.testing.assert_allclose(small.rate, large.rate, atol=1e-6)
    assert large.high - large.low <= small.high - small.low + 1e-6


@given(windows)
def test_what_is_called_growing_is_surely_growing(counts):
    growth = exponential_growth(counts)
    time, shortest, longest = growth.doubling_time()
    match growth.directions().item():
        case Direction.GROWING:
            assert growth.low > 0
            assert shortest <= time <= longest
        case Direction.SHRINKING:
            assert growth.high < 0
            assert np.isnan(time)
        case Direction.UNCLEAR:
            assert growth.low <= 0 <= growth.high
            assert np.isnan(time)
        case _:
            assert np.isnan(growth.rate)
            assert np.isnan(time)


@pytest.mark.parametrize(
    "window",
    [
        [10.0, 20.0, np.nan, 80.0, 160.0],
        [10.0, 20.0, -40.0, 80.0, 160.0],
        [0.0, 1.0, 0.0, 1.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 900.0],
    ],
)
def test_a_window_that_cannot_be_trusted_gives_no_rate(window):
    growth = exponential_growth(window)
    assert np.isnan(growth.rate)
    assert growth.directions().item() is Direction.UNKNOWN


@settings(max_examples=30)
@given(st.floats(-0.15, 0.15), st.integers(20, 200), st.integers(0, 2**32 - 1))
def test_the_interval_holds_the_truth_about_as_often_as_it_says(rate, level, seed):
    random = np.random.default_rng(seed)
    mean = level * np.exp(rate * np.arange(14))
    growth = exponential_growth(random.poisson(mean, size=(400, 14)).astype(float))
    held = ((growth.low <= rate) & (rate <= growth.high)).mean()
    # 400 windows scatter by about 1 % around 95 %; the spread is never taken below chance, so the
    # interval errs on the wide side.
    assert held >= 0.91


def test_a_rolling_rate_is_the_rate_of_its_window():
    random = np.random.default_rng(3)
    counts = random.poisson(30, size=(3, 30)).astype(float)
    rolled = rolling_growth(counts, days=7)
    for end in (6, 17, 29):
        single = exponential_growth(counts[:, end - 6 : end + 1])
        np.testing.assert_array_equal(rolled.rate[:, end], single.rate)
    assert np.isnan(rolled.rate[:, :6]).all()


def test_students_t_is_the_table_and_falls_towards_the_normal():
    points = [student_95(n) for n in range(1, 400)]
    assert all(a > b for a, b in pairwise(points))
    # Table 26.10 of Abramowitz and Stegun: 40, 60 and 120 degrees of freedom.
    assert [round(student_95(n), 3) for n in (40, 60, 120)] == [2.021, 2.0, 1.98]


@pytest.mark.parametrize("days", [0, 3])
def test_too_short_a_window_is_refused(days):
    with pytest.raises(InputError, match="4 or more"):
        exponential_growth(np.ones(days))


@given(st.floats(0.2, 4.0), st.floats(1.0, 1e3), st.floats(2.0, 1e3))
def test_a_power_law_gives_its_exponent_whatever_the_size(mu, level, times):
    t = np.arange(1.0, 21.0)
    counts = level * t**mu
    assert power_law_exponent(counts, t) == pytest.approx(mu, abs=1e-9)
    assert power_law_exponent(times * counts, t) == pytest.approx(mu, abs=1e-9)


def test_a_power_law_needs_counts_above_nothing():
    assert np.isnan(power_law_exponent([0.0, 1.0, 2.0], [1.0, 2.0, 3.0]))
    with pytest.raises(InputError, match="above 0"):
        power_law_exponent([1.0, 1.0, 2.0], [0.0, 1.0, 2.0])
