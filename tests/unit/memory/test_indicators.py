"""Figures know when they were valid and when they were known, and can be made again."""

import pytest

from rencheng.foundation.memory.indicators import spec as indicator_specs
from rencheng.foundation.memory.indicators.api import (
    derive_pending,
    digest,
    figure,
    rebuild,
    series,
    versions,
)
from rencheng.foundation.memory.indicators.models import Figure
from rencheng.foundation.memory.journal.api import Statement, append
from rencheng.foundation.memory.sources.api import SourceSpec, declare
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import DAY
from rencheng.kernel.words import Words
from tests.fixtures.memory import KIND

T0 = 1_580_000_000_000_000

pytestmark = pytest.mark.usefixtures("indicators")


def said(
    sick: int, day: int, *, known: int | None = None, place: int = 7, **more: int
) -> Statement:
    return Statement(
        value={"sick": sick, **more},
        event_at=T0 + day * DAY,
        place_id=place,
        published_at=T0 + (day + 1 if known is None else known) * DAY,
    )


def tell(source: int, *statements: Statement) -> None:
    append(source, KIND, statements)
    derive_pending()


def test_a_figure_is_shown_as_it_was_known_on_a_day(source: int) -> None:
    tell(source, said(10, 0), said(20, 1), said(12, 0, known=5))
    assert figure("sick", 7, at=T0).value == 12  # type: ignore[union-attr]
    then = figure("sick", 7, at=T0, as_known=T0 + 4 * DAY)
    assert then is not None
    assert then.value == 10
    assert figure("sick", 7, as_known=T0) is None


def test_all_versions_of_a_figure_are_kept(source: int) -> None:
    tell(source, said(10, 0), said(12, 0, known=5), said(11, 0, known=9))
    assert versions("sick", [7])["value"].to_list() == [10, 12, 11]


def test_the_best_ranked_source_is_believed_whatever_came_last(source: int) -> None:
    bureau = declare(
        SourceSpec(name="test/bureau", title=Words("局", "Bureau"), trusted=True, rank=1)
    )
    tell(bureau, said(10, 0))
    tell(source, said(99, 0, known=9), said(20, 1))
    assert series("sick", [7])["value"].to_list() == [10, 20]


def test_a_computed_figure_follows_its_inputs_and_what_was_known(source: int) -> None:
    tell(source, said(10, 0, well=5), said(12, 0, known=5, well=5))
    assert series("all", [7])["value"].to_list() == [17]
    assert series("all", [7], as_known=T0 + 2 * DAY)["value"].to_list() == [15]


def test_a_missing_input_gives_no_figure_rather_than_a_wrong_one(source: int) -> None:
    tell(source, said(10, 0, well=5), said(12, 1))
    assert series("all", [7])["value"].to_list() == [15]


def test_a_rebuild_gives_the_same_digest_and_tampering_shows(source: int) -> None:
    tell(source, *(said(n, n, well=n, place=n % 5) for n in range(1, 40)))
    tell(source, said(77, 3, known=50, place=3))
    before, after = rebuild()
    assert before == after == digest()
    Figure.objects.filter(value=77).update(value=78)
    before, after = rebuild()
    assert before != after


def test_an_unknown_indicator_is_named_with_those_there_are(db: None) -> None:
    with pytest.raises(
        InputError, match="'happiness' is unknown; this house knows all, sick, well"
    ):
        series("happiness")


def test_asking_for_no_place_gives_nothing_and_for_thousands_gives_them(source: int) -> None:
    tell(source, *(said(1, 0, place=place) for place in range(1, 3_001)))
    assert series("sick", []).is_empty()
    assert len(series("sick", range(1, 2_501))) == 2_500


def test_a_correction_received_later_stands_though_it_is_dated_alike(source: int) -> None:
    for sick in (10, 12, 11, 15, 13):
        tell(source, said(sick, 0))
        assert figure("sick", 7).value == sick  # type: ignore[union-attr]
    assert rebuild()[0] == digest()
    assert figure("sick", 7).value == 13  # type: ignore[union-attr]


def test_a_rebuild_leaves_alone_what_this_house_cannot_make_again(
    source: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(source, said(10, 0, well=5))
    left = {name: spec for name, spec in indicator_specs._specs.items() if name == "sick"}
    monkeypatch.setattr(indicator_specs, "_specs", left)
    before, after = rebuild()
    assert before == after
    assert Figure.objects.count() == 2
