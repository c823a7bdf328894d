"""A new service works before its owner changes a line."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rencheng.assembly.new_service.make import make, with_service
from rencheng.kernel.errors import ConflictError, InputError
from tests.fixtures.live import environment
from tests.fixtures.places import ROOT

SETTINGS = "src/rencheng/assembly/settings.py"
COPIED = ("src", "tests", "tools", "docs")
LEFT = shutil.ignore_patterns("__pycache__", "static")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Give a copy of this checkout, to be changed."""
    for folder in COPIED:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=LEFT)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def run(checkout: Path, *command: str) -> str:
    """Run a program in the copy, on the sources of the copy."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / command[0]), *command[1:]],
        cwd=checkout,
        env={**environment(checkout / "home"), "PYTHONPATH": str(checkout / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_a_new_service_passes_its_own_test_and_the_checks_of_style(checkout: Path) -> None:
    said = run(checkout, "rencheng", "new-service", "parking", "--zh", "停车", "--en", "Parking")
    assert "src/rencheng/services/parking/service.py" in said
    assert "tests/unit/parking/test_parking.py" in said
    # The longest name there may be must fit the lines as well.
    run(checkout, "rencheng", "new-service", "volunteershiftsofall", "--en", "Shifts " * 5)
    for name in ("parking", "volunteershiftsofall"):
        new = [f"src/rencheng/services/{name}", f"tests/unit/{name}", SETTINGS]
        run(checkout, "ruff", "check", "--no-cache", *new)
        run(checkout, "ruff", "format", "--check", "--no-cache", *new)
    run(checkout, "pytest", "-q", "-p", "no:cacheprovider", "tests/unit/parking")
    home = run(checkout, "rencheng", "kinds")
    assert "parking.daily_count" in home


@pytest.mark.slow
def test_a_new_service_passes_every_check(checkout: Path) -> None:
    run(checkout, "rencheng", "new-service", "parking")
    run(checkout, "python", "-m", "tools.check")
    run(checkout, "pytest", "-q", "-p", "no:cacheprovider", "tests/house/test_sizes.py")


@pytest.mark.parametrize("name", ["Parking", "car park", "9lives", "a-b", "", "car_park", "a" * 21])
def test_a_name_that_is_no_lower_case_word_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="lower-case"):
        make(tmp_path, name)


def test_a_title_with_quotes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="quotes"):
        make(tmp_path, "parking", en='Park"ing')


@pytest.mark.parametrize("name", ["api", "jobs", "static", "monitor"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    with pytest.raises(ConflictError, match="taken"):
        make(ROOT, name)


def test_settings_that_cannot_be_read_stop_it_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "src/rencheng/assembly").mkdir(parents=True)
    (tmp_path / "src/rencheng/assembly/settings.py").write_text("RENCHENG_SERVICES = other()\n")
    with pytest.raises(ConflictError, match="RENCHENG_SERVICES"):
        make(tmp_path, "parking")
    assert not (tmp_path / "src/rencheng/services").exists()


def test_a_service_is_added_at_the_end_of_the_list() -> None:
    before = 'A = 1\nRENCHENG_SERVICES = [\n    "rencheng.services.monitor",\n]\nB = 2\n'
    after = before.replace("]\n", '    "rencheng.services.parking",\n]\n')
    assert with_service(before, "parking") == after
