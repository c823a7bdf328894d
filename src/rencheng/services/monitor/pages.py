"""Pages of the monitor, open to everybody: aggregates only."""

import math
from collections import Counter
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from rencheng.foundation.memory.indicators.api import spec_named
from rencheng.foundation.places.api import find
from rencheng.foundation.web.access import public
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import parse_day
from rencheng.services.monitor import charts, links, quality, showing
from rencheng.services.monitor.answers import part, script
from rencheng.services.monitor.explain import explain
from rencheng.services.monitor.headline import source_lines
from rencheng.services.monitor.knowledge import corrections
from rencheng.services.monitor.listing import listing, places_listed
from rencheng.services.monitor.view import View, place_codes, view_of
from rencheng.services.monitor.wording import amount, day_text, known_text, reader

FLAGS_FIRST = 4
FLAGS_LISTED = 100
COMPARED_FIRST = 6
NEIGHBOURS = 6
ALIGNED_AT = ("1", "10", "50", "100", "500", "1000")


@public
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show what matters in a place: figures, flags, map, trend and table."""
    view = view_of(request.GET.dict())
    if view is None:
        return nothing_loaded(request)
    return render(
        request, "monitor/overview.html", context_of(view, "overview") | table_of(request, view)
    )


@public
@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Show the table alone, for the filter that fetches it while somebody types."""
    view = view_of(request.GET.dict())
    if view is None:
        return nothing_loaded(request)
    return HttpResponse(table_of(request, view)["table"])


@public
@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show one place: its course, what was said of it when, and how its parts add up."""
    view = view_of(request.GET.dict() | {"place": code})
    if view is None:
        return nothing_loaded(request)
    language = reader()
    flags = [flag for flag in quality.of_view(view) if flag.place == view.root.id]
    held = view.board.places(view.layer)
    beside = view.tree.nearest(view.root.id, held, NEIGHBOURS)
    codes = [view.tree.spots[one].code for one in (view.root.id, *beside)]
    more: dict[str, Any] = chart_of(request, view) | {
        "own_flags": [showing.flag_shown(view, flag) for flag in flags[:FLAGS_LISTED]],
        "corrections": [
            {
                "day": day_text(told.day, language),
                "title": told.spec.title.say(language),
                "versions": [
                    {
                        "value": amount(one.value),
                        "known": known_text(one.known_at, language),
                        "source": one.source.title.say(language),
                        "stands": one.stands,
                    }
                    for one in told.versions
                ],
            }
            for told in corrections(view.board, view.layer, view.root.id)
        ],
        "neighbours": ",".join(codes) if beside else "",
    }
    if view.rows:
        more |= table_of(request, view)
    return render(request, "monitor/place.html", context_of(view, "place") | more)


@public
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Show several places on one chart, by date or by day since each reached a number."""
    view = view_of(request.GET.dict())
    if view is None:
        return nothing_loaded(request)
    spots = place_codes(request.GET.get("places", ""), view.tree)
    if more := request.GET.get("add", "").strip():
        spots = place_codes(",".join([*(one.code for one in spots), find(more).code]), view.tree)
    if not spots:
        first = listing(view, language=reader()).rows[:COMPARED_FIRST]
        spots = [view.tree.spots[row.place] for row in first] or [view.root]
    since = request.GET.get("since", "").strip()
    if since:
        _above_zero(since)
    own = {"places": ",".join(spot.code for spot in spots)} | ({"since": since} if since else {})
    return render(
        request,
        "monitor/compare.html",
        context_of(view, "compare")
        | {
            "layers": links.layer_links(view, own),
            "places": own["places"],
            "chosen": links.chosen_places(view, spots, since),
            "offers": links.offered_places(view, spots),
            "since": since,
            "starts": ALIGNED_AT,
        },
    )


@public
@require_safe
def flags(request: HttpRequest) -> HttpResponse:
    """List what asks for a second look, with a filter by rule."""
    view = view_of(request.GET.dict())
    if view is None:
        return nothing_loaded(request)
    everything = quality.of_view(view)
    rule = request.GET.get("rule", "")
    found = quality.chosen(everything, rule, None)
    count = Counter(flag.rule for flag in everything)
    return render(
        request,
        "monitor/flags.html",
        context_of(view, "flags")
        | {
            "listed": [showing.flag_shown(view, flag) for flag in found[:FLAGS_LISTED]],
            "total": len(found),
            "rules": links.rule_links(view, count, rule),
        },
    )


