"""Compounds given in Baidu's coordinates lie where they are said to lie."""

import numpy as np
import polars as pl
import pytest

from rencheng.kernel.geometry.coordinates import bd09_to_wgs84
from rencheng.kernel.geometry.polygons import from_wkb, members
from rencheng.sensing.readers.files import read


@pytest.fixture
def compounds(data_set) -> pl.DataFrame:
    table = pl.read_parquet(data_set("shanghai-residential-compounds") / "compounds.parquet")
    lon, lat = bd09_to_wgs84(table["lon_bd09"].to_numpy(), table["lat_bd09"].to_numpy())
    return table.with_columns(lon=pl.Series(lon), lat=pl.Series(lat))


def test_compounds_lie_in_their_stated_district(compounds, data_set, verdict):
    file = read(data_set("admin-china") / "districts_four_cities.geojson").rows
    districts = file.filter(pl.col("city") == "上海市")
    shapes = [from_wkb(wkb) for wkb in districts["geometry"]]
    position = members(compounds["lon"].to_numpy(), compounds["lat"].to_numpy(), shapes)
    names = districts["name"].str.strip_suffix("新区").str.strip_suffix("区").to_list()
    found = np.array([*names, ""])[position]
    # Zhabei became part of Jing'an in 2015; the portal still named it in 2018.
    stated = compounds["district"].replace("闸北", "静安").to_numpy()
    share = 100 * (found == stated).mean()
    verdict("share of compounds in their stated district, %", ours=round(float(share), 3))


@pytest.mark.parametrize(("axis", "name"), [("lon", "longitude"), ("lat", "latitude")])
def test_converted_positions_are_the_stated_ones(compounds, verdict, axis, name):
    largest = (compounds[axis] - compounds[f"{axis}_wgs84"]).abs().max()
    verdict(f"largest distance from the stated WGS84 {name}, degrees", ours=largest)
