"""Steps that say what they do, how long it took, and what to do when they fail."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class SetupError(Exception):
    """Something the person at the keyboard can mend; the message says how."""


def say(line: str) -> None:
    """Print one line at once, even into a pipe."""
    print(line, file=sys.stderr, flush=True)


@contextmanager
def step(what: str) -> Iterator[None]:
    """
    Announce a step that may last, and say how long it took.

    Parameters
    ----------
    what
        The step in a few words, such as ``"installing packages"``.
    """
    say(f"  {what} ...")
    started = time.monotonic()
    yield
    say(f"  {what}: done in {time.monotonic() - started:.1f} s")


def call(
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    environment: Mapping[str, str] | None = None,
    remedy: str,
) -> None:
    """
    Run a command, its output passing straight through.

    Parameters
    ----------
    command
        Program and arguments; no shell is involved.
    cwd
        Folder to run in.
    environment
        Variables set on top of the present ones.
    remedy
        What to try when it fails.

    Raises
    ------
    SetupError
        If the program is missing or ends with an error.
    """
    words = [str(word) for word in command]
    try:
        # A child that talks to standard output would mix with what `make` prints there.
        done = subprocess.run(
            words,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdout=sys.stderr,
            check=False,
        )
    except FileNotFoundError:
        raise SetupError(f"{words[0]} was not found. {remedy}") from None
    if done.returncode:
        raise SetupError(f"this failed ({done.returncode}): {shlex.join(words)}\n{remedy}")
