"""The places that figures speak of, read once and kept until the map changes."""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rencheng.foundation.places import api as places
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words

GROUP = "group"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as the monitor needs it; ``above`` are its ancestors, nearest first."""

    id: int
    code: str
    words: Words
    level: str
    above: tuple[int, ...]
    population: int | None
    lon: float | None
    lat: float | None
    last_day: date | None

    @property
    def parent(self) -> int | None:
        """Give the number of the place above, None at the top."""
        return self.above[0] if self.above else None


@dataclass(frozen=True)
class Tree:
    """All places by number and by code; codes that changed hands mean their latest holder."""

    spots: dict[int, Spot]
    codes: dict[str, int]
    below: dict[int, tuple[int, ...]]

    def spot(self, code: str) -> Spot:
        """Find a place by its code, or raise `InputError`."""
        found = self.codes.get(code)
        if found is None:
            raise InputError(f"no place has the code {code!r}")
        return self.spots[found]

    def under(self, place_id: int, among: Collection[int]) -> list[int]:
        """List which of some places lie under a place, the place itself not among them."""
        return [one for one in among if one in self.spots and place_id in self.spots[one].above]

    def level_of(self, place_id: int) -> str:
        """Give the level of a place."""
        return self.spots[place_id].level

    def rank(self, place_id: int) -> int:
        """Give how far down the level of a place stands; smaller is higher."""
        return places.LEVELS[self.level_of(place_id)].rank

    def name(self, place_id: int, language: str) -> str:
        """Give the name of a place; a group is told with the place it belongs to."""
        spot = self.spots[place_id]
        own = spot.words.say(language)
        if spot.level != GROUP or spot.parent is None:
            return own
        return f"{self.spots[spot.parent].words.say(language)} · {own}"

    def rows(self, root: int, level: str, among: Collection[int]) -> list[int]:
        """
        List the places that cover a root at a level, so that nobody is left out or counted twice.

        Those of the level itself, and for a branch that has none of them (a municipality in a
        list of cities) the lowest place above the level. Groups are no places and not listed.
        """
        limit = places.LEVELS[level].rank
        inside = [one for one in self.under(root, among) if self.level_of(one) != GROUP]
        upper = sorted(
            (one for one in inside if self.rank(one) <= limit), key=self.rank, reverse=True
        )
        covered: set[int] = set()
        chosen = []
        for one in upper:
            if one not in covered:
                chosen.append(one)
            covered.update(self.spots[one].above)
        return sorted(chosen, key=lambda one: self.spots[one].code)

    def levels(self, root: int, among: Collection[int]) -> list[str]:
        """List the levels under a root that have places of their own among some, upper first."""
        found = {self.level_of(one) for one in self.under(root, among)} - {GROUP}
        return sorted(found, key=lambda name: places.LEVELS[name].rank)

    def groups(self, root: int, among: Collection[int]) -> list[int]:
        """List the groups counted directly under a place."""
        return [
            one for one in self.below.get(root, ()) if one in among and self.level_of(one) == GROUP
        ]

    def nearest(self, place_id: int, among: Collection[int], most: int) -> list[int]:
        """List the places beside a place (under the same one), the nearest first."""
        here = self.spots[place_id]
        beside = [one for one in self.below.get(here.parent or 0, ()) if one in among]
        found = [(_apart(here, self.spots[one]), one) for one in beside if one != place_id]
        return [one for apart, one in sorted(found)[:most] if apart < math.inf]

    def top(self, among: Iterable[int]) -> int | None:
        """
        Choose where to begin: the root above most of some places, then down to where it forks.

        A world with one country in it begins at the country.
        """
        known = [self.spots[one] for one in among if one in self.spots]
        if not known:
            return None
        held = {spot.id for spot in known}
        count: dict[int, int] = {}
        for spot in known:
            root = spot.above[-1] if spot.above else spot.id
            count[root] = count.get(root, 0) + 1
        at = max(count, key=lambda root: (count[root], -root))
        while at not in held:
            branches = [one for one in self.below.get(at, ()) if self._reaches(one, held)]
            if len(branches) != 1:
                break
            at = branches[0]
        return at

    def _reaches(self, place_id: int, held: set[int]) -> bool:
        return place_id in held or any(place_id in self.spots[one].above for one in held)


def _apart(one: Spot, other: Spot) -> float:
    """Give about how far two places lie apart, in degrees of latitude; infinity where unknown."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return math.inf
    shrink = math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot((one.lon - other.lon) * shrink, one.lat - other.lat)


def tree() -> Tree:
    """Give the tree of places as it is now."""
    return _tree(places.stamp())


@lru_cache(maxsize=2)
def _tree(stamp: int) -> Tree:
    del stamp  # part of the key only: a changed map is read anew
    spots: dict[int, Spot] = {}
    codes: dict[str, int] = {}
    below: dict[int, list[int]] = {}
    for row in places.table().iter_rows(named=True):
        parent = row["parent_id"]
        above = () if parent is None else (parent, *spots[parent].above)
        spots[row["id"]] = Spot(
            id=row["id"],
            code=row["code"],
            words=Words(row["name_zh"], row["name_en"] or row["name_zh"]),
            level=row["level"],
            above=above,
            population=row["population"],
            lon=row["lon"],
            lat=row["lat"],
            last_day=row["valid_to"],
        )
        if parent is not None:
            below.setdefault(parent, []).append(row["id"])
        holder = codes.get(row["code"])
        if holder is None or spots[holder].last_day is not None:
            codes[row["code"]] = row["id"]
    return Tree(spots, codes, {one: tuple(found) for one, found in below.items()})
