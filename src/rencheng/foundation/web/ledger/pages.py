"""Pages of the ledger: all sources, one source, one delivery."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from rencheng.foundation.memory.balance import Balance, balances
from rencheng.foundation.memory.ledger.models import Entry, Rejection
from rencheng.foundation.memory.sources.api import all_sources
from rencheng.foundation.web.access import staff_only
from rencheng.foundation.web.ledger.listing import DELIVERIES, REJECTED, SOURCES, table_of
from rencheng.foundation.web.lists import QuerySetRows, list_page
from rencheng.foundation.web.lists.label import say


@dataclass(frozen=True, slots=True)
class Equation:
    """sent = stored + duplicate + rejected, with the verdict."""

    sent: int
    stored: int
    duplicate: int
    rejected: int
    in_journal: int
    balanced: bool


def equation(of: list[Balance]) -> Equation:
    """Add balances up; the sum balances only if each of them does."""
    return Equation(
        sent=sum(one.sent for one in of),
        stored=sum(one.stored for one in of),
        duplicate=sum(one.duplicate for one in of),
        rejected=sum(one.rejected for one in of),
        in_journal=sum(one.in_journal for one in of),
        balanced=all(one.balanced for one in of),
    )


@staff_only
def ledger(request: HttpRequest) -> HttpResponseBase:
    """Show the balance of every source and of all together."""
    found = balances()
    return list_page(
        request,
        SOURCES,
        table_of(found),
        template="web/ledger/sources.html",
        context={"equation": equation(found)},
    )


@staff_only
def ledger_source(request: HttpRequest, source_id: int) -> HttpResponseBase:
    """Show what one source sent, delivery by delivery."""
    source = all_sources().get(source_id)
    if source is None:
        raise Http404(f"there is no source number {source_id}")
    context = {
        "source": source,
        "equation": equation([one for one in balances() if one.source == source.name]),
        "trail": [
            {"url": reverse("web:ledger"), "label": _("Ledger")},
            {"label": say(source.title)},
        ],
    }
    rows = QuerySetRows(Entry.objects.filter(source_id=source_id))
    return list_page(request, DELIVERIES, rows, template="web/ledger/source.html", context=context)


@staff_only
def ledger_entry(request: HttpRequest, entry_id: int) -> HttpResponseBase:
    """Show one delivery and every row of it that was rejected."""
    entry = Entry.objects.select_related("source", "kind").filter(pk=entry_id).first()
    if entry is None:
        raise Http404(f"there is no delivery number {entry_id}")
    source = all_sources()[entry.source_id]
    context = {
        "entry": entry,
        "source": source,
        "trail": [
            {"url": reverse("web:ledger"), "label": _("Ledger")},
            {"url": reverse("web:ledger_source", args=[source.id]), "label": say(source.title)},
            {"label": _("Delivery %(number)d") % {"number": entry.pk}},
        ],
    }
    rows = QuerySetRows(Rejection.objects.filter(entry_id=entry_id))
    return list_page(request, REJECTED, rows, template="web/ledger/entry.html", context=context)
