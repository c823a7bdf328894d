"""
Numbers that did not come from us: the `verdict` of each card.

See README.md in this folder for how to write one.
"""

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.fixtures.data import MISSING
from tests.fixtures.places import SHARED_DATA
from tools.published.cards import Card, CardError, Value, absolute, cards, read_card, within
from tools.published.document import write_document
from tools.published.results import (
    AGREES,
    DIFFERS,
    MISSED,
    Result,
    Run,
    merged,
    read_results,
    write_results,
)

RUN = pytest.StashKey[Run]()
UNMEASURED = pytest.StashKey[set[tuple[str, str]]]()
SEEN = pytest.StashKey[set[tuple[str, str]]]()


def pytest_configure(config: pytest.Config) -> None:
    """Begin an empty run."""
    config.stash[RUN] = Run()
    config.stash[UNMEASURED] = set()
    config.stash[SEEN] = set()


@pytest.fixture
def card(request: pytest.FixtureRequest) -> Card:
    """Give the card this test belongs to; skips aloud where data it needs is missing."""
    path = card_file(request.path)
    found = read_card(path)
    for name in found.data:
        if not (SHARED_DATA / name).is_dir():
            pytest.skip(f"{MISSING}{name}")
    return found


@pytest.fixture(autouse=True)
def _needs_its_data(card: Card) -> None:
    """Skip every test of a card whose data is missing, whether or not it asks for the card."""


@pytest.fixture
def verdict(request: pytest.FixtureRequest, card: Card) -> Callable[..., None]:
    """
    Give ``verdict(quantity, ours=...)``: records our number beside the published one.

    The published number and its tolerance stand in ``card.toml``; a number that
    is read from published data is handed in with ``published=`` and
    ``tolerance=`` (``relative=True`` makes the tolerance a fraction). The test
    fails where they disagree. A known miss is marked
    ``pytest.mark.xfail(strict=True, reason="measured gap")`` and recorded as missed.
    """
    expected_to_miss = request.node.get_closest_marker("xfail") is not None

    def judge(
        quantity: str,
        *,
        ours: Value,
        published: Value | None = None,
        tolerance: float | None = None,
        relative: bool = False,
    ) -> None:
        if published is None:
            stated = card.quantity(quantity)
            published, tolerance = stated.published, stated.tolerance
        elif tolerance is None:
            raise CardError(f"{quantity!r}: a published number without a tolerance")
        else:
            tolerance = absolute(published, tolerance, relative=relative)
        ours, published = plain(ours), plain(published)
        agrees = within(published, ours, tolerance)
        word = AGREES if agrees else MISSED if expected_to_miss else DIFFERS
        request.config.stash[RUN].results.append(
            Result(card.name, card.engine, quantity, published, ours, tolerance, word)
        )
        assert agrees, (
            f"{card.engine}/{card.name}: {quantity} is {ours!r}, published {published!r} "
            f"within {tolerance:g} ({card.source}, {card.table})"
        )

    return judge


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note which cards were measured whole: no test of theirs skipped or broken on the way."""
    report = yield
    try:
        path = card_file(item.path)
    except CardError:
        return report
    key = (path.parent.parent.name, path.parent.name)
    item.config.stash[SEEN].add(key)
    missed = hasattr(report, "wasxfail")
    if (report.skipped and not missed) or (report.failed and report.when != "call"):
        item.config.stash[UNMEASURED].add(key)
    return report


def pytest_deselected(items: list[pytest.Item]) -> None:
    """A card with a test left out is not measured whole."""
    for item in items:
        try:
            path = card_file(item.path)
        except CardError:
            continue
        item.config.stash[UNMEASURED].add((path.parent.parent.name, path.parent.name))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write what this run found over what earlier runs found."""
    config = session.config
    if not config.getoption("--write-published") or config.option.collectonly:
        return
    run = config.stash[RUN]
    unmeasured = config.stash[UNMEASURED]
    run.whole.update(key for key in config.stash[SEEN] if key not in unmeasured)
    results = merged(read_results(), run, cards())
    write_results(results)
    write_document(results)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print each number beside the published one."""
    results = terminalreporter.config.stash[RUN].results
    if not results or not terminalreporter.config.getoption("--write-published"):
        return
    terminalreporter.section("our numbers beside published ones")
    for one in sorted(results, key=lambda result: result.key):
        terminalreporter.write_line(
            f"{one.verdict:8} {one.engine}/{one.card}: {one.quantity}: "
            f"ours {one.ours}, published {one.published} (tolerance {one.tolerance:g})"
        )


def card_file(test: Path) -> Path:
    """Find the ``card.toml`` beside a test file."""
    path = test.parent / "card.toml"
    if not path.exists():
        raise CardError(f"{test.parent.name} has tests but no card.toml")
    return path


def plain(value: Value) -> Value:
    """Give a number of numpy or polars as Python's own, which JSON can hold."""
    return value.item() if hasattr(value, "item") else value
