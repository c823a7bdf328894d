"""The exponent of a power law: how cumulative counts grow when containment slows them down."""

import numpy as np
from numpy.typing import ArrayLike

from rencheng.engines.epidemic.arrays import FloatArray, days_last
from rencheng.kernel.errors import InputError


def power_law_exponent(cumulative: ArrayLike, days_since_start: ArrayLike) -> FloatArray:
    """
    Give the exponent mu of ``cumulative count = a * t ** mu``, one for each series.

    Parameters
    ----------
    cumulative
        People counted up to the end of each day, shape ``(..., n_days)``.
    days_since_start
        t of each column in days since the start of the law, above 0, shape ``(n_days,)``.

    Returns
    -------
    mu
        Shape ``(...)``; NaN where a count is missing or 0 (it has no logarithm).

    Raises
    ------
    InputError
        If the shapes disagree, a t is not above 0, or there are fewer than 3 days.

    Notes
    -----
    Ordinary least squares of log count on log t. Exponential growth is *not* a power law and shows
    as an exponent that rises with the window. Known weakness: mu depends on the chosen start, by
    about 10 % for one day in twenty. Law: multiplying counts does not change mu.

    Source: the scaling in Maier, B. F. and Brockmann, D. (2020). Effective containment explains
    subexponential growth in recent confirmed COVID-19 cases in China. Science 368, 742-746.
    doi:10.1126/science.abb4557. Checked by ``tests/published/epidemic/maier_brockmann_2020``.

    Examples
    --------
    >>> float(power_law_exponent([3.0, 12.0, 27.0, 48.0], [1.0, 2.0, 3.0, 4.0]).round(6))
    2.0
    """
    counts = days_last("cumulative", cumulative)
    t: FloatArray = np.asarray(days_since_start, dtype=np.float64)
    if t.shape != counts.shape[-1:]:
        raise InputError(f"days_since_start has shape {t.shape}; counts ask {counts.shape[-1:]}")
    if t.size < 3:
        raise InputError(f"{t.size} days are given; a law needs 3 or more")
    if not (t > 0).all():
        raise InputError(f"days_since_start has {t.min():g}; every one should be above 0")
    log_t = np.log(t) - np.log(t).mean()
    with np.errstate(divide="ignore", invalid="ignore"):
        log_count = np.where(counts > 0, np.log(counts), np.nan)
    mu: FloatArray = np.asarray((log_count * log_t).sum(axis=-1) / (log_t**2).sum())
    return mu
