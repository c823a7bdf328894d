"""The house's own part of the JSON API."""

import io
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from django.test import Client
from pydantic import BaseModel

from rencheng.assembly.api import api
from rencheng.foundation.guard.models import Account
from rencheng.foundation.memory import kinds
from rencheng.foundation.memory.indicators.api import derive_pending
from rencheng.foundation.memory.journal.api import Statement, append
from rencheng.foundation.memory.kinds import registry as kind_registry
from rencheng.foundation.places import api as places
from rencheng.kernel.time import day_end, day_start
from tests.fixtures.memory import KIND

pytestmark = pytest.mark.django_db
ZONE = "Asia/Shanghai"


@pytest.fixture(autouse=True)
def house(monkeypatch: pytest.MonkeyPatch, indicators: None, source: int) -> None:
    """Know a few places and a week of counts, one of them corrected three days later."""
    monkeypatch.setattr(kind_registry, "_kinds", {})
    kinds.install((KIND,))
    places.upsert(
        pl.DataFrame(
            {
                "code": ["100000", "420000", "420100", "B-1", "JP"],
                "name_zh": ["中国", "湖北省", "武汉市", "一号楼", "日本"],
                "name_en": ["China", "Hubei", "Wuhan", "House 1", "Japan"],
                "level": ["country", "province", "city", "building", "country"],
                "parent": [None, "100000", "420000", "420100", None],
                "tz": [ZONE, "", "", "", "Asia/Tokyo"],
            }
        )
    )
    told = [
        (code, n, n, 10 * n, zone)
        for code, zone in (("420100", ZONE), ("B-1", ZONE), ("JP", "Asia/Tokyo"))
        for n in range(7)
    ]
    told.append(("420100", 2, 5, 99, ZONE))
    append(
        source,
        KIND,
        [
            Statement(
                value={"sick": sick, "well": 1},
                event_at=day_start(date(2020, 2, 10) + timedelta(days=day), zone),
                published_at=day_end(date(2020, 2, 10) + timedelta(days=known), zone),
                place_id=places.get(code).id,
            )
            for code, day, known, sick, zone in told
        ],
    )
    derive_pending()


def figures(client: Client, asked: str) -> list[tuple[str, str, float]]:
    body = client.get(f"/api/figures?indicator=sick&{asked}").json()
    return [(row["place"], row["day"], row["value"]) for row in body["rows"]]


def test_figures_are_given_by_place_and_by_the_places_own_day(stranger: Client) -> None:
    assert figures(stranger, "place=420100,JP&from=2020-02-11&to=2020-02-11") == [
        ("420100", "2020-02-11", 10),
        ("JP", "2020-02-11", 10),
    ]


def test_figures_are_given_as_they_were_known_on_a_day(stranger: Client) -> None:
    day = "place=420100&from=2020-02-12&to=2020-02-12"
    assert figures(stranger, day) == [("420100", "2020-02-12", 99)]
    assert figures(stranger, f"{day}&as_known=2020-02-14") == [("420100", "2020-02-12", 20)]
    assert figures(stranger, f"{day}&as_known=2020-02-15") == [("420100", "2020-02-12", 20)]
    assert figures(stranger, f"{day}&as_known=2020-02-16T00:00:00%2B08:00") == [
        ("420100", "2020-02-12", 99)
    ]
    assert figures(stranger, f"{day}&as_known=2020-02-11") == []


def test_a_whole_subtree_or_level_can_be_asked_for(stranger: Client, desk: Client) -> None:
    day = "from=2020-02-10&to=2020-02-10"
    assert figures(stranger, f"under=420000&{day}") == [("420100", "2020-02-10", 0)]
    assert figures(stranger, f"level=country&{day}") == [("JP", "2020-02-10", 0)]
    # Buildings may be homes: only staff sees their figures.
    assert figures(desk, f"under=420000&{day}") == [
        ("420100", "2020-02-10", 0),
        ("B-1", "2020-02-10", 0),
    ]
    assert len(figures(stranger, day)) == 2
    assert len(figures(desk, day)) == 3


def test_a_misspelt_parameter_never_gives_the_figures_of_today(stranger: Client) -> None:
    answer = stranger.get("/api/figures?indicator=sick&known=2020-01-01")
    assert answer.status_code == 422
    assert "'known' is unknown" in answer.content.decode()


def test_the_same_figures_come_as_json_csv_and_parquet(stranger: Client) -> None:
    asked = "/api/figures?indicator=all&place=420100"
    rows = stranger.get(asked).json()["rows"]
    text = stranger.get(f"{asked}&format=csv")
    assert text.content.startswith(b"\xef\xbb\xbf")
    assert text["Content-Disposition"] == 'attachment; filename="all.csv"'
    read = pl.read_csv(io.BytesIO(text.content))
    table = pl.read_parquet(io.BytesIO(stranger.get(f"{asked}&format=parquet").content))
    assert [row["value"] for row in rows] == read["value"].to_list() == table["value"].to_list()
    assert table.schema["valid_at"] == pl.Datetime("us", "UTC")
    assert str(table["day"][0]) == rows[0]["day"] == "2020-02-10"


