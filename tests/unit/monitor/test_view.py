"""What may be asked for, and what is answered to the rest."""

import pytest

from rencheng.foundation import house
from rencheng.foundation.service import Service
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words
from rencheng.services.monitor import feeds, layers
from rencheng.services.monitor.tree import tree
from rencheng.services.monitor.view import place_codes, view_of
from tests.fixtures.outbreak import FIRST, Outbreak, day


def test_before_anything_is_loaded_there_is_no_view(land: Outbreak) -> None:
    assert view_of({}) is None


def test_nothing_asked_shows_the_whole_on_its_newest_day(outbreak: Outbreak) -> None:
    view = view_of({})
    assert view is not None
    assert (view.root.code, view.level, view.layer) == ("LJ", "province", "confirmed")
    assert (view.first, view.last, view.day) == (FIRST, day(29), day(29))
    assert [view.tree.spots[one].code for one in view.rows] == ["LJ10", "LJ20"]


def test_as_known_on_a_day_ends_on_that_day(outbreak: Outbreak) -> None:
    view = view_of({"known": day(9).isoformat()})
    assert view is not None
    assert view.day == view.last == day(9)
    later = view_of({"known": day(9).isoformat(), "day": day(20).isoformat()})
    assert later is not None
    assert later.day == day(9)


def test_a_new_wave_is_not_hidden_by_an_old_total(outbreak: Outbreak) -> None:
    later = {n: {"new_confirmed": n, "new_asymptomatic": 2 * n} for n in range(100, 120)}
    outbreak.tell(feeds.NEW_CASES, "LJ20", later)
    view = view_of({"place": "LJ20"})
    assert view is not None
    assert view.layer == "new_infections_net"
    assert view.last == day(119)


def test_there_are_no_dead_options(outbreak: Outbreak) -> None:
    view = view_of({})
    assert view is not None
    assert "suspected" not in view.available
    assert "in_hospital" not in view.available
    for name in view.available:
        assert view_of({"show": name}) is not None


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"place": "nowhere"}, "no place has the code 'nowhere'"),
        ({"level": "galaxy"}, "should be one of province, city"),
        ({"level": "district"}, "no figures at the level"),
        ({"level": "group"}, "should be one of"),
        ({"show": "happiness"}, "none of confirmed"),
        ({"show": "suspected"}, "there is no"),
        ({"day": "2024-13-40"}, "is not a date"),
        ({"day": "1999-01-01"}, "goes from 2024-03-01 to 2024-03-30"),
        ({"known": "yesterday"}, "is not a date"),
        ({"known": "2999-01-01"}, "in future"),
        ({"known": "2024-01-01"}, "nothing was known yet"),
    ],
)
def test_what_cannot_be_answered_is_said(
    outbreak: Outbreak, asked: dict[str, str], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        view_of(asked)


def test_links_keep_what_was_asked_and_nothing_else(outbreak: Outbreak) -> None:
    view = view_of({"place": "LJ10", "known": "2024-03-20", "evil": "<script>", "level": ""})
    assert view is not None
    assert view.address(show="dead") == "?place=LJ10&known=2024-03-20&show=dead"
    assert view.address(known=None, place=None) == "?"


def test_at_most_twenty_places_are_compared(land: Outbreak) -> None:
    assert [spot.code for spot in place_codes("LJ, LJ10,LJ", tree())] == ["LJ", "LJ10"]
    with pytest.raises(InputError, match="20 at most"):
        place_codes(",".join(f"x{n}" for n in range(21)), tree())


def test_another_service_adds_a_layer_by_naming_its_indicator(
    outbreak: Outbreak, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Service(name="flows", title=Words("人流", "Flows"), layers=("new_dead", "growth_rate"))
    monkeypatch.setattr(house, "_services", {"flows": other})
    assert layers.declared() == (*layers.LAYERS, "growth_rate")
    view = view_of({"show": "growth_rate"})
    assert view is not None
    assert "growth_rate" in view.available
