"""
H3 hexagonal cells as int64.

Source: H3 (h3geo.org), a hierarchy of hexagons with 16 sizes; an index fits 64 bits with the top
bit zero, so that a database bigint or an int64 column holds it. Order is lon, lat everywhere
here, although the H3 library itself asks for lat, lng.
"""

import h3.api.numpy_int as h3
import numpy as np
from numpy.typing import ArrayLike

from rencheng.kernel.errors import InputError
from rencheng.kernel.geometry.arrays import BoolArray, FloatArray, IntArray, lon_lat

NO_CELL = 0
FINEST = 15


def cells(lon: ArrayLike, lat: ArrayLike, resolution: int) -> IntArray:
    """
    Give the cell in which each point lies.

    Parameters
    ----------
    lon, lat
        WGS84 degrees, equal shapes. NaN gives `NO_CELL`.
    resolution
        0 (about 4.4 million km2) to 15 (about 1 m2); 9 is a city block of 0.1 km2.

    Returns
    -------
    cell
        H3 index, int64, same shape.

    Raises
    ------
    InputError
        If a value is no longitude or latitude, or the resolution is not 0..15.

    Notes
    -----
    Law: the parent at resolution r of a point's cell is its cell at r for nearly all points, but
    not for all: children of a hexagon do not fill it exactly. One million points take about 0.5 s.

    Examples
    --------
    >>> cells([121.4737], [31.2304], 9)
    array([617848112076292095])
    """
    _require_resolution(resolution)
    lon_deg, lat_deg = lon_lat(lon, lat)
    known = np.isfinite(lon_deg) & np.isfinite(lat_deg)
    index = np.zeros(lon_deg.shape, dtype=np.int64)
    pairs = zip(lat_deg[known].tolist(), lon_deg[known].tolist(), strict=True)
    index[known] = [h3.latlng_to_cell(lat, lon, resolution) for lat, lon in pairs]
    return index


def cell(lon: float, lat: float, resolution: int) -> int:
    """Give the cell of one point; see `cells`."""
    return int(cells(lon, lat, resolution))


def is_cell(index: ArrayLike) -> BoolArray:
    """
    Say which numbers are H3 cells.

    Examples
    --------
    >>> is_cell([617848112076292095, 7])
    array([ True, False])
    """
    numbers = np.asarray(index, dtype=np.int64)
    valid = [n >= 0 and bool(h3.is_valid_cell(n)) for n in numbers.reshape(-1).tolist()]
    return np.array(valid, dtype=np.bool_).reshape(numbers.shape)


def resolution(index: ArrayLike) -> IntArray:
    """
    Read the resolution out of each cell; `NO_CELL` reads 0.

    Notes
    -----
    Bits 52 to 55 of an H3 index hold it (H3 documentation, "H3Index bit layout").

    Examples
    --------
    >>> resolution([617848112076292095])
    array([9])
    """
    return (np.asarray(index, dtype=np.int64) >> 52) & 0xF


def parents(index: ArrayLike, coarser: int) -> IntArray:
    """
    Give the cell of a coarser resolution that each cell belongs to.

    Notes
    -----
    By the bit layout of an index: the resolution goes to bits 52-55 and the three bits of every
    finer digit are set, which marks "unused". Law: equal to the library's own parent.

    Raises
    ------
    InputError
        If a cell is coarser than the asked resolution; the message gives the first one.

    Examples
    --------
    >>> parents([617848112076292095], 7)
    array([608840912830726143])
    """
    _require_resolution(coarser)
    numbers = np.asarray(index, dtype=np.int64)
    wrong = (resolution(numbers) < coarser) & (numbers != NO_CELL)
    if wrong.any():
        first = int(numbers[wrong].reshape(-1)[0])
        raise InputError(
            f"cell {first} has resolution {int(resolution(first))}; "
            f"it should be {coarser} or finer to have a parent there"
        )
    unused = (np.int64(1) << np.int64(3 * (FINEST - coarser))) - np.int64(1)
    cleared = numbers & ~(np.int64(0xF) << np.int64(52))
    parent = cleared | (np.int64(coarser) << np.int64(52)) | unused
    return np.where(numbers == NO_CELL, np.int64(NO_CELL), parent)


def neighbours(index: int, rings: int = 1) -> IntArray:
    """
    Give the cells within a number of steps of a cell, itself included, sorted.

    Raises
    ------
    InputError
        If ``index`` is no cell or ``rings`` is negative.

    Examples
    --------
    >>> neighbours(617848112076292095).size
    7
    """
    _require_cell(index)
    if rings < 0:
        raise InputError(f"rings is {rings}; it should be 0 or more")
    return np.sort(np.asarray(h3.grid_disk(index, rings)).astype(np.int64))


def centres(index: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """
    Give the centre of each cell, WGS84 degrees; NaN for `NO_CELL`.

    Raises
    ------
    InputError
        If a number is no cell.
    """
    numbers = np.asarray(index, dtype=np.int64)
    lon = np.full(numbers.size, np.nan)
    lat = np.full(numbers.size, np.nan)
    for position, number in enumerate(numbers.reshape(-1).tolist()):
        if number != NO_CELL:
            _require_cell(number)
            lat[position], lon[position] = h3.cell_to_latlng(number)
    return lon.reshape(numbers.shape), lat.reshape(numbers.shape)


def outline(index: int) -> list[tuple[float, float]]:
    """
    Give the border of a cell as a closed ring of (lon, lat), counter-clockwise.

    A cell across the 180th meridian has longitudes beyond 180, so that the ring stays in one
    piece.

    Raises
    ------
    InputError
        If ``index`` is no cell.

    Examples
    --------
    >>> len(outline(617848112076292095))
    7
    """
    _require_cell(index)
    ring = [(float(lon), float(lat)) for lat, lon in h3.cell_to_boundary(index)]
    west = min(lon for lon, _ in ring)
    if max(lon for lon, _ in ring) - west > 180.0:
        ring = [(lon + 360.0 if lon < 0 else lon, lat) for lon, lat in ring]
    return [*ring, ring[0]]


def _require_resolution(resolution: int) -> None:
    if not 0 <= resolution <= FINEST:
        raise InputError(f"resolution is {resolution}; it should be 0 to {FINEST}")


def _require_cell(index: int) -> None:
    if index < 0 or not h3.is_valid_cell(index):
        raise InputError(f"{index} is no H3 cell")
