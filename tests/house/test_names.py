"""Law: names are the field's own words; a file is named for its idea, not for its shelf."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT
from tests.house.tree import must_be_empty, sources

# Names that fit any file say nothing about this one.
SHELVES = {
    "common",
    "data2",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "stuff",
    "util",
    "utilities",
    "utils",
}
WRITTEN = (".py", ".ts", ".css", ".html")


def shelves(root: Path) -> Iterator[str]:
    """Yield each file or folder of the sources that is named for a shelf."""
    for source in sources(root, "src", "ui/src", suffixes=WRITTEN):
        for part in Path(source.name).with_suffix("").parts:
            if part.lower().strip("_") in SHELVES:
                yield f"{source.name}: {part} says nothing; which idea is it?"


def test_no_file_is_named_for_a_shelf() -> None:
    must_be_empty(shelves(ROOT))


@pytest.mark.parametrize(
    "name", ["src/rencheng/kernel/utils.py", "src/rencheng/helpers/a.py", "ui/src/_common.ts"]
)
def test_a_planted_shelf_is_caught(plant: Callable[[str, str], Path], name: str) -> None:
    plant("src/rencheng/kernel/words.py", "")
    assert len(list(shelves(plant(name, "")))) == 1
