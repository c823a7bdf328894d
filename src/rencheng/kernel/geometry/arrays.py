"""The array types of this package, and the one check of a longitude and latitude pair."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from rencheng.kernel.errors import InputError

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


def lon_lat(lon: ArrayLike, lat: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """
    Narrow a pair of longitudes and latitudes to two float arrays of one shape.

    Parameters
    ----------
    lon, lat
        Degrees, any shape, equal shapes. NaN stands for "no position" and is let through.

    Raises
    ------
    InputError
        If the shapes differ, a longitude is outside -180..180 or a latitude outside -90..90
        (which is also how swapped arguments usually show); the message gives the first bad index.
    """
    lon_deg = np.asarray(lon, dtype=np.float64)
    lat_deg = np.asarray(lat, dtype=np.float64)
    if lon_deg.shape != lat_deg.shape:
        raise InputError(
            f"lon has shape {lon_deg.shape} and lat {lat_deg.shape}; they should be equal"
        )
    _require_range("lon", lon_deg, 180.0)
    _require_range("lat", lat_deg, 90.0)
    return lon_deg, lat_deg


def _require_range(name: str, degrees: FloatArray, limit: float) -> None:
    wrong = np.abs(degrees) > limit  # NaN compares false: a missing position passes
    if wrong.any():
        index = int(np.flatnonzero(wrong)[0])
        raise InputError(
            f"{name}[{index}] is {degrees.reshape(-1)[index]}; "
            f"it should be between {-limit:g} and {limit:g} degrees"
        )
