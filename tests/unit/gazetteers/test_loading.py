"""Files of places become places; each row is stored, known already, or comes back with a reason."""

import json
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely

from rencheng.foundation.places import api as places
from rencheng.kernel.errors import DataError, InputError
from rencheng.kernel.geometry.coordinates import wgs84_to_bd09, wgs84_to_gcj02
from rencheng.sensing.gazetteers.loading import fitting, load, load_folder
from rencheng.sensing.gazetteers.spec import Gazetteer, PlaceColumns, parse, shipped

pytestmark = pytest.mark.django_db

PROVINCES = 'code,name\n31,"上海市"\n42,"湖北省"\n'
CITIES = (
    'code,name,provinceCode\n3101,"市辖区",31\n4201,"武汉市",42\n4290,"省直辖县级行政区划",42\n'
)
AREAS = (
    "code,name,cityCode,provinceCode\n310115,浦东新区,3101,31\n420102,江岸区,4201,42\n"
    "429004,仙桃市,4290,42\n420100,武汉市,4201,42\n"
)
POINTS = (
    "adcode,name,lon,lat\n,境界线,114.1,22.5\n310115,浦东,121.5,31.2\n420102,江岸区,east,30\n"
    "42010,江岸,114,30\n420102,江岸区,114.3,30.6,9\n"
)


def put(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return put(
        tmp_path,
        provinces__csv=PROVINCES,
        cities__csv=CITIES,
        areas__csv=AREAS,
        district_points__csv=POINTS,
        notes__csv="who,cares\n1,2\n",
    )


def test_a_folder_is_loaded_in_the_order_the_files_build_on_each_other(folder):
    receipts = {one.gazetteer: one for one in load_folder(folder)}
    assert list(receipts) == [
        "china_provinces",
        "china_cities",
        "china_districts",
        "china_district_points",
    ]
    assert all(one.balanced for one in receipts.values())
    counts = {name: (one.sent, one.stored, one.unchanged) for name, one in receipts.items()}
    assert counts["china_provinces"] == (2, 2, 0)
    assert counts["china_cities"] == (3, 1, 0)
    assert counts["china_districts"] == (4, 3, 1)
    assert counts["china_district_points"] == (5, 1, 0)
    told = [(one.line, one.field, one.was) for one in receipts["china_district_points"].rejected]
    assert told == [
        (2, "adcode", ""),
        (4, "lon", "east"),
        (5, "adcode", "42010"),
        (6, "", "420102,江岸区,114.3,30.6,9"),
    ]
    assert [one.code for one in places.ancestors(places.get("429004").id)][1:] == ["CN", "420000"]
    assert [one.code for one in places.ancestors(places.get("310115").id)][1:] == ["CN", "310000"]
    pudong = places.get("310115")
    assert (pudong.name_zh, pudong.aliases, pudong.lon, pudong.level, pudong.tz) == (
        "浦东新区",
        (),
        121.5,
        "district",
        "Asia/Shanghai",
    )


def test_a_second_load_stores_nothing(folder):
    load_folder(folder)
    before = places.table()
    assert [one.stored for one in load_folder(folder)] == [0, 0, 0, 0]
    assert places.table().equals(before)


def square(lon: float, lat: float, shift: object = None) -> dict[str, object]:
    ring = np.array(shapely.box(lon, lat, lon + 0.1, lat + 0.1).exterior.coords)
    if shift is not None:
        ring = np.column_stack(shift(ring[:, 0], ring[:, 1]))  # type: ignore[operator]
    return {"type": "Polygon", "coordinates": [ring.tolist()]}


def geojson(path: Path, features: list[tuple[dict[str, object], object]]) -> Path:
    listed = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}))
    return path


def test_borders_come_with_their_places(folder):
    load_folder(folder)
    path = geojson(
        folder / "districts_here.geojson",
        [
            ({"adcode": "310115", "name": "浦东新区"}, square(121.5, 31.2)),
            ({"adcode": "310101", "name": "黄浦区"}, square(121.4, 31.2)),
            ({"adcode": "310104", "name": "徐汇区"}, {"type": "Point", "coordinates": [1, 2]}),
        ],
    )
    receipt = load(path)
    assert (receipt.sent, receipt.stored, receipt.unchanged) == (3, 2, 0)
    assert [(one.line, one.field) for one in receipt.rejected] == [(1, "geometry")]
    assert receipt.balanced
    found = places.locate([121.55, 121.45], [31.25, 31.25], "district")
    assert found.tolist() == [places.get("310115").id, places.get("310101").id]
    again = load(path)
    assert (again.stored, again.unchanged, len(again.rejected)) == (0, 2, 1)


@pytest.mark.parametrize(
    ("system", "shift"), [("GCJ-02", wgs84_to_gcj02), ("BD-09", wgs84_to_bd09)]
)
def test_shifted_borders_and_points_are_taken_to_wgs84(tmp_path, system, shift):
    columns = PlaceColumns(
        code="id", code_prefix="S-", name="n", level="site", lon="x", lat="y", parent=""
    )
    lon, lat = shift(np.array([121.55]), np.array([31.25]))
    own = Gazetteer(
        name="own",
        title=shipped()[0].title,
        coordinates=system,
        borders=True,
        place=columns,
    )
    properties = {"id": 7, "n": "体育馆", "x": float(lon[0]), "y": float(lat[0])}
    path = geojson(tmp_path / "sites.geojson", [(properties, square(121.5, 31.2, shift))])
    assert load(path, own).stored == 1
    site = places.get("S-7")
    assert (site.lon, site.lat) == pytest.approx((121.55, 31.25), abs=1e-7)
    drawn = places.features([site.id])["features"][0]["geometry"]["coordinates"][0]
    expected = np.array(shapely.box(121.5, 31.2, 121.6, 31.3).exterior.coords)
    assert shapely.Polygon(drawn).equals_exact(shapely.Polygon(expected), 1e-5, normalize=True)


