"""Law: what we ship is whole. The wheel holds the built pages; the library needs no Django."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT
from tests.house.tree import house_sources, must_be_empty

STATIC = "rencheng/foundation/web/static/rencheng/"
NEEDED = (
    "rencheng/py.typed",
    "rencheng/foundation/web/locale/zh_Hans/LC_MESSAGES/django.mo",
    f"{STATIC}house.js",
    f"{STATIC}house.css",
)
# A finder that knows no web framework and no database, put before all others.
WITHOUT_DJANGO = """
import importlib, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "ninja", "granian", "fastexcel", "pyogrio"}:
            raise ModuleNotFoundError(f"{name} is not part of the library")

sys.meta_path.insert(0, Absent())
for name in sys.argv[1:]:
    importlib.import_module(name)
print(len(sys.argv) - 1)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return zipfile.ZipFile(next(folder.glob("*.whl")))


def lacking(names: list[str]) -> list[str]:
    """List what a wheel with these files lacks, and what it should not hold."""
    wrong = [f"lacks {name}" for name in NEEDED if name not in names]
    wrong += [f"holds {name}" for name in names if not name.startswith("rencheng")]
    return wrong + [f"holds {name}" for name in names if name.endswith((".sqlite3", ".pyc"))]


def test_the_wheel_holds_the_built_pages_and_nothing_strange(wheel: zipfile.ZipFile) -> None:
    must_be_empty(lacking(wheel.namelist()))


def test_a_planted_incomplete_wheel_is_caught() -> None:
    assert lacking([*NEEDED[:2], "tests/a.py", "rencheng/var/a.sqlite3"]) == [
        f"lacks {STATIC}house.js",
        f"lacks {STATIC}house.css",
        "holds tests/a.py",
        "holds rencheng/var/a.sqlite3",
    ]


def test_the_plain_wheel_asks_for_no_web_framework(wheel: zipfile.ZipFile) -> None:
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    lines = wheel.read(metadata).decode().splitlines()
    always = [
        line for line in lines if line.startswith("Requires-Dist:") and "extra ==" not in line
    ]
    assert always
    assert [line for line in always if "django" in line.lower()] == []


def test_kernel_and_engines_work_where_django_is_not_installed() -> None:
    names = [
        ".".join(source.path.relative_to(ROOT / "src").with_suffix("").parts)
        for source in house_sources(ROOT, "kernel", "engines")
    ]
    done = _run_without_django([name.removesuffix(".__init__") for name in names])
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(names) > 5


def test_a_planted_import_of_django_is_caught() -> None:
    assert _run_without_django(["django.db"]).returncode == 1


def _run_without_django(names: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, *names],
        env={**os.environ, "PYTHONPATH": str(Path(ROOT / "src"))},
        capture_output=True,
        text=True,
        check=False,
    )
