"""The ledger as data; for staff."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from rencheng.foundation.memory.balance import balances
from rencheng.foundation.memory.ledger.models import Entry, Rejection
from rencheng.foundation.web.routes.asked import Limit, Number
from rencheng.foundation.web.routes.guarding import staff_only
from rencheng.foundation.web.routes.problems import FOR_STAFF

router = Router(tags=["ledger"], auth=staff_only)


class BalanceOut(Schema):
    """sent = stored + duplicate + rejected; ``in_journal`` is counted afresh."""

    source: str
    sent: int
    stored: int
    duplicate: int
    rejected: int
    in_journal: int
    balanced: bool
    last_received: datetime | None


class DeliveryOut(Schema):
    """One delivery."""

    id: int
    source: str
    kind: str
    delivery: str
    received_at: datetime
    sent: int
    stored: int
    duplicate: int
    rejected: int


class RejectedOut(Schema):
    """A rejected row: where it stood, each field with what it was and should be, and the row."""

    id: int
    line: int | None
    reasons: list[dict[str, Any]]
    row: dict[str, Any]


@router.get("", response={200: list[BalanceOut], **FOR_STAFF}, summary="Balance of each source")
def ledger(request: HttpRequest) -> list[BalanceOut]:  # noqa: ARG001 - ninja hands it in
    """Give what each source sent and what became of it."""
    return [
        BalanceOut(
            source=one.source,
            sent=one.sent,
            stored=one.stored,
            duplicate=one.duplicate,
            rejected=one.rejected,
            in_journal=one.in_journal,
            balanced=one.balanced,
            last_received=one.last_received,
        )
        for one in balances()
    ]


@router.get(
    "/deliveries",
    response={200: list[DeliveryOut], **FOR_STAFF},
    summary="Deliveries, the newest first",
)
def deliveries(
    request: HttpRequest,  # noqa: ARG001 - ninja hands it in
    source: Number | None = None,
    before: Number | None = None,
    limit: Limit = 100,
) -> list[DeliveryOut]:
    """Give deliveries of a source (its number); ``before`` a number for the next part."""
    rows = Entry.objects.select_related("source", "kind").order_by("-pk")
    if source is not None:
        rows = rows.filter(source_id=source)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [
        DeliveryOut(
            id=row.pk,
            source=row.source.name,
            kind=row.kind.name,
            delivery=row.delivery,
            received_at=row.received_at,
            sent=row.sent,
            stored=row.stored,
            duplicate=row.duplicate,
            rejected=row.rejected,
        )
        for row in rows[:limit]
    ]


@router.get(
    "/deliveries/{number}/rejected",
    response={200: list[RejectedOut], **FOR_STAFF},
    summary="Rejected rows of a delivery",
)
def rejected(
    request: HttpRequest,  # noqa: ARG001 - ninja hands it in
    number: Number,
    after: Number = 0,
    limit: Limit = 100,
) -> list[RejectedOut]:
    """Give the rejected rows of a delivery in their order; ``after`` an id for the next part."""
    if not Entry.objects.filter(pk=number).exists():
        raise Http404(f"there is no delivery number {number}")
    rows = Rejection.objects.filter(entry_id=number, pk__gt=after).order_by("pk")[:limit]
    return [RejectedOut(id=row.pk, line=row.line, reasons=row.reasons, row=row.row) for row in rows]
