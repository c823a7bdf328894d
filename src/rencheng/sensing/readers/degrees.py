"""Coordinates must be longitude and latitude in degrees; projected ones are refused."""

import re
from pathlib import Path
from typing import Final

from rencheng.kernel.errors import InputError

# Degrees on an ellipsoid that is WGS84 to well under a metre: EPSG 4326 and 4979, CRS84, CGCS2000.
_DEGREES: Final = re.compile(r"(EPSG:+(4326|4490|4979))$|(CRS:?84h?)$", re.IGNORECASE)


def require_degrees(path: Path, crs: object) -> None:
    """
    Check the coordinate system that a file declares; none at all is WGS84 by the standards.

    Parameters
    ----------
    crs
        A name such as ``EPSG:4326``, a GeoJSON ``crs`` member or a PROJJSON object.

    Raises
    ------
    InputError
        If it is another system. Shifted systems (GCJ-02, BD-09) declare themselves as WGS84:
        mappings say which one is meant.
    """
    name = _name(crs)
    if name is None or _DEGREES.search(name):
        return
    raise InputError(
        f"file {path.name}: its coordinates are {name[:80]}; they should be longitude and "
        "latitude in degrees (EPSG:4326 or EPSG:4490)"
    )


def _name(crs: object) -> str | None:
    if not isinstance(crs, dict):
        return None if crs is None else str(crs)
    identity, inner = crs.get("id"), crs.get("properties")
    if isinstance(identity, dict):
        return f"{identity.get('authority')}:{identity.get('code')}"
    if isinstance(inner, dict):
        return _name(inner.get("name"))
    return str(crs.get("name"))
