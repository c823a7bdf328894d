"""Commands that ask: figures as known then, the ledger, what is derived."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

Rencheng = Callable[..., Any]


@pytest.mark.parametrize(
    ("options", "value", "day", "since"),
    [
        ((), "32994", "2020-02-13", "2020-02-14T00:00:00+08:00"),
        (("--as-known", "2020-02-12"), "19558", "2020-02-12", "2020-02-13T00:00:00+08:00"),
        (("--as-known", "2020-02-13"), "32994", "2020-02-13", "2020-02-14T00:00:00+08:00"),
        (("--at", "2020-02-12"), "19559", "2020-02-12", "2020-02-14T00:00:00+08:00"),
        (
            ("--at", "2020-02-12", "--as-known", "2020-02-12"),
            "19558",
            "2020-02-12",
            "2020-02-13T00:00:00+08:00",
        ),
    ],
)
def test_a_figure_is_as_it_was_known_at_the_end_of_the_local_day(
    wuhan: int, rencheng: Rencheng, options: tuple[str, ...], value: str, day: str, since: str
) -> None:
    said = rencheng("figure", "武汉", "confirmed", *options)
    first, second, *rest = said.out.splitlines()
    assert (said.status, said.err) == (0, "")
    assert first == value
    assert f"{int(value):,} 人 people" in second
    facts = {line.split()[0]: line for line in rest}
    assert facts["valid"].endswith(day)
    assert facts["known"].endswith(since)
    assert facts["source"].endswith("test/city")
    found = json.loads(rencheng("figure", "420100", "confirmed", *options, "--json").out)
    assert (found["value"], found["valid_day"]) == (int(value), day)


def test_nothing_known_is_status_1_and_no_number(wuhan: int, rencheng: Rencheng) -> None:
    said = rencheng("figure", "武汉", "confirmed", "--as-known", "2019-12-31")
    assert (said.status, said.out) == (1, "")
    assert said.err == "rencheng: nothing known of confirmed for 武汉市 Wuhan\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("figure", "武", "confirmed"), "no place"),
        (("figure", "武汉", "happiness"), "'happiness' is unknown"),
        (("figure", "武汉", "confirmed", "--at", "13 Feb"), "'13 Feb' is not a date"),
        (("rebuild",), "--derived"),
        (("clock", "set", "noon"), "'noon'"),
        (("account", "password", "nobody"), "'nobody' does not exist"),
        (("ingest", "/no/such/file.csv"), "nothing at /no/such/file.csv"),
    ],
)
def test_a_mistake_is_one_line_and_status_2(
    wuhan: int, rencheng: Rencheng, words: tuple[str, ...], expected: str
) -> None:
    said = rencheng(*words)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith("rencheng: ")
    assert said.err.count("\n") == 1
    assert expected in said.err


def test_debug_shows_where_an_error_arose(wuhan: int, rencheng: Rencheng) -> None:
    from rencheng.kernel.errors import InputError

    with pytest.raises(InputError):
        rencheng("--debug", "figure", "武", "confirmed")


def test_the_ledger_is_printed_with_its_sum(wuhan: int, rencheng: Rencheng) -> None:
    said = rencheng("ledger")
    assert said.status == 0
    assert [line.split()[0] for line in said.out.splitlines()] == ["source", "test/city", "all"]
    (row,) = json.loads(rencheng("ledger", "--json").out)
    assert (row["sent"], row["stored"], row["in_journal"], row["balanced"]) == (4, 4, 4, True)


def test_a_ledger_that_does_not_balance_is_status_1(wuhan: int, rencheng: Rencheng) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM memory_observation WHERE id = (SELECT MAX(id) FROM memory_observation)"
        )
    said = rencheng("ledger", "--json")
    assert said.status == 1
    assert json.loads(said.out)[0]["balanced"] is False


def test_a_rebuild_gives_the_same_digest(wuhan: int, rencheng: Rencheng) -> None:
    said = rencheng("rebuild", "--derived")
    before, after, verdict = (line.split()[-1] for line in said.out.splitlines())
    assert (said.status, verdict) == (0, "equal")
    assert before == after
    assert len(before) == 64


def test_a_rebuild_finds_a_figure_somebody_changed(wuhan: int, rencheng: Rencheng) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE memory_figure SET value = value + 1")
    said = rencheng("rebuild", "--derived")
    assert (said.status, said.out.splitlines()[-1]) == (1, "DIFFERENT")
    assert rencheng("rebuild", "--derived").status == 0


def test_places_kinds_and_sources_are_listed(wuhan: int, rencheng: Rencheng) -> None:
    (place,) = json.loads(rencheng("places", "find", "武", "--json").out)
    assert (place["code"], place["name_en"]) == ("420100", "Wuhan")
    assert "420100" in rencheng("places", "find", "Wu").out
    assert rencheng("places", "find", "nowhere").status == 1
    assert "epidemic.daily_counts" in rencheng("kinds").out
    assert "confirmed" in json.loads(rencheng("kinds", "--json").out)[1]["fields"]
    assert [one["name"] for one in json.loads(rencheng("sources", "--json").out)] == ["test/city"]
    assert "test/city" in rencheng("sources").out
