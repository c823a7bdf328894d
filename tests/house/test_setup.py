"""The set-up: says what is wrong in words, does nothing twice, works on a bare machine."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT
from tools.bootstrap import bundle, environment
from tools.bootstrap.steps import SetupError, call, step
from tools.lock import LEAKS


def _program(folder: Path, name: str, prints: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\necho '{prints}'\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("prints", "good"),
    [("v20.19.0", True), ("v24.1.0", True), ("v20.18.3", False), ("v18.20.4", False), ("?", False)],
)
def test_only_a_node_that_builds_the_bundle_is_taken(
    tmp_path: Path, prints: str, good: bool
) -> None:
    assert bundle.new_enough(_program(tmp_path, "node", prints)) is good


def test_a_node_that_is_not_there_is_not_taken(tmp_path: Path) -> None:
    assert not bundle.new_enough(str(tmp_path / "node"))


def test_the_bundle_is_built_again_only_when_a_source_changed(
    plant: Callable[[str, str], Path],
) -> None:
    root = plant("ui/src/a.ts", "let a = 1\n")
    plant("ui/.gitignore", "node_modules/\npublic/gallery/\n*.tsbuildinfo\n")
    before = bundle.source_digest(root / "ui")
    for made in ("node_modules/x/a.js", "public/gallery/a.json", "a.tsbuildinfo", "test/a.test.ts"):
        plant(f"ui/{made}", "made\n")
    assert bundle.source_digest(root / "ui") == before
    plant("ui/src/a.ts", "let a = 2\n")
    assert bundle.source_digest(root / "ui") != before
    plant("ui/src/a.ts", "let a = 1\n")
    (root / "ui/src/a.ts").rename(root / "ui/src/b.ts")
    assert bundle.source_digest(root / "ui") != before


def test_a_python_that_does_not_start_is_no_environment(tmp_path: Path) -> None:
    assert environment.works(Path(sys.executable))
    assert not environment.works(tmp_path / "python")
    broken = tmp_path / "broken"
    broken.write_text("no program\n")
    broken.chmod(0o755)
    assert not environment.works(broken)


def test_a_broken_note_of_the_last_set_up_counts_as_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "STAMP", tmp_path / "stamp.json")
    assert environment.read_stamp() == {}
    (tmp_path / "stamp.json").write_text("{half")
    assert environment.read_stamp() == {}
    environment.write_stamp({"run": "abc"})
    assert environment.read_stamp() == {"run": "abc"}


def test_a_failing_step_says_what_to_do(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SetupError, match=r"was not found. Install it"):
        call(["no-such-program-anywhere"], remedy="Install it.")
    with pytest.raises(SetupError, match=r"failed \(3\): sh -c 'exit 3'\nLook above"):
        call(["sh", "-c", "exit 3"], remedy="Look above.")
    with step("counting"):
        pass
    assert "counting: done in 0.0 s" in capfd.readouterr().err


def test_an_old_python_is_told_what_is_needed(tmp_path: Path) -> None:
    pretend = "import sys; sys.version_info = (3, 10, 2); sys.argv = ['setup.py']"
    run = "exec(open('tools/setup.py').read(), {**globals(), '__name__': '__main__'})"
    done = subprocess.run(
        [sys.executable, "-c", f"{pretend}; {run}"],
        cwd=ROOT,
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; found 3.10.2" in done.stderr


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/simple",
        "-i https://mirror.example/simple",
        "--find-links /srv/wheels",
        "--extra-index" + "-url x",
        "torch @ file:///srv/wheels/torch.whl",
        "torch @ ./torch.whl",
        "-f wheels",
    ],
)
def test_a_planted_address_in_a_lock_is_caught(line: str) -> None:
    assert LEAKS.search(f"numpy==2.4.6 \\\n    --hash=sha256:00\n{line}\n")


def test_the_locks_of_the_house_leak_nothing() -> None:
    for lock in [*ROOT.glob("*.lock"), *(ROOT / "tools" / "locks").glob("*.lock")]:
        assert LEAKS.search(lock.read_text(encoding="utf-8")) is None


@pytest.mark.slow
def test_a_fresh_checkout_in_an_empty_home_is_ready_after_one_command(tmp_path: Path) -> None:
    """Needs the package registries, as a newcomer does."""
    home, checkout = tmp_path / "home", tmp_path / "rencheng"
    home.mkdir()
    subprocess.run(["git", "clone", "-q", str(ROOT), str(checkout)], check=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RENCHENG_")}
    surroundings = {**kept, "HOME": str(home)}

    def make() -> float:
        started = time.monotonic()
        done = subprocess.run(
            ["make", "setup"],
            cwd=checkout,
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return time.monotonic() - started

    first, second = make(), make()
    print(f"set-up: first {first:.1f} s, second {second:.2f} s")
    assert second < 2.0
    installed = subprocess.run(
        [checkout / ".venv/bin/uv", "pip", "list", "--python", checkout / ".venv/bin/python"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "django " in installed
    assert "import-linter" not in installed
    status = ["git", "status", "--porcelain"]
    left = subprocess.run(status, cwd=checkout, capture_output=True, text=True, check=True)
    assert left.stdout == ""
