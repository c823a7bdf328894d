"""The course of the demo's epidemic: how far it spreads where, day by day."""

import numpy as np

from rencheng.assembly.demo.country import Country, FloatArray, IntArray

DAYS = 120
SEED = 20310401
# Where it begins, and where it comes back.
BEGINS_IN = "960101"
RETURNS_IN = "980103"
RETURN_DAY = 91


def reproduction(country: Country) -> FloatArray:
    """
    Give the reproduction number by day and district, shape ``(DAYS, n_districts)``.

    Free spread, then measures (first in the province where it began), calm, easing, and a second
    wave in the province of the sea that is still rising on the last day.
    """
    day = np.arange(DAYS)
    usual = np.interp(day, [0, 34, 52, 84, 96, 119], [2.6, 2.6, 0.5, 0.5, 0.85, 0.9])
    ratio = np.repeat(usual[:, None], len(country.districts), axis=1)
    first = country.inside("960000")
    ratio[:, first] = np.interp(day, [0, 31, 46, 90, 119], [2.75, 2.75, 0.5, 0.5, 0.8])[:, None]
    sea = country.inside("980000")
    wave = np.interp(day, [0, 34, 52, 84, 90, 108, 119], [2.5, 2.5, 0.5, 0.5, 2.7, 2.6, 2.2])
    ratio[:, sea] = wave[:, None]
    return ratio


def arrivals(country: Country) -> IntArray:
    """Give the residents who come home infected, shape ``(DAYS, n_districts)``."""
    arrived = np.zeros((DAYS, len(country.districts)), dtype=np.int64)
    arrived[0, country.at(BEGINS_IN)] = 40
    arrived[RETURN_DAY, country.at(RETURNS_IN)] = 25
    return arrived
