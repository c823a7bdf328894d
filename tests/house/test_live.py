"""The live house the journeys stand on: the real command, in a home of its own."""

import json
import urllib.error
import urllib.request

import pytest

from tests.fixtures.live import House


@pytest.mark.journey
def test_a_live_house_answers_and_its_commands_work(live: House) -> None:
    with urllib.request.urlopen(live.url + "/", timeout=20) as answer:
        assert answer.status == 200
        assert b"<html" in answer.read()
    assert isinstance(json.loads(live.rencheng("ledger", "--json")), list | dict)
    assert (live.home / "rencheng.sqlite3").exists()


@pytest.mark.journey
def test_a_house_of_ones_own_stops_cleanly_and_leaves_its_port(own_house: House) -> None:
    assert own_house.stop() == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(own_house.url + "/", timeout=5)
