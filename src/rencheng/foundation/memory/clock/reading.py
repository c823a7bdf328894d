"""Reading the clock. The only file that looks at the machine's time."""

import threading
import time
from datetime import datetime

from rencheng.foundation.memory.clock.models import ClockState
from rencheng.kernel.time import Micros, from_micros, to_micros

# Another process may set the clock; we notice within this many seconds.
NOTICED_WITHIN_S = 1.0


class _Remembered(threading.local):
    """The last state read, per thread, and when (monotonic seconds) it was read."""

    def __init__(self) -> None:
        self.state: tuple[Micros, Micros, float] | None = None
        self.read_at = float("-inf")


_remembered = _Remembered()


def machine_micros() -> Micros:
    """Give the machine's own time in microseconds since the epoch; for the clock's rooms only."""
    return time.time_ns() // 1_000


def now_micros() -> Micros:
    """Give the time of the house in microseconds since the epoch."""
    if time.monotonic() - _remembered.read_at > NOTICED_WITHIN_S:
        row = ClockState.objects.filter(pk=1).first()
        _remembered.state = (
            None if row is None else (to_micros(row.shown), to_micros(row.real), row.speed)
        )
        _remembered.read_at = time.monotonic()
    if _remembered.state is None:
        return machine_micros()
    shown, real, speed = _remembered.state
    return shown + round(speed * (machine_micros() - real))


def now() -> datetime:
    """Give the time of the house as an aware UTC datetime."""
    return from_micros(now_micros())


def forget() -> None:
    """Make the next reading look at the stored state again."""
    _remembered.read_at = float("-inf")
