"""The browser bundle: TypeScript in ``ui/`` built into the static files of the web app."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from fnmatch import fnmatch
from pathlib import Path

from tools.bootstrap.environment import NETWORK, VENV, digest_of, install, ready_uv
from tools.bootstrap.steps import ROOT, SetupError, call, step

UI = ROOT / "ui"
BUNDLE = ROOT / "src" / "rencheng" / "foundation" / "web" / "static" / "rencheng"
QUIET = ("--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
STAMP = ".sources-sha256"
OLDEST_NODE = (20, 19)
SYSTEM_TRUST = (
    Path("/etc/ssl/certs/ca-certificates.crt"),
    Path("/etc/pki/tls/certs/ca-bundle.crt"),
    Path("/etc/ssl/cert.pem"),
)


def ready_bundle() -> None:
    """
    Build the browser bundle unless it was built from these very sources.

    Raises
    ------
    SetupError
        If Node cannot be had, or the build fails.
    """
    if not (UI / "package.json").exists():
        return
    wanted = source_digest()
    stamp = BUNDLE / STAMP
    if stamp.exists() and stamp.read_text(encoding="utf-8").strip() == wanted:
        return
    node_folder = ready_node()
    surroundings = node_environment(node_folder)
    packages = digest_of(UI / "package.json", UI / "package-lock.json")
    note = UI / "node_modules" / ".rencheng-sha256"
    if not (note.exists() and note.read_text(encoding="utf-8").strip() == packages):
        with step("fetching what the browser bundle is built from"):
            call(
                [node_folder / "npm", "ci", *QUIET],
                cwd=UI,
                environment=surroundings,
                remedy=NETWORK,
            )
        note.write_text(packages + "\n", encoding="utf-8")
    with step("building the browser bundle"):
        call(
            [node_folder / "npm", "run", "--silent", "build", "--", "--logLevel", "error"],
            cwd=UI,
            environment=surroundings,
            remedy="The message above names the file in ui/ that does not build.",
        )
    if not BUNDLE.is_dir():
        raise SetupError(f"the build of ui/ left nothing in {BUNDLE.relative_to(ROOT)}")
    stamp.write_text(wanted + "\n", encoding="utf-8")


def node_environment(node_folder: Path) -> dict[str, str]:
    """Put Node first on the path, and let it trust whom the system trusts, as pip and uv do."""
    told = {"PATH": os.pathsep.join([str(node_folder), os.environ.get("PATH", "")])}
    trusted = next((path for path in SYSTEM_TRUST if path.exists()), None)
    if trusted is not None and "NODE_EXTRA_CA_CERTS" not in os.environ:
        told["NODE_EXTRA_CA_CERTS"] = str(trusted)
    return told


def source_digest(ui: Path = UI) -> str:
    """Return one digest over every file the bundle is made from, with its place."""
    made = ["node_modules", "test"]
    ignored = ui / ".gitignore"
    if ignored.exists():
        # What git leaves out is made by npm or by the build itself.
        made += [line.strip("/ ") for line in ignored.read_text(encoding="utf-8").split()]
    total = hashlib.sha256()
    for folder, folders, names in os.walk(ui):
        here = Path(folder).relative_to(ui)

        def is_source(name: str, here: Path = here) -> bool:
            place = (here / name).as_posix()
            return not any(fnmatch(name, one) or fnmatch(place, one) for one in made)

        # Changed in place: os.walk then does not enter what was made, and keeps one order.
        folders[:] = sorted(filter(is_source, folders))
        for name in sorted(filter(is_source, names)):
            total.update((here / name).as_posix().encode())
            total.update(hashlib.sha256((ui / here / name).read_bytes()).digest())
    return total.hexdigest()


def ready_node() -> Path:
    """
    Find a folder with a good ``node`` and ``npm``: the machine's own, or a wheel's.

    Raises
    ------
    SetupError
        If neither is to be had.
    """
    for name in ("node", str(VENV / "bin" / "node")):
        node = shutil.which(name)
        if node and new_enough(node) and (Path(node).parent / "npm").exists():
            return Path(node).parent
    with step("fetching Node.js (the machine has none that is new enough)"):
        lock = ROOT / "tools" / "locks" / "node.lock"
        install(ready_uv(), ["--require-hashes", "-r", lock])
    node = str(VENV / "bin" / "node")
    if not new_enough(node):
        raise SetupError(
            f"{node} does not run on this machine. Install Node.js 20.19 or newer and try again."
        )
    return Path(node).parent


def new_enough(node: str) -> bool:
    """Say whether a ``node`` starts and is at least the oldest version that builds the bundle."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return False
    found = re.match(r"v(\d+)\.(\d+)", answer.stdout)
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST_NODE
