"""Laws of the hexagonal cells."""

import h3.api.numpy_int as h3
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rencheng.kernel.errors import InputError
from rencheng.kernel.geometry.cells import (
    NO_CELL,
    cell,
    cells,
    centres,
    is_cell,
    neighbours,
    outline,
    parents,
    resolution,
)

lon = st.floats(-180, 180)
lat = st.floats(-89, 89)
resolutions = st.integers(0, 15)


@given(lon, lat, resolutions)
def test_the_centre_of_a_points_cell_lies_in_that_cell(lon, lat, res):
    index = cell(lon, lat, res)
    centre_lon, centre_lat = centres([index])
    assert cell(centre_lon[0], centre_lat[0], res) == index
    assert int(resolution(index)) == res
    assert bool(is_cell(index))


@given(lon, lat, resolutions, resolutions)
def test_our_parent_is_the_librarys_parent(lon, lat, one, other):
    fine, coarse = max(one, other), min(one, other)
    index = cell(lon, lat, fine)
    assert int(parents(index, coarse)) == int(h3.cell_to_parent(index, coarse))


@given(lon, lat, st.integers(0, 9), st.integers(0, 3))
def test_neighbourhood_is_mutual(lon, lat, res, rings):
    index = cell(lon, lat, res)
    around = neighbours(index, rings)
    assert index in around
    assert all(index in neighbours(int(other), rings) for other in around)


@given(st.lists(st.tuples(lon, lat), max_size=30), resolutions)
def test_many_points_give_the_same_cells_as_one_by_one(points, res):
    lons = np.array([p[0] for p in points])
    lats = np.array([p[1] for p in points])
    assert cells(lons, lats, res).tolist() == [cell(x, y, res) for x, y in points]
    assert cells(lons, lats, res).dtype == np.int64


@given(lon, lat, st.integers(2, 12))
def test_an_outline_is_closed_and_in_one_piece(lon, lat, res):
    ring = outline(cell(lon, lat, res))
    assert ring[0] == ring[-1]
    assert len(ring) >= 6
    assert max(x for x, _ in ring) - min(x for x, _ in ring) <= 360
    if abs(lat) < 80:
        assert max(x for x, _ in ring) - min(x for x, _ in ring) < 180


def test_a_missing_position_has_no_cell_and_no_cell_has_no_parent():
    assert cells([np.nan, 121.5], [31.0, np.nan], 9).tolist() == [NO_CELL, NO_CELL]
    assert parents([NO_CELL], 3).tolist() == [NO_CELL]
    assert np.isnan(centres([NO_CELL])).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: cells([0.0], [0.0], 16), "resolution is 16"),
        (lambda: cells([31.2], [121.5], 9), r"lat\[0\] is 121.5"),
        (lambda: cells([1.0, 2.0], [1.0], 9), "should be equal"),
        (lambda: parents([cell(121.5, 31.2, 5)], 7), "it should be 7 or finer"),
        (lambda: neighbours(7), "7 is no H3 cell"),
        (lambda: neighbours(cell(0, 0, 3), -1), "rings is -1"),
        (lambda: outline(-5), "-5 is no H3 cell"),
        (lambda: centres([12]), "12 is no H3 cell"),
    ],
)
def test_what_is_no_cell_is_refused_and_named(call, message):
    with pytest.raises(InputError, match=message):
        call()
