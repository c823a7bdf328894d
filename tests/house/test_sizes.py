"""Law: a file is one idea, a function fits a screen."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.fixtures.places import ROOT
from tests.house.tree import Source, must_be_empty, sources

FILE_LINES = 400
LONG_FILE_LINES = 250
FUNCTION_LINES = 80
WRITTEN = ("src", "tests", "tools")
BROWSER = (".ts", ".css", ".html")


def written(root: Path) -> Iterator[Source]:
    """Walk what people write: Python, pages and browser code; migrations are written by a tool."""
    for folder in WRITTEN:
        for source in sources(root, folder):
            if "migrations" not in source.path.parts:
                yield source
    yield from sources(root, "src", suffixes=(".html",))
    yield from sources(root, "ui", suffixes=BROWSER)


def files_too_long(root: Path, limit: int = FILE_LINES) -> Iterator[str]:
    """Yield each file with more lines than the limit."""
    for source in written(root):
        lines = source.text.count("\n")
        if lines > limit:
            yield f"{source.name}: {lines} lines (limit {limit}); is it still one idea?"


def functions_too_long(root: Path) -> Iterator[str]:
    """Yield each Python function that fits no screen; its docstring is not counted."""
    for source in written(root):
        if source.path.suffix != ".py":
            continue
        for node in source.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = _lines_of(node)
                if lines > FUNCTION_LINES:
                    yield f"{source.at(node)}: {node.name} has {lines} of {FUNCTION_LINES} lines"


def _lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_no_file_is_longer_than_one_idea() -> None:
    must_be_empty(files_too_long(ROOT))


def test_every_function_fits_a_screen() -> None:
    must_be_empty(functions_too_long(ROOT))


def test_most_files_are_short(record_property: Callable[[str, object], None]) -> None:
    long = list(files_too_long(ROOT, LONG_FILE_LINES))
    record_property("files over 250 lines", long)
    for line in long:
        print(line)
    everything = sum(1 for _ in written(ROOT))
    assert len(long) * 10 <= everything, "more than one file in ten is over 250 lines"


def test_a_planted_long_file_is_caught(plant: Callable[[str, str], Path]) -> None:
    root = plant("src/rencheng/kernel/a.py", "x = 1\n" * (FILE_LINES + 1))
    plant("src/rencheng/kernel/b.py", "x = 1\n" * FILE_LINES)
    plant("src/rencheng/kernel/migrations/0001_a.py", "x = 1\n" * 900)
    plant("ui/src/a.ts", "let x = 1\n" * (FILE_LINES + 1))
    assert [line.partition(":")[0] for line in files_too_long(root)] == [
        "src/rencheng/kernel/a.py",
        "ui/src/a.ts",
    ]


def test_a_planted_long_function_is_caught(plant: Callable[[str, str], Path]) -> None:
    body = "    x = 1\n" * FUNCTION_LINES
    explained = '    """\n' + "    Words.\n" * 60 + '    """\n' + "    x = 1\n" * 50
    root = plant("src/rencheng/kernel/a.py", f"def long():\n{body}\ndef fine():\n{explained}")
    assert [line.split()[1] for line in functions_too_long(root)] == ["long"]
