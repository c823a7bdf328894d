"""The ledger ``docs/checked.md``: what is checked against published results, missed, unchecked."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tools.published.cards import ROOT, Card, Value, cards
from tools.published.results import AGREES, DOCUMENT, Result, Run, merged, read_results

RETURNS = re.compile(r"^Returns\n-+$", re.MULTILINE)
ENGINES = ROOT / "src" / "rencheng" / "engines"
HEAD = "| Engine | Card | Quantity | Published | Ours | Tolerance | Verdict |"
RULE = "|---|---|---|---|---|---|---|"


def public_functions(engines: Path = ENGINES) -> Iterator[str]:
    """
    Yield the dotted name of each function of the engines that owes a check, in order.

    Those are the public ones whose docstring states what they return, with shapes
    and units: the science. Small words inside an engine have one-line docstrings.
    """
    for path in sorted(engines.rglob("*.py")):
        inside = path.relative_to(engines.parents[1]).with_suffix("").parts
        module = ".".join(part for part in inside if part != "__init__")
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                if RETURNS.search(ast.get_docstring(node) or ""):
                    yield f"{module}.{node.name}"


def document(results: Sequence[Result], known: Sequence[Card], functions: Iterable[str]) -> str:
    """
    Write ``docs/checked.md``.

    The order depends on names alone and numbers are rounded to what a reader
    compares, so that a second run changes nothing.
    """
    agreeing = [one for one in results if one.verdict == AGREES]
    missed = [one for one in results if one.verdict != AGREES]
    found = {one.key for one in results}
    without = [
        f"`{card.name}`: {one.name} (needs {', '.join(card.data) or 'a run'})"
        for card in known
        for one in card.quantities
        if (card.engine, card.name, one.name) not in found
    ]
    checked = {name for card in known for name in card.checks}
    bare = [f"`{name}`" for name in functions if name not in checked]
    lines = [
        "# Checked against published results",
        "",
        "Written by `make published`; edits are lost. Each card lies in",
        "`tests/published/<engine>/<card>` with its source and the reason for its tolerance.",
        "A miss is stated with the measured gap; a tolerance is never widened to hide it.",
        "",
        f"{len(agreeing)} numbers agree, {len(missed)} missed, {len(without)} without a result.",
        f"{len(bare)} engine functions are checked by no card.",
        "",
        "## Checked",
        "",
        *_table(agreeing),
        "",
        "## Missed",
        "",
        *_table(missed),
        "",
        "## Unchecked",
        "",
        *(f"- {line}" for line in [*without, *bare] or ["nothing"]),
        "",
        "## Sources",
        "",
    ]
    for card in known:
        lines += [
            f"- **{card.name}** ({card.engine}): {card.title}. {card.source}; {card.table}.",
            f"  Tolerance: {card.why}",
        ]
    return "\n".join(lines if known else [*lines, "- none yet"]) + "\n"


def _table(results: Sequence[Result]) -> list[str]:
    if not results:
        return ["Nothing."]
    return [HEAD, RULE, *(f"| {' | '.join(_cells(one))} |" for one in results)]


def _cells(one: Result) -> list[str]:
    values = (one.engine, one.card, one.quantity, one.published, one.ours, one.tolerance)
    return [*(_shown(value).replace("|", "\\|") for value in values), one.verdict]


def _shown(value: Value) -> str:
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.6g}"
    if isinstance(value, float):
        return str(int(value)) if abs(value) < 1e15 else f"{value:.6g}"
    return str(value)


def write_document(results: Sequence[Result]) -> None:
    """Write ``docs/checked.md`` from some results and the cards and engines as they are."""
    DOCUMENT.parent.mkdir(parents=True, exist_ok=True)
    DOCUMENT.write_text(document(results, cards(), public_functions()), encoding="utf-8")


def main() -> int:
    """Write the document again from the results at hand, without running anything."""
    results = merged(read_results(), Run(), cards())
    write_document(results)
    print(f"{DOCUMENT.relative_to(ROOT)}: {len(results)} results of {len(cards())} cards")
    return 0


if __name__ == "__main__":
    sys.exit(main())
