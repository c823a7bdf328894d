"""How good a kind's data are: what was rejected, how late, how long ago."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median
from typing import Any, Final

from django.db.models import Max, QuerySet, Sum

from rencheng.foundation.memory.clock import now_micros
from rencheng.foundation.memory.journal.models import Observation
from rencheng.foundation.memory.ledger.models import Entry
from rencheng.kernel.time import Micros, to_micros

# Lateness is taken from the newest rows only: it should tell how things are now.
NEWEST_ROWS: Final = 10_000


@dataclass(frozen=True, slots=True)
class Quality:
    """
    How good the data of a kind from a source are.

    Parameters
    ----------
    source_id
        None for all sources together.
    sent, stored, duplicate, rejected
        Rows, over all time; sent is the sum of the others.
    last_received
        When the last row came.
    lateness
        Median microseconds from the event to its publication (to its arrival where nobody dated
        it), over the newest `NEWEST_ROWS` stored rows; None where none was stored or looked at.
    newest_event
        Time of the newest event among those rows.
    """

    source_id: int | None
    sent: int
    stored: int
    duplicate: int
    rejected: int
    last_received: datetime | None
    lateness: Micros | None
    newest_event: datetime | None

    @property
    def share_rejected(self) -> float | None:
        """Share of the rows sent that were rejected, 0 to 1."""
        return self.rejected / self.sent if self.sent else None

    @property
    def silent_for(self) -> Micros | None:
        """Microseconds since the last row came."""
        if self.last_received is None:
            return None
        return max(0, now_micros() - to_micros(self.last_received))


def by_source(kind_name: str) -> list[Quality]:
    """Give the quality of a kind for each source that ever delivered it."""
    entries = Entry.objects.filter(kind__name=kind_name)
    sums = _sums(entries.values("source_id").order_by("source_id"))
    return [
        _quality(row, row["source_id"], entries.filter(source_id=row["source_id"])) for row in sums
    ]


def by_kind() -> dict[str, Quality]:
    """Give the quality of each kind over all its sources, without lateness (that costs rows)."""
    sums = _sums(Entry.objects.values("kind__name").order_by("kind__name"))
    return {row["kind__name"]: _quality(row, None, None) for row in sums}


def _sums(groups: "QuerySet[Entry, Any]") -> Iterator[dict[str, Any]]:
    yield from groups.annotate(
        all_sent=Sum("sent"),
        all_stored=Sum("stored"),
        all_duplicate=Sum("duplicate"),
        all_rejected=Sum("rejected"),
        last=Max("received_at"),
    )


def _quality(row: dict[str, Any], source: int | None, entries: "QuerySet[Entry] | None") -> Quality:
    lateness, newest = (None, None) if entries is None else _times(entries)
    return Quality(
        source_id=source,
        sent=row["all_sent"],
        stored=row["all_stored"],
        duplicate=row["all_duplicate"],
        rejected=row["all_rejected"],
        last_received=row["last"],
        lateness=lateness,
        newest_event=newest,
    )


def _times(entries: "QuerySet[Entry]") -> tuple[Micros | None, datetime | None]:
    """Give the median lateness and the newest event of the newest rows."""
    wanted, left = [], NEWEST_ROWS
    newest = entries.filter(stored__gt=0).order_by("-pk").values_list("pk", "stored")
    for number, stored in newest.iterator(chunk_size=100):
        wanted.append(number)
        left -= stored
        if left <= 0:
            break
    rows: list[tuple[datetime, datetime | None, datetime]] = list(
        Observation.objects.filter(entry_id__in=wanted)
        .order_by("-entry_id", "-pk")
        .values_list("event_at", "published_at", "received_at")[:NEWEST_ROWS]
    )
    if not rows:
        return None, None
    late = [
        to_micros(received if published is None else published) - to_micros(event)
        for event, published, received in rows
    ]
    return int(median(late)), max(event for event, _, _ in rows)
