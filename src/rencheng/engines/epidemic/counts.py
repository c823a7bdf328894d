"""Simple arithmetic on counts that many get wrong: increments, people still ill, means, rates."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from rencheng.engines.epidemic.arrays import FloatArray, days_last, same_shape
from rencheng.kernel.errors import InputError


def incidence(cumulative: ArrayLike) -> FloatArray:
    """
    Give what each day added to a cumulative count.

    Parameters
    ----------
    cumulative
        People counted up to the end of each day, days on the last axis; NaN where nobody said.

    Returns
    -------
    new
        People, same shape. NaN on the first day, on a day without a count and on the day after
        one: what several days added together is not shared out among them. Negative where the
        count was corrected downwards; that is shown, never cut off.

    Raises
    ------
    InputError
        If a value is infinite or there is no axis of days.

    Notes
    -----
    Law: over days without a hole the new counts add up to the last count minus the first.
    Checked by ``tests/laws/engines/test_counts_laws.py``. Takes one pass.

    Examples
    --------
    >>> incidence([41.0, 45.0, 62.0, np.nan, 275.0, 291.0])
    array([nan,  4., 17., nan, nan, 16.])
    """
    counted = days_last("cumulative", cumulative)
    new = np.full_like(counted, np.nan)
    new[..., 1:] = np.diff(counted, axis=-1)
    return new


def active(confirmed: ArrayLike, cured: ArrayLike, dead: ArrayLike) -> FloatArray:
    """
    Give the people still ill: confirmed minus cured minus dead.

    Parameters
    ----------
    confirmed, cured, dead
        Cumulative people, equal shapes; NaN where nobody said.

    Returns
    -------
    active
        People, same shape; NaN where one of the three is missing (a missing count is not zero).
        Negative where the three contradict each other; see `quality.contradictions`.

    Raises
    ------
    InputError
        If the shapes differ.

    Examples
    --------
    On 29 June 2020 China had 85,209 confirmed, 80,049 cured and 4,648 dead:

    >>> float(active([85209.0], [80049.0], [4648.0])[0])
    512.0
    """
    a, b, c = (
        days_last(name, values)
        for name, values in (("confirmed", confirmed), ("cured", cured), ("dead", dead))
    )
    same_shape(confirmed=a, cured=b, dead=c)
    return a - b - c


def trailing_mean(values: ArrayLike, days: int = 7) -> FloatArray:
    """
    Average each day with the ``days - 1`` days before it.

    A full week removes the rhythm of weekends. The mean is a figure of its own and never stands
    in for the counts: a correction or a jump stays in it for ``days`` days, with its sign.

    Parameters
    ----------
    values
        Counts, days on the last axis; NaN where nobody said.
    days
        Length of the window in days, 1 or more, the day itself included.

    Returns
    -------
    mean
        Same unit and shape; NaN until the window is full and where a day in it is missing.

    Raises
    ------
    InputError
        If ``days`` is below 1.

    Examples
    --------
    >>> trailing_mean([3.0, 6.0, 9.0, np.nan, 6.0], days=2)
    array([nan, 4.5, 7.5, nan, nan])
    """
    if days < 1:
        raise InputError(f"days is {days}; the window should have 1 day or more")
    array = days_last("values", values)
    mean = np.full_like(array, np.nan)
    if array.shape[-1] >= days:
        mean[..., days - 1 :] = sliding_window_view(array, days, axis=-1).mean(axis=-1)
    return mean


def crude_fatality(dead: ArrayLike, confirmed: ArrayLike) -> FloatArray:
    """
    Divide the dead by the confirmed of the same day, in percent.

    Known weakness, and why the name says crude: people confirmed lately have not had the time to
    die or recover, and mild cases are never confirmed. While an epidemic grows it is too low for
    the first reason and too high for the second.

    Returns
    -------
    percent
        Same shape, 0 or more; NaN where a count is missing or nobody is confirmed.

    Examples
    --------
    >>> crude_fatality([4648.0], [85209.0]).round(2)
    array([5.45])
    """
    deaths, cases = days_last("dead", dead), days_last("confirmed", confirmed)
    same_shape(dead=deaths, confirmed=cases)
    share = np.full_like(cases, np.nan)
    np.divide(100 * deaths, cases, out=share, where=cases > 0)
    return share


def per_million(counts: ArrayLike, population: ArrayLike) -> FloatArray:
    """
    Give people per million inhabitants.

    Parameters
    ----------
    counts
        People, shape ``(n_places, n_days)`` or ``(n_days,)``.
    population
        Inhabitants, shape ``(n_places,)`` or a single number; NaN where unknown.

    Returns
    -------
    rate
        Shape of ``counts``; NaN where the population is unknown or 0.

    Examples
    --------
    >>> per_million([[50.0, 100.0]], [2_000_000.0])
    array([[25., 50.]])
    """
    array = days_last("counts", counts)
    people = np.asarray(population, dtype=np.float64)
    known = np.where(people > 0, people, np.nan)
    return 1e6 * array / known[..., np.newaxis]