def test_too_many_rows_are_refused_with_a_way_out(
    stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rencheng.foundation.web.routes import figures as module

    monkeypatch.setitem(module.MOST, "json", 3)
    answer = stranger.get("/api/figures?indicator=sick")
    assert answer.status_code == 422
    assert "at most 3 are given at once" in answer.json()["message"]
    assert len(figures(stranger, "place=JP&from=2020-02-14")) == 3


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/api/figures", "indicator"),
        ("/api/figures?indicator=nothing", "indicator"),
        ("/api/figures?indicator=sick&place=999999", "place"),
        ("/api/figures?indicator=sick&under=B-1", "under"),
        ("/api/figures?indicator=sick&from=2020-13-45", "from"),
        ("/api/figures?indicator=sick&to=9999-12-31", "to"),
        ("/api/figures?indicator=sick&as_known=soon", "as_known"),
        ("/api/figures?indicator=sick&as_known=2020-02-12T10:00:00", "as_known"),
        ("/api/figures?indicator=sick&level=galaxy", "level"),
        ("/api/figures?indicator=sick&format=xlsx", "format"),
        ("/api/places?q=", "q"),
        ("/api/places?q=a&limit=1001", "limit"),
        ("/api/places?q=a&within=nowhere", "within"),
        ("/api/places/420100?on=tomorrow", "on"),
        ("/api/catalogue?family=royal", "family"),
    ],
)
def test_a_wrong_request_is_told_which_parameter_is_wrong(
    stranger: Client, address: str, named: str
) -> None:
    answer = stranger.get(address)
    body = answer.json()
    assert answer.status_code == 422, body
    assert named in body["message"]
    assert body["error"] == "InputError"
    assert body["request"] == answer["X-Request-Id"]


def test_figures_that_are_not_open_are_for_staff(
    stranger: Client, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kind_registry, "_kinds", {})
    assert stranger.get("/api/figures?indicator=sick").status_code == 403
    assert "sick" not in stranger.get("/api/indicators").content.decode()
    assert desk.get("/api/figures?indicator=sick").status_code == 200


def test_places_are_found_looked_at_and_walked(stranger: Client, desk: Client) -> None:
    assert [one["code"] for one in stranger.get("/api/places?q=武").json()] == ["420100"]
    assert [one["code"] for one in stranger.get("/api/places?q=wuh&within=420000").json()] == [
        "420100"
    ]
    one = stranger.get("/api/places/420100").json()
    assert one["name"] == {"zh": "武汉市", "en": "Wuhan"}
    assert [up["code"] for up in one["above"]] == ["100000", "420000"]
    assert stranger.get("/api/places/999999").json()["error"] == "NotFound"
    under = stranger.get("/api/places/100000/children").json()
    assert ([one["code"] for one in under["places"]], under["next"]) == (["420000"], None)


def test_who_may_not_see_a_building_is_not_told_that_it_is_there(
    stranger: Client, desk: Client
) -> None:
    assert stranger.get("/api/places/B-1").status_code == 404
    assert stranger.get("/api/places?q=B-1").json() == []
    assert stranger.get("/api/places/420100/children").json()["places"] == []
    assert desk.get("/api/places/B-1").status_code == 200


def test_children_come_in_parts(desk: Client) -> None:
    rooms = pl.DataFrame(
        {
            "code": [f"R-{n}" for n in range(5)],
            "name_zh": [f"房{n}" for n in range(5)],
            "level": ["site"] * 5,
            "site_kind": ["room"] * 5,
            "parent": ["B-1"] * 5,
        }
    )
    places.upsert(rooms)
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        part = desk.get(f"/api/places/B-1/children?limit=2&after={after}").json()
        seen += [one["code"] for one in part["places"]]
        after = part["next"]
    assert seen == [f"R-{n}" for n in range(5)]


def test_the_ledger_is_for_staff(stranger: Client, desk: Client, resident: Account) -> None:
    assert stranger.get("/api/ledger").status_code == 401
    stranger.force_login(resident)
    assert stranger.get("/api/ledger").status_code == 403
    (balance,) = desk.get("/api/ledger").json()
    assert (balance["sent"], balance["stored"], balance["balanced"]) == (22, 22, True)
    (delivery,) = desk.get("/api/ledger/deliveries").json()
    assert desk.get(f"/api/ledger/deliveries?before={delivery['id']}").json() == []
    assert desk.get(f"/api/ledger/deliveries/{delivery['id']}/rejected").json() == []
    assert desk.get("/api/ledger/deliveries/0/rejected").status_code == 404


def test_the_catalogue_and_the_sources_are_data_too(stranger: Client, desk: Client) -> None:
    names = {one["name"] for one in stranger.get("/api/catalogue").json()}
    assert "test.counts" in names
    assert "house.accounts" not in names
    assert "house.accounts" in {one["name"] for one in desk.get("/api/catalogue").json()}
    one = stranger.get("/api/catalogue/test.counts").json()
    assert one["quality"][0]["sent"] == 22
    assert [field["name"] for field in one["fields"]][:3] == ["place", "event_at", "sick"]
    assert stranger.get("/api/catalogue/house.accounts").status_code == 403
    assert stranger.get("/api/sources").json()[0]["name"] == "test/feed"


def test_the_documentation_page_asks_no_other_site_for_anything(stranger: Client) -> None:
    page = stranger.get("/api/docs").content.decode()
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page
    assert "/static/ninja/swagger-ui-bundle.js" in page


def test_every_shape_of_the_api_has_a_name_of_its_own() -> None:
    """Two shapes of one name would overwrite each other in the OpenAPI description."""
    shapes: dict[str, set[type]] = {}

    def walk(kind: Any) -> None:
        for inner in getattr(kind, "__args__", ()):
            walk(inner)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            known = shapes.setdefault(kind.__name__, set())
            if kind not in known:
                known.add(kind)
                for field in kind.model_fields.values():
                    walk(field.annotation)

    for _, router in api._routers:
        for view in router.path_operations.values():
            for operation in view.operations:
                for response in operation.response_models.values():
                    if isinstance(response, type) and issubclass(response, BaseModel):
                        walk(response.model_fields["response"].annotation)
    assert "Problem" in shapes
    assert {name: found for name, found in shapes.items() if len(found) > 1} == {}