def test_places_are_found_by_name_where_a_file_has_no_codes(folder):
    load_folder(folder)
    mapping = parse(
        """
        title = { zh = "人口", en = "people" }
        [place]
        name = "区"
        find_level = "district"
        parent_code = "310000"
        population = "人"
        population_year = 2020
        [recoded]
        "新区" = "310115"
        """,
        "own",
    )
    path = folder / "people.csv"
    path.write_text('区,人\n浦东,"5,681,512"\n新区,5681512\n江岸,1\n,2\n浦东,many\n')
    receipt = load(path, mapping)
    assert (receipt.sent, receipt.stored, receipt.unchanged) == (5, 1, 1)
    assert [(one.line, one.field, one.was) for one in receipt.rejected] == [
        (4, "区", "江岸"),
        (5, "区", ""),
        (6, "人", "many"),
    ]
    pudong = places.get("310115")
    assert (pudong.population, pudong.population_year) == (5_681_512, 2020)


def test_a_file_of_facts_makes_no_places(folder):
    load_folder(folder)
    path = folder / "cities_facts.csv"
    path.write_text("city_code,city_cn,population\n420100,武汉,8837300\n420200,黄石,2473000\n")
    facts = next(one for one in shipped() if one.name == "china_city_population")
    receipt = load(path, facts)
    assert (receipt.stored, receipt.unchanged) == (1, 0)
    assert [(one.line, one.was) for one in receipt.rejected] == [(3, "420200")]


def test_what_fits_no_mapping_is_refused_with_what_would_fit(tmp_path):
    folder = put(tmp_path, cities__csv="a,b\n1,2\n", other__csv="a,b\n1,2\n", a__geojson="{}")
    with pytest.raises(InputError, match=r"cities.csv fits no gazetteer; it should have the col"):
        fitting(folder / "cities.csv")
    with pytest.raises(InputError, match=r"other.csv fits no gazetteer; it should be called areas"):
        fitting(folder / "other.csv")
    (folder / "cities.csv").unlink()
    with pytest.raises(InputError, match=r"has no file of places; known are areas.csv"):
        load_folder(folder)
    with pytest.raises(InputError, match="also needs adcode"):
        load(folder / "other.csv", next(o for o in shipped() if o.name.endswith("trict_points")))
    columns = PlaceColumns(code="a")
    borders = Gazetteer(name="own", title=shipped()[0].title, borders=True, place=columns)
    with pytest.raises(InputError, match="also needs geometry"):
        load(folder / "other.csv", borders)
    with pytest.raises(DataError, match="there are no features"):
        load(folder / "a.geojson", shipped()[-1])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("=", "gazetteer own: not TOML"),
        ("title = { zh = 'a', en = 'b' }", "gazetteer own, place"),
        ("title = { zh = 'a', en = 'b' }\ncolour = 1\n[place]\n", "gazetteer own, colour"),
        (
            "title = { zh = 'a', en = 'b' }\ncoordinates = 'Mars'\n[place]\n",
            "gazetteer own, coordinates",
        ),
    ],
)
def test_a_mapping_that_is_wrong_is_refused_with_the_key(text, message):
    with pytest.raises(InputError, match=message):
        parse(text, "own")


def test_the_shipped_mappings_are_complete_and_in_order():
    assert [one.order for one in shipped()] == sorted(one.order for one in shipped())
    assert all(one.title.zh and one.title.en and one.files for one in shipped())


def test_the_real_files_are_accounted_for_row_by_row(data_set):
    folder = data_set("admin-china")
    receipts = {one.file: one for one in load_folder(folder)}
    assert all(one.balanced for one in receipts.values())
    sent = {name: one.sent for name, one in receipts.items()}
    assert sent == {
        "provinces.csv": 31,
        "cities.csv": 342,
        "areas.csv": 2978,
        "streets_four_cities.csv": 855,
        "prefecture_points.csv": 375,
        "district_points.csv": 2898,
        "provinces_simplified.geojson": 34,
        "districts_four_cities.geojson": 54,
    }
    rejected = {name: len(one.rejected) for name, one in receipts.items() if one.rejected}
    assert rejected == {"cities.csv": 9, "prefecture_points.csv": 3, "district_points.csv": 10}
    # Three cities without districts repeat themselves among the districts.
    assert receipts["areas.csv"].unchanged == 3
    assert all(one.stored == 0 for one in load_folder(folder))
    levels = dict(places.table().group_by("level").len().iter_rows())
    assert (levels["province"], levels["city"]) == (34, 333)
    for name, code in {
        "武汉": "420100",
        "浦东": "310115",
        "香港": "810000",
        "嘉峪关": "620200",
        "米林": "540481",
        "长垣县": "410783",
        "Inner Mongolia": "150000",
    }.items():
        assert places.find(name).code == code
    everybody = places.table().filter(pl.col("level").is_in(["province", "city"]))
    assert everybody["lon"].is_null().sum() == 0
