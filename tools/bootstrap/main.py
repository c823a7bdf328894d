"""Order of the set-up, and how it talks to the person at the keyboard."""

from __future__ import annotations

import argparse
import fcntl
import time

from tools.bootstrap.bundle import ready_bundle
from tools.bootstrap.environment import ready_environment, ready_packages
from tools.bootstrap.steps import ROOT, SetupError, say


def run(arguments: list[str]) -> int:
    """
    Set the checkout up; the second time this takes a fraction of a second.

    Parameters
    ----------
    arguments
        ``--dev`` adds what tests and checks need; ``--no-ui`` leaves the browser
        bundle alone.

    Returns
    -------
    status
        0 when everything is ready, 1 after a message that says what to mend,
        130 after Ctrl-C.
    """
    parser = argparse.ArgumentParser(prog="tools/setup.py", description="Set this checkout up.")
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--no-ui", action="store_true", help="leave the browser bundle alone")
    wanted = parser.parse_args(arguments)
    started = time.monotonic()
    (ROOT / "build").mkdir(exist_ok=True)
    try:
        with (ROOT / "build" / "setup.lock").open("w") as gate:
            # Two terminals may start at once; the second waits and then finds all done.
            fcntl.flock(gate, fcntl.LOCK_EX)
            ready_environment()
            ready_packages(dev=wanted.dev)
            if not wanted.no_ui:
                ready_bundle()
    except SetupError as refusal:
        say(f"\nSet-up stopped: {refusal}")
        return 1
    except KeyboardInterrupt:
        say("\nSet-up stopped by Ctrl-C; run it again to go on.")
        return 130
    spent = time.monotonic() - started
    if spent > 2:
        say(f"  ready after {spent:.0f} s")
    return 0
