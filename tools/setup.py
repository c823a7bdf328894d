"""
Make this checkout ready to run: ``python3 tools/setup.py [--dev] [--no-ui]``.

This file is read by whatever ``python3`` the machine has, so it stays in the
syntax of Python 3.6 until the version is known to be good.
"""

import os
import shutil
import sys
from pathlib import Path

OLDEST = (3, 11)
NAMES = ("python3.11", "python3.12", "python3.13", "python3.14")


def main() -> int:
    """Check the Python, look for a newer one if need be, then set up."""
    if sys.version_info < OLDEST:
        for name in NAMES:
            newer = shutil.which(name)
            if newer:
                os.execv(newer, [newer, *sys.argv])  # noqa: S606 - our own arguments, no shell
        found = ".".join(str(part) for part in sys.version_info[:3])
        sys.stderr.write(
            f"Rencheng needs Python 3.11 or newer; found {found} at {sys.executable}.\n"
            "Install one, or name it: make setup PYTHON=/path/to/python3.11\n"
        )
        return 1
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from tools.bootstrap.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
