"""The districts of a city together have its area."""

import polars as pl
import pytest
import shapely

from rencheng.kernel.geometry.polygons import area_km2, from_wkb
from rencheng.sensing.readers.files import read


@pytest.mark.parametrize(
    ("city", "name"),
    [("北京市", "Beijing"), ("上海市", "Shanghai"), ("武汉市", "Wuhan"), ("深圳市", "Shenzhen")],
)
def test_the_union_of_the_districts_has_the_area_of_the_city(data_set, verdict, city, name):
    districts = read(data_set("admin-china") / "districts_four_cities.geojson").rows
    shapes = [from_wkb(wkb) for wkb in districts.filter(pl.col("city") == city)["geometry"]]
    area = area_km2([shapely.union_all(shapes)])[0]
    verdict(f"{name}, km2", ours=round(float(area), 2))
