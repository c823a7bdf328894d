"""Laws of the three coordinate systems."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from rencheng.kernel.geometry.coordinates import (
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    in_gcj02_area,
    to_wgs84,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)

# Away from the rim of the shifted rectangle, where two positions share one image.
inside_lon = st.floats(72.03, 137.81)
inside_lat = st.floats(0.85, 55.80)
china = st.lists(st.tuples(inside_lon, inside_lat), min_size=1, max_size=40)
abroad = st.tuples(st.floats(-180, 71.98), st.floats(-90, 90)) | st.tuples(
    st.floats(-180, 180), st.floats(-90, 0.80)
)


def columns(points: list[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    lon, lat = np.array(points).T
    return lon, lat


@given(china)
def test_shifting_to_gcj02_and_back_returns_the_point_to_a_tenth_of_a_microdegree(points):
    lon, lat = columns(points)
    back_lon, back_lat = gcj02_to_wgs84(*wgs84_to_gcj02(lon, lat))
    assert_allclose(back_lon, lon, atol=1e-7, rtol=0)
    assert_allclose(back_lat, lat, atol=1e-7, rtol=0)


@given(china)
def test_shifting_from_gcj02_and_back_returns_the_point(points):
    lon, lat = columns(points)
    there_lon, there_lat = wgs84_to_gcj02(*gcj02_to_wgs84(lon, lat))
    assert_allclose(there_lon, lon, atol=1e-7, rtol=0)
    assert_allclose(there_lat, lat, atol=1e-7, rtol=0)


@given(china)
def test_shifting_to_bd09_and_back_returns_the_point(points):
    lon, lat = columns(points)
    for there, back in ((gcj02_to_bd09, bd09_to_gcj02), (wgs84_to_bd09, bd09_to_wgs84)):
        back_lon, back_lat = back(*there(lon, lat))
        assert_allclose(back_lon, lon, atol=1e-7, rtol=0)
        assert_allclose(back_lat, lat, atol=1e-7, rtol=0)


@given(abroad)
def test_gcj02_leaves_the_world_outside_its_rectangle_alone(point):
    for function in (wgs84_to_gcj02, gcj02_to_wgs84):
        lon, lat = function(*point)
        assert (float(lon), float(lat)) == point


@given(china)
def test_the_shift_is_at_most_two_kilometres(points):
    lon, lat = columns(points)
    gcj_lon, gcj_lat = wgs84_to_gcj02(lon, lat)
    metres = np.hypot((gcj_lon - lon) * np.cos(np.radians(lat)), gcj_lat - lat) * 111_320
    assert metres.max() < 2_000


@given(china, st.randoms())
def test_each_point_is_converted_for_itself_whatever_the_order(points, random):
    shuffled = list(points)
    random.shuffle(shuffled)
    together = {
        point: (float(lon), float(lat))
        for point, lon, lat in zip(shuffled, *wgs84_to_bd09(*columns(shuffled)), strict=True)
    }
    for point in points:
        lon, lat = wgs84_to_bd09(*point)
        assert together[point] == (float(lon), float(lat))


def test_a_missing_position_stays_missing():
    for system in ("WGS84", "GCJ-02", "BD-09"):
        lon, lat = to_wgs84([np.nan, 121.5], [31.2, 31.2], system)
        assert np.isnan(lon[0])
        assert np.isfinite([lon[1], lat[1]]).all()
    assert_array_equal(in_gcj02_area([np.nan], [31.0]), [False])
