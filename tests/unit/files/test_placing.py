"""Places are found by code or name, made where the mapping allows, and the same in any order."""

import itertools
import random
from typing import Any

import polars as pl
import pytest

from rencheng.foundation.places import api as places
from rencheng.sensing.files.convert.keys import Saying
from rencheng.sensing.files.mapping.shape import mapping_from
from rencheng.sensing.files.mapping.spec import PlacePart
from rencheng.sensing.files.placing.settling import Placing
from tests.fixtures.mappings import PLAIN

pytestmark = pytest.mark.django_db

PART: dict[str, Any] = {
    "code": "city_code",
    "name": "city",
    "level": "district",
    "levels": {"[0-9]{4}00": "city"},
    "create": True,
    "unique_names": True,
    "nested": 2,
    "groups": ["境外输入"],
    "group_codes": "[0-9]{3}[0-9a-z]{3}",
    "same_as": {"715400": "610581", "台湾省/台湾": "710000"},
    "parent": {
        "code": "province_code",
        "name": "province",
        "level": "province",
        "create": True,
        "code_pattern": "[1-8][0-9]0000",
        "parent": {
            "level": "country",
            "fixed": {"code": "CN", "name": "中国", "name_en": "China", "tz": "Asia/Shanghai"},
        },
    },
}
HUBEI = ("420000", "湖北省")
GAZETTEER = [
    ("001", "世界", "World", "world", None),
    ("CN", "中国", "China", "country", "001"),
    ("420000", "湖北省", "Hubei", "province", "CN"),
    ("420100", "武汉市", "Wuhan", "city", "420000"),
    ("429004", "仙桃市", "Xiantao", "district", "420000"),
]


def part(**changes: Any) -> PlacePart:
    place = mapping_from({**PLAIN, "place": {**PART, **changes}}).place
    assert place is not None
    return place


def load_gazetteer() -> None:
    names = ["code", "name_zh", "name_en", "level", "parent"]
    table = pl.DataFrame(GAZETTEER, schema=names, orient="row")
    zone = pl.when(pl.col("code") == "CN").then(pl.lit("Asia/Shanghai"))
    places.upsert(table.with_columns(tz=zone))


def settle(sayings: dict[Saying, int], **changes: Any) -> dict[Saying, Any]:
    return dict(Placing().settle(part(**changes), sayings))


def code_of(number: int) -> str:
    return places.by_id(number).code


def test_a_new_code_becomes_a_place_under_the_one_above() -> None:
    settled = settle({("420100", "武汉市", *HUBEI): 5})
    wuhan = places.by_id(settled["420100", "武汉市", *HUBEI])
    assert (wuhan.code, wuhan.name_zh, wuhan.level) == ("420100", "武汉市", "city")
    assert [one.code for one in places.ancestors(wuhan.id)] == ["CN", "420000"]
    assert wuhan.tz == "Asia/Shanghai"


def test_a_gazetteer_before_or_after_gives_the_same_places() -> None:
    sayings: dict[Saying, int] = {
        ("420100", "武汉市", *HUBEI): 9,
        ("429004", "仙桃市", *HUBEI): 9,
        ("", "境外输入", *HUBEI): 1,
        ("4200y1", "境外输入", *HUBEI): 1,
    }
    settle(sayings)
    load_gazetteer()
    after = places.table().drop("id", "parent_id")
    for one in reversed(places.table()["id"].to_list()):
        _forget(one)
    load_gazetteer()
    settle(sayings)
    before = places.table().drop("id", "parent_id")
    assert before.sort("code").equals(after.sort("code"))


def _forget(place_id: int) -> None:
    from rencheng.foundation.places.models import Place

    Place.objects.filter(pk=place_id).delete()


def test_a_group_is_one_place_with_and_without_a_code() -> None:
    sayings: dict[Saying, int] = {("", "境外输入", *HUBEI): 3, ("4200y1", "境外输入", *HUBEI): 4}
    settled = settle(sayings)
    assert len(set(settled.values())) == 1
    group = places.by_id(next(iter(settled.values())))
    assert (group.level, group.name_zh) == ("group", "境外输入")
    elsewhere = settle({("", "境外输入", "410000", "河南省"): 1})
    assert set(elsewhere.values()) != set(settled.values())


