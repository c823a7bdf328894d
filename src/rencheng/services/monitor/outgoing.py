"""What leaves the monitor: files, and small pieces for other people's pages."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from rencheng.foundation.memory.indicators.api import Computed
from rencheng.foundation.web.access import embeddable, public
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import parse_day
from rencheng.services.monitor import export, links, quality
from rencheng.services.monitor.indicators import INDICATORS
from rencheng.services.monitor.layers import declared, title
from rencheng.services.monitor.pages import context_of, nothing_loaded
from rencheng.services.monitor.view import place_codes, view_of
from rencheng.services.monitor.wording import reader

PIECES = ("chart", "map", "headline")


@public
@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Offer the figures of a view as files."""
    view = view_of(request.GET.dict())
    if view is None:
        return nothing_loaded(request)
    language = reader()
    offers = [(name, title(name).say(language)) for name in view.available]
    return render(
        request,
        "monitor/data.html",
        context_of(view, "data")
        | {"offers": offers, "pieces": links.pieces(view, request.build_absolute_uri)},
    )


@public
@require_safe
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """Send figures of a view as a file: its place and its parts, or the places named."""
    view = view_of(request.GET.dict())
    if view is None:
        raise InputError("no figures have been loaded yet")
    names = request.GET.getlist("figure") or [view.layer]
    known = {spec.name for spec in INDICATORS} | set(declared())
    for name in names:
        if name not in known:
            raise InputError(f"figure {name!r} is none of {', '.join(sorted(known))}")
    named = request.GET.get("places", "")
    wanted = [spot.id for spot in place_codes(named, view.tree)] if named else view.everywhere
    found = export.figures(
        view.board,
        view.tree,
        names,
        wanted,
        first=_day(request, "first"),
        last=_day(request, "last"),
    )
    response = HttpResponse(export.written(found, kind), content_type=export.TYPES[kind])
    name = f"rencheng-{view.root.code}-{view.level}-{view.last.isoformat()}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@public
@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say how every figure is made, and when one is flagged."""
    language = reader()
    titles = {spec.name: spec.title.say(language) for spec in INDICATORS}
    return render(
        request,
        "monitor/about.html",
        {
            "indicators": [
                {
                    "name": spec.name,
                    "title": spec.title.say(language),
                    "unit": spec.unit.say(language),
                    "about": spec.about.say(language),
                    "formula": spec.formula,
                    "kind": "" if isinstance(spec, Computed) else f"{spec.kind}.{spec.field}",
                    "inputs": [
                        (name, titles.get(name, name))
                        for name in (spec.inputs if isinstance(spec, Computed) else ())
                    ],
                }
                for spec in sorted(INDICATORS, key=lambda spec: not isinstance(spec, Computed))
            ],
            "rules": [
                (card.name, card.title.say(language), card.why.say(language))
                for card in quality.rule_cards()
            ],
            "steps": quality.settings()["steps"]["why_zh" if language == "zh" else "why_en"],
        },
    )


@embeddable
@public
@require_safe
def embed(request: HttpRequest, piece: str) -> HttpResponse:
    """Show one piece of a view for a frame of another site."""
    if piece not in PIECES:
        raise InputError(f"piece is {piece!r}; it should be one of {', '.join(PIECES)}")
    view = view_of(request.GET.dict())
    if view is None:
        return nothing_loaded(request)
    return render(request, f"monitor/embed/{piece}.html", context_of(view, "embed"))


def _day(request: HttpRequest, name: str) -> date | None:
    said = request.GET.get(name, "").strip()
    return parse_day(said) if said else None
