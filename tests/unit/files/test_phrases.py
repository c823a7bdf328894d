"""Whatever a row is refused for can be counted by problem and shown in Chinese."""

import re

import pytest

from rencheng.foundation.memory.journal.api import Statement
from rencheng.foundation.memory.journal.checking import reasons_against
from rencheng.foundation.memory.kinds import Choice, Count, Kind, Number, Purpose, Sensitivity, Text
from rencheng.kernel.words import Words
from rencheng.sensing.files.convert.phrases import PHRASES, PROBLEMS, clean, reason, understood
from rencheng.sensing.readers import records
from rencheng.sensing.readers.delimited import UNREADABLE, _ragged

NAME = Words("名", "name")
KIND = Kind(
    name="test.everything",
    title=NAME,
    subject="place",
    fields=(
        Count(name="count", title=NAME, high=9),
        Number(name="number", title=NAME, low=0, high=1, required=False),
        Text(name="text", title=NAME, longest=3, pattern="a*", required=False),
        Choice(name="choice", title=NAME, options={"x": NAME}, required=False),
    ),
    purpose=Purpose.RESEARCH,
    sensitivity=Sensitivity.AGGREGATE,
    days_kept=1,
)


@pytest.mark.parametrize("name", PHRASES)
def test_every_phrase_is_understood_with_its_details(name: str) -> None:
    details = {part: f"<{part}>" for part in re.findall(r"\{(\w+)\}", PHRASES[name].words.en)}
    problem, words = understood(reason("cases", "x", name, **details)[2])
    assert problem == PHRASES[name].problem
    assert problem in PROBLEMS
    assert all(detail in words.zh for detail in details.values())


def test_what_the_memory_says_of_a_row_has_chinese_words() -> None:
    now = 1_600_000_000_000_000
    wrong = [
        Statement({"count": 10, "number": 2.0, "text": "aaaa", "choice": "y"}, None),
        Statement({"count": 1.5, "number": float("nan"), "text": "b", "odd": 1}, 10**17, 1),
        Statement({"number": "x"}, now, 1, "s" * 121, 10**17, -3),
        Statement({"text": 5}, -(10**17), 1),
    ]
    for said in wrong:
        for _, _, should in reasons_against(KIND, said, now):
            problem, words = understood(should)
            assert words.zh != words.en, should
            assert problem != "other" or "no such field" in should or "between" in should, should


def test_what_the_readers_say_of_a_row_has_their_own_chinese_words() -> None:
    for words in (records.UNCLOSED, records.TRAILING, records.TOO_LONG, UNREADABLE, _ragged(8, 9)):
        assert understood(words.en)[1] == words


def test_an_unknown_phrase_is_shown_as_it_is() -> None:
    assert understood("something new") == ("other", Words("something new", "something new"))


def test_what_cannot_be_stored_is_made_visible() -> None:
    assert clean("a\x00\ud800") == "a␀?"