def test_another_code_or_name_for_a_known_place_means_that_place() -> None:
    settled = settle(
        {
            ("610581", "韩城市", "610000", "陕西省"): 1,
            ("715400", "韩城", "610000", "陕西省"): 5,
            ("", "台湾", "710000", "台湾省"): 1,
            ("710000", "台湾省", "710000", "台湾省"): 1,
        }
    )
    assert sorted(code_of(number) for number in settled.values()) == [
        "610581", "610581", "710000", "710000",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("saying", "words"),
    [
        (("42O100", "武汉市", *HUBEI), "such as 420100"),
        (("999999", "某市", *HUBEI), "begins with 42"),
        (("990100", "某市", "990000", "某省"), "such as 420100"),
        (("", "某市", *HUBEI), "under 湖北省"),
        (("", "", *HUBEI), "required"),
        (("420100", "武汉市", "", ""), "required"),
        (("420100", "火星市", *HUBEI), "420100 is 武汉市"),
        (("420199", "武汉市", *HUBEI), "420100, which 武汉市 under 湖北省 has already"),
    ],
)
def test_what_cannot_be_placed_says_what_it_should_be(saying: Saying, words: str) -> None:
    settled = settle({("420100", "武汉市", *HUBEI): 9, saying: 1})
    assert isinstance(settled["420100", "武汉市", *HUBEI], int)
    assert words in settled[saying][2]
    again = settle({saying: 99, ("420100", "武汉市", *HUBEI): 1})
    assert words in again[saying][2], "the second time, when the place is known"


def test_the_order_of_the_sayings_does_not_matter() -> None:
    sayings = [
        (("420100", "武汉市", *HUBEI), 9), (("420100", "火星市", *HUBEI), 2),
        (("420199", "武汉市", *HUBEI), 1), (("429004", "仙桃市", "420000", "湖北"), 3),
        (("429004", "仙桃", "420000", "湖北省"), 3), (("", "境外输入", *HUBEI), 1),
    ]  # fmt: skip
    seen = set()
    for order in itertools.islice(itertools.permutations(sayings), 0, 720, 97):
        placing = Placing(create=False)
        settled = placing.settle(part(), dict(order))
        named = {
            saying: placing.new[found].code if isinstance(found, int) else found
            for saying, found in settled.items()
        }
        seen.add(tuple(sorted(named.items())))
    assert len(seen) == 1


def test_without_leave_an_unknown_code_is_refused_and_nothing_is_made() -> None:
    load_gazetteer()
    known = places.table().height
    settled = settle({("420999", "某市", *HUBEI): 1}, create=False)
    assert settled["420999", "某市", *HUBEI] == ("place", "420999 某市", "a known place")
    assert places.table().height == known


def test_a_preview_makes_nothing() -> None:
    placing = Placing(create=False)
    settled = placing.settle(part(), {("420100", "武汉市", *HUBEI): 1, ("", "境外输入", *HUBEI): 1})
    assert all(isinstance(found, int) and found < 0 for found in settled.values())
    assert {"420100", "420000:境外输入", "CN"} <= {new.code for new in placing.new.values()}
    assert places.table().height == 0


def test_names_alone_are_looked_up_under_the_place_above() -> None:
    load_gazetteer()
    by_name = {"code": "", "create": False, "groups": [], "group_codes": "", "unique_names": False}
    asked: dict[Saying, int] = {
        ("", "武汉", *HUBEI): 1, ("", "仙桃市", *HUBEI): 1, ("", "朝阳", *HUBEI): 1,
    }  # fmt: skip
    settled = settle(asked, **by_name)
    assert code_of(settled["", "武汉", *HUBEI]) == "420100"
    assert code_of(settled["", "仙桃市", *HUBEI]) == "429004"
    assert settled["", "朝阳", *HUBEI] == ("place", "朝阳", "a known place")


def test_a_name_that_two_places_bear_is_refused_with_both() -> None:
    load_gazetteer()
    twins = [("429101", "新城区", "district", "420000"), ("429102", "新城县", "district", "420000")]
    places.upsert(pl.DataFrame(twins, schema=["code", "name_zh", "level", "parent"], orient="row"))
    by_name = {"code": "", "create": False, "groups": [], "group_codes": "", "unique_names": False}
    settled = settle({("", "新城", *HUBEI): 1}, **by_name)
    assert "429101" in settled["", "新城", *HUBEI][2]
    assert "429102" in settled["", "新城", *HUBEI][2]


def test_codes_come_as_spreadsheets_write_them() -> None:
    settled = settle({("420100.0", " 武汉市 ", "４２００００", "湖北省"): 1})
    assert code_of(next(iter(settled.values()))) == "420100"


def test_many_sayings_cost_few_queries(django_assert_max_num_queries: Any) -> None:
    numbers = list(range(420101, 420400))
    random.Random(1).shuffle(numbers)
    sayings: dict[Saying, int] = {(str(n), f"第{n}区", *HUBEI): 1 for n in numbers}
    settle(sayings)
    with django_assert_max_num_queries(350):
        settle(sayings)