@public
@require_safe
def figure(request: HttpRequest) -> HttpResponse:
    """Show how one figure was made: formula, inputs, and what sources said."""
    name = request.GET.get("show", "")
    spec = spec_named(name)
    asked = request.GET.dict()
    # The figure may be none that a map can show, and its day none of the map's.
    view = view_of({part: asked.get(part, "") for part in ("place", "known")})
    if view is None:
        return nothing_loaded(request)
    day = _asked_day(view, asked.get("day", ""), name)
    language = reader()
    found = explain(view.board, name, view.root.id, day)
    return render(
        request,
        "monitor/figure.html",
        {
            "view": view,
            "trail": links.trail(view),
            "place_name": view.tree.name(view.root.id, language),
            "days": [day_text(one, language) for one in found.steps[0].days] if found.steps else [],
            "found": found,
            "title": spec.title.say(language),
            "unit": spec.unit.say(language),
            "about": spec.about.say(language),
            "value": amount(found.value, name),
            "interval": _interval(found.low, found.high, name),
            "day": day_text(day, language),
            "known": known_text(found.known_at, language),
            "steps": [
                {
                    "title": step.spec.title.say(language),
                    "about": step.spec.about.say(language),
                    "values": [amount(value, step.spec.name) for value in step.values],
                }
                for step in found.steps
            ],
            "statements": [
                {
                    "title": one.spec.title.say(language),
                    "day": day_text(one.day, language),
                    "value": amount(one.value),
                    "source": one.source.title.say(language),
                    "known": known_text(one.known_at, language),
                    "sequence": one.sequence,
                }
                for one in found.statements
            ],
        },
    )


def context_of(view: View, here: str) -> dict[str, Any]:
    """Give what every page about a view needs."""
    found = quality.of_view(view)
    first = quality.foremost(found, view.tree, FLAGS_FIRST)
    language = reader()
    cards = showing.cards(view)
    heard = {(card["source"], card["known"]) for card in cards}
    return {
        "view": view,
        "root_name": view.root.words.say(language),
        "page_title": showing.title(view),
        "trail": links.trail(view),
        "tabs": links.tabs(view, here),
        "now_url": view.address(known=None, day=None),
        "flags_url": f"{reverse('monitor:flags')}{view.address(place=view.root.code)}",
        "day_text": day_text(view.day, language),
        "known_text": "" if view.known is None else day_text(view.known, language),
        "layer_title": spec_named(view.layer).title.say(language),
        "cards": cards,
        "one_source": cards[0] if len(heard) == 1 else None,
        "flag_counts": showing.flag_counts(found),
        "pace": showing.pace_shown(view),
        "flags": [showing.flag_shown(view, flag) for flag in first],
        "flags_total": len(found),
        "layers": links.layer_links(view),
        "levels": links.level_links(view),
        "data": links.data_address(view),
        "sources": [
            {
                "title": line.card.title.say(language),
                "origin": line.card.origin,
                "licence": line.card.licence,
                "newest": known_text(line.newest_known_at, language),
            }
            for line in source_lines(
                view.board, list(view.available), view.everywhere, (view.first, view.last)
            )
        ],
    }


def chart_of(request: HttpRequest, view: View) -> dict[str, Any]:
    """Give the data of the chart with the page, so that it need not be fetched after it."""
    return {"chart": part(request, "chart", lambda: script(charts.trend_of(view)))}


def table_of(request: HttpRequest, view: View) -> dict[str, Any]:
    """Give the table of a view's places, and what its form needs."""
    sort, find = request.GET.get("sort", ""), request.GET.get("find", "")

    def make() -> str:
        found = listing(view, sort=sort, find=find, language=reader())
        shown = {
            "heads": showing.heads(view, found, {"find": find} if find else {}),
            "rows": [showing.row_shown(view, found, row) for row in found.rows],
        }
        return render_to_string("monitor/parts/table.html", shown)

    return {
        "table": part(request, "table", make),
        "places_total": len(places_listed(view)),
        "find": find,
        "sort": sort,
    }


def nothing_loaded(request: HttpRequest) -> HttpResponse:
    """Say that there is nothing to see yet, and how to change that."""
    return render(request, "monitor/nothing.html", {"files_url": _files_page()})


def _asked_day(view: View, text: str, name: str) -> date:
    """Give the asked day, or the newest with a figure of an indicator."""
    if text:
        return parse_day(text)
    span = view.board.days(name, [view.root.id])
    if span is None:
        raise InputError(f"there is no {spec_named(name).title.en!r} of {view.root.words.en}")
    return span[1]


def _files_page() -> str:
    """Give the page on which files are loaded, where this house has one."""
    try:
        return reverse("files:send")
    except NoReverseMatch:
        return ""


def _interval(low: float, high: float, name: str) -> str:
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"{amount(low, name)} – {amount(high, name)}"


def _above_zero(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise InputError(f"since is {text!r}; it should be a number") from None
    if not 0 < number < 1e9:
        raise InputError(f"since is {text}; it should be above 0")
    return number
