"""Laws: errors are not swallowed, nothing is left for later, only the command line prints."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT
from tests.house.tree import Source, house_sources, must_be_empty, sources

# The job runner, the request edge, a connector's loop: they log, count and carry on.
# A file earns its place here by a sentence that says what is done with what it catches.
WIDE_EXCEPTS_ALLOWED: dict[str, str] = {
    "src/rencheng/foundation/jobs/runner.py": "logs it, writes the job down as failed, goes on",
    "src/rencheng/sensing/readers/native.py": "raises it again unless compiled code panicked",
}
LATER = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b")
WRITTEN = (".py", ".html", ".ts", ".css", ".toml", ".md")


def wide_excepts(root: Path, allowed: dict[str, str]) -> Iterator[str]:
    """Yield each handler that catches everything, outside the files that may."""
    for source in house_sources(root):
        if source.name in allowed:
            continue
        for node in source.nodes:
            if isinstance(node, ast.ExceptHandler) and _catches_all(source, node.type):
                yield f"{source.at(node)}: catches everything"
            elif isinstance(node, ast.Call) and source.dotted(node.func) == "contextlib.suppress":
                if any(_catches_all(source, kind) for kind in node.args):
                    yield f"{source.at(node)}: suppresses everything"


def _catches_all(source: Source, kind: ast.expr | None) -> bool:
    if kind is None:
        return True
    if isinstance(kind, ast.Tuple):
        return any(_catches_all(source, one) for one in kind.elts)
    return source.dotted(kind) in {"Exception", "BaseException", "builtins.Exception"}


def left_for_later(root: Path) -> Iterator[str]:
    """Yield each mark that says the work is not done, and each stub."""
    for source in sources(root, "src", "ui/src", suffixes=WRITTEN):
        for number, line in enumerate(source.text.splitlines(), 1):
            if LATER.search(line):
                yield f"{source.name}:{number}: {line.strip()}"
    for source in house_sources(root):
        for node in source.nodes:
            if isinstance(node, ast.Name | ast.Attribute):
                if source.dotted(node) == "NotImplementedError":
                    yield f"{source.at(node)}: a stub"


def prints(root: Path) -> Iterator[str]:
    """Yield each print outside the command line."""
    for source in house_sources(root):
        if source.name.startswith("src/rencheng/assembly/cli"):
            continue
        for node in source.nodes:
            if isinstance(node, ast.Call) and source.dotted(node.func) in (
                "print",
                "pprint.pprint",
            ):
                yield f"{source.at(node)}: prints"


def test_nobody_swallows_every_error() -> None:
    must_be_empty(wide_excepts(ROOT, WIDE_EXCEPTS_ALLOWED))


def test_the_allow_list_names_files_that_still_need_it() -> None:
    found = {line.partition(":")[0] for line in wide_excepts(ROOT, {})}
    assert set(WIDE_EXCEPTS_ALLOWED) == found


def test_nothing_is_left_for_later() -> None:
    must_be_empty(left_for_later(ROOT))


def test_only_the_command_line_prints() -> None:
    must_be_empty(prints(ROOT))


@pytest.mark.parametrize(
    "handler",
    [
        "except:",
        "except Exception:",
        "except (ValueError, Exception):",
        "except BaseException as e:",
    ],
)
def test_a_planted_wide_except_is_caught(plant: Callable[[str, str], Path], handler: str) -> None:
    text = f"try:\n    f()\n{handler}\n    pass\n"
    root = plant("src/rencheng/services/parking/rules.py", text)
    assert len(list(wide_excepts(root, {}))) == 1
    assert list(wide_excepts(root, {"src/rencheng/services/parking/rules.py": "loop"})) == []


def test_a_planted_suppress_of_everything_is_caught(plant: Callable[[str, str], Path]) -> None:
    text = "import contextlib\nwith contextlib.suppress(Exception):\n    f()\n"
    assert len(list(wide_excepts(plant("src/rencheng/kernel/a.py", text), {}))) == 1


def test_a_narrow_except_is_no_breach(plant: Callable[[str, str], Path]) -> None:
    text = "try:\n    f()\nexcept (OSError, ValueError):\n    pass\n"
    assert list(wide_excepts(plant("src/rencheng/kernel/a.py", text), {})) == []


def test_planted_work_for_later_is_caught(plant: Callable[[str, str], Path]) -> None:
    plant("src/rencheng/kernel/a.py", f"# {'TO' + 'DO'}: later\nraise NotImplementedError\n")
    root = plant("ui/src/a.ts", f"// {'FIX' + 'ME'}\n")
    assert len(list(left_for_later(root))) == 3


def test_a_planted_print_is_caught(plant: Callable[[str, str], Path]) -> None:
    plant("src/rencheng/services/parking/rules.py", "print('here')\n")
    root = plant("src/rencheng/assembly/cli/main.py", "print('said to a person')\n")
    assert [line.partition(":")[0] for line in prints(root)] == [
        "src/rencheng/services/parking/rules.py"
    ]
