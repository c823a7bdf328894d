"""A pipe from parent to children: when the parent dies, however it dies, the children notice."""

import os
import signal
import threading
import time

# Long enough for open requests and a job's next report, short enough to be waited for.
FAREWELL_S = 8.0


def hold() -> tuple[int, int]:
    """
    Make a lifeline.

    Returns
    -------
    ends
        The end for the children (to be passed on) and ours, which nobody writes to and nobody
        else has: the system closes it when we die.
    """
    return os.pipe()


def follow(end: int) -> None:
    """Watch the parent in a thread; if it dies, ask this process to stop, then make it."""
    threading.Thread(target=_watch, args=(end,), name="lifeline", daemon=True).start()


def _watch(end: int) -> None:
    # Nobody ever writes: reading returns at the end of the parent.
    os.read(end, 1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(FAREWELL_S)
    os.kill(os.getpid(), signal.SIGKILL)
