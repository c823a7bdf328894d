"""A bulk write accounts for every row and leaves what is known alone."""

import time
from datetime import date

import polars as pl
import pytest

from rencheng.foundation.places import api
from rencheng.foundation.places.models import Place
from rencheng.kernel.errors import InputError

START = "2020-01-01"


def row(**values: object) -> pl.DataFrame:
    return pl.DataFrame([values])


def refusal(written: api.Written) -> tuple[int, str, str]:
    assert len(written.refused) == 1
    return written.refused[0].row, written.refused[0].field, written.refused[0].was


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": " "}, "code"),
        ({"code": "n" * 65}, "code"),
        ({"code": "new", "level": "city"}, "name_zh"),
        ({"code": "new", "name_zh": "新"}, "level"),
        ({"code": "new", "name_zh": "新", "level": "planet"}, "level"),
        ({"code": "new", "name_zh": "新", "level": "city", "parent": "nobody"}, "parent"),
        ({"code": "new", "name_zh": "新", "level": "city", "parent": "new"}, "parent"),
        ({"code": "new", "name_zh": "新", "level": "city", "parent": "110105"}, "level"),
        ({"code": "new", "name_zh": "新", "level": "city", "site_kind": "bed"}, "site_kind"),
        ({"code": "new", "name_zh": "新", "level": "site", "site_kind": "moon"}, "site_kind"),
        ({"code": "420100", "lon": 214.0, "lat": 30.0}, "lon"),
        ({"code": "420100", "lon": 114.0}, "lat"),
        ({"code": "420100", "population": -1}, "population"),
        ({"code": "420100", "population_year": 20200}, "population_year"),
        ({"code": "420100", "tz": "Mars/Olympus"}, "tz"),
        ({"code": "420100", "valid_from": "2021-01-01", "valid_to": START}, "valid_to"),
        ({"code": "220000", "parent": "220200"}, "parent"),
        ({"code": "220000", "level": "district"}, "level"),
    ],
)
def test_a_bad_row_is_refused_with_its_field(country, values, field):
    before = api.table()
    table = row(**values)
    dates = [name for name in ("valid_from", "valid_to") if name in values]
    written = api.upsert(table.with_columns(pl.col(dates).str.to_date() if dates else []))
    assert refusal(written)[:2] == (0, field)
    assert written.sent == 1
    assert api.table().equals(before)


def test_wrong_columns_are_refused_as_a_whole(country):
    with pytest.raises(InputError, match="should include code"):
        api.upsert(pl.DataFrame({"name_zh": ["a"]}))
    with pytest.raises(InputError, match="otherwise be among"):
        api.upsert(pl.DataFrame({"code": ["a"], "colour": ["red"]}))
    with pytest.raises(InputError, match="wrong type"):
        api.upsert(pl.DataFrame({"code": ["a"], "lon": ["east"]}))
    with pytest.raises(InputError, match="only_new names"):
        api.upsert(pl.DataFrame({"code": ["a"]}), only_new=["colour"])


def test_a_ring_of_parents_is_refused_whole(country):
    table = pl.DataFrame(
        {
            "code": ["a", "b", "c"],
            "name_zh": ["甲", "乙", "丙"],
            "level": ["site", "site", "site"],
            "parent": ["b", "a", "b"],
        }
    )
    written = api.upsert(table)
    assert [one.row for one in written.refused] == [0, 1, 2]
    assert {one.field for one in written.refused} == {"parent"}


def test_blanks_say_nothing_and_news_are_stored(country):
    point = {"code": "420100", "name_zh": None, "lon": 114.3, "lat": 30.6, "population": 11_081_000}
    assert api.upsert(row(**point)).changed == 1
    wuhan = api.get("420100")
    assert (wuhan.name_zh, wuhan.lon, wuhan.population) == ("武汉市", 114.3, 11_081_000)
    assert wuhan.h3 is not None
    assert api.upsert(row(**point)).unchanged == 1


