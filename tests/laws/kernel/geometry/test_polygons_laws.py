"""Laws of area, membership and simplification."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from rencheng.kernel.errors import InputError
from rencheng.kernel.geometry.polygons import (
    NOWHERE,
    area_km2,
    box,
    from_geojson,
    from_wkb,
    inner_points,
    members,
    simplify,
    sound,
    to_geojson,
    to_wkb,
)

lon = st.floats(-179, 178)
lat = st.floats(-88, 87)
side = st.floats(0.01, 1.0)


@st.composite
def rectangles(draw):
    west, south = draw(lon), draw(lat)
    return shapely.box(west, south, west + draw(side), south + draw(side))


@st.composite
def grids(draw):
    """A chessboard of districts that fill a rectangle without gaps."""
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    west, south = draw(st.floats(-150, 100)), draw(st.floats(-60, 50))
    step = draw(st.floats(0.05, 2.0))
    return [
        shapely.box(
            west + i * step, south + j * step, west + (i + 1) * step, south + (j + 1) * step
        )
        for i in range(columns)
        for j in range(rows)
    ]


def zone_area_km2(south: float, north: float, width_deg: float) -> float:
    """The exact area between two parallels by numeric integration of the ellipsoid's strip."""
    a, f = 6378.137, 1 / 298.257223563
    e2 = f * (2 - f)
    nodes, weights = np.polynomial.legendre.leggauss(40)
    middle, half = math.radians(north + south) / 2, math.radians(north - south) / 2
    phi = middle + half * nodes
    strip = a * a * (1 - e2) * np.cos(phi) / (1 - e2 * np.sin(phi) ** 2) ** 2
    return float((weights * strip).sum() * half * math.radians(width_deg))


@given(rectangles())
def test_a_rectangle_of_degrees_has_the_area_of_its_strip_of_the_ellipsoid(rectangle):
    west, south, east, north = rectangle.bounds
    expected = zone_area_km2(south, north, east - west)
    assert area_km2([rectangle])[0] == pytest.approx(expected, rel=1e-9)


@given(rectangles(), st.floats(0.1, 0.9))
def test_the_pieces_of_a_polygon_have_its_area_together(rectangle, share):
    west, south, east, north = rectangle.bounds
    cut = west + share * (east - west)
    pieces = [shapely.box(west, south, cut, north), shapely.box(cut, south, east, north)]
    assert area_km2(pieces).sum() == pytest.approx(area_km2([rectangle])[0], rel=1e-9)


@given(rectangles())
def test_area_does_not_depend_on_the_direction_of_the_ring(rectangle):
    assert area_km2([rectangle.reverse()])[0] == area_km2([rectangle])[0]


@given(grids(), st.randoms())
def test_each_inner_point_belongs_to_its_own_district_in_any_order(districts, random):
    random.shuffle(districts)
    lons, lats = inner_points(districts)
    assert members(lons, lats, districts).tolist() == list(range(len(districts)))


@given(grids(), st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=20))
def test_many_points_agree_with_asking_each_polygon_in_turn(districts, points):
    lons = np.array([p[0] for p in points])
    lats = np.array([p[1] for p in points])
    expected = [
        next((i for i, d in enumerate(districts) if d.intersects(shapely.Point(point))), NOWHERE)
        for point in points
    ]
    assert members(lons, lats, districts).tolist() == expected


@given(grids(), st.floats(0.0, 0.5))
def test_simplified_neighbours_leave_no_gap(districts, tolerance):
    simple = simplify(districts, tolerance)
    assert len(simple) == len(districts)
    together = shapely.union_all(simple)
    assert together.area == pytest.approx(sum(part.area for part in simple), rel=1e-9)


@given(rectangles())
def test_wkb_and_geojson_return_what_was_written(rectangle):
    assert from_wkb(to_wkb(rectangle)).equals(rectangle)
    written = to_geojson(rectangle)
    assert from_geojson(shapely.to_geojson(rectangle)).equals(rectangle)
    assert written["type"] == "Polygon"


def test_a_shared_border_belongs_to_the_polygon_that_stands_first():
    squares = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)]
    assert members([1.0], [0.5], squares).tolist() == [0]
    assert members([1.0], [0.5], squares[::-1]).tolist() == [0]


def test_nobody_is_anywhere_without_polygons_or_position():
    assert members([1.0], [1.0], []).tolist() == [NOWHERE]
    assert members([np.nan], [1.0], [shapely.box(0, 0, 2, 2)]).tolist() == [NOWHERE]


def test_a_crossed_ring_is_mended_and_lines_left_over_are_dropped():
    bow_tie = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    assert sound(bow_tie).is_valid
    spike = shapely.Polygon([(0, 0), (2, 0), (2, 2), (2, 0), (0, 0), (0, 2), (1, 2)])
    assert sound(spike).geom_type in ("Polygon", "MultiPolygon")
    tall = shapely.Polygon([(0, 0, 5), (1, 0, 5), (1, 1, 5)])
    assert not sound(tall).has_z


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sound(shapely.Point(1, 1)), "without area"),
        (lambda: sound(shapely.Polygon()), "without area"),
        (lambda: sound(shapely.box(500, 0, 501, 1)), r"lon\[0\] is 501"),
        (lambda: simplify([shapely.box(0, 0, 1, 1)], -1), "tolerance_deg is -1"),
        (lambda: box(shapely.Polygon()), "geometry is empty"),
        (lambda: from_wkb(b"\x01\x02"), "no WKB geometry"),
        (lambda: from_geojson("{}"), "no GeoJSON geometry"),
        (lambda: from_geojson("上海"), "no GeoJSON geometry"),
    ],
)
def test_what_is_no_polygon_is_refused_and_named(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_a_vertex_that_is_not_a_number_is_refused():
    with np.errstate(invalid="ignore"):
        broken = shapely.from_wkt("LINESTRING (0 0, NaN 1)")
        with pytest.raises(InputError, match="not a number"):
            sound(broken)


def test_a_box_has_the_four_sides_by_name():
    sides = box(shapely.box(1, 2, 3, 4))
    assert (sides.west, sides.south, sides.east, sides.north) == (1, 2, 3, 4)
