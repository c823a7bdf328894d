"""The table of places."""

import math

import pytest

from rencheng.engines.epidemic.growth import Direction
from rencheng.engines.epidemic.quality import Level
from rencheng.foundation.places import api as places
from rencheng.kernel.errors import InputError
from rencheng.services.monitor import feeds
from rencheng.services.monitor.listing import Listing, listing
from rencheng.services.monitor.view import view_of
from tests.fixtures.outbreak import Outbreak, day


def table(asked: dict[str, str] | None = None, **more: str) -> Listing:
    view = view_of(asked or {"level": "city"})
    assert view is not None
    return listing(view, **more)


def names(found: Listing) -> list[str]:
    return [row.name for row in found.rows]


def test_largest_first_unless_asked_otherwise(outbreak: Outbreak) -> None:
    assert names(table()) == ["东一市", "西市", "东二市"]
    assert names(table(sort="confirmed")) == ["东二市", "西市", "东一市"]
    assert names(table(sort="name", language="en")) == ["Eastone", "Easttwo", "West"]
    # Easttwo's population is unknown: what has no figure stands last, up or down.
    assert names(table(sort="-rate"))[-1] == names(table(sort="rate"))[-1] == "东二市"


def test_a_row_has_figures_rate_pace_and_four_weeks(outbreak: Outbreak) -> None:
    found = table({"level": "city", "day": day(12).isoformat()})
    row = found.rows[0]
    assert row.values["confirmed"] == 3 * round(20 * 2 ** (12 / 5))
    assert row.rate == pytest.approx(row.values["confirmed"] / 4)
    assert row.pace.direction is Direction.GROWING
    assert row.pace.doubling[1] < 5 < row.pace.doubling[2]
    assert len(row.recent) == 28
    assert math.isnan(row.recent[0])


def test_places_are_found_by_a_part_of_their_name_or_code(outbreak: Outbreak) -> None:
    assert names(table(find="东")) == ["东一市", "东二市"]
    assert names(table(find="lj20")) == ["西市"]
    assert names(table(find="EAST", language="en")) == ["Eastone", "Easttwo"]
    assert table(find="西").total == 3


def test_columns_nobody_fills_are_left_out(outbreak: Outbreak) -> None:
    assert table().columns == ("confirmed", "new_cases", "active", "cured", "dead")
    outbreak.tell(feeds.IN_HOSPITAL, "LJ11", {29: {"in_hospital": 9}})
    assert "in_hospital" in table().columns


def test_a_group_is_listed_with_the_place_it_is_counted_in(outbreak: Outbreak) -> None:
    group = places.register_group(outbreak.ids["LJ10"], "境外输入")
    outbreak.ids["group"] = group
    outbreak.totals("group", [1] * 30)
    assert "境外输入" in names(table({"place": "LJ10"}))
    assert "境外输入" not in names(table())


def test_a_jump_in_the_week_spoils_the_pace_and_only_there(outbreak: Outbreak) -> None:
    steady = [1_000 + 30 * n for n in range(30)]
    outbreak.totals("LJ12", [c + (2_000 if n >= 20 else 0) for n, c in enumerate(steady)])
    for n, spoiled in ((19, False), (20, True), (26, True), (27, False)):
        found = table({"level": "city", "day": day(n).isoformat()}, find="东二")
        assert found.rows[0].spoiled is spoiled
    assert found.rows[0].level is Level.RED


def test_an_unknown_column_is_refused(outbreak: Outbreak) -> None:
    with pytest.raises(InputError, match="should be one of confirmed"):
        table(sort="-happiness")
