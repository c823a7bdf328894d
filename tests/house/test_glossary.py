"""Law: one idea, one word. What code calls a value, a kind or a level stands in the glossary."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT
from tests.house.tree import Source, house_sources, must_be_empty

GLOSSARY = "docs/glossary.md"
BETWEEN = re.compile(r"\s*[/;；]\s*")


def glossary(text: str) -> set[tuple[str, str]]:
    """Read the pairs (Chinese, English) of the tables; ``a / b`` in a cell are two words."""
    pairs = set()
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.lstrip().startswith("|") and len(cells) >= 2 and not set(cells[0]) <= set("-: "):
            pairs |= {
                (zh, en.casefold())
                for zh in BETWEEN.split(cells[0])
                for en in BETWEEN.split(cells[1])
            }
    return pairs


def words_of_values(root: Path) -> Iterator[tuple[str, str, str]]:
    """
    Yield (place, Chinese, English) of each value that has words.

    Values are the members of enumerations and the options of a mapping: what
    ends up in a column, a colour or a drop-down. Titles are not, nor what a
    ``phrases.py`` says to somebody about a case.
    """
    for source in house_sources(root):
        if source.path.stem == "phrases":
            continue
        for node in source.nodes:
            if isinstance(node, ast.ClassDef):
                inside = [one for one in node.body if isinstance(one, ast.Assign | ast.AnnAssign)]
                values = [one.value for one in inside if one.value is not None]
            elif isinstance(node, ast.Dict):
                values = list(node.values)
            else:
                continue
            for value in values:
                yield from _words(source, value)


def _words(source: Source, value: ast.expr) -> Iterator[tuple[str, str, str]]:
    for one in value.elts if isinstance(value, ast.Tuple) else [value]:
        if not isinstance(one, ast.Call):
            continue
        name = source.dotted(one.func) or ""
        said = [part.value for part in one.args if isinstance(part, ast.Constant)]
        if name.rpartition(".")[2] == "Words" and len(said) == 2 and all(said):
            yield source.at(one), str(said[0]), str(said[1])


def strange_words(root: Path, known: set[tuple[str, str]]) -> Iterator[str]:
    """Yield each value whose pair of words is not in the glossary."""
    for place, zh, en in words_of_values(root):
        if (zh, en.casefold()) not in known:
            yield f"{place}: {zh} / {en} is not in {GLOSSARY}"


def words_with_two_meanings(text: str) -> Iterator[str]:
    """Yield each Chinese word that the glossary lists twice."""
    seen: set[str] = set()
    for line in text.splitlines():
        if line.startswith("|"):
            zh = line.strip("|").split("|")[0].strip()
            if zh in seen and not set(zh) <= set("-: ") and zh != "中文":
                yield zh
            seen.add(zh)


def test_the_values_of_the_code_stand_in_the_glossary() -> None:
    known = glossary((ROOT / GLOSSARY).read_text(encoding="utf-8"))
    must_be_empty(strange_words(ROOT, known))


def test_the_glossary_lists_no_word_twice() -> None:
    must_be_empty(words_with_two_meanings((ROOT / GLOSSARY).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "breach",
    [
        "LEVELS = {'red': Words('红色', 'red')}\n",
        "class Level(Enum):\n    RED = Words('红色', 'red')\n",
        "class Level(Enum):\n    RED = 'red', Words('红色', 'red')\n",
        "from rencheng.kernel import words as w\nLEVELS = {'red': w.Words('红色', 'red')}\n",
    ],
)
def test_a_planted_value_outside_the_glossary_is_caught(
    plant: Callable[[str, str], Path], breach: str
) -> None:
    root = plant("src/rencheng/services/parking/levels.py", breach)
    known = glossary("| 中文 | English |\n|---|---|\n| 黄色 | yellow |\n")
    assert len(list(strange_words(root, known))) == 1
    known |= glossary("| 红 / 红色 | Red | most severe |")
    assert list(strange_words(root, known)) == []


def test_a_planted_double_entry_is_caught() -> None:
    assert list(words_with_two_meanings("| 红 | red |\n| 黄 | yellow |\n| 红 | scarlet |\n")) == [
        "红"
    ]
