"""The first page: useful from the first row on, honest about what asks for attention."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from rencheng.foundation import house
from rencheng.foundation.memory import clock, kinds
from rencheng.foundation.memory.indicators.api import derive_pending
from rencheng.foundation.memory.journal.api import Statement, append
from rencheng.foundation.memory.kinds import registry as kind_registry
from rencheng.foundation.service import Service
from rencheng.foundation.web.home import newest_loads
from rencheng.kernel.words import Words
from tests.fixtures.memory import KIND

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def services(monkeypatch: pytest.MonkeyPatch, indicators: None) -> None:
    """Install a service that says something on the first page, and one kind."""
    monkeypatch.setattr(kind_registry, "_kinds", {})
    kinds.install((KIND,))
    said = Service(name="trial", title=Words("试", "Trial"), front=f"{__name__}:front")
    silent = Service(name="quiet", title=Words("静", "Quiet"))
    monkeypatch.setattr(house, "_services", {"trial": said, "quiet": silent})


def front(request: object) -> str:
    """Say what is wrong."""
    return "<p>Fever in Linjiang</p>"


def send(source: int, good: int, bad: int, delivery: str) -> None:
    rows = [Statement(value={"sick": n}, event_at=n, place_id=1) for n in range(good)]
    rows += [Statement(value={"sick": -1 - n}, event_at=n, place_id=1) for n in range(bad)]
    append(source, KIND, rows, delivery=delivery)


def test_an_empty_house_says_how_to_begin(stranger: Client, desk: Client) -> None:
    assert "Nothing has been loaded yet" in stranger.get("/").content.decode()
    assert "Load a file" not in stranger.get("/").content.decode()
    assert "Load a file" in desk.get("/").content.decode()


def test_services_speak_first_on_the_first_page(stranger: Client) -> None:
    assert "<p>Fever in Linjiang</p>" in stranger.get("/").content.decode()


def test_everybody_sees_what_came_last_and_only_staff_what_asks_for_attention(
    stranger: Client, desk: Client, source: int
) -> None:
    send(source, 3, 2, "a.csv")
    page = stranger.get("/").content.decode()
    assert "Test counts" in page
    assert "rows were rejected" not in page
    page = desk.get("/").content.decode()
    assert "Test: 2 rows were rejected" in page
    assert "1 delivery is not in the figures yet" in page
    assert "5 sent = 3 stored + 0 duplicate + 2 rejected" in page


def test_a_quiet_house_says_that_it_is_quiet(desk: Client, source: int) -> None:
    send(source, 3, 0, "a.csv")
    derive_pending()
    assert "All quiet" in desk.get("/").content.decode()


def test_pieces_of_one_load_are_one_line(source: int) -> None:
    send(source, 3, 1, "a.csv")
    send(source, 5, 1, "a.csv")
    send(source, 1, 0, "")
    send(source, 1, 0, "")
    loads = newest_loads()
    assert [(load.sent, load.stored, load.rejected) for load in loads] == [
        (1, 0, 0), (1, 0, 0), (10, 5, 2),
    ]  # fmt: skip


def test_a_set_clock_is_said_aloud(stranger: Client) -> None:
    assert "The clock of this house is set" not in stranger.get("/").content.decode()
    clock.freeze(datetime(2020, 2, 13, 4, 0, tzinfo=UTC))
    page = stranger.get("/").content.decode()
    assert "The clock of this house is set" in page
    assert "2020-02-13 12:00" in page


def test_the_gallery_is_for_those_who_build_pages(stranger: Client, desk: Client) -> None:
    assert stranger.get("/gallery/").status_code == 302
    assert desk.get("/gallery/").status_code == 200
