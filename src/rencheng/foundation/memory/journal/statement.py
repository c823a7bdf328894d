"""A statement on its way into the journal, before it is checked."""

from dataclasses import dataclass
from typing import Any

from rencheng.kernel.time import Micros


@dataclass(slots=True)
class Statement:
    """
    One observation as a source makes it.

    Parameters
    ----------
    value
        The fields of the kind by name; a missing or None field is "not said".
    event_at
        When it happened, microseconds since the epoch.
    place_id
        The place it is about or happened at; required where the kind's subject is a place.
    subject
        Pseudonym or device id where the subject is not a place.
    published_at
        When it was published (believed of trusted sources only).
    sequence
        The source's own number, 1 or more. None: a digest of the content stands in.
    line, row
        Where it stood in a file and how it looked there, for the list of refused rows.
    """

    value: dict[str, Any]
    event_at: Micros | None
    place_id: int | None = None
    subject: str = ""
    published_at: Micros | None = None
    sequence: int | None = None
    line: int | None = None
    row: dict[str, Any] | None = None
    reasons: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that was refused; ``reasons`` are (field, what it was, what it should be)."""

    line: int | None
    reasons: tuple[tuple[str, str, str], ...]
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a delivery. ``sent`` always equals the sum of the other three."""

    entry_id: int
    sent: int
    stored: int
    duplicate: int
    rejected: int
    refusals: tuple[Refusal, ...]
