"""How fast cases grow in some places on one day: the indicator's formula, for that day alone."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from rencheng.engines.epidemic.growth import Direction, exponential_growth
from rencheng.services.monitor.figures import Board
from rencheng.services.monitor.rules import WEEK

Interval = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Pace:
    """Growth of one place: rate per day, doubling and halving time in days, each with interval."""

    direction: Direction
    rate: Interval
    doubling: Interval
    halving: Interval


def paces(board: Board, place_ids: list[int], day: date) -> list[Pace]:
    """
    Give the growth of new cases in the seven days up to a day.

    The same numbers as the indicators ``growth_rate`` and ``doubling_time_days`` of that day,
    without working them out for all other days.
    """
    week = board.matrix("new_cases", place_ids, day - timedelta(days=WEEK - 1), day)
    growth = exponential_growth(week.values)
    doubling = growth.doubling_time()
    with np.errstate(divide="ignore", invalid="ignore"):
        halving = [np.log(2) / -bound for bound in (growth.rate, growth.low, growth.high)]
    return [
        Pace(
            direction=direction,
            rate=(float(growth.rate[i]), float(growth.low[i]), float(growth.high[i])),
            doubling=(float(doubling[0][i]), float(doubling[1][i]), float(doubling[2][i])),
            halving=(float(halving[0][i]), float(halving[1][i]), float(halving[2][i])),
        )
        for i, direction in enumerate(growth.directions())
    ]
