"""Places of a view on a map: their shapes, and their figures for each day."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from rencheng.foundation.memory.indicators.api import spec_named
from rencheng.foundation.places import api as places
from rencheng.kernel.errors import InputError
from rencheng.services.monitor.tree import Tree
from rencheng.services.monitor.view import View
from rencheng.services.monitor.wording import numbers, reader

CELLS = 400_000
# As fine as a map of some 1,500 pixels shows, in parts of its width; at most this many degrees.
FINENESS = 1 / 1_500
ROUGHEST_DEG = 0.02


def map_of(view: View, address: str) -> dict[str, Any]:
    """
    Give the places of a view as GeoJSON with their values on its day.

    ``address`` is that of a place's page, with CODE where its code goes. Places without a border
    are points, drawn over the outlines of what lies above them.
    """
    language = reader()
    spots = [view.tree.spots[one] for one in view.rows]
    values = view.board.matrix(view.layer, list(view.rows), view.day, view.day).values[:, 0]
    shapes = _drawn(tuple(view.rows), places.stamp())
    features: list[dict[str, Any]] = []
    if any(shape["type"] == "Point" for shape in shapes.values()):
        features += _outlines(view)
    for spot, value in zip(spots, numbers(values), strict=True):
        shape = shapes.get(spot.id)
        properties = {
            "id": spot.code,
            "name": spot.words.say(language),
            "value": value,
            "url": address.replace("CODE", spot.code),
        }
        features.append({"type": "Feature", "geometry": shape, "properties": properties})
    spec = spec_named(view.layer)
    scale = {"title": spec.title.say(language), "unit": spec.unit.say(language)}
    return {"type": "FeatureCollection", "features": features, "scale": scale}


def frames_of(view: View) -> dict[str, Any]:
    """Give the values of a view's places for every day, a row per day."""
    days = (view.last - view.first).days + 1
    if days * len(view.rows) > CELLS:
        raise InputError(
            f"{len(view.rows)} places on {days} days are more than {CELLS:,} figures; "
            "choose a smaller place or an upper level"
        )
    matrix = view.board.matrix(view.layer, list(view.rows), view.first, view.last)
    return {
        "dates": [day.isoformat() for day in matrix.days()],
        "ids": [view.tree.spots[one].code for one in view.rows],
        "values": [numbers(column) for column in matrix.values.T],
    }


@lru_cache(maxsize=32)
def _drawn(place_ids: tuple[int, ...], stamp: int) -> dict[int, dict[str, Any]]:
    """Give borders (or points) as fine as a screen shows, kept until the map changes."""
    del stamp
    rough = places.features(place_ids, tolerance_deg=ROUGHEST_DEG)["features"]
    fine_deg = _width_deg(rough) * FINENESS
    if fine_deg < ROUGHEST_DEG / 2:
        rough = places.features(place_ids, tolerance_deg=fine_deg)["features"]
    return {feature["id"]: feature["geometry"] for feature in rough}


def _width_deg(features: list[dict[str, Any]]) -> float:
    lons = [lon for feature in features for lon in _lons(feature["geometry"]["coordinates"])]
    return max(lons) - min(lons) if lons else 0.0


def _lons(coordinates: Any) -> Iterator[float]:  # noqa: ANN401 - GeoJSON nests to any depth
    if isinstance(coordinates[0], int | float):
        yield float(coordinates[0])
        return
    for one in coordinates:
        yield from _lons(one)


def _outlines(view: View) -> list[dict[str, Any]]:
    """Give the borders of the level above as context for points."""
    upper = _upper(view.tree, view.rows, view.root.id)
    shapes = _drawn(tuple(sorted(upper)), places.stamp()) if upper else {}
    return [
        {"type": "Feature", "geometry": shape, "properties": {}}
        for shape in shapes.values()
        if shape["type"] != "Point"
    ]


def _upper(tree: Tree, rows: Sequence[int], root: int) -> set[int]:
    found = {tree.spots[one].above[0] for one in rows if tree.spots[one].above}
    return found - {root} if len(found) > 1 else found
