"""A place is found by any word people use for it, or the question comes back."""

import polars as pl
import pytest

from rencheng.foundation.places import api
from rencheng.kernel.errors import InputError


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("武汉", "420100"),
        ("武汉市", "420100"),
        (" 武汉　市 ", "420100"),
        ("WUHAN", "420100"),
        ("420100", "420100"),
        ("cn", "CN"),
        ("浦东", "310115"),
        ("浦东新区", "310115"),
        ("恩施", "422800"),
        ("恩施州", "422800"),
        ("上海", "310000"),
    ],
)
def test_a_place_is_found_with_and_without_its_suffix(country, text, code):
    assert api.find(text).code == code


def test_a_place_goes_before_those_under_it(country):
    assert api.find("吉林").code == "220000"
    assert api.find("吉林", level="city").code == "220200"
    assert api.find("吉林", within=country["220000"]).code == "220200"


def test_two_places_of_one_name_are_both_named_in_the_question(country):
    with pytest.raises(InputError, match=r"北京市/朝阳区 \(110105\).*长春市/朝阳区 \(220104\)"):
        api.find("朝阳")
    assert api.find("朝阳", within=country["110000"]).code == "110105"


def test_what_nobody_is_called_is_said_with_where_it_was_sought(country):
    with pytest.raises(InputError, match="no place is called '巴黎' in 湖北省"):
        api.find("巴黎", within=country["420000"])
    with pytest.raises(InputError, match="no place is called ''"):
        api.find("")
    with pytest.raises(InputError, match="level is 'planet'"):
        api.find("武汉", level="planet")


def test_another_suffix_is_another_place(country):
    with pytest.raises(InputError):
        api.find("朝阳市")


def test_a_province_named_in_the_city_column_means_the_province(country):
    assert api.find("上海市", within=country["310000"]).code == "310000"


def test_an_alias_and_a_stored_short_name_are_found(country):
    api.upsert(pl.DataFrame({"code": ["420100"], "aliases": [["江城", "汉市"]]}))
    assert api.find("江城").code == "420100"
    api.upsert(
        pl.DataFrame(
            {"code": ["x"], "name_zh": ["光谷"], "level": ["district"], "parent": ["420100"]}
        )
    )
    assert api.find("光谷新区").code == "x"


def test_a_column_of_names_is_resolved_row_by_row(country):
    provinces = [country["110000"], country["220000"], None, country["310000"], None]
    resolved = api.resolve_names(["朝阳", "朝阳区", "朝阳", "浦东", None], within=provinces)
    codes = ["110105", "220104", None, "310115", None]
    assert resolved.place_id.to_list() == [country[c] if c else None for c in codes]
    assert resolved.place_id.dtype == pl.Int64
    assert list(resolved.problems) == [2]
    assert "朝阳区" in resolved.problems[2].zh
    with pytest.raises(InputError, match="within has 1 rows and names 2"):
        api.resolve_names(["a", "b"], within=[None])


def test_a_column_of_codes_is_resolved_in_its_order(country):
    numbers = api.resolve_codes(["420100", "999999", None, "110000"])
    assert numbers.to_list() == [country["420100"], None, None, country["110000"]]


def test_a_search_field_offers_upper_places_first(country):
    assert [one.code for one in api.suggest("吉林")] == ["220000", "220200"]
    assert [one.code for one in api.suggest("2203")] == ["220300", "220381"]
    assert [one.code for one in api.suggest("朝", within=country["220000"])] == ["220104"]
    assert api.suggest("  ") == []
    assert [one.code for one in api.suggest("p", level="district")] == ["310115"]
