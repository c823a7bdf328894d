"""How fast counts grow: a rate by quasi-Poisson regression, and what it means in words."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike

from rencheng.engines.epidemic.arrays import FloatArray, days_last
from rencheng.kernel.errors import InputError

# Two-sided 95 % points of Student's t for 1 to 30 degrees of freedom, from Abramowitz and Stegun,
# Handbook of Mathematical Functions (1964), table 26.10.
T_95 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
    2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
    2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
NORMAL_95 = 1.959964
ROUNDS = 50
STEADY = 1e-10
# A count that grows or shrinks e-fold in a quarter of a day is a wrong window, not an epidemic.
STEEPEST = 4.0


class Direction(StrEnum):
    """What a growth rate with its interval says."""

    GROWING = "growing"
    SHRINKING = "shrinking"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Growth:
    """
    Growth rates of many windows; every array has the shape of the windows' leading axes.

    ``rate`` is per day (0.1 means e-fold in 10 days) with its 95 % interval ``low`` to ``high``;
    ``dispersion`` is how many times the counts vary more than chance alone would make them. NaN
    where no rate can be given.
    """

    rate: FloatArray
    low: FloatArray
    high: FloatArray
    dispersion: FloatArray

    def doubling_time(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """
        Give the days in which counts double, with the interval; NaN unless clearly growing.

        "Clearly" means that the whole 95 % interval of the rate is above 0. A doubling time for
        anything else would jump between plus and minus infinity and mislead.
        """
        with np.errstate(divide="ignore", invalid="ignore"):
            growing = self.low > 0
            return (
                np.where(growing, np.log(2) / self.rate, np.nan),
                np.where(growing, np.log(2) / self.high, np.nan),
                np.where(growing, np.log(2) / self.low, np.nan),
            )

    def directions(self) -> np.ndarray:
        """Say in a word, for each window, whether counts grow, shrink, or cannot be told."""
        said = np.empty(self.rate.shape, dtype=object)
        said.fill(Direction.UNCLEAR)  # np.full would turn the word into a plain text
        said[self.low > 0] = Direction.GROWING
        said[self.high < 0] = Direction.SHRINKING
        said[np.isnan(self.rate)] = Direction.UNKNOWN
        return said


def student_95(freedom: int) -> float:
    """
    Give the two-sided 95 % point of Student's t.

    Beyond 30 degrees of freedom by the expansion 26.7.5 of Abramowitz and Stegun (its error there
    is below 0.0001).

    Examples
    --------
    >>> student_95(5), round(student_95(60), 3)
    (2.571, 2.0)
    """
    if freedom < 1:
        raise InputError(f"freedom is {freedom}; it should be 1 or more")
    if freedom <= len(T_95):
        return T_95[freedom - 1]
    z = NORMAL_95
    return z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)


def exponential_growth(counts: ArrayLike, *, least_people: float = 10) -> Growth:
    """
    Fit ``expected count = a * exp(rate * day)`` to daily new counts, many windows at once.

    Parameters
    ----------
    counts
        New people per day, last axis the days of one window (4 or more), leading axes any.
    least_people
        Windows with fewer people in all give no rate: a rate of three people says nothing.

    Returns
    -------
    growth
        Rates per day with 95 % intervals. NaN where a day is missing or negative (a correction is
        in the window: there is no honest rate until it has passed), where there are fewer than
        ``least_people``, and where the fit does not settle (all people on one end day).

    Raises
    ------
    InputError
        If a window has fewer than 4 days: two parameters and a spread need more.

    Notes
    -----
    A generalised linear model with Poisson errors and log link, by iterated weighted least
    squares; the interval is widened by the dispersion (Pearson chi-square over degrees of freedom,
    never below 1) and uses Student's t. Laws: multiplying all counts does not change the rate;
    reversing time changes its sign; exactly exponential counts give their own rate.

    Known weaknesses: it is the growth of *reports*. A change of definition, a backlog or weekend
    rhythm inside the window moves it, so windows are best 7 or 14 days and flags (see `quality`)
    are shown beside it.

    Source: McCullagh, P. and Nelder, J. A. (1989). Generalized Linear Models, 2nd ed., chapters 2
    and 6 (quasi-likelihood with dispersion in 9). Checked by ``tests/laws/engines``. A million
    windows of 7 days take about 1.5 s.

    Examples
    --------
    >>> growth = exponential_growth([10.0, 20.0, 40.0, 80.0, 160.0])
    >>> float(growth.rate.round(4)), [float(t.round(2)) for t in growth.doubling_time()]
    (0.6931, [1.0, 0.81, 1.32])
    """
    windows = days_last("counts", counts)
    n_days = windows.shape[-1]
    if n_days < 4:
        raise InputError(f"counts have windows of {n_days} days; they should have 4 or more")
    flat = windows.reshape(-1, n_days)
    usable = (flat >= 0).all(axis=1) & (flat.sum(axis=1) >= least_people)  # NaN compares false
    rate = np.full(flat.shape[0], np.nan)
    error, spread = rate.copy(), rate.copy()
    if usable.any():
        rate[usable], error[usable], spread[usable] = _fit(flat[usable])
    reach = student_95(n_days - 2) * error
    shape = windows.shape[:-1]
    return Growth(
        rate=rate.reshape(shape),
        low=(rate - reach).reshape(shape),
        high=(rate + reach).reshape(shape),
        dispersion=spread.reshape(shape),
    )


def rolling_growth(new: ArrayLike, *, days: int = 7, least_people: float = 10) -> Growth:
    """
    Fit `exponential_growth` to the ``days`` days that end on each day.

    Returns
    -------
    growth
        Arrays of the shape of ``new``; NaN on the first ``days - 1`` days.

    Examples
    --------
    >>> rolling_growth([10.0, 20.0, 40.0, 80.0, 160.0], days=4).rate.round(3)
    array([  nan,   nan,   nan, 0.693, 0.693])
    """
    counts = days_last("new", new)
    if counts.shape[-1] < days:
        empty = np.full(counts.shape, np.nan)
        return Growth(empty, empty.copy(), empty.copy(), empty.copy())
    ends = exponential_growth(sliding_window_view(counts, days, axis=-1), least_people=least_people)
    lead = np.full((*counts.shape[:-1], days - 1), np.nan)
    return Growth(
        *(
            np.concatenate([lead, part], axis=-1)
            for part in (ends.rate, ends.low, ends.high, ends.dispersion)
        )
    )


def _fit(counts: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Fit each row; give rate, its standard error and the dispersion, NaN where it fails."""
    n_days = counts.shape[1]
    day = np.arange(n_days, dtype=np.float64) - (n_days - 1) / 2
    mean = np.maximum(counts, 0.5)
    slope = np.zeros(counts.shape[0])
    level = np.full(counts.shape[0], np.inf)
    settled = np.zeros(counts.shape[0], dtype=bool)
    with np.errstate(all="ignore"):
        for _ in range(ROUNDS):
            # Working response and weights of the log link; two unknowns, solved by hand.
            response = np.log(mean) + (counts - mean) / mean
            weight = mean.sum(axis=1)
            centre = (mean @ day) / weight
            offset = day - centre[:, np.newaxis]
            information = (mean * offset**2).sum(axis=1)
            found = (mean * offset * response).sum(axis=1) / information
            height = (mean * response).sum(axis=1) / weight - found * centre
            # Both must stand still: counts that mirror themselves have slope 0 from the first
            # round on, long before their level, and with it the interval, is found.
            settled = (np.abs(found - slope) < STEADY) & (np.abs(height - level) < STEADY)
            slope, level = found, height
            mean = np.exp(np.clip(level[:, np.newaxis] + found[:, np.newaxis] * day, -30, 30))
            if settled.all():
                break
        pearson = ((counts - mean) ** 2 / mean).sum(axis=1)
        spread = np.maximum(pearson / (n_days - 2), 1.0)
        error = np.sqrt(spread / information)
    failed = ~settled | ~np.isfinite(slope + error) | (np.abs(slope) > STEEPEST)
    for part in (slope, error, spread):
        part[failed] = np.nan
    return slope, error, spread
