"""Laws of the published ledger: cards are complete, no result is lost, the document repeats."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT
from tests.house.tree import must_be_empty
from tools.published.cards import Card, CardError, Quantity, absolute, cards, read_card, within
from tools.published.document import document, public_functions
from tools.published.results import AGREES, MISSED, Result, Run, merged, read_results, results_of

CARD = Card(
    name="smith_1998",
    engine="water",
    title="Smith's pump",
    source="Smith 1998, doi:10.1/x",
    table="Table 2",
    why="two digits printed",
    checks=("rencheng.engines.water.flow.head",),
    data=("pump",),
    quantities=(Quantity("head at noon", 3.14, 0.005), Quantity("town", "Ashby", 0.0)),
)
NOON = Result("smith_1998", "water", "head at noon", 3.14, 3.1415926, 0.005, AGREES)
GAP = Result("smith_1998", "water", "a | gap", 1.0, 1.5, 0.1, MISSED)
TEXT = """
title = "t"
source = "s"
table = "t"
why = "w"
checks = []
"""


def test_every_card_is_complete_and_checks_something_that_exists() -> None:
    exist = set(public_functions())
    must_be_empty(
        f"{card.engine}/{card.name} checks {name}, which no engine has"
        for card in cards()
        for name in card.checks
        if name.startswith("rencheng.engines.") and name not in exist
    )


def test_every_folder_of_published_tests_has_a_card() -> None:
    folder = ROOT / "tests" / "published"
    must_be_empty(
        f"{path.relative_to(folder)} has no card.toml beside it"
        for path in sorted(folder.rglob("test_*.py"))
        if not (path.parent / "card.toml").exists() or path.parent.parent.parent != folder
    )


def test_the_committed_ledger_shows_results_of_present_cards_only() -> None:
    committed = ROOT / "docs" / "checked.md"
    present = {(card.engine, card.name) for card in cards()}
    must_be_empty(
        f"docs/checked.md lists {one.engine}/{one.card}, which is gone; run make published"
        for one in results_of(committed.read_text(encoding="utf-8"))
        if (one.engine, one.card) not in present
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (TEXT.replace('source = "s"', ""), "source missing"),
        (TEXT + 'hope = "x"\n', "hope unknown"),
        (TEXT + '[[quantity]]\nname = "n"\npublished = 1\n', "tolerance missing"),
        (TEXT + "title = ", "Invalid"),
    ],
)
def test_a_planted_incomplete_card_is_refused(
    plant: Callable[[str, str], Path], text: str, complaint: str
) -> None:
    with pytest.raises(CardError, match=complaint):
        read_card(plant("water/a/card.toml", text) / "water/a/card.toml")


@pytest.mark.parametrize(
    ("published", "ours", "tolerance", "agrees"),
    [
        (3.14, 3.1449, 0.005, True),
        (3.14, 3.1451, 0.005, False),
        (0.3, 0.1 + 0.2, 0.0, True),
        (5, 5, 0.0, True),
        ("Ashby", "Ashby", 0.0, True),
        ("Ashby", "Asby", 9.0, False),
        (True, 1.0, 9.0, True),
        (1.0, float("nan"), 9.0, False),
    ],
)
def test_a_number_agrees_within_its_tolerance_only(
    published: object, ours: object, tolerance: float, agrees: bool
) -> None:
    assert within(published, ours, tolerance) is agrees  # type: ignore[arg-type]


def test_a_relative_tolerance_becomes_one_in_the_unit_of_the_quantity() -> None:
    assert absolute(-200.0, 0.05, relative=True) == pytest.approx(10.0)
    with pytest.raises(CardError):
        absolute("Ashby", 0.05, relative=True)


def test_a_skipped_card_takes_no_earlier_result_away() -> None:
    assert merged([NOON, GAP], Run(), [CARD]) == sorted([NOON, GAP], key=lambda one: one.key)


def test_a_new_result_replaces_the_old_one_and_only_it() -> None:
    newer = replace(NOON, ours=3.15, verdict=MISSED)
    assert set(merged([NOON, GAP], Run(results=[newer]), [CARD])) == {newer, GAP}


def test_a_card_measured_whole_drops_what_it_no_longer_states() -> None:
    run = Run(results=[NOON], whole={("water", "smith_1998")})
    assert merged([NOON, GAP], run, [CARD]) == [NOON]


def test_results_of_a_card_that_is_gone_go_with_it() -> None:
    assert merged([NOON], Run(), []) == []


def test_the_document_says_what_agrees_what_is_missed_and_what_is_unchecked() -> None:
    text = document([GAP, NOON], [CARD], ["rencheng.engines.water.flow.head", "x.bare"])
    assert "1 numbers agree, 1 missed, 1 without a result.\n1 engine functions" in text
    checked, missed = text.index("## Checked"), text.index("## Missed")
    assert checked < text.index("head at noon") < missed < text.index("a \\| gap")
    unchecked = text[text.index("## Unchecked") :]
    assert "`smith_1998`: town (needs pump)" in unchecked
    assert "- `x.bare`" in unchecked
    assert "water.flow.head`" not in unchecked


def test_only_functions_that_state_a_result_owe_a_check(
    plant: Callable[[str, str], Path],
) -> None:
    stated = '    """Give a.\n\n    Returns\n    -------\n    a\n        Metres.\n    """\n'
    text = f"def a():\n{stated}\ndef _b():\n{stated}\ndef c():\n    'Small.'\n"
    root = plant("src/rencheng/engines/water/flow.py", text)
    found = list(public_functions(root / "src" / "rencheng" / "engines"))
    assert found == ["rencheng.engines.water.flow.a"]


def test_the_document_repeats_and_can_be_read_back() -> None:
    text = document([GAP, NOON], [CARD], [])
    back = list(results_of(text))
    assert document(back[::-1][::-1], [CARD], []) == document(
        sorted([NOON, GAP], key=lambda one: one.verdict), [CARD], []
    )
    assert [(one.quantity, one.ours, one.verdict) for one in back] == [
        ("head at noon", 3.14159, AGREES),
        ("a | gap", 1.5, MISSED),
    ]


def test_a_clean_checkout_starts_from_the_committed_document(tmp_path: Path) -> None:
    committed, results = tmp_path / "checked.md", tmp_path / "published.json"
    assert read_results(results, committed) == []
    committed.write_text(document([NOON], [CARD], []), encoding="utf-8")
    assert [one.quantity for one in read_results(results, committed)] == ["head at noon"]
    results.write_text(json.dumps([GAP.__dict__]), encoding="utf-8")
    assert read_results(results, committed) == [GAP]
