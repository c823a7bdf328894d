"""Checking statements against their kind, and giving each its number."""

import hashlib
import json
from typing import Any

from rencheng.foundation.memory.journal.statement import Statement
from rencheng.foundation.memory.kinds import Kind
from rencheng.kernel.time import Micros, from_micros

# A clock of a device may run a little ahead; further ahead is an error.
AHEAD_ALLOWED: Micros = 86_400 * 1_000_000
OLDEST: Micros = -2_208_988_800 * 1_000_000  # 1900-01-01
LARGEST = 2**63 - 1


def reasons_against(kind: Kind, said: Statement, now: Micros) -> list[tuple[str, str, str]]:
    """List what is wrong with a statement: (field, what it was, what it should be)."""
    wrong = [*said.reasons]
    named = {field for field, _, _ in wrong}
    if "row" in named:
        return wrong  # the row as a whole is broken; it has no fields to speak of
    if said.event_at is None:
        if "event_at" not in named:
            wrong.append(("event_at", "", "given; it is required"))
    elif not OLDEST <= said.event_at <= now + AHEAD_ALLOWED:
        shown = from_micros(said.event_at).isoformat() if abs(said.event_at) < 10**17 else "far off"
        wrong.append(("event_at", shown, "between 1900 and one day from now"))
    if said.published_at is not None and said.published_at > now + AHEAD_ALLOWED:
        wrong.append(
            ("published_at", from_micros(said.published_at).isoformat(), "not in the future")
        )
    if kind.subject == "place" and said.place_id is None and "place" not in named:
        wrong.append(("place", "", "given; it is required"))
    if kind.subject != "place" and not said.subject and "subject" not in named:
        wrong.append(("subject", "", "given; it is required"))
    if len(said.subject) > 120:
        wrong.append(("subject", said.subject[:40] + "…", "at most 120 characters"))
    if said.sequence is not None and not 1 <= said.sequence <= LARGEST:
        wrong.append(("sequence", str(said.sequence), f"between 1 and {LARGEST}"))
    wrong += [reason for reason in kind.refusals(said.value) if reason[0] not in named]
    return wrong


def canonical(value: dict[str, Any]) -> str:
    """Write a value as JSON text, the same text for the same value."""
    given = {name: item for name, item in value.items() if item is not None}
    return json.dumps(given, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(kind: Kind, said: Statement, text: str) -> int:
    """
    Give a statement a number made from its content: 63 bits, 1 or more.

    Two rows with the same kind, place, subject, times and value are the same statement; two that
    differ share a number with probability 2**-63, and `append` refuses rather than loses such a
    row.
    """
    content = "\x1f".join(
        (
            kind.name,
            str(said.place_id or ""),
            said.subject,
            str(said.event_at),
            str(said.published_at or ""),
            text,
        )
    )
    number = int.from_bytes(hashlib.blake2b(content.encode(), digest_size=8).digest(), "big")
    return (number >> 1) or 1
