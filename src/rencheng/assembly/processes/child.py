"""One child of the tree: started, started again after a crash, taken down with all its own."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field

SETTLED_S = 5.0
FIRST_PAUSE_S = 0.5
LONGEST_PAUSE_S = 30.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the house: its name, and the arguments of `rencheng.assembly.processes`."""

    name: str
    arguments: tuple[str, ...]


@dataclass(slots=True)
class Child:
    """
    A part as it runs.

    ``crashes`` counts the crashes in a row, each less than `SETTLED_S` after the start.
    """

    part: Part
    lifeline: int
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    crashes: int = 0
    settled: bool = False
    start_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        """Start the part as the leader of a group of its own, so that Ctrl-C reaches us alone."""
        command = [sys.executable, "-m", "rencheng.assembly.processes", *self.part.arguments]
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
            [*command, "--lifeline", str(self.lifeline)],
            stdin=subprocess.DEVNULL,
            pass_fds=(self.lifeline,),
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    @property
    def running(self) -> bool:
        """Tell whether the child lives."""
        return self.process is not None and self.process.poll() is None

    def note_end(self) -> str | None:
        """
        Notice a crash: sweep up what it left, and set the time of the next start.

        Returns
        -------
        words
            How it ended, or None where it lives or its end was noticed before.
        """
        if self.process is None or self.process.poll() is None:
            return None
        status, lived = self.process.returncode, time.monotonic() - self.started_at
        self.kill()
        self.process = None
        self.settled = self.settled or lived >= SETTLED_S
        self.crashes = 1 if lived >= SETTLED_S else self.crashes + 1
        pause = min(FIRST_PAUSE_S * 2 ** (self.crashes - 1), LONGEST_PAUSE_S)
        self.start_at = time.monotonic() + pause
        how = signal.Signals(-status).name if status < 0 else f"status {status}"
        return f"{self.part.name} ended with {how} after {lived:.1f} s; next start in {pause:g} s"

    def terminate(self) -> None:
        """Ask the child to stop; it stops its own."""
        if self.running and self.process is not None:
            self.process.terminate()

    def kill(self) -> None:
        """End the whole group of the child at once."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        finally:
            self.process.wait()
