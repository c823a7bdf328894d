"""Flags of the whole tree: nothing made up, nothing overlooked, each event told once."""

from rencheng.engines.epidemic.quality import Flag
from rencheng.services.monitor import feeds, quality
from rencheng.services.monitor.figures import board
from rencheng.services.monitor.tree import tree
from rencheng.services.monitor.view import view_of
from tests.fixtures.outbreak import Outbreak, day


def flags(rule: str = "", place: int | None = None) -> list[Flag]:
    return [
        flag
        for flag in quality.flags(board(), tree())
        if rule in {"", flag.rule} and place in {None, flag.place}
    ]


def test_a_clean_outbreak_has_no_flags(outbreak: Outbreak) -> None:
    assert flags() == []


def test_cities_unequal_to_their_province_are_flagged_with_the_difference(
    outbreak: Outbreak,
) -> None:
    outbreak.totals("LJ10", [4_000] * 30, known=lambda n: n + 40)
    found = flags("parts", outbreak.ids["LJ10"])
    (flag,) = (flag for flag in found if flag.quantity == "confirmed")
    assert flag.evidence["whole"] == 4_000
    assert flag.first_day == day(0)


def test_two_divisions_of_a_city_are_never_added_together(outbreak: Outbreak) -> None:
    # Another source divides East differently: its two halves add up to the same whole.
    curve = [round(20 * 2 ** (min(n, 20) / 5)) for n in range(30)]
    outbreak.totals("LJ11", [2 * c for c in curve], source="halves")
    outbreak.totals("LJ12", [2 * c for c in curve], source="halves")
    assert [flag for flag in flags("parts") if flag.quantity == "confirmed"] == []
    assert len(flags("disagree")) > 0


def test_a_source_that_speaks_of_one_small_part_is_no_division(outbreak: Outbreak) -> None:
    outbreak.source("clinic", rank=90)
    outbreak.totals("LJ11", [1] * 30, source="clinic")
    assert flags("parts") == []


def test_notices_and_tables_are_compared(outbreak: Outbreak) -> None:
    outbreak.tell(feeds.CONTACT_TRACING, "LJ", {3: {"confirmed": 1}})
    (flag,) = flags("disagree")
    assert flag.quantity == "confirmed"
    assert flag.evidence["other"] == 1
    assert "通报" in flag.sentence.zh


def test_a_place_that_stopped_reporting_is_told_while_the_country_goes_on(
    outbreak: Outbreak,
) -> None:
    outbreak.tell(feeds.DAILY_COUNTS, "LJ", {n: {"confirmed": 9_000} for n in range(30, 50)})
    stopped = {flag.place for flag in flags("outdated")}
    assert stopped == {outbreak.ids[code] for code in ("LJ10", "LJ20")}


def test_two_figures_at_once_are_told_since_only_one_can_be_used(outbreak: Outbreak) -> None:
    outbreak.tell(feeds.DAILY_COUNTS, "LJ20", {3: {"confirmed": 4}}, known=lambda n: n + 9)
    assert flags("twice") == []
    outbreak.tell(feeds.DAILY_COUNTS, "LJ20", {3: {"confirmed": 5}}, known=lambda n: n + 9)
    (flag,) = flags("twice")
    assert (flag.place, flag.first_day) == (outbreak.ids["LJ20"], day(3))
    assert quality.flags(board(day(5)), tree()) == []


def test_groups_are_not_judged_on_their_own(outbreak: Outbreak) -> None:
    from rencheng.foundation.places import api as places

    outbreak.ids["group"] = places.register_group(outbreak.ids["LJ20"], "未公布来源")
    outbreak.totals("group", [50, 3, 60, 2])
    assert {flag.rule for flag in flags(place=outbreak.ids["group"])} == set()


def test_one_event_is_told_once_of_the_highest_place(outbreak: Outbreak) -> None:
    steady = [5_000 + 40 * n for n in range(30)]
    for code, share in (("LJ", 3), ("LJ10", 2), ("LJ11", 1), ("LJ12", 1), ("LJ20", 1)):
        late = 1 if code in {"LJ11", "LJ12"} else 0
        jumped = [
            share * (count + (9_000 if n >= 20 + late else 0)) for n, count in enumerate(steady)
        ]
        outbreak.totals(code, jumped, known=lambda n: n + 40)
    view = view_of({})
    assert view is not None
    found = quality.of_view(view)
    assert sum(flag.rule in {"jump", "revision"} for flag in found) >= 4
    first = [f for f in quality.foremost(found, tree(), 4) if f.rule in {"jump", "revision"}]
    assert [flag.place for flag in first] == [outbreak.ids["LJ"]]


def test_flags_of_later_days_are_not_shown_on_an_earlier_day(outbreak: Outbreak) -> None:
    outbreak.tell(feeds.DAILY_COUNTS, "LJ20", {30: {"confirmed": 1}})
    late, early = view_of({}), view_of({"day": day(10).isoformat()})
    assert late is not None
    assert early is not None
    assert quality.of_view(early) == []


def test_every_rule_has_a_reason_in_both_languages() -> None:
    cards = {card.name: card for card in quality.rule_cards()}
    assert set(cards) == {
        "fall", "jump", "revision", "parts", "disagree", "twice", "missing", "outdated",
        "contradiction",
    }  # fmt: skip
    for card in cards.values():
        assert card.title.zh != card.title.en
        assert len(card.why.zh) > 10 < len(card.why.en)
