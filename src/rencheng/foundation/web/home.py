"""The first page: what is wrong, where, since when; what there is; how good the data are."""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from django.db.models import Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from rencheng.foundation.house import services
from rencheng.foundation.memory.catalogue import api as catalogue
from rencheng.foundation.memory.clock import state
from rencheng.foundation.memory.ledger.models import Entry
from rencheng.foundation.memory.sources.api import all_sources
from rencheng.foundation.web.access import is_staff, public, staff_only
from rencheng.foundation.web.lists.label import say
from rencheng.foundation.web.menu import entries, items

LOADS: Final = 5
# Deliveries come in pieces; the newest loads are looked for among this many pieces.
PIECES: Final = 500


@dataclass(frozen=True, slots=True)
class Load:
    """A load: the deliveries that came under one name."""

    source: str
    url: str
    received_at: datetime
    sent: int
    stored: int
    duplicate: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that asks to be looked at: how badly, what, and since when."""

    level: str
    text: str
    url: str
    since: datetime | None


@public
def home(request: HttpRequest) -> HttpResponse:
    """Show what the services have to say, what is new, and to staff what asks for attention."""
    staff = is_staff(request)
    context: dict[str, Any] = {
        "fronts": [front for front in _fronts(request) if front],
        "offers": [entry for entry in entries(request, items()) if not entry.current],
        "clock": state(),
        "newest": _newest(staff=staff),
        "anything": Entry.objects.exists(),
    }
    if staff:
        loads = newest_loads()
        context |= {"loads": loads, "concerns": concerns(loads), "sums": _sums()}
    return render(request, "web/home.html", context)


@staff_only
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component of the pages, for those who build them."""
    return render(request, "web/gallery.html")


def _fronts(request: HttpRequest) -> list[SafeString]:
    """Give what each service says on the first page."""
    said = []
    for service in services():
        if service.front is not None:
            module, _colon, name = service.front.partition(":")
            said.append(mark_safe(getattr(import_module(module), name)(request)))
    return said


def newest_loads() -> list[Load]:
    """List the newest loads, each with all pieces that are among the newest `PIECES`."""
    sources = all_sources()
    pieces = Entry.objects.order_by("-pk").values(
        "pk", "source_id", "delivery", "received_at", "sent", "stored", "duplicate", "rejected"
    )[:PIECES]
    groups: dict[tuple[int, str], list[dict[str, Any]]] = {}
    for piece in pieces:
        # A piece without a name is a load of its own.
        key = (piece["source_id"], piece["delivery"] or f"#{piece['pk']}")
        groups.setdefault(key, []).append(dict(piece))
    return [
        Load(
            source=say(sources[source].title),
            url=reverse("web:ledger_source", args=[source]),
            received_at=max(one["received_at"] for one in found),
            sent=sum(one["sent"] for one in found),
            stored=sum(one["stored"] for one in found),
            duplicate=sum(one["duplicate"] for one in found),
            rejected=sum(one["rejected"] for one in found),
        )
        for (source, _name), found in list(groups.items())[:LOADS]
    ]


def concerns(loads: list[Load]) -> list[Concern]:
    """List what the house finds odd: rows that were rejected, deliveries not yet in figures."""
    found = []
    for source in dict.fromkeys(load.source for load in loads if load.rejected):
        hit = [load for load in loads if load.source == source and load.rejected]
        rejected = sum(load.rejected for load in hit)
        text = ngettext(
            "%(source)s: %(count)d row was rejected",
            "%(source)s: %(count)d rows were rejected",
            rejected,
        )
        found.append(
            Concern(
                # One in ten is no slip of a finger any more.
                "orange" if 10 * rejected >= sum(load.sent for load in hit) else "yellow",
                text % {"source": source, "count": rejected},
                f"{hit[0].url}?rejected_min=1",
                min(load.received_at for load in hit),
            )
        )
    waiting = Entry.objects.filter(derived=False)
    oldest = waiting.order_by("pk").values_list("received_at", flat=True).first()
    if oldest is not None:
        text = ngettext(
            "%(count)d delivery is not in the figures yet",
            "%(count)d deliveries are not in the figures yet",
            waiting.count(),
        )
        told = text % {"count": waiting.count()}
        found.append(Concern("blue", told, reverse("web:ledger"), oldest))
    return found


def _newest(*, staff: bool) -> list[dict[str, Any]]:
    """List the data sets that came last, newest first, as the reader may see them."""
    titles = {card.name: card for card in catalogue.cards() if staff or card.is_open}
    last = Entry.objects.values("kind__name").annotate(last=Max("received_at")).order_by("-last")
    return [
        {
            "title": say(titles[row["kind__name"]].title),
            "url": reverse("web:data_set", args=[row["kind__name"]]),
            "last": row["last"],
        }
        for row in last
        if row["kind__name"] in titles
    ][:LOADS]


def _sums() -> dict[str, int]:
    sums = Entry.objects.aggregate(
        sent=Sum("sent"), stored=Sum("stored"), duplicate=Sum("duplicate"), rejected=Sum("rejected")
    )
    return {name: value or 0 for name, value in sums.items()}
