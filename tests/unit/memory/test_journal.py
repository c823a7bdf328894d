"""The journal stores good statements once, refuses bad ones with their place, loses none."""

import pytest

from rencheng.foundation.memory import clock
from rencheng.foundation.memory.balance import balances, rejections
from rencheng.foundation.memory.journal.api import Receipt, Statement, append, of_entry, of_kind
from rencheng.foundation.memory.journal.models import Observation
from rencheng.foundation.memory.ledger.models import Entry
from rencheng.foundation.memory.sources.api import SourceSpec, declare
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import DAY
from rencheng.kernel.words import Words
from tests.fixtures.memory import KIND

T0 = 1_580_000_000_000_000


def said(sick: object = 1, day: int = 0, place: int | None = 7, **more: object) -> Statement:
    return Statement(value={"sick": sick}, event_at=T0 + day * DAY, place_id=place, **more)  # type: ignore[arg-type]


def test_a_second_delivery_of_the_same_statements_stores_nothing(source: int) -> None:
    first = append(source, KIND, [said(day=d) for d in range(5)])
    second = append(source, KIND, [said(day=d) for d in range(5)])
    assert (first.stored, first.duplicate) == (5, 0)
    assert (second.stored, second.duplicate) == (0, 5)
    assert Observation.objects.count() == 5


def test_a_row_doubled_inside_one_delivery_counts_once(source: int) -> None:
    receipt = append(source, KIND, [said(), said(), said(day=1)])
    assert (receipt.sent, receipt.stored, receipt.duplicate) == (3, 2, 1)


def test_every_refused_row_tells_line_field_what_it_was_and_should_be(source: int) -> None:
    receipt = append(
        source,
        KIND,
        [
            said(-3, line=2),
            said("many", line=3),
            said(place=None, line=4),
            Statement(value={"sick": 1, "mood": "low"}, event_at=None, place_id=7, line=5),
            said(1.5, line=6),
        ],
        delivery="file-1",
    )
    assert receipt.rejected == 5
    seen = {row.line: row.reasons for row in rejections("file-1")}
    assert seen[2][0] == {
        "field": "sick",
        "was": "-3",
        "should": "a whole number between 0 and 9007199254740992",
    }
    assert seen[3][0]["should"] == "a whole number"
    assert seen[4][0]["field"] == "place"
    assert {reason["field"] for reason in seen[5]} == {"event_at", "mood"}
    assert seen[6][0]["was"] == "1.5"


def test_the_same_number_with_another_body_never_overwrites(source: int) -> None:
    append(source, KIND, [said(1, sequence=9)])
    receipt = append(source, KIND, [said(2, sequence=9), said(1, sequence=9)])
    assert (receipt.duplicate, receipt.rejected) == (1, 1)
    assert Observation.objects.get().value == '{"sick":1}'


def test_a_date_of_tomorrow_or_of_1850_is_refused(source: int) -> None:
    now = clock.now_micros()
    late = Statement(value={"sick": 1}, event_at=now + 3 * DAY, place_id=7)
    old = Statement(value={"sick": 1}, event_at=-(120 * 365) * DAY, place_id=7)
    assert append(source, KIND, [late, old]).rejected == 2


def test_only_a_trusted_source_may_date_its_statements(source: int) -> None:
    stranger = declare(SourceSpec(name="test/stranger", title=Words("客", "Stranger")))
    append(stranger, KIND, [said(published_at=T0 + DAY)])
    append(source, KIND, [said(published_at=T0 + DAY)])
    published = dict(Observation.objects.values_list("source_id", "published_at"))
    assert published[stranger] is None
    assert published[source] is not None


def test_the_ledger_balances_against_a_fresh_count_and_notices_a_missing_row(source: int) -> None:
    append(source, KIND, [said(day=d) for d in range(4)] + [said(-1), said(day=0)])
    (balance,) = balances()
    assert (balance.sent, balance.stored, balance.duplicate, balance.rejected) == (6, 4, 1, 1)
    assert balance.balanced
    Observation.objects.order_by("pk").first().delete()  # type: ignore[union-attr]
    assert not balances()[0].balanced


def test_nothing_is_half_written_when_a_delivery_fails(source: int) -> None:
    def feed() -> object:
        yield said()
        raise InputError("the line broke")

    with pytest.raises(InputError):
        append(source, KIND, feed())  # type: ignore[arg-type]
    assert not Observation.objects.exists()
    assert not Entry.objects.exists()


def test_a_delivery_larger_than_one_insert_is_stored_whole(source: int) -> None:
    receipt = append(source, KIND, [said(n, day=n % 300, place=n) for n in range(1, 8_001)])
    assert receipt.stored == 8_000
    assert len(of_entry(receipt.entry_id)) == 8_000
    assert sum(len(table) for table in of_kind(KIND.name, rows=3_000)) == 8_000


def test_an_unknown_source_is_refused(db: None) -> None:
    with pytest.raises(InputError, match="source 404 does not exist"):
        append(404, KIND, [said()])


def test_what_is_written_within_is_committed_with_the_rows_or_not_at_all(source: int) -> None:
    seen: list[Receipt] = []
    receipt = append(source, KIND, [said()], within=seen.append)
    assert seen == [receipt]

    def fail(_: object) -> None:
        raise InputError("no room")

    with pytest.raises(InputError, match="no room"):
        append(source, KIND, [said(day=1)], within=fail)
    assert Observation.objects.count() == 1
    assert [entry.sent for entry in Entry.objects.all()] == [1]


def test_a_row_broken_as_a_whole_is_refused_for_that_alone(source: int) -> None:
    broken = Statement(value={}, event_at=None, reasons=(("row", "a,b", "3 fields"),))
    receipt = append(source, KIND, [broken])
    assert receipt.refusals[0].reasons == (("row", "a,b", "3 fields"),)
