"""The parent of all processes of the house."""

import os
import signal
import time
from collections.abc import Callable, Sequence
from types import FrameType

from rencheng.assembly.processes import lifeline
from rencheng.assembly.processes.child import Child, Part

LOOK_EVERY_S = 0.1
STOP_WITHIN_S = 8.0
# A part that has never come up will not come up by itself.
HOPELESS = 4
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def parts_of(host: str, port: int, *, web: int, workers: int) -> list[Part]:
    """List the parts of a house: the web, and each worker."""
    listening = ("--host", host, "--port", str(port), "--processes", str(web))
    return [
        Part("web", ("web", *listening)),
        *(Part(f"worker {number}", ("worker",)) for number in range(1, workers + 1)),
    ]


class Tree:
    """
    Starts the parts, starts again what crashed, stops all.

    Parameters
    ----------
    parts
        What to run.
    say
        Where words for the person at the keyboard go.
    """

    def __init__(self, parts: Sequence[Part], say: Callable[[str], None]) -> None:
        self._say = say
        self._asked = 0
        self._theirs, self._ours = lifeline.hold()
        self._children = [Child(part, self._theirs) for part in parts]

    def run(self) -> int:
        """
        Run until Ctrl-C, SIGTERM or SIGHUP.

        Returns
        -------
        status
            0 when stopped on request, 1 when a part never came up.
        """
        before = {number: signal.signal(number, self._ask) for number in SIGNALS}
        if before[signal.SIGHUP] == signal.SIG_IGN:
            # Under nohup the end of the terminal is ignored on purpose, and stays so.
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        status = 0
        try:
            while not self._asked:
                if not self._tend():
                    status = 1
                    break
                time.sleep(LOOK_EVERY_S)
            self._stop()
        finally:
            for child in self._children:
                child.kill()
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(self._ours)
            os.close(self._theirs)
        return status

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._asked += 1

    def _tend(self) -> bool:
        """Start what should run and does not; False when there is no hope."""
        for child in self._children:
            words = child.note_end()
            if words is not None and not self._asked:
                self._say(words)
                if not child.settled and child.crashes >= HOPELESS:
                    self._say(f"{child.part.name} does not come up; the messages above say why")
                    return False
            if child.process is None and time.monotonic() >= child.start_at:
                child.start()
        return True

    def _stop(self) -> None:
        """Ask all to stop; whoever takes too long, or a second Ctrl-C, is cut short."""
        if self._asked:
            self._say("stopping (Ctrl-C again stops at once)")
        for child in self._children:
            child.terminate()
        deadline = time.monotonic() + STOP_WITHIN_S
        asked = max(self._asked, 1)
        while any(child.running for child in self._children):
            if self._asked > asked or time.monotonic() > deadline:
                slow = ", ".join(c.part.name for c in self._children if c.running)
                self._say(f"{slow}: stopped at once")
                return
            time.sleep(LOOK_EVERY_S / 2)
