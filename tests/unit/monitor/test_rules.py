"""How the indicators follow from what sources reported."""

import math

import pytest

from rencheng.foundation.memory.indicators.api import series
from rencheng.kernel.time import day_end
from rencheng.services.monitor import feeds
from tests.fixtures.outbreak import ZONE, Outbreak, day


def values(outbreak: Outbreak, name: str, place: str = "LJ11", **more: object) -> list[float]:
    return series(name, [outbreak.ids[place]], **more)["value"].to_list()  # type: ignore[arg-type]


def test_new_cases_are_the_rise_of_the_total(land: Outbreak) -> None:
    land.totals("LJ11", [10, 15, 15, 40])
    assert values(land, "new_confirmed") == [5, 0, 25]
    assert values(land, "new_dead") == [0, 0, 0]


def test_a_missing_day_leaves_a_gap_on_both_sides_and_is_not_shared_out(land: Outbreak) -> None:
    rows = {0: {"confirmed": 10}, 1: {"confirmed": 12}, 3: {"confirmed": 30}, 4: {"confirmed": 31}}
    land.tell(feeds.DAILY_COUNTS, "LJ11", rows)
    assert values(land, "new_confirmed") == [2, 1]


def test_a_correction_downwards_is_shown_as_a_negative_day(land: Outbreak) -> None:
    land.totals("LJ11", [10, 30, 25])
    assert values(land, "new_confirmed") == [20, -5]


def test_what_was_reported_goes_before_what_can_be_worked_out(land: Outbreak) -> None:
    land.totals("LJ11", [100, 150])
    land.tell(feeds.NEW_CASES, "LJ11", {1: {"new_confirmed": 44}})
    assert values(land, "new_confirmed") == [44]


def test_each_infection_counts_once_in_the_net_figure(land: Outbreak) -> None:
    said = {
        "new_confirmed": 2_573,
        "new_asymptomatic": 25_146,
        "asymptomatic_converted_to_confirmed": 114,
    }
    land.tell(feeds.NEW_CASES, "LJ11", {0: said})
    assert values(land, "new_infections_net") == [27_605]
    assert values(land, "new_infections") == [27_719]
    assert values(land, "new_cases") == [27_605]


def test_routes_add_up_and_an_unpublished_combination_had_nobody(land: Outbreak) -> None:
    for case_type, route, count in (
        ("confirmed", "quarantine", 5),
        ("confirmed", "earlier_asymptomatic", 3),
        ("asymptomatic", "screening", 7),
    ):
        said = {"case_type": case_type, "route": route, "count": count}
        land.tell(feeds.NEW_CASES_BY_ROUTE, "LJ11", {0: said})
    only = {"case_type": "confirmed", "route": "screening", "count": 2}
    land.tell(feeds.NEW_CASES_BY_ROUTE, "LJ11", {1: only})
    assert values(land, "new_confirmed") == [8, 2]
    assert values(land, "new_asymptomatic") == [7, 0]
    assert values(land, "new_infections_net") == [12, 2]


def test_people_still_ill_need_all_three_counts(land: Outbreak) -> None:
    land.tell(
        feeds.DAILY_COUNTS,
        "LJ11",
        {0: {"confirmed": 10, "cured": 2, "dead": 1}, 1: {"confirmed": 12, "cured": 2}},
    )
    assert values(land, "active") == [7]
    assert values(land, "fatality_crude") == [10]


def test_growth_is_the_engines_and_says_nothing_without_a_week(outbreak: Outbreak) -> None:
    table = series("growth_rate", [outbreak.ids["LJ11"]])
    rates = dict(zip(table["valid_at"], table["value"], strict=True))
    assert len(rates) > 10
    assert list(rates.values())[3] == pytest.approx(math.log(2) / 5, abs=0.02)
    assert (table["low"] < table["value"]).all()
    doubling = series("doubling_time_days", [outbreak.ids["LJ11"]])
    assert doubling["value"][3] == pytest.approx(5, abs=0.7)


def test_the_weekly_mean_needs_the_whole_week(land: Outbreak) -> None:
    land.totals("LJ11", [10 * n for n in range(9)])
    assert values(land, "new_cases_week") == [10, 10]


def test_a_rate_needs_a_population(land: Outbreak) -> None:
    land.totals("LJ11", [400])
    land.totals("LJ12", [400])
    assert values(land, "confirmed_per_million") == [100]
    assert values(land, "confirmed_per_million", "LJ12") == []


def test_a_difference_is_known_only_when_both_days_are(land: Outbreak) -> None:
    land.tell(feeds.DAILY_COUNTS, "LJ11", {0: {"confirmed": 5}}, known=lambda _: 9)
    land.tell(feeds.DAILY_COUNTS, "LJ11", {1: {"confirmed": 8}}, known=lambda _: 1)
    assert values(land, "new_confirmed") == [3]
    assert values(land, "new_confirmed", as_known=day_end(day(5), ZONE)) == []


@pytest.mark.parametrize(
    ("kind", "said", "indicator"),
    [
        (feeds.IN_HOSPITAL, {"in_hospital": 7}, "in_hospital"),
        (feeds.NEW_CASES, {"new_confirmed": 1, "in_hospital": 7}, "in_hospital"),
        (feeds.CONTACT_TRACING, {"severe_current": 7}, "severe"),
        (feeds.NEW_CASES, {"new_confirmed": 1, "severe_total": 7}, "severe"),
        (feeds.CONTACT_TRACING, {"close_contacts_traced": 7}, "close_contacts"),
        (feeds.NEW_INFECTIONS, {"cases": 7}, "new_infections"),
    ],
)
def test_either_report_gives_the_figure(
    land: Outbreak, kind: object, said: dict[str, int], indicator: str
) -> None:
    land.tell(kind, "LJ11", {0: said})  # type: ignore[arg-type]
    assert values(land, indicator) == [7]
