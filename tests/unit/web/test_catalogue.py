"""The catalogue: every data set, to whom it is open, where it comes from and how good it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from rencheng.foundation.guard.models import Account
from rencheng.foundation.memory import clock, kinds
from rencheng.foundation.memory.catalogue import api as catalogue
from rencheng.foundation.memory.catalogue import registry
from rencheng.foundation.memory.catalogue.api import Belonging, DataSet, Family
from rencheng.foundation.memory.journal.api import Statement, append
from rencheng.foundation.memory.kinds import Count, Kind, Purpose, Sensitivity
from rencheng.foundation.memory.kinds import registry as kind_registry
from rencheng.foundation.memory.sources.api import SourceSpec, declare
from rencheng.kernel.errors import ConflictError, InputError
from rencheng.kernel.time import DAY, to_micros
from rencheng.kernel.words import Words
from tests.fixtures.memory import KIND
from tests.unit.web.conftest import reader

pytestmark = pytest.mark.django_db
NOON = datetime(2020, 2, 13, 4, 0, tzinfo=UTC)
SECRET = Kind(
    name="test.secret",
    title=Words("内部试验", "Inner trial"),
    subject="device",
    fields=(Count(name="n", title=Words("数", "n"), high=9),),
    purpose=Purpose.CARE,
    sensitivity=Sensitivity.PERSONAL,
    days_kept=14,
)
ROADS = DataSet(
    name="test.roads",
    title=Words("道路", "Roads"),
    family=Family.BASE,
    owner=Words("交通局", "Transport bureau"),
    sensitivity=Sensitivity.AGGREGATE,
    made_from=("house.places",),
)


@pytest.fixture(autouse=True)
def house(monkeypatch: pytest.MonkeyPatch, indicators: None) -> None:
    """Install a service with an open kind, a closed one and a data set of its own."""
    for module, name in (
        (kind_registry, "_kinds"),
        (registry, "_sets"),
        (registry, "_kinds"),
        (registry, "_indicators"),
    ):
        monkeypatch.setattr(module, name, {})
    kinds.install((KIND, SECRET))
    catalogue.install(
        Belonging("trial", Words("试验所", "Trial house")),
        kinds=[KIND.name, SECRET.name],
        indicators=["sick", "well", "all"],
        data_sets=[ROADS],
    )
    clock.freeze(NOON)


def tell(days: int = 3, *, late: int = 1, source: str = "feed") -> int:
    number = declare(SourceSpec(name=source, title=Words("喂", "Feed"), trusted=True))
    start = to_micros(NOON) - 20 * DAY
    append(
        number,
        KIND,
        [
            Statement(
                value={"sick": day, "well": 1} if day else {"sick": -1},
                event_at=start + day * DAY,
                published_at=start + (day + late) * DAY,
                place_id=1,
            )
            for day in range(days)
        ],
    )
    return number


def test_the_catalogue_holds_every_kind_every_declared_set_and_the_houses_own() -> None:
    names = [card.name for card in catalogue.cards()]
    assert {"test.counts", "test.secret", "test.roads", "house.places", "house.accounts"} <= {
        *names
    }
    assert names == sorted(names)
    families = {card.family for card in catalogue.cards()}
    assert families == set(Family)


def test_a_kinds_card_says_all_that_its_declaration_says() -> None:
    card = catalogue.card("test.secret")
    assert card.owner == Words("试验所", "Trial house")
    assert (card.purpose, card.days_kept, card.is_open) == (Purpose.CARE, 14, False)
    assert [(field.name, field.range) for field in card.fields] == [
        ("subject", ""), ("event_at", ""), ("n", "0 – 9"),
    ]  # fmt: skip


def test_lineage_leads_from_the_sources_to_the_services() -> None:
    tell()
    way = catalogue.lineage("test.counts")
    assert [source.name for source in way.sources] == ["feed"]
    assert [(one.name, one.by) for one in way.indicators] == [
        ("all", ("sick", "well")), ("sick", ("sick",)), ("well", ("well",)),
    ]  # fmt: skip
    assert [service.service for service in way.services] == ["trial"]
    assert catalogue.lineage("test.secret").sources == ()


def test_an_indicator_is_open_only_if_all_it_is_made_from_is() -> None:
    assert catalogue.is_open("all")
    kind_registry._kinds["test.counts"] = SECRET
    assert not catalogue.is_open("all")
    with pytest.raises(InputError, match="unknown"):
        catalogue.is_open("nothing")


def test_quality_counts_rows_and_how_late_they_usually_are() -> None:
    tell(days=4, late=2)
    tell(days=2, late=1, source="other")
    first, second = catalogue.by_source("test.counts")
    assert (first.sent, first.stored, first.duplicate, first.rejected) == (4, 3, 0, 1)
    assert first.share_rejected == 0.25
    assert first.lateness == 2 * DAY
    assert first.newest_event == NOON - timedelta(days=17)
    assert second.lateness == DAY
    clock.freeze(NOON + timedelta(hours=5))
    assert first.silent_for == 5 * 3600 * 1_000_000
    assert catalogue.by_kind()["test.counts"].sent == 6


def test_everybody_sees_open_aggregates_and_only_staff_the_rest(
    stranger: Client, desk: Client, resident: Account
) -> None:
    page = stranger.get("/catalogue/").content.decode()
    assert "Test counts" in page
    assert "Inner trial" not in page
    assert "more data sets are not open" in page
    assert "Inner trial" in desk.get("/catalogue/").content.decode()
    assert stranger.get("/catalogue/test.counts/").status_code == 200
    assert stranger.get("/catalogue/test.secret/")["Location"].startswith("/sign-in/")
    assert desk.get("/catalogue/test.secret/").status_code == 200
    stranger.force_login(resident)
    assert stranger.get("/catalogue/test.secret/").status_code == 403
    assert stranger.get("/catalogue/no.such/").status_code == 404


def test_a_data_sets_page_shows_fields_way_and_quality_in_both_languages(stranger: Client) -> None:
    tell()
    page = stranger.get("/catalogue/test.counts/").content.decode()
    for words in ("Feed", "Trial house", "33.3%", "1 day", "computed", "Type, unit and plausible"):
        assert words in page
    assert "试验所" in reader("zh-hans").get("/catalogue/test.counts/").content.decode()


def test_the_list_finds_words_of_either_language(stranger: Client) -> None:
    assert "Roads" in stranger.get("/catalogue/?q=交通局").content.decode()
    assert "Test counts" not in stranger.get("/catalogue/?q=交通局").content.decode()


def test_stewardship_keeps_every_version_and_who_wrote_it(desk: Client, staff: Account) -> None:
    address = "/catalogue/test.counts/steward/"
    answer = desk.post(
        address,
        {"seen": "0", "steward": str(staff.pk), "note": "Mine.", "reviewed": "on"},
    )
    assert answer.status_code == 302
    clock.freeze(NOON + timedelta(days=1))
    desk.post(address, {"seen": "1", "steward": "", "open_question": "Why 3?"})
    new, old = catalogue.history("test.counts")
    assert (old.note, old.steward_id, old.reviewed_at) == ("Mine.", staff.pk, NOON)
    assert (new.note, new.steward_id, new.open_question) == ("", None, "Why 3?")
    assert new.reviewed_at == NOON
    assert new.edited_by == staff.pk
    page = desk.get(address).content.decode()
    assert "Mine." in page
    assert "Why 3?" in page
    assert "Why 3?" in desk.get("/catalogue/test.counts/").content.decode()
    assert "Why 3?" not in reader().get("/catalogue/test.counts/").content.decode()


def test_two_stewards_do_not_overwrite_each_other(desk: Client, staff: Account) -> None:
    catalogue.take_care("test.counts", seen=0, by=staff.pk, steward_id=None, note="first")
    with pytest.raises(ConflictError, match="load it again"):
        catalogue.take_care("test.counts", seen=0, by=staff.pk, steward_id=None, note="second")
    answer = desk.post("/catalogue/test.counts/steward/", {"seen": "0", "note": "third"})
    assert answer.status_code == 409
    assert "Somebody else was quicker" in answer.content.decode()
    assert catalogue.care_of("test.counts").note == "first"


def test_only_staff_takes_care(stranger: Client, resident: Account) -> None:
    assert stranger.get("/catalogue/test.counts/steward/").status_code == 302
    stranger.force_login(resident)
    assert stranger.post("/catalogue/test.counts/steward/", {"seen": "0"}).status_code == 403


def test_dcat_lists_what_this_reader_may_see(stranger: Client, desk: Client) -> None:
    tell()
    answer = stranger.get("/catalogue/dcat.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    document = answer.json()
    sets = {one["dct:identifier"]: one for one in document["dcat:dataset"]}
    assert document["@type"] == "dcat:Catalog"
    assert "test.secret" not in sets
    counts: dict[str, Any] = sets["test.counts"]
    assert counts["@id"] == "http://testserver/catalogue/test.counts/"
    assert {"@language": "zh-Hans", "@value": "试验"} in counts["dct:title"]
    assert counts["dct:source"][0]["rdfs:label"][1]["@value"] == "Feed"
    assert counts["dct:modified"]["@value"] == NOON.isoformat()
    urls = [one["dcat:accessURL"]["@id"] for one in counts["dcat:distribution"]]
    assert "http://testserver/api/figures?indicator=sick&format=csv" in urls
    assert sets["test.roads"]["prov:wasDerivedFrom"] == [
        {"@id": "http://testserver/catalogue/house.places/"}
    ]
    every = {
        one["dct:identifier"] for one in desk.get("/catalogue/dcat.jsonld").json()["dcat:dataset"]
    }
    assert "test.secret" in every
