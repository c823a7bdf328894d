"""Law: what is committed names no registry and no path of one machine; locks are hashed."""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.fixtures.places import ROOT
from tests.house.tree import must_be_empty, tracked

# Put together from pieces, or this very file would break the law.
HOSTS = [
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "npm" + "mirror.com",
    "yarn" + "pkg.com",
    "pypi.tuna" + ".",
    "mirrors.ali" + "yun.com",
    "deb.deb" + "ian.org",
]
SETTINGS = ["extra-index" + "-url", "find-" + "links =", "index-" + "url =", '"resol' + 'ved":']
PATHS = ["/" + "root/", "/" + "work/", "/" + "opt/pypi", "/" + "Users/", "C:" + "\\Users"]
BINARY = {".png", ".jpg", ".ico", ".woff", ".woff2", ".mo", ".parquet", ".xlsx", ".gpkg", ".gz"}
LOCKS = ("requirements.lock", "requirements-dev.lock")
MORE_LOCKS = ("tools/locks/installer.lock", "tools/locks/node.lock")


def addresses(root: Path, files: list[Path], machine: list[str]) -> Iterator[str]:
    """
    Yield each line that names a registry or a path of one machine.

    Parameters
    ----------
    root
        A checkout.
    files
        The files git would take.
    machine
        Paths of the machine at hand, such as the checkout's own place.
    """
    wanted = re.compile("|".join(re.escape(one) for one in [*HOSTS, *SETTINGS, *PATHS, *machine]))
    for path in files:
        if path.suffix in BINARY:
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for found in wanted.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{path.relative_to(root)}:{line}: {found[0]}"


def of_this_machine() -> list[str]:
    """List the paths that only this machine has; too short ones would match anything."""
    return [path for path in (f"{ROOT}/", f"{Path.home()}/") if path.count("/") > 2]


def unhashed(lock: str) -> Iterator[str]:
    """Yield each package of a lock without an exact version or without a hash."""
    for entry in re.split(r"\n(?=\S)", lock.strip()):
        name = entry.split()[0]
        if "==" not in name:
            yield f"{name}: no exact version"
        if "--hash=sha256:" not in entry:
            yield f"{name}: no hash"


def out_of_step(project: Mapping[str, Any], lock: str, extras: tuple[str, ...]) -> Iterator[str]:
    """Yield each requirement of pyproject.toml that the lock does not meet."""
    locked = dict(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;]+)", lock, re.MULTILINE))
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    for text in wanted:
        need = Requirement(text)
        if need.name == project["name"]:
            continue
        version = locked.get(need.name.lower())
        if version is None:
            yield f"{text} is not in the lock; run make lock"
        elif not need.specifier.contains(Version(version)):
            yield f"{text} but the lock has {version}; run make lock"


def test_no_committed_file_names_a_registry_or_a_machine() -> None:
    must_be_empty(addresses(ROOT, tracked(ROOT), of_this_machine()))


@pytest.mark.parametrize("name", LOCKS + MORE_LOCKS)
def test_locks_are_exact_and_hashed(name: str) -> None:
    must_be_empty(unhashed((ROOT / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("name", "extras"),
    [(LOCKS[0], ("platform",)), (LOCKS[1], ("platform", "postgres", "dev"))],
)
def test_locks_are_in_step_with_the_project(name: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / name).read_text(encoding="utf-8")
    must_be_empty(out_of_step(project, lock, extras))


def test_tests_run_on_what_users_run_on() -> None:
    run, dev = (
        dict(re.findall(r"^(\S+)==([^\s;]+)", (ROOT / name).read_text(), re.MULTILINE))
        for name in LOCKS
    )
    assert {name: dev.get(name) for name in run} == run


@pytest.mark.parametrize("breach", [*HOSTS, *SETTINGS, *PATHS, "/srv/checkouts/mine/"])
def test_a_planted_address_is_caught(plant: Callable[[str, str], Path], breach: str) -> None:
    root = plant("docs/a.md", f"Fine line.\nSee {breach}x\n")
    found = list(addresses(root, [root / "docs/a.md"], ["/srv/checkouts/mine/"]))
    assert found == [f"docs/a.md:2: {breach}"]


def test_a_planted_unhashed_package_is_caught() -> None:
    lock = "numpy==2.4.0 \\\n    --hash=sha256:00\npolars>=2\nh3==4.5.0\n"
    assert list(unhashed(lock)) == [
        "polars>=2: no exact version",
        "polars>=2: no hash",
        "h3==4.5.0: no hash",
    ]


def test_a_planted_stale_lock_is_caught() -> None:
    project = {"name": "a", "dependencies": ["numpy>=2.4", "h3<5"], "optional-dependencies": {}}
    found = list(out_of_step(project, "numpy==2.2.0 \\\n", ()))
    assert len(found) == 2


def test_files_that_no_command_made_are_looked_at_without_git(
    plant: Callable[[str, str], Path],
) -> None:
    plant("build/made.txt", "")
    root = plant("docs/a.md", "")
    assert tracked(root) == [root / "docs/a.md"]
