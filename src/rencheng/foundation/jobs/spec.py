"""What a job is, declared once by the service that owns it."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class Handle(Protocol):
    """What the function of a job gets: see `progress.Progress`."""

    @property
    def job_id(self) -> int:
        """Number of the job."""

    @property
    def attempt(self) -> int:
        """1 the first time, more when an earlier worker died."""

    @property
    def checkpoint(self) -> Json:
        """What the last `keep` of an earlier attempt saved; None at first."""

    def report(self, done: int, total: int | None = None, message: Words | str = "") -> None:
        """Say how far the job is."""

    def check_cancelled(self) -> None:
        """Stop here if somebody asked the job to stop."""

    def keep(self, checkpoint: Json) -> AbstractContextManager[None]:
        """Commit what is written inside together with the checkpoint, or not at all."""


JobFunction = Callable[[Handle, Mapping[str, Any]], Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobSpec:
    """
    A kind of job: its function and how it is run.

    Parameters
    ----------
    name
        Such as ``files.load``: the room, then what is done.
    title
        What people call it.
    function
        Gets a handle and the arguments, gives a JSON value. It runs *at least* once: when its
        worker dies it runs again from the start, with the last ``checkpoint``. What it writes
        inside ``handle.keep(...)`` takes effect exactly once.
    max_attempts
        How many workers may die over it before it counts as failed.
    lease_s
        A worker that gave no sign of life for so many seconds has lost the job.
    every_s
        Start it again and again, so many seconds apart by the clock of the house.
    when
        Start it when this cheap question, asked about once a second, is answered with yes.
    """

    name: str
    title: Words
    function: JobFunction
    max_attempts: int = 3
    lease_s: float = 30.0
    every_s: float | None = None
    when: Callable[[], bool] | None = None

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise InputError(f"job name {self.name!r} should look like room.what_is_done")
        if self.max_attempts < 1:
            raise InputError(
                f"job {self.name} has {self.max_attempts} attempts; it needs 1 or more"
            )
        if not self.lease_s > 0:
            raise InputError(
                f"job {self.name} has a lease of {self.lease_s} s; it should be above 0"
            )
        if self.every_s is not None and not self.every_s > 0:
            raise InputError(f"job {self.name} comes every {self.every_s} s; it should be above 0")
