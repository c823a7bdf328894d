"""The virtual environment in ``.venv`` and the packages in it."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tools.bootstrap.steps import ROOT, SetupError, call, say, step

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "rencheng-setup.json"
NETWORK = (
    "Setting up needs the package registry once. Check the network, or pip's own settings "
    "(pip config list), and run the same command again: it goes on where it stopped."
)


def digest_of(*paths: Path) -> str:
    """Return one SHA-256 over the names and bytes of some files, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        total.update(path.name.encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def ready_environment() -> None:
    """
    Make ``.venv`` unless a working one of this checkout is there.

    Raises
    ------
    SetupError
        If this Python cannot make virtual environments.
    """
    if works(PYTHON) and read_stamp().get("checkout", str(ROOT)) == str(ROOT):
        return
    try:
        import ensurepip  # noqa: F401 - only to see whether it is there
        import venv  # noqa: F401
    except ImportError as missing:
        raise SetupError(
            f"{sys.executable} has no module {missing.name}, so it cannot make a virtual "
            "environment. On Debian or Ubuntu: apt-get install python3-venv. Elsewhere use a "
            "complete Python: make setup PYTHON=/path/to/python3"
        ) from None
    if VENV.exists():
        say("  .venv was made elsewhere or no longer runs: making it again")
        shutil.rmtree(VENV)
    with step("making .venv"):
        call(
            [sys.executable, "-m", "venv", VENV],
            remedy="Is the disk full, or the folder read-only?",
        )


def works(python: Path) -> bool:
    """Say whether an interpreter starts and is new enough."""
    if not python.exists():
        return False
    try:
        probe = [str(python), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def ready_packages(*, dev: bool) -> None:
    """
    Install the locked packages and the project itself, unless they are there.

    Parameters
    ----------
    dev
        Also what tests and checks need.

    Raises
    ------
    SetupError
        If the registry cannot be reached or a hash differs.
    """
    locks = [ROOT / "requirements.lock"]
    if dev:
        locks.append(ROOT / "requirements-dev.lock")
    wanted = digest_of(ROOT / "pyproject.toml", *locks)
    stamp = read_stamp()
    kind = "dev" if dev else "run"
    if stamp.get(kind) == wanted:
        return
    for lock in locks:
        if not lock.exists():
            raise SetupError(f"{lock.name} is missing; `git checkout {lock.name}` brings it back")
    uv = ready_uv()
    count = locks[-1].read_text(encoding="utf-8").count("==")
    with step(f"installing {count} packages (a few seconds to a few minutes the first time)"):
        install(uv, ["--require-hashes", "-r", locks[-1]])
    with step("installing rencheng itself"):
        install(uv, ["--no-deps", "--no-build-isolation", "-e", ROOT])
    write_stamp({**read_stamp(), "checkout": str(ROOT), kind: wanted})


def ready_uv() -> Path | None:
    """Install uv, the fast installer, or return None where the machine cannot have it."""
    uv = VENV / "bin" / "uv"
    if uv.exists():
        return uv
    with step("fetching the installer"):
        lock = ROOT / "tools" / "locks" / "installer.lock"
        try:
            pip: list[str | Path] = [
                PYTHON,
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
            ]
            call([*pip, "--require-hashes", "-r", lock], remedy=NETWORK)
        except SetupError as refusal:
            say(f"  uv could not be had, going on with pip alone ({refusal})")
            return None
    return uv


def install(uv: Path | None, what: list[str | Path]) -> None:
    """Install with uv; with pip where there is no uv, or uv does not get through."""
    if uv is not None:
        try:
            command: list[str | Path] = [uv, "pip", "install", "--python", PYTHON]
            call([*command, *what], environment=uv_environment(), remedy=NETWORK)
        except SetupError as refusal:
            say(f"  uv did not get through, trying pip ({str(refusal).splitlines()[0]})")
        else:
            return
    pip: list[str | Path] = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check"]
    call([*pip, *what], remedy=NETWORK)


def uv_environment() -> dict[str, str]:
    """
    Tell uv what the machine has told pip: the mirror to use, and whom to trust.

    Many people reach a registry only through a mirror named in pip's settings, or
    a proxy whose certificate is in the system's store; uv looks at neither.
    """
    told = {"UV_SYSTEM_CERTS": os.environ.get("UV_SYSTEM_CERTS", "true")}
    if not {"UV_DEFAULT_INDEX", "UV_INDEX_URL"} & set(os.environ):
        asked = [str(PYTHON), "-m", "pip", "config", "list"]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False).stdout
        found = re.search(r"^\S+\.index-url='(.+)'$", answer, re.MULTILINE)
        if found:
            told["UV_DEFAULT_INDEX"] = found[1]
    return told


def read_stamp() -> dict[str, str]:
    """Return what the last set-up left behind; empty when it never ended well."""
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in found.items()}


def write_stamp(facts: dict[str, str]) -> None:
    """Note what is installed now, so that the next set-up can skip it."""
    STAMP.write_text(json.dumps(facts, indent=1, sort_keys=True) + "\n", encoding="utf-8")
