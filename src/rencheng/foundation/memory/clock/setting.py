"""Setting the clock: real time, a simulated time at any speed, or a standstill."""

from dataclasses import dataclass
from datetime import datetime

from rencheng.foundation.memory.clock.models import ClockState
from rencheng.foundation.memory.clock.reading import forget, machine_micros, now
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import from_micros


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock shows, how fast it runs, and whether it follows the machine."""

    now: datetime
    speed: float
    simulated: bool


def state() -> Reading:
    """Describe the clock."""
    forget()
    row = ClockState.objects.filter(pk=1).first()
    return Reading(now=now(), speed=row.speed if row else 1.0, simulated=row is not None)


def run_from(instant: datetime, *, speed: float = 1.0) -> None:
    """
    Let the clock run from an instant at a speed (1 is real time, 0 stands still).

    Raises
    ------
    InputError
        If the instant has no time zone or the speed is negative.
    """
    if instant.tzinfo is None:
        raise InputError(f"clock instant {instant.isoformat()} has no time zone")
    if not speed >= 0:
        raise InputError(f"clock speed is {speed}; it should be 0 or more")
    row = ClockState(pk=1, shown=instant, real=from_micros(machine_micros()), speed=speed)
    ClockState.objects.bulk_create(
        [row],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["shown", "real", "speed"],
    )
    forget()


def freeze(instant: datetime | None = None) -> None:
    """Stop the clock at an instant, or where it is now."""
    run_from(instant or now(), speed=0.0)


def real_time() -> None:
    """Let the clock follow the machine again."""
    ClockState.objects.filter(pk=1).delete()
    forget()
