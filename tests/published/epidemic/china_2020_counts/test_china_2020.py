"""China 2020 through files, journal and figures: its printed totals, jumps and corrections."""

from collections.abc import Callable, Iterable
from datetime import date

import polars as pl
import pytest

from rencheng.engines.epidemic.quality import Flag
from rencheng.foundation.memory.indicators.api import figure, series
from rencheng.foundation.places import api as places
from rencheng.kernel.time import day_end, day_start
from rencheng.services.monitor import quality
from rencheng.services.monitor.figures import board
from rencheng.services.monitor.tree import tree

ZONE = "Asia/Shanghai"
Verdict = Callable[..., None]

pytestmark = pytest.mark.usefixtures("in_epidemics")


def known(name: str, place: str, *, day: date, as_known: date | None = None) -> float:
    found = figure(
        name,
        places.find(place).id,
        at=day_start(day, ZONE),
        as_known=None if as_known is None else day_end(as_known, ZONE),
    )
    assert found is not None
    return found.value


def flags_of(place: str, rule: str) -> Iterable[Flag]:
    wanted = places.find(place).id
    found = quality.flags(board(), tree())
    return (flag for flag in found if flag.place == wanted and flag.rule == rule)


def test_totals(verdict: Verdict) -> None:
    last = date(2020, 6, 29)
    verdict("confirmed in China on 29 June 2020", ours=known("confirmed", "中国", day=last))
    provinces = places.table(level="province").filter(pl.col("code") != "420000")["id"].to_list()
    at = day_start(date(2020, 2, 15), ZONE)
    table = series("confirmed", provinces, start=at, end=at + 1)
    verdict(
        "confirmed outside Hubei by 15 February 2020 (sum of provinces)", ours=table["value"].sum()
    )


@pytest.mark.parametrize("day", [12, 13])
def test_what_was_known_of_wuhan(verdict: Verdict, day: int) -> None:
    then = date(2020, 2, day)
    ours = known("confirmed", "武汉", day=date(2020, 6, 29), as_known=then)
    verdict(f"confirmed in Wuhan, as known on {day} February 2020", ours=ours)


def test_the_new_definition_in_hubei_is_flagged(verdict: Verdict) -> None:
    jump = next(iter(flags_of("湖北省", "jump")))
    assert jump.first_day == date(2020, 2, 12)
    verdict(
        "Hubei's rise on 12 February 2020, as the jump flag says it",
        ours=jump.evidence["difference"],
    )


def test_the_revision_of_wuhan_is_flagged(verdict: Verdict) -> None:
    (flag,) = (f for f in flags_of("武汉市", "revision") if f.first_day == date(2020, 4, 17))
    assert flag.evidence["cured_difference"] < 0 < flag.evidence["confirmed_difference"]
    verdict(
        "dead added by the revision of Wuhan on 17 April 2020, as the flag says it",
        ours=flag.evidence["dead_difference"],
    )


def test_the_lag_of_the_cities_is_flagged(verdict: Verdict) -> None:
    (flag,) = (f for f in flags_of("湖北省", "parts") if f.quantity == "confirmed")
    assert date.fromordinal(int(flag.evidence["worst_day"])) == date(2020, 2, 12)
    verdict(
        "days by which Hubei's city rows lag the province row, as the flag says it",
        ours=flag.evidence["lag_days"],
    )


def test_the_notices_differ_from_the_table(verdict: Verdict) -> None:
    (flag,) = (f for f in flags_of("中国", "disagree") if f.quantity == "confirmed")
    verdict(
        "largest difference between the notices and the national table",
        ours=abs(flag.evidence["difference"]),
    )


def test_falling_totals_of_provinces_are_flagged(verdict: Verdict) -> None:
    provinces = set(places.table(level="province")["id"])
    falls = [
        flag
        for flag in quality.flags(board(), tree())
        if flag.place in provinces
        and (
            (flag.rule == "fall" and flag.quantity == "confirmed")
            or "fall:confirmed" in flag.members
        )
    ]
    verdict(
        "province-days with a falling total of confirmed, as flagged (alone or in a revision)",
        ours=len(falls),
    )
