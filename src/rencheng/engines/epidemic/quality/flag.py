"""What a flag is, and the board of figures that rules look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np

from rencheng.engines.epidemic.arrays import FloatArray, IntArray
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words


class Level(StrEnum):
    """How much a flag matters, from most to least."""

    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    BLUE = "blue"

    @property
    def rank(self) -> int:
        """Give 0 for red up to 3 for blue, for sorting."""
        return list(Level).index(self)


# Rules about something that happened on a day; the others say how the figures are.
EVENTS = frozenset({"revision", "jump", "fall"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """
    One thing that asks for a second look.

    ``place`` is the panel's own number for the row; ``evidence`` are the numbers the sentence is
    made of, in people or days; ``members`` lists the rules that a combined flag stands for.
    """

    rule: str
    level: Level
    place: int
    quantity: str
    first_day: date
    last_day: date
    evidence: Mapping[str, float]
    sentence: Words
    members: tuple[str, ...] = ()

    @property
    def weight(self) -> tuple[int, int, float]:
        """Sort key: level first, then what happened before what is, then the difference."""
        happened = 0 if self.rule in EVENTS else 1
        return (self.level.rank, happened, -abs(self.evidence.get("difference", 0.0)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """
    From the size of a difference to a level.

    A level needs both its share of the whole (0.2 means 20 %) and its number of people: 2 people
    more than 3 are 67 %, and no matter; 300 more than 68,000 are many, and under 1 %.
    """

    red: tuple[float, float]
    orange: tuple[float, float]
    yellow: tuple[float, float]

    def level(self, difference: float, base: float) -> Level:
        """
        Give the level of a difference against the whole it belongs to.

        Examples
        --------
        >>> steps = Steps(red=(0.2, 1000), orange=(0.05, 100), yellow=(0.01, 10))
        >>> steps.level(13_797, 33_366).value, steps.level(-948, 47_283).value
        ('red', 'yellow')
        """
        people = abs(difference)
        share = people / max(abs(base), 1.0)
        for level, (least_share, least_people) in (
            (Level.RED, self.red), (Level.ORANGE, self.orange), (Level.YELLOW, self.yellow),
        ):  # fmt: skip
            if share >= least_share and people >= least_people:
                return level
        return Level.BLUE


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """
    Figures of some places over days without a hole.

    Parameters
    ----------
    places
        Numbers of the places, shape ``(n_places,)``.
    first_day
        Day of the first column.
    values
        One array of people per quantity, shape ``(n_places, n_days)``; NaN where nobody said.
    titles
        What people call each quantity.
    """

    places: IntArray
    first_day: date
    values: Mapping[str, FloatArray]
    titles: Mapping[str, Words]

    def __post_init__(self) -> None:
        shapes = {array.shape for array in self.values.values()}
        if len(shapes) > 1 or any(shape[0] != len(self.places) for shape in shapes):
            raise InputError(
                f"the quantities have shapes {sorted(shapes)}; each should have "
                f"{len(self.places)} rows and as many days as the others"
            )

    @property
    def n_days(self) -> int:
        """Count the days."""
        return next((array.shape[1] for array in self.values.values()), 0)

    def day(self, column: int) -> date:
        """Give the day of a column."""
        return self.first_day + timedelta(days=int(column))

    def row(self, place: int) -> int:
        """Find the row of a place, or raise `InputError`."""
        found = np.flatnonzero(self.places == place)
        if found.size == 0:
            raise InputError(f"place {place} is not in the panel")
        return int(found[0])

    def title(self, quantity: str) -> Words:
        """Give the name of a quantity; its code where it has no name."""
        return self.titles.get(quantity, Words(quantity, quantity))
