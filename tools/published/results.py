"""Results: what our numbers were beside the published ones, kept from run to run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from tools.published.cards import ROOT, Card, Value

RESULTS = ROOT / "build" / "published.json"
DOCUMENT = ROOT / "docs" / "checked.md"
AGREES, MISSED, DIFFERS = "agrees", "missed", "differs"


@dataclass(frozen=True)
class Result:
    """One line of ``build/published.json``."""

    card: str
    engine: str
    quantity: str
    published: Value
    ours: Value
    tolerance: float
    verdict: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What a later result of the same thing shares with it."""
        return self.engine, self.card, self.quantity


@dataclass
class Run:
    """What one run found: its results, and which cards it measured whole."""

    results: list[Result] = field(default_factory=list)
    whole: set[tuple[str, str]] = field(default_factory=set)


def merged(before: Iterable[Result], run: Run, known: Iterable[Card]) -> list[Result]:
    """
    Lay the results of a run over earlier ones.

    What the run measured replaces what was there. What it did not measure
    stays, unless the run measured the whole of its card or the card is gone.
    """
    present = {(card.engine, card.name) for card in known}
    kept = {
        one.key: one
        for one in before
        if (one.engine, one.card) in present and (one.engine, one.card) not in run.whole
    }
    kept.update({one.key: one for one in run.results})
    return [kept[key] for key in sorted(kept)]


def read_results(results: Path = RESULTS, document: Path = DOCUMENT) -> list[Result]:
    """Read earlier results: from the file of this checkout, else from the committed document."""
    if results.exists():
        return [Result(**one) for one in json.loads(results.read_text(encoding="utf-8"))]
    if document.exists():
        return list(results_of(document.read_text(encoding="utf-8")))
    return []


def write_results(results: Sequence[Result], path: Path = RESULTS) -> None:
    """Write ``build/published.json``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(one) for one in results], ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def results_of(text: str) -> Iterator[Result]:
    """Read the results back from a document, to the digits it shows."""
    for line in text.splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)][1:-1]
        if len(cells) == 7 and cells[6] in (AGREES, MISSED, DIFFERS):
            engine, card, quantity, published, ours, tolerance, verdict = cells
            yield Result(
                card=card,
                engine=engine,
                quantity=quantity,
                published=_value(published),
                ours=_value(ours),
                tolerance=float(tolerance),
                verdict=verdict,
            )


def _value(text: str) -> Value:
    if text in ("True", "False"):
        return text == "True"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
