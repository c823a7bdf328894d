"""Shanghai 2022 through files, journal and figures."""

from collections.abc import Callable
from datetime import date

import polars as pl
import pytest

from rencheng.foundation.memory.indicators.api import series
from rencheng.foundation.places import api as places
from rencheng.kernel.time import day_start, local_day

ZONE = "Asia/Shanghai"
Verdict = Callable[..., None]

pytestmark = pytest.mark.usefixtures("in_epidemics")


def of_the_wave(name: str) -> pl.DataFrame:
    start = day_start(date(2022, 2, 1), ZONE)
    return series(name, [places.get("310000").id], start=start)


def test_the_peak_counts_each_infection_once(verdict: Verdict) -> None:
    peak = of_the_wave("new_infections_net").sort("value").row(-1, named=True)
    day = local_day(peak["valid_at"], ZONE)
    assert (day.year, day.month) == (2022, 4)
    verdict("net new infections at the peak", ours=peak["value"])
    verdict("day of April 2022 of the peak", ours=day.day)


@pytest.mark.parametrize(
    ("quantity", "indicator"),
    [
        ("confirmed in all", "new_confirmed"),
        ("asymptomatic in all", "new_asymptomatic"),
        ("deaths in all", "new_dead"),
    ],
)
def test_totals(verdict: Verdict, quantity: str, indicator: str) -> None:
    verdict(quantity, ours=of_the_wave(indicator)["value"].sum())


def test_the_two_sides_of_the_river_add_up_to_the_city(verdict: Verdict) -> None:
    shanghai = places.get("310000").id
    sides = [one for one in places.children(shanghai)["id"] if one != shanghai]
    # Conversions are not taken off here: the gross sum is what the two sides report.
    parts = (
        series("reported_new_infections", sides)
        .group_by("valid_at")
        .agg(pl.col("value").sum().alias("parts"))
    )
    both = of_the_wave("new_infections").join(parts, on="valid_at")
    verdict("days on which both reports are there", ours=both.height)
    equal = both.filter(pl.col("value") == pl.col("parts")).height
    verdict(
        "share of those days on which east and west of the river add up to the city, %",
        ours=100 * equal / both.height,
    )
