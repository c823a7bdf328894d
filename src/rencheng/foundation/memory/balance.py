"""Does the ledger balance: what each source sent, against what the journal holds."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Sum

from rencheng.foundation.memory.journal.models import Observation
from rencheng.foundation.memory.ledger.models import Entry, Rejection
from rencheng.foundation.memory.sources.models import Source


@dataclass(frozen=True, slots=True)
class Balance:
    """
    What a source sent and what became of it.

    ``in_journal`` is counted afresh in the journal; ``balanced`` says that it equals ``stored``
    and that sent = stored + duplicate + rejected.
    """

    source: str
    sent: int
    stored: int
    duplicate: int
    rejected: int
    in_journal: int
    last_received: datetime | None

    @property
    def balanced(self) -> bool:
        """Tell whether nothing is missing."""
        return (
            self.sent == self.stored + self.duplicate + self.rejected
            and self.stored == self.in_journal
        )


def balances() -> list[Balance]:
    """Give the balance of every source, by name."""
    sums = {
        row["source_id"]: row
        for row in Entry.objects.values("source_id").annotate(
            sent_sum=Sum("sent"),
            stored_sum=Sum("stored"),
            duplicate_sum=Sum("duplicate"),
            rejected_sum=Sum("rejected"),
            last=Max("received_at"),
        )
    }
    counts = dict(
        Observation.objects.values_list("source_id")
        .annotate(n=Count("id"))
        .values_list("source_id", "n")
    )
    result = []
    for source in Source.objects.order_by("name"):
        row: Mapping[str, Any] = sums.get(source.pk) or {}
        result.append(
            Balance(
                source=source.name,
                sent=row.get("sent_sum") or 0,
                stored=row.get("stored_sum") or 0,
                duplicate=row.get("duplicate_sum") or 0,
                rejected=row.get("rejected_sum") or 0,
                in_journal=counts.get(source.pk, 0),
                last_received=row.get("last"),
            )
        )
    return result


def rejections(delivery: str) -> Iterator[Rejection]:
    """Walk the refused rows of a delivery by line."""
    yield from Rejection.objects.filter(entry__delivery=delivery).order_by("line", "id").iterator()
