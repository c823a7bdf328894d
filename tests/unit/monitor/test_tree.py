"""Which places are listed together, so that nobody is left out or counted twice."""

from rencheng.foundation.places import api as places
from rencheng.services.monitor.tree import tree
from tests.fixtures.outbreak import Outbreak


def codes(ids: list[int]) -> list[str]:
    spots = tree().spots
    return [spots[one].code for one in ids]


def test_a_level_covers_the_whole_once(land: Outbreak) -> None:
    everything = set(land.ids.values())
    root = land.ids["LJ"]
    assert codes(tree().rows(root, "province", everything)) == ["LJ10", "LJ20"]
    # West has no cities of its own: it stands in the list of cities as a whole.
    assert codes(tree().rows(root, "city", everything)) == ["LJ11", "LJ12", "LJ20"]
    assert tree().levels(root, everything) == ["province", "city"]


def test_a_place_of_which_nobody_spoke_is_not_listed(land: Outbreak) -> None:
    spoken = {land.ids["LJ"], land.ids["LJ11"], land.ids["LJ20"]}
    assert codes(tree().rows(land.ids["LJ"], "city", spoken)) == ["LJ11", "LJ20"]


def test_groups_stand_beside_places_and_are_told_with_theirs(land: Outbreak) -> None:
    group = places.register_group(land.ids["LJ10"], "境外输入", "Imported")
    now = tree()
    assert group not in now.rows(land.ids["LJ"], "city", {group, *land.ids.values()})
    assert now.groups(land.ids["LJ10"], {group}) == [group]
    assert now.name(group, "zh") == "东省 · 境外输入"
    assert now.name(group, "en") == "East · Imported"


def test_the_view_begins_where_the_figures_fork(land: Outbreak) -> None:
    ids = land.ids
    assert tree().top([ids["LJ11"], ids["LJ12"]]) == ids["LJ10"]
    assert tree().top([ids["LJ11"], ids["LJ20"]]) == ids["LJ"]
    assert tree().top([ids["LJ11"]]) == ids["LJ11"]
    assert tree().top([]) is None


def test_neighbours_are_the_nearest_under_the_same_place(land: Outbreak) -> None:
    everything = set(land.ids.values())
    assert codes(tree().nearest(land.ids["LJ11"], everything, 5)) == ["LJ12"]
    assert tree().nearest(land.ids["LJ"], everything, 5) == []


def test_a_changed_map_is_read_anew(land: Outbreak) -> None:
    before = tree()
    assert tree() is before
    places.register_group(land.ids["LJ"], "外地")
    assert tree() is not before
