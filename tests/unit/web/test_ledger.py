"""The ledger's pages: nothing that was sent is lost, and staff can see it row by row."""

import pytest
from django.test import Client

from rencheng.foundation.memory.journal.api import Statement, append
from rencheng.foundation.memory.journal.models import Observation
from rencheng.foundation.memory.ledger.models import Entry
from tests.fixtures.memory import KIND
from tests.unit.web.conftest import reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def deliveries(source: int) -> int:
    """Send two deliveries: one good, one with a repeated and a broken row."""
    good = [Statement(value={"sick": n}, event_at=n, place_id=1) for n in range(3)]
    broken = Statement(
        value={"sick": -2}, event_at=9, place_id=1, line=7, row={"sick": "<b>-2</b>"}
    )
    append(source, KIND, good, delivery="first.csv")
    append(source, KIND, [good[0], broken], delivery="second.csv")
    return source


def test_the_ledger_shows_that_everything_balances(desk: Client, deliveries: int) -> None:
    page = desk.get("/ledger/").content.decode()
    assert "balanced" in page
    assert "the journal holds 3 rows" in page
    assert '<td class="number" data-label="Sent">5</td>' in page


def test_a_row_that_somebody_took_out_of_the_journal_is_missed(
    desk: Client, deliveries: int
) -> None:
    Observation.objects.first().delete()  # type: ignore[union-attr]
    page = desk.get("/ledger/").content.decode()
    assert "does not balance" in page
    assert "Somebody has changed the tables" in page


def test_a_source_leads_to_its_deliveries_and_a_delivery_to_its_rejected_rows(
    desk: Client, deliveries: int
) -> None:
    page = desk.get(f"/ledger/sources/{deliveries}/?rejected_min=1").content.decode()
    assert "second.csv" in page
    assert "first.csv" not in page
    entry = Entry.objects.get(delivery="second.csv").pk
    assert f'href="/ledger/deliveries/{entry}/"' in page
    page = desk.get(f"/ledger/deliveries/{entry}/").content.decode()
    assert "2 sent = 0 stored + 1 duplicate + 1 rejected" in page
    assert "a whole number between 0" in page
    assert "<b>-2" not in page
    rows = b"".join(desk.get(f"/ledger/deliveries/{entry}/?format=csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "sick: -2 → a whole number between 0" in rows
    assert '""sick"": ""<b>-2</b>""' in rows


def test_the_ledger_is_for_staff_and_unknown_numbers_are_not_found(
    desk: Client, deliveries: int
) -> None:
    stranger = reader()
    for address in ("/ledger/", f"/ledger/sources/{deliveries}/", "/ledger/deliveries/1/"):
        assert stranger.get(address).status_code == 302
    assert desk.get("/ledger/sources/999999/").status_code == 404
    assert desk.get("/ledger/deliveries/999999/").status_code == 404


def test_an_empty_ledger_says_what_will_stand_there(desk: Client, db: None) -> None:
    assert "the account of it stands here" in desk.get("/ledger/").content.decode()
