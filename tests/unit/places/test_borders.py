"""Borders have days, hold points, and are drawn."""

import json
from datetime import date

import numpy as np
import polars as pl
import pytest
import shapely

from rencheng.foundation.places import api
from rencheng.kernel.errors import InputError

WEST = shapely.box(121.0, 31.0, 121.5, 31.5)
EAST = shapely.box(121.5, 31.0, 122.0, 31.5)


def borders(*rows: tuple[str, object], **columns: object) -> pl.DataFrame:
    wkb = [shape.wkb if hasattr(shape, "wkb") else shape for _, shape in rows]
    codes = [code for code, _ in rows]
    table = pl.DataFrame({"code": codes, "wkb": wkb}, schema={"code": pl.String, "wkb": pl.Binary})
    return table.with_columns(**{name: pl.lit(value) for name, value in columns.items()})


@pytest.fixture
def drawn(country) -> dict[str, int]:
    """Draw two districts of Shanghai as rectangles side by side."""
    written = api.set_borders(borders(("310101", WEST), ("310115", EAST), source="a drawing"))
    assert (written.sent, written.created) == (2, 2)
    return country


def test_points_are_found_in_their_district(drawn):
    lon, lat = np.array([121.2, 121.7, 100.0, np.nan]), np.array([31.2, 31.2, 31.2, 31.2])
    found = api.locate(lon, lat, "district")
    assert found.tolist() == [drawn["310101"], drawn["310115"], api.NOWHERE, api.NOWHERE]
    assert api.locate(lon, lat, "province").tolist() == [api.NOWHERE] * 4
    with pytest.raises(InputError, match=r"lat\[0\] is 121"):
        api.locate([31.0], [121.0], "district")


def test_the_same_border_again_is_unchanged_and_a_place_gets_a_point_inside(drawn):
    written = api.set_borders(borders(("310101", WEST), ("310115", EAST), source="a drawing"))
    assert (written.unchanged, written.stored) == (2, 0)
    pudong = api.get("310115")
    assert EAST.contains(shapely.Point(pudong.lon, pudong.lat))
    assert pudong.h3 is not None


def test_a_later_border_ends_the_one_before(drawn):
    day = date(2020, 1, 1)
    written = api.set_borders(borders(("310101", EAST), ("310115", WEST), valid_from=day))
    assert written.created == 2
    assert api.locate([121.2], [31.2], "district").tolist() == [drawn["310115"]]
    before = api.locate([121.2], [31.2], "district", on=date(2019, 12, 31))
    assert before.tolist() == [drawn["310101"]]
    days = api.border_days(drawn["310101"])
    assert days["valid_to"].to_list() == [day, None]
    assert days["area_km2"].to_list() == pytest.approx([2640.3, 2640.3], abs=0.1)
    earlier = borders(("310101", WEST), valid_from=date(1990, 1, 1))
    assert api.set_borders(earlier).created == 1
    assert api.border_days(drawn["310101"])["valid_to"].to_list() == [date(1990, 1, 1), day, None]


def test_a_changed_border_replaces_the_one_of_its_day(drawn):
    assert api.set_borders(borders(("310101", EAST))).changed == 1
    assert api.border_days(drawn["310101"]).height == 1


@pytest.mark.parametrize(
    ("code", "shape", "field"),
    [
        ("nobody", WEST, "code"),
        (None, WEST, "code"),
        ("310101", b"\x00", "wkb"),
        ("310101", None, "wkb"),
        ("310101", shapely.Point(1, 1), "wkb"),
        ("310101", shapely.box(500, 0, 501, 1), "wkb"),
    ],
)
def test_what_is_no_border_is_refused(country, code, shape, field):
    written = api.set_borders(borders((code, shape)))
    assert [one.field for one in written.refused] == [field]
    assert written.stored == 0


def test_wrong_columns_are_refused_as_a_whole(country):
    with pytest.raises(InputError, match="they should be code, wkb"):
        api.set_borders(pl.DataFrame({"code": ["a"]}))
    with pytest.raises(InputError, match="wrong type"):
        api.set_borders(pl.DataFrame({"code": ["a"], "wkb": [["a"]]}))


def test_a_map_shows_the_border_where_there_is_one_and_else_the_point(drawn):
    api.upsert(pl.DataFrame({"code": ["420100"], "lon": [114.3], "lat": [30.6]}))
    wanted = [drawn["420100"], drawn["310101"], drawn["422800"]]
    collection = json.loads(json.dumps(api.features(wanted, tolerance_deg=0.01)))
    kinds = {one["properties"]["code"]: one["geometry"]["type"] for one in collection["features"]}
    assert kinds == {"310101": "Polygon", "420100": "Point"}
    wuhan = next(one for one in collection["features"] if one["id"] == drawn["420100"])
    assert wuhan["properties"] == {
        "code": "420100",
        "name_zh": "武汉市",
        "name_en": "Wuhan",
        "level": "city",
        "area_km2": None,
    }
    assert api.features([]) == {"type": "FeatureCollection", "features": []}
