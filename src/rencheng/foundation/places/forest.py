"""The part of the tree that a bulk write touches: in memory, paths kept right, saved at once."""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Self

import numpy as np
from django.db.models import Value
from django.db.models.functions import Concat, Substr

from rencheng.foundation.places import paths
from rencheng.foundation.places.intake import COLUMNS
from rencheng.foundation.places.levels import may_stand_under
from rencheng.foundation.places.models import Place, PlaceCounter, PlaceName
from rencheng.foundation.places.naming import keys_of
from rencheng.foundation.places.reading import pieces, under
from rencheng.foundation.places.romanising import english_name
from rencheng.kernel.geometry.cells import cells

# Hexagons of about 300 m2: as fine as a building; coarser cells are read out of it.
RESOLUTION = 12
_BATCH = 2_000
# Everything a write may change in a stored place.
_COLUMNS = [*COLUMNS, "path", "h3", "romanised"]


@dataclass
class Forest:
    """
    Places read for one write, and what is to become of them.

    Made by `load` inside a transaction: it holds the lock that makes writers of places queue.
    """

    counter: PlaceCounter
    places: dict[int, Place] = field(default_factory=dict)
    by_code: dict[str, list[Place]] = field(default_factory=lambda: defaultdict(list))
    created: dict[int, Place] = field(default_factory=dict)
    changed: dict[int, Place] = field(default_factory=dict)
    moves: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def load(cls, codes: Collection[str]) -> Self:
        """Lock the map and read every holder of the codes."""
        counter, _ = PlaceCounter.objects.select_for_update().get_or_create(pk=1)
        forest = cls(counter)
        for piece in pieces(sorted(codes)):
            for place in Place.objects.filter(code__in=piece):
                forest._know(place)
        return forest

    def _know(self, place: Place) -> None:
        self.places[place.id] = place
        self.by_code[place.code].append(place)

    def by_id(self, place_id: int) -> Place:
        """Give a place by number, reading it if this write has not met it yet."""
        if place_id not in self.places:
            self._know(Place.objects.get(id=place_id))
        return self.places[place_id]

    def holder(self, code: str, valid_from: date | None) -> Place | None:
        """
        Give the place that a row means: the one from that day, else the latest.

        A row with a first day also means a holder "since always", whose first day it tells.
        """
        holders = sorted(self.by_code.get(code, ()), key=lambda one: one.valid_from)
        if valid_from is None:
            return holders[-1] if holders else None
        exact = [one for one in holders if one.valid_from == valid_from]
        if exact:
            return exact[0]
        timeless = [one for one in holders if one.valid_from == date.min]
        alone = len(holders) == 1 and timeless and valid_from < timeless[0].valid_to
        return timeless[0] if alone else None

    def holder_between(self, code: str, start: date, end: date) -> Place | None:
        """Give the last place that bore the code at some time between two days."""
        met = [p for p in self.by_code.get(code, ()) if p.valid_from < end and start < p.valid_to]
        return max(met, key=lambda one: one.valid_from, default=None)

    def children_fit(self, place: Place, level: str) -> bool:
        """Say whether all places directly under a place could stand under that level."""
        known = {p.level for p in self.places.values() if p.parent_id == place.id}
        stored = Place.objects.filter(parent_id=place.id).exclude(id__in=list(self.places))
        levels = known | set(stored.values_list("level", flat=True))
        return all(may_stand_under(child, level) for child in levels)

    def plant(self, place: Place, parent: Place | None) -> None:
        """Add a new place under a parent, or as a root."""
        place.id = self.counter.next_id
        self.counter.next_id += 1
        place.parent_id = parent.id if parent else None
        place.path = paths.join(parent.path if parent else "", place.id)
        self._know(place)
        self.created[place.id] = place

    def move(self, place: Place, parent: Place | None) -> None:
        """Put a place and all that is under it below another parent."""
        before = place.path
        now = paths.join(parent.path if parent else "", place.id)
        for one in self.places.values():
            if paths.is_under(one.path, before):
                one.path = now + one.path[len(before) :]
        place.parent_id = parent.id if parent else None
        self.moves.append((before, now))
        self.touch(place)

    def touch(self, place: Place) -> None:
        """Note that a place has changed."""
        if place.id not in self.created:
            self.changed[place.id] = place

    def save(self) -> None:
        """Write everything: moved subtrees, new places, changed places, their words."""
        if not (self.created or self.changed):
            return
        for before, now in self.moves:
            tail = Substr("path", len(before) + 1)
            Place.objects.filter(under(before)).update(path=Concat(Value(now), tail))
        written = [*self.created.values(), *self.changed.values()]
        _locate_in_cells(written)
        for place in written:
            place.romanised = "" if place.name_en else english_name(place.name_zh, place.level)
        Place.objects.bulk_create(self.created.values(), batch_size=_BATCH)
        Place.objects.bulk_create(
            self.changed.values(),
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=_COLUMNS,
        )
        for piece in pieces(list(self.changed)):
            PlaceName.objects.filter(place_id__in=piece).delete()
        PlaceName.objects.bulk_create(list(_names(written)), batch_size=_BATCH)
        self.stamp()

    def stamp(self) -> None:
        """Note that the map has changed."""
        self.counter.stamp = secrets.randbits(62)
        self.counter.save()


def _names(places: list[Place]) -> Iterator[PlaceName]:
    for place in places:
        name_en = place.name_en or place.romanised
        for key in keys_of(place.code, place.name_zh, name_en, place.aliases):
            yield PlaceName(place_id=place.id, key=key.text, rank=key.rank)


def _locate_in_cells(places: list[Place]) -> None:
    located = [p for p in places if p.lon is not None and p.lat is not None]
    lon = np.array([p.lon for p in located], dtype=np.float64)
    lat = np.array([p.lat for p in located], dtype=np.float64)
    for place, cell in zip(located, cells(lon, lat, RESOLUTION).tolist(), strict=True):
        place.h3 = cell
