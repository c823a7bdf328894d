"""Everybody finds a place and sees where it lies; buildings and sites are for staff."""

from datetime import date

import polars as pl
import pytest
import shapely
from django.test import Client

from rencheng.foundation.guard.models import Account
from rencheng.foundation.places import api


@pytest.fixture
def staff(db) -> Client:
    browser = Client()
    browser.force_login(Account.objects.create_user("clerk", password="x" * 20, is_staff=True))
    return browser


@pytest.fixture
def hotel(country) -> str:
    row = {"code": "H1", "name_zh": "隔离酒店", "level": "site", "site_kind": "hotel"}
    point = {"lon": 121.5, "lat": 31.2, "parent": "310115"}
    assert api.upsert(pl.DataFrame([row | point])).created == 1
    return "/places/at/H1/"


def text(answer) -> str:
    return answer.content.decode()


def test_the_first_page_begins_where_the_tree_branches(client, country):
    page = text(client.get("/places/", headers={"accept-language": "en"}))
    assert "In China" in page
    assert 'href="/places/at/420000/"' in page
    assert "Hubei" in page


def test_without_places_the_page_says_how_they_come(client, db):
    assert "state-empty" in text(client.get("/places/"))


def test_a_place_is_found_by_a_part_of_its_name(client, country):
    page = text(client.get("/places/", {"q": "浦东"}))
    assert "/places/at/310115/" in page
    assert "上海市" in page
    assert "state-empty" in text(client.get("/places/", {"q": "巴黎"}))
    assert "/places/at/220000/" not in text(client.get("/places/?q=吉林&level=city"))


def test_a_place_shows_its_names_days_and_what_is_around_it(client, country):
    api.upsert(
        pl.DataFrame({"code": ["310115"], "population": [5_681_512], "aliases": [["浦东大区"]]})
    )
    api.set_borders(
        pl.DataFrame({"code": ["310115"], "wkb": [shapely.box(121.5, 31, 122, 31.5).wkb]})
    )
    page = text(client.get("/places/at/310115/"))
    for shown in ("浦东新区", "Pudong", "310115", "5,681,512", "浦东大区", "km²", "Asia/Shanghai"):
        assert shown in page
    assert "/places/at/310000/" in page


def test_a_place_that_is_no_more_names_its_successor(client, country):
    new = {"code": "220184", "name_zh": "公主岭市", "level": "district", "parent": "220100"}
    api.succeed(["220381"], pl.DataFrame([new]), date(2020, 6, 19), "recoded")
    old = text(client.get("/places/at/220381/"))
    assert "banner-yellow" in old
    assert "/places/at/220184/" in old
    assert "/places/at/220381/" in text(client.get("/places/at/220184/"))


def test_a_group_with_a_chinese_code_has_a_page(client, country):
    api.register_group(country["420000"], "境外输入")
    answer = client.get("/places/at/420000:境外输入/")
    assert answer.status_code == 200


def test_buildings_and_sites_are_for_staff(client, staff, hotel):
    for browser, status, seen in ((client, 404, False), (staff, 200, True)):
        assert browser.get(hotel).status_code == status
        assert browser.get("/places/map/H1").status_code == status
        district = text(browser.get("/places/at/310115/"))
        assert ("隔离酒店" in district) is seen
        assert ("H1" in text(browser.get("/places/suggest?q=隔离"))) is seen
        assert (hotel in text(browser.get("/places/?q=隔离"))) is seen
        drawn = browser.get("/places/map/310115").json()
        assert any(one["properties"].get("id") == "H1" for one in drawn["features"]) is seen


def test_the_map_colours_people_or_else_area_over_the_outline(client, country):
    shapes = {
        "310000": shapely.box(121, 31, 122, 31.5),
        "310115": shapely.box(121.5, 31, 122, 31.5),
    }
    api.set_borders(
        pl.DataFrame({"code": list(shapes), "wkb": [shape.wkb for shape in shapes.values()]})
    )
    drawn = client.get("/places/map/310000", headers={"accept-language": "en"}).json()
    assert [one["properties"].get("id") for one in drawn["features"]] == [None, "310115"]
    assert (drawn["scale"]["title"], drawn["scale"]["unit"]) == ("Area", "km²")
    assert len(drawn["scale"]["colours"]) == len(drawn["scale"]["breaks"]) + 1
    assert drawn["features"][1]["properties"]["value"] == pytest.approx(2640.3, abs=0.1)
    api.upsert(pl.DataFrame({"code": ["310115"], "population": [5_681_512]}))
    drawn = client.get("/places/map/310000", headers={"accept-language": "en"}).json()
    assert (drawn["scale"]["title"], drawn["scale"]["unit"]) == ("Population", "people")
    assert drawn["features"][1]["properties"]["value"] == 5_681_512
    assert drawn["features"][1]["properties"]["name"] == "Pudong"
    alone = client.get("/places/map/310115").json()
    assert [one["properties"]["id"] for one in alone["features"]] == ["310115"]


def test_what_is_not_there_is_said_to_be_missing(client, country):
    assert client.get("/places/at/nowhere/").status_code == 404
    assert client.get("/places/map/nowhere").status_code == 404
    assert client.get("/places/suggest").json() == {"places": []}


def test_suggestions_say_where_a_place_lies(client, country):
    offers = client.get("/places/suggest?q=朝阳", headers={"accept-language": "zh-hans"}).json()
    told = {one["code"]: (one["name"], one["within"]) for one in offers["places"]}
    assert told == {
        "110105": ("朝阳区", "北京市"),
        "220104": ("朝阳区", "吉林省 / 长春市"),
    }
