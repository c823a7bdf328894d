"""
Conversion between WGS84, GCJ-02 and BD-09, the three coordinate systems of Chinese data.

WGS84 is what a satellite receiver gives. GCJ-02 is the shifted system that public maps of China
must use; BD-09 is Baidu's second shift on top of it. Everything inside Rencheng is WGS84; these
functions stand at the edge.

The national formula of GCJ-02 was never published. What follows is the formula recovered and
used by the map world since about 2013 [1]_: a polynomial and a sum of sines, in metres, taken to
degrees on the Krasovsky 1940 ellipsoid. BD-09 is the polar shift documented in the same places.
Checked by ``tests/published/places`` against 12,277 compounds of Shanghai.

References
----------
.. [1] googollee/eviltransform and scateu/PyWGS84ToGCJ02 (public sources that describe the
   formula and its constants; read for the constants, not copied).
"""

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from rencheng.kernel.errors import InputError
from rencheng.kernel.geometry.arrays import BoolArray, FloatArray, lon_lat

CoordinateSystem = Literal["WGS84", "GCJ-02", "BD-09"]
COORDINATE_SYSTEMS: tuple[CoordinateSystem, ...] = get_args(CoordinateSystem)

# Krasovsky 1940: semi-major axis in metres, first eccentricity squared (source 1).
_AXIS_M = 6_378_245.0
_ECCENTRICITY_2 = 0.00669342162296594323
# The rectangle in which GCJ-02 shifts, degrees (source 1). It is wider than China.
_WEST, _EAST, _SOUTH, _NORTH = 72.004, 137.8347, 0.8293, 55.8271
# Frequency of Baidu's wave in radians per degree (source 1).
_BAIDU_WAVE = np.pi * 3000.0 / 180.0
# The inverse shrinks its error about 50-fold per round; it stops below a tenth of a millimetre.
_ROUNDS = 10
_CLOSE_DEG = 1e-9

_Shift = Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]


def in_gcj02_area(lon: ArrayLike, lat: ArrayLike) -> BoolArray:
    """
    Say which points lie in the rectangle where GCJ-02 differs from WGS84.

    Examples
    --------
    >>> in_gcj02_area([121.47, -0.13], [31.23, 51.51])
    array([ True, False])
    """
    return _shifted_area(*lon_lat(lon, lat))


def wgs84_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """
    Shift WGS84 positions to GCJ-02.

    Parameters
    ----------
    lon, lat
        Degrees, any equal shapes; NaN stays NaN.

    Returns
    -------
    lon, lat
        Degrees in GCJ-02, same shape. Points outside the rectangle of `in_gcj02_area` come back
        unchanged.

    Raises
    ------
    InputError
        If shapes differ or a value is no longitude or latitude.

    Notes
    -----
    With x = lon - 105 and y = lat - 35 (degrees) the shift in metres is a polynomial in x and y
    plus sine waves; it is divided by the length of a degree on the ellipsoid at that latitude.
    The shift is 100 to 700 m in China. Inverse: `gcj02_to_wgs84`.

    Examples
    --------
    >>> lon, lat = wgs84_to_gcj02(np.array([121.4737]), np.array([31.2304]))
    >>> lon.round(5), lat.round(5)
    (array([121.47822]), array([31.22846]))
    """
    return _where_shifted(_to_gcj02, *lon_lat(lon, lat))


def gcj02_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """
    Undo `wgs84_to_gcj02`, to better than 1e-7 degrees (about a centimetre).

    Points outside the rectangle of `in_gcj02_area` come back unchanged. Weak within 0.02 degrees
    of that rectangle's rim (open sea, Central Asia), where two positions share one image.

    Examples
    --------
    >>> lon, lat = gcj02_to_wgs84(*wgs84_to_gcj02(121.4737, 31.2304))
    >>> float(lon.round(7)), float(lat.round(7))
    (121.4737, 31.2304)
    """
    return _where_shifted(_from_gcj02, *lon_lat(lon, lat))


