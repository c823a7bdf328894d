"""Law: the JSON API changes only on purpose."""

import difflib
import json
from collections.abc import Iterator

from tests.house.tree import must_be_empty
from tools.snapshot import SNAPSHOT, as_text, promised_api


def changes(promised: str, now: str) -> Iterator[str]:
    """Yield the lines in which the API differs from what was promised."""
    yield from difflib.unified_diff(
        promised.splitlines(), now.splitlines(), "promised", "now", lineterm="", n=1
    )


def test_the_api_is_what_was_promised() -> None:
    """`make snapshot` accepts a change that is meant."""
    must_be_empty(changes(SNAPSHOT.read_text(encoding="utf-8"), promised_api()))


def test_a_planted_change_of_the_api_is_caught() -> None:
    schema = json.loads(promised_api())
    schema["paths"]["/api/planted"] = {"get": {"operationId": "planted"}}
    assert list(changes(promised_api(), as_text(schema))) != []


def test_the_same_api_is_the_same_text_whatever_its_order() -> None:
    assert as_text({"a": 1, "b": [2]}) == as_text({"b": [2], "a": 1})
