"""Places end and are followed; each day keeps its own map."""

from datetime import date

import polars as pl
import pytest

from rencheng.foundation.places import api
from rencheng.kernel.errors import InputError

DAY = date(2020, 6, 19)
BEFORE = date(2020, 2, 1)


def place(code: str, name: str, level: str, parent: str) -> pl.DataFrame:
    return pl.DataFrame([{"code": code, "name_zh": name, "level": level, "parent": parent}])


def test_a_recoded_place_is_found_under_the_code_of_its_day(country):
    new = place("220184", "公主岭市", "district", "220100")
    (followed,) = api.succeed(["220381"], new, DAY, "recoded")
    assert followed.valid_from == DAY
    assert api.get("220381").valid_to == DAY
    assert api.find("公主岭").code == "220184"
    assert api.find("公主岭", on=BEFORE).code == "220381"
    assert [one.code for one in api.standing(followed.id, BEFORE)] == ["220381"]
    assert [one.code for one in api.standing(country["220381"], DAY)] == ["220184"]
    assert [one.code for one in api.standing(country["220381"], BEFORE)] == ["220381"]


def test_one_code_may_pass_to_the_successor(country):
    (new,) = api.succeed(
        ["310101"], place("310101", "大黄浦区", "district", "310000"), DAY, "renamed"
    )
    assert api.at_date("310101", BEFORE).id == country["310101"]
    assert api.at_date("310101", DAY).id == new.id
    assert api.get("310101").id == new.id


def test_merged_places_hand_over_what_was_under_them(country):
    api.upsert(place("310115001", "洋泾街道", "street", "310115"))
    new = place("310116", "东城", "district", "310000")
    (merged,) = api.succeed(["310101", "310115"], new, DAY, "merged")
    assert api.get("310115001").parent_id == merged.id
    assert {one.code for one in api.standing(merged.id, BEFORE)} == {"310101", "310115"}


def test_a_split_place_has_several_followers(country):
    parts = pl.concat(
        [place("a", "甲区", "district", "310000"), place("b", "乙区", "district", "310000")]
    )
    api.succeed(["310115"], parts, DAY, "split")
    assert {one.code for one in api.standing(country["310115"], DAY)} == {"a", "b"}
    assert api.children(country["310000"], on=DAY)["code"].to_list() == ["310101", "a", "b"]
    assert api.subtree(country["310000"], level="district", on=BEFORE)["code"].to_list() == [
        "310115",
        "310101",
    ]


@pytest.mark.parametrize(
    ("old", "rows", "on", "kind", "message"),
    [
        (["310115"], 1, DAY, "vanished", "kind is 'vanished'"),
        (["310115"], 1, DAY, "merged", "do not fit together"),
        (["310115"], 1, DAY, "split", "do not fit together"),
        (["310115", "310101"], 1, DAY, "renamed", "do not fit together"),
        (["310115"], 0, DAY, "renamed", "do not fit together"),
        (["nobody"], 1, DAY, "recoded", "no place has the code 'nobody'"),
        (["310115"], 1, date.min, "recoded", "does not stand on"),
    ],
)
def test_what_does_not_fit_changes_nothing(country, old, rows, on, kind, message):
    before = api.table()
    new = place("new", "新区", "district", "310000").head(rows)
    with pytest.raises(InputError, match=message):
        api.succeed(old, new, on, kind)
    assert api.table().equals(before)


def test_a_refused_successor_undoes_the_ending(country):
    with pytest.raises(InputError, match=r"new place 1: level is 'city'"):
        api.succeed(["310115"], place("n", "新", "city", "310101"), DAY, "recoded")
    assert api.get("310115").valid_to is None


def test_a_place_that_ends_already_cannot_end_again(country):
    new = place("220184", "公主岭市", "district", "220100")
    api.succeed(["220381"], new, DAY, "recoded")
    again = new.with_columns(code=pl.lit("x"))
    with pytest.raises(InputError, match="does not stand on 2020-06-19"):
        api.succeed(["220381"], again, DAY, "recoded")
    with pytest.raises(InputError, match="already ends on 2020-06-19"):
        api.succeed(["220381"], again, BEFORE, "recoded")
