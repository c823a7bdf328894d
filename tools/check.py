"""
The checks that need no test run: ``make check``.

All of them run even when one fails, so that one call shows everything to mend.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
# Name, command, and what mends it.
CHECKS: tuple[tuple[str, list[str], str], ...] = (
    ("style", [f"{BIN}/ruff", "check", "--quiet", "."], "make format mends most of it"),
    ("form", [f"{BIN}/ruff", "format", "--check", "--quiet", "."], "make format"),
    ("storeys", [f"{BIN}/lint-imports", "--no-logo"], "see docs/where-things-live.md"),
    ("types", [f"{BIN}/mypy", "--no-error-summary"], "the line above names the file"),
    ("translations", [sys.executable, "-m", "tools.messages", "--check"], "make messages"),
    (
        "migrations",
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run"],
        "make migrations",
    ),
)


def main() -> int:
    """Run every check; 1 if any failed."""
    failed: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rencheng-check-") as home:
        surroundings = {
            **os.environ,
            "RENCHENG_HOME": home,
            "DJANGO_SETTINGS_MODULE": "rencheng.assembly.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        for name, command, remedy in CHECKS:
            started = time.monotonic()
            done = subprocess.run(
                command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
            )
            spent = time.monotonic() - started
            print(f"{name:13} {'FAILED' if done.returncode else 'ok':6} {spent:5.1f} s", flush=True)
            if done.returncode:
                failed.append(f"{name} (mend it: {remedy})")
                print((done.stdout + done.stderr).rstrip(), flush=True)
    for line in failed:
        print(f"FAILED: {line}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
