"""Coast and borders of the made-up country: cells around the districts, with ragged edges."""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon

from rencheng.assembly.demo.country import Country, FloatArray

Area: TypeAlias = Polygon | MultiPolygon
KM_PER_DEGREE = 111.32
# Edges are broken until their pieces are this short.
PIECE_KM = 2.5
RAGGED = 0.13


def borders(country: Country, rng: np.random.Generator) -> list[Area]:
    """
    Draw the border of every district.

    Returns
    -------
    polygons
        In degrees, in the order of the districts. Laws: they share no area, leave no hole, and
        each holds the middle of its district.
    """
    coast = _coast(country.centre_km, rng)
    cells = shapely.voronoi_polygons(
        shapely.multipoints(country.centre_km), extend_to=coast.buffer(100)
    )
    clipped = shapely.intersection(np.array(shapely.get_parts(cells)), coast)
    edges = shapely.line_merge(shapely.node(shapely.union_all(shapely.boundary(clipped))))
    ragged = [
        shapely.linestrings(_ragged(shapely.get_coordinates(edge)))
        for edge in shapely.get_parts(edges)
    ]
    pieces = shapely.get_parts(
        shapely.polygonize(shapely.get_parts(shapely.node(shapely.union_all(ragged))))
    )
    return [_to_degrees(piece, country) for piece in _in_order(pieces, country.centre_km)]


def _coast(centres: FloatArray, rng: np.random.Generator) -> Polygon:
    """Draw the coast: as far out as the districts reach, with capes, bays and a ragged edge."""
    land = shapely.union_all(
        shapely.buffer(shapely.points(centres), rng.uniform(22, 34, len(centres)))
    )
    # Narrow inlets are closed, then the line is made of long strokes that the sea has worn.
    shore = shapely.simplify(land.buffer(18).buffer(-18).exterior, 5)
    worn = Polygon(_ragged(shapely.get_coordinates(shore), PIECE_KM / 2, 2 * RAGGED))
    return Polygon(max(shapely.get_parts(worn.buffer(0)), key=shapely.area).exterior)


def _ragged(line: FloatArray, piece_km: float = PIECE_KM, aside: float = RAGGED) -> FloatArray:
    """Break a line by moving the middles of its pieces aside; the same line breaks the same way."""
    points = [line[0]]
    for start, end in pairwise(line):
        points += _broken(start, end, piece_km, aside)
    return np.array(points)


def _broken(start: FloatArray, end: FloatArray, piece_km: float, aside: float) -> list[FloatArray]:
    length = float(np.hypot(*(end - start)))
    if length <= piece_km:
        return [end]
    across = np.array([start[1] - end[1], end[0] - start[0]])
    middle = (start + end) / 2 + aside * _chance(start, end) * across
    return [
        *_broken(start, middle, piece_km, aside),
        *_broken(middle, end, piece_km, aside),
    ]


def _chance(start: FloatArray, end: FloatArray) -> float:
    """Give a number from -1 to 1 that depends on the two ends alone."""
    text = np.round(np.concatenate([start, end]), 6).tobytes()
    number = int.from_bytes(hashlib.blake2b(text, digest_size=4).digest(), "big")
    return number / 2**31 - 1


def _in_order(pieces: Sequence[Polygon], at: FloatArray) -> list[Area]:
    """Put polygons into the order of the districts whose middle they hold; slivers join one."""
    middles = shapely.points(at)
    own: list[list[Polygon]] = [[] for _ in at]
    for piece in pieces:
        own[int(np.argmin(shapely.distance(piece, middles)))].append(piece)
    return [shapely.union_all(parts) for parts in own]


def _to_degrees(polygon: Area, country: Country) -> Area:
    """Take km around the middle of the map to degrees, rounded to about a metre."""
    km = shapely.get_coordinates(polygon)
    shrink = np.cos(np.radians(country.lat))
    degrees = np.stack(
        [
            country.lon + km[:, 0] / (KM_PER_DEGREE * shrink),
            country.lat + km[:, 1] / KM_PER_DEGREE,
        ],
        axis=1,
    )
    drawn: Area = shapely.set_coordinates(polygon, np.round(degrees, 5))
    return drawn
