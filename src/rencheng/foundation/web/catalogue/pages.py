"""Pages of the catalogue: the list, one data set, its steward, and the whole in DCAT."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rencheng.foundation.guard.api import account_names
from rencheng.foundation.memory.catalogue import api as catalogue
from rencheng.foundation.memory.catalogue.api import Card, Lineage, Quality
from rencheng.foundation.web.access import is_staff, public, refusal, signed_in, staff_only
from rencheng.foundation.web.catalogue.drawing import Drawing, Item, draw
from rencheng.foundation.web.catalogue.listing import FOR_EVERYONE, FOR_STAFF, table_of
from rencheng.foundation.web.catalogue.steward_form import StewardForm
from rencheng.foundation.web.lists import list_page
from rencheng.foundation.web.lists.label import say
from rencheng.kernel.errors import InputError


@dataclass(frozen=True, slots=True)
class SourceQuality:
    """How good the data of a source are, with its name."""

    title: str
    url: str
    quality: Quality


@public
def catalogue_list(request: HttpRequest) -> HttpResponseBase:
    """List the data sets: all for staff, open aggregates for everybody."""
    staff = is_staff(request)
    context = {
        "title": _("Data catalogue"),
        "intro": _("What the city keeps, whose it is, where it comes from and how good it is."),
        "closed": sum(not card.is_open for card in catalogue.cards()) if not staff else 0,
    }
    return list_page(
        request,
        FOR_STAFF if staff else FOR_EVERYONE,
        table_of(visible(request), staff=staff),
        template="web/catalogue/list.html",
        context=context,
    )


@public
def data_set(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show one data set; one that is not open is for staff."""
    card = _card(name)
    if not card.is_open and (refused := refusal(request)):
        return refused
    way = catalogue.lineage(name) if card.origin == "kind" else None
    context: dict[str, Any] = {
        "card": card,
        "family": catalogue.FAMILY_WORDS[card.family],
        "sensitivity": catalogue.SENSITIVITY_WORDS[card.sensitivity],
        "purpose": catalogue.PURPOSE_WORDS[card.purpose] if card.purpose else None,
        "way": way,
        "drawing": way and _drawing(card, way),
        "qualities": way and _qualities(name, way),
        "trail": [
            {"url": reverse("web:catalogue"), "label": _("Data catalogue")},
            {"label": say(card.title)},
        ],
    }
    if is_staff(request):
        care = catalogue.care_of(name)
        context |= {"care": care, "names": _names(care)}
    return render(request, "web/catalogue/data_set.html", context)


@staff_only
def steward(request: HttpRequest, name: str) -> HttpResponseBase:
    """Show and change who looks after a data set, with every earlier version."""
    card = _card(name)
    care = catalogue.care_of(name)
    form = StewardForm(care, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.keep(name, by=signed_in(request).pk)
        messages.success(request, _("Kept. Earlier words stay in the history below."))
        return redirect("web:steward", name)
    versions = catalogue.history(name)
    context = {
        "card": card,
        "form": form,
        "versions": versions,
        "names": _names(*versions),
        "trail": [
            {"url": reverse("web:catalogue"), "label": _("Data catalogue")},
            {"url": reverse("web:data_set", args=[name]), "label": say(card.title)},
            {"label": _("Steward")},
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "web/catalogue/steward.html", context, status=status)


@public
def dcat(request: HttpRequest) -> HttpResponse:
    """Give the data sets this reader may see as a DCAT catalogue in JSON-LD."""
    cards = visible(request)
    ways = {card.name: catalogue.lineage(card.name) for card in cards if card.origin == "kind"}
    document = catalogue.dcat(
        request.build_absolute_uri("/").rstrip("/"), cards, ways, catalogue.by_kind()
    )
    return JsonResponse(
        document, content_type="application/ld+json", json_dumps_params={"ensure_ascii": False}
    )


def visible(request: HttpRequest) -> list[Card]:
    """List the cards this reader may see."""
    staff = is_staff(request)
    return [card for card in catalogue.cards() if staff or card.is_open]


def _card(name: str) -> Card:
    try:
        return catalogue.card(name)
    except InputError as error:
        raise Http404(str(error)) from error


def _drawing(card: Card, way: Lineage) -> Drawing:
    return draw(
        (
            (_("Sources"), [Item(say(source.title)) for source in way.sources]),
            (_("Data set"), [Item(say(card.title), strong=True)]),
            (
                _("Indicators"),
                [
                    Item(
                        say(one.title),
                        f"#indicator-{one.name}",
                        to=frozenset({say(one.service.title)} if one.service else ()),
                    )
                    for one in way.indicators
                ],
            ),
            (_("Shown by"), [Item(say(service.title)) for service in way.services]),
        )
    )


def _qualities(name: str, way: Lineage) -> list[SourceQuality]:
    titles = {source.id: say(source.title) for source in way.sources}
    return [
        SourceQuality(
            titles.get(one.source_id or 0, ""),
            reverse("web:ledger_source", args=[one.source_id]),
            one,
        )
        for one in catalogue.by_source(name)
    ]


def _names(*cares: catalogue.Care) -> dict[int, str]:
    wanted = {number for care in cares for number in (care.steward_id, care.edited_by) if number}
    return account_names(wanted)