def test_a_file_of_points_renames_nothing_but_leaves_an_alias(country):
    table = row(code="310115", name_zh="上海浦东", level="street", lon=121.5, lat=31.2)
    assert api.upsert(table, only_new=["name_zh", "level"]).changed == 1
    pudong = api.get("310115")
    assert (pudong.name_zh, pudong.level, pudong.aliases) == ("浦东新区", "district", ("上海浦东",))
    assert api.upsert(table, only_new=["name_zh", "level"]).unchanged == 1


def test_of_two_rows_that_contradict_each_other_the_later_is_refused(country):
    table = pl.DataFrame({"code": ["420100"] * 3, "population": [1, 1, 2]})
    written = api.upsert(table)
    assert (written.changed, written.unchanged) == (1, 1)
    assert refusal(written) == (2, "population", "2")
    assert api.upsert(table.head(2)).unchanged == 2


def test_a_code_passes_from_one_place_to_another_only_when_the_first_is_over(country):
    taken = row(code="110101", name_zh="新东城区", level="district", valid_from=date(2010, 7, 1))
    second = pl.concat([taken, taken.with_columns(valid_from=date(2012, 7, 1))])
    assert api.upsert(second).sent == 2
    assert api.get("110101").valid_from == date(2010, 7, 1)
    with pytest.raises(InputError, match="no place has the code '110101' on 2009-01-01"):
        api.at_date("110101", date(2009, 1, 1))


def test_the_zone_comes_from_the_nearest_place_above(country):
    assert api.get("110105").tz == "Asia/Shanghai"
    api.upsert(row(code="422800", tz="Asia/Urumqi"))
    assert api.get("422800").tz == "Asia/Urumqi"
    assert api.get("001").tz == ""
    zones = dict(api.table().select("code", "tz").iter_rows())
    assert (zones["422800"], zones["420100"]) == ("Asia/Urumqi", "Asia/Shanghai")


def test_three_thousand_places_are_stored_in_under_two_seconds(country):
    codes = [f"G{n}" for n in range(3_000)]
    table = pl.DataFrame({"code": codes, "name_zh": codes}).with_columns(
        level=pl.lit("grid"), parent=pl.lit("310115"), lon=pl.lit(121.5), lat=pl.lit(31.2)
    )
    started = time.perf_counter()
    assert api.upsert(table).created == 3_000
    assert time.perf_counter() - started < 2.0
    started = time.perf_counter()
    assert api.upsert(table).unchanged == 3_000
    assert time.perf_counter() - started < 1.0
    assert len(api.subtree_ids(country["310115"])) == 3_001


def test_a_subtree_is_one_range_of_an_index(country):
    from rencheng.foundation.places.reading import under

    plan = Place.objects.filter(under(Place.objects.get(code="220000").path)).explain()
    assert "path>? AND path<?" in plan or "Index" in plan


def test_a_group_is_made_once_and_lies_under_its_province(country):
    first = api.register_group(country["420000"], "境外输入", "imported")
    assert api.register_group(country["420000"], " 境外输入 ") == first
    group = api.by_id(first)
    assert (group.level, group.code, group.parent_id) == (
        "group",
        "420000:境外输入",
        country["420000"],
    )
    assert api.find("境外输入", within=country["420000"]).id == first
    with pytest.raises(InputError, match="group name is"):
        api.register_group(country["420000"], " ")
    with pytest.raises(InputError, match="there is no place number"):
        api.register_group(0, "x")


def test_children_ancestors_and_membership_agree(country):
    assert api.children(country["310000"])["code"].to_list() == ["310101", "310115"]
    assert [one.code for one in api.ancestors(country["310115"])] == ["001", "CN", "310000"]
    assert api.is_within(country["310115"], country["CN"])
    assert not api.is_within(country["CN"], country["310115"])
    assert api.subtree(country["220000"], level="district")["code"].to_list() == [
        "220381",
        "220104",
    ]
    assert api.table([country["CN"], country["CN"], 10**9])["code"].to_list() == ["CN"]
    with pytest.raises(InputError, match="there is no place number 0"):
        api.children(0)