def gcj02_to_bd09(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """
    Shift GCJ-02 positions to Baidu's BD-09.

    Notes
    -----
    In polar form about (0, 0): the radius grows by 2e-5 sin(k lat), the angle by
    3e-6 cos(k lon), then 0.0065 degrees are added to the longitude and 0.006 to the latitude,
    with k = 3000 pi / 180. Applied wherever the point lies; Baidu serves China only.

    Examples
    --------
    >>> lon, lat = gcj02_to_bd09(121.47822, 31.22844)
    >>> float(lon.round(5)), float(lat.round(5))
    (121.48478, 31.23429)
    """
    return _to_bd09(*lon_lat(lon, lat))


def bd09_to_gcj02(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """
    Undo `gcj02_to_bd09`, to better than 1e-7 degrees.

    Examples
    --------
    >>> lon, lat = bd09_to_gcj02(*gcj02_to_bd09(121.47822, 31.22844))
    >>> float(lon.round(7)), float(lat.round(7))
    (121.47822, 31.22844)
    """
    return _invert(_to_bd09, *lon_lat(lon, lat))


def wgs84_to_bd09(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Shift WGS84 positions to BD-09: `wgs84_to_gcj02`, then `gcj02_to_bd09`."""
    return _to_bd09(*wgs84_to_gcj02(lon, lat))


def bd09_to_wgs84(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Shift BD-09 positions to WGS84: `bd09_to_gcj02`, then `gcj02_to_wgs84`."""
    return _where_shifted(_from_gcj02, *bd09_to_gcj02(lon, lat))


def to_wgs84(
    lon: ArrayLike, lat: ArrayLike, system: CoordinateSystem
) -> tuple[FloatArray, FloatArray]:
    """
    Take positions of a declared system to WGS84.

    Raises
    ------
    InputError
        If the system is not one of `COORDINATE_SYSTEMS`, or a value is out of range.

    Examples
    --------
    >>> to_wgs84([121.5], [31.2], "WGS84")
    (array([121.5]), array([31.2]))
    """
    if system == "WGS84":
        return lon_lat(lon, lat)
    if system == "GCJ-02":
        return gcj02_to_wgs84(lon, lat)
    if system == "BD-09":
        return bd09_to_wgs84(lon, lat)
    raise InputError(
        f"coordinate system is {system!r}; it should be one of {', '.join(COORDINATE_SYSTEMS)}"
    )


def _shifted_area(lon: FloatArray, lat: FloatArray) -> BoolArray:
    inside: BoolArray = (lon >= _WEST) & (lon <= _EAST) & (lat >= _SOUTH) & (lat <= _NORTH)
    return inside


def _where_shifted(
    convert: _Shift, lon: FloatArray, lat: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Apply a conversion inside the shifted rectangle, and leave every other point alone."""
    inside = _shifted_area(lon, lat)
    # The formula has no meaning elsewhere, so it is fed a point of its own for those.
    new_lon, new_lat = convert(np.where(inside, lon, 105.0), np.where(inside, lat, 35.0))
    return np.where(inside, new_lon, lon), np.where(inside, new_lat, lat)


def _from_gcj02(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    return _invert(_to_gcj02, lon, lat)


def _to_gcj02(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    x, y = lon - 105.0, lat - 35.0
    root, product = np.sqrt(np.abs(x)), x * y
    common = 20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)
    east_waves = _waves(x, 1.0 / 12.0, 150.0, 300.0)
    north_waves = _waves(y, 1.0 / 12.0, 160.0, 320.0)
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * product + 0.1 * root
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * product + 0.2 * root
    east_m = east_m + (common + east_waves) * 2.0 / 3.0
    north_m = north_m + (common + north_waves) * 2.0 / 3.0
    lat_rad = np.radians(lat)
    w2 = 1.0 - _ECCENTRICITY_2 * np.sin(lat_rad) ** 2
    prime_vertical_m = _AXIS_M / np.sqrt(w2)
    meridian_m = prime_vertical_m * (1.0 - _ECCENTRICITY_2) / w2
    parallel_m = prime_vertical_m * np.cos(lat_rad)
    return lon + np.degrees(east_m / parallel_m), lat + np.degrees(north_m / meridian_m)


def _waves(t: FloatArray, slow: float, high: float, higher: float) -> FloatArray:
    waves: FloatArray = (
        20.0 * np.sin(np.pi * t)
        + 40.0 * np.sin(np.pi * t / 3.0)
        + high * np.sin(np.pi * t * slow)
        + higher * np.sin(np.pi * t / 30.0)
    )
    return waves


def _to_bd09(lon: FloatArray, lat: FloatArray) -> tuple[FloatArray, FloatArray]:
    radius = np.hypot(lon, lat) + 2e-5 * np.sin(lat * _BAIDU_WAVE)
    angle = np.arctan2(lat, lon) + 3e-6 * np.cos(lon * _BAIDU_WAVE)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _invert(
    shift: _Shift, target_lon: FloatArray, target_lat: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Find the point that ``shift`` takes to the target, by walking back its error."""
    lon, lat = target_lon, target_lat
    for _ in range(_ROUNDS):
        image_lon, image_lat = shift(lon, lat)
        error_lon, error_lat = target_lon - image_lon, target_lat - image_lat
        lon, lat = lon + error_lon, lat + error_lat
        error = np.hypot(error_lon, error_lat)
        if not (error > _CLOSE_DEG).any():  # NaN, a missing position, compares false
            break
    return lon, lat
