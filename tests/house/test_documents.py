"""Law: documents are true. The commands they promise run, their links lead somewhere."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures.data import MISSING
from tests.fixtures.places import ROOT
from tests.house.documents import Block, dead_links, documents, run, runnable, sandbox
from tests.house.tree import must_be_empty

BLOCKS = [block for document in documents(ROOT) for block in runnable(document)]
REAL_DATA = re.compile(r"\.\./shared/data/(\w[\w.-]*)")


def _name(block: Block) -> str:
    return f"{block.document.relative_to(ROOT)}:{block.line}"


@pytest.fixture(scope="module")
def checkouts(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Give one sandbox per document: its blocks build on each other, as a reader's do."""
    made: dict[Path, Path] = {}

    def of(document: Path) -> Path:
        if document not in made:
            made[document] = sandbox(ROOT, tmp_path_factory.mktemp("reader"))
        return made[document]

    return of


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(block, id=_name(block), marks=[pytest.mark.slow] if block.slow else [])
        for block in BLOCKS
    ],
)
def test_the_commands_of_a_document_do_what_it_says(
    block: Block, checkouts: Callable[[Path], Path]
) -> None:
    checkout = checkouts(block.document)
    for command in block.commands:
        for name in REAL_DATA.findall(command.words):
            if not (checkout.parent / "shared" / "data" / name).exists():
                pytest.skip(f"{MISSING}{name}")
    must_be_empty(run(block, checkout))


def test_every_link_of_a_document_leads_somewhere() -> None:
    must_be_empty(dead_links(ROOT, documents(ROOT)))


def test_a_promised_command_is_part_of_the_readme() -> None:
    """A newcomer's first page is a promise too: something on it must be run by us."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in readme
    assert "make test" in readme


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("$ false", "ended with 1"),
        ("$ no-such-command --help", "ended with 127"),
        ("$ echo 3 rows\n4 rows", "does not print '4 rows'"),
        ("$ echo sent 40\nsent ... stored", "does not print"),
    ],
)
def test_a_planted_false_promise_is_caught(
    plant: Callable[[str, str], Path], body: str, complaint: str
) -> None:
    root = plant("docs/a.md", f"Text.\n\n```console run\n{body}\n```\n")
    (block,) = runnable(root / "docs/a.md")
    found = list(run(block, sandbox(root, root / "sandbox")))
    assert len(found) == 1
    assert complaint in found[0]
    assert found[0].startswith("a.md:4: $ ")


def test_a_true_promise_is_kept_in_an_empty_home(plant: Callable[[str, str], Path]) -> None:
    root = plant(
        "docs/a.md",
        '```console run\n$ ls -A "$HOME" && echo "sent 40, stored 37"\nsent ... stored 37\n```\n'
        "```console\n$ false\n```\n```console run slow\n$ true\n```\n",
    )
    first, second = runnable(root / "docs/a.md")
    assert (first.slow, second.slow) == (False, True)
    assert list(run(first, sandbox(root, root / "sandbox"))) == []


def test_a_planted_dead_link_is_caught(plant: Callable[[str, str], Path]) -> None:
    plant("docs/b.md", "# One `two` Three\n")
    root = plant(
        "docs/a.md",
        "[ok](b.md) [ok](b.md#one-two-three) [web](https://example.org/x) [self](#here)\n"
        "[gone](c.md) [gone](b.md#four)\n\n# Here\n",
    )
    assert list(dead_links(root, [root / "docs/a.md"])) == [
        "docs/a.md: c.md leads nowhere",
        "docs/a.md: b.md#four has no such heading",
    ]
