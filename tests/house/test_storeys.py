"""Law: arrows go only downward, engines stand alone, services have one door, no rings."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT
from tests.house.tree import STOREYS, house_sources, must_be_empty

# Breaches, each with the contract of pyproject.toml that must catch it.
STOREYS_LAW = "Arrows go only downward"
BREACHES: dict[str, tuple[str, dict[str, str]]] = {
    "kernel imports foundation": (
        STOREYS_LAW,
        {"kernel/a.py": "import rencheng.foundation.memory\n"},
    ),
    "foundation imports engines": (
        STOREYS_LAW,
        {"foundation/memory/a.py": "import rencheng.engines.water\n"},
    ),
    "engines import foundation": (
        STOREYS_LAW,
        {"engines/water/a.py": "import rencheng.foundation.memory\n"},
    ),
    "a storey nobody planned": (STOREYS_LAW, {"attic/__init__.py": ""}),
    "places import web": (
        "Inside the foundation",
        {"foundation/places/a.py": "import rencheng.foundation.web.lists\n"},
    ),
    "an engine imports another": (
        "Engines do not import each other",
        {"engines/water/a.py": "import rencheng.engines.genome.calls\n"},
    ),
    "an engine opens a database": (
        "Kernel and engines know no framework",
        {"engines/water/a.py": "import sqlite3\n"},
    ),
    "two rooms import each other": (
        "No package has an import ring",
        {
            "sensing/gates/__init__.py": "",
            "sensing/gates/one.py": "import rencheng.sensing.gates.two\n",
            "sensing/gates/two.py": "import rencheng.sensing.gates.one\n",
        },
    ),
}
SKELETON = [
    "",
    *STOREYS,
    *(f"foundation/{room}" for room in ("web", "jobs", "guard", "memory", "places")),
    "engines/water",
    "engines/genome",
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the contracts of pyproject.toml against the ``rencheng`` package in a folder."""
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo"]
    return subprocess.run(
        [*command, "--config", str(ROOT / "pyproject.toml")],
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def through_the_back_door(root: Path) -> Iterator[str]:
    """Yield each import of a service's inner room by somebody who should use its ``api``."""
    for source in house_sources(root):
        here = source.path.relative_to(root / "src").with_suffix("").parts
        own = here[2] if here[1] == "services" and len(here) > 3 else None
        for node in source.nodes:
            for name in _imported(node):
                parts = name.split(".")
                if parts[:2] != ["rencheng", "services"] or len(parts) < 3 or parts[2] == own:
                    continue
                room = parts[3] if len(parts) > 3 else ""
                # Assembly plugs services together; even it has no business with their tables.
                if room == "models" or (own is not None and room != "api"):
                    yield f"{source.at(node)}: {name}; the door is rencheng.services.{parts[2]}.api"


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_house_keeps_its_storeys() -> None:
    answer = lint(ROOT / "src")
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_services_reach_each_other_through_their_door() -> None:
    must_be_empty(through_the_back_door(ROOT))


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("skeleton")
    for folder in SKELETON:
        (root / "rencheng" / folder).mkdir(parents=True, exist_ok=True)
        (root / "rencheng" / folder / "__init__.py").write_text("")
    for room in ("memory/journal.py", "web/lists.py"):
        (root / "rencheng" / "foundation" / room).write_text("")
    (root / "rencheng" / "engines" / "genome" / "calls.py").write_text("")
    return root


def test_a_house_without_breach_passes(skeleton: Path) -> None:
    answer = lint(skeleton)
    assert answer.returncode == 0, answer.stdout + answer.stderr


@pytest.mark.parametrize("breach", BREACHES)
def test_a_planted_wrong_arrow_is_caught(skeleton: Path, tmp_path: Path, breach: str) -> None:
    contract, files = BREACHES[breach]
    shutil.copytree(skeleton, tmp_path, dirs_exist_ok=True)
    for name, text in files.items():
        path = tmp_path / "rencheng" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    answer = lint(tmp_path)
    assert answer.returncode == 1, answer.stdout
    broken = [line for line in answer.stdout.splitlines() if line.endswith("BROKEN")]
    assert [line.startswith(contract) for line in broken] == [True], answer.stdout


@pytest.mark.parametrize(
    "breach",
    [
        "from rencheng.services.market.models import Stall\n",
        "from rencheng.services.market import rules\n",
        "import rencheng.services.market.rules\n",
        "from rencheng.services import market\n",
        "def f():\n    from rencheng.services.market.jobs import close\n",
    ],
)
def test_a_planted_back_door_is_caught(plant: Callable[[str, str], Path], breach: str) -> None:
    root = plant("src/rencheng/services/parking/rules.py", breach)
    assert len(list(through_the_back_door(root))) == 1


def test_the_front_door_and_ones_own_rooms_are_no_breach(
    plant: Callable[[str, str], Path],
) -> None:
    root = plant(
        "src/rencheng/services/parking/rules.py",
        "from rencheng.services.market.api import stalls\n"
        "from rencheng.services.market import api\n"
        "from rencheng.services.parking.models import Lot\n",
    )
    plant("src/rencheng/assembly/settings.py", "from rencheng.services.market.service import S\n")
    assert list(through_the_back_door(root)) == []


def test_even_assembly_leaves_the_tables_of_a_service_alone(
    plant: Callable[[str, str], Path],
) -> None:
    root = plant(
        "src/rencheng/assembly/demo/fill.py", "from rencheng.services.market.models import Stall\n"
    )
    assert len(list(through_the_back_door(root))) == 1
