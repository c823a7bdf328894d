"""Pages of the places: everybody sees the map of the country, staff also buildings and sites."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from rencheng.foundation.places import api as places
from rencheng.foundation.places.api import LEVELS, PlaceRecord
from rencheng.foundation.web.access import is_staff, public
from rencheng.foundation.web.places import showing
from rencheng.kernel.errors import InputError

_FOUND = 50
_OFFERED = 12


@public
@require_safe
def index(request: HttpRequest) -> HttpResponseBase:
    """Find a place, or begin at the top of the tree."""
    language, staff = get_language() or "", is_staff(request)
    asked, level = request.GET.get("q", "").strip()[:60], request.GET.get("level", "")
    context: dict[str, Any] = {"q": asked, "level": level, "levels": _levels(language, staff=staff)}
    if asked:
        found = _found(asked, level, _FOUND, staff=staff)
        context["found"] = [
            {"line": showing.line(one, language), "within": _within(one, language)} for one in found
        ]
        return render(request, "web/places/index.html", context)
    top = _top()
    if top is not None:
        context |= _about(top, language, staff=staff)
    return render(request, "web/places/index.html", context)


@public
@require_safe
def place(request: HttpRequest, code: str) -> HttpResponseBase:
    """Show one place: its names and days, what is above and under it, where it lies."""
    language, staff = get_language() or "", is_staff(request)
    shown = _shown(code, staff=staff)
    context = {
        "place": shown,
        "name": shown.words.say(language),
        "level": showing.level_name(shown.level, shown.site_kind, language),
        "trail": showing.trail(shown, language),
        "population": showing.amount(shown.population),
        "in_force": showing.period(shown.valid_from, shown.valid_to),
        "borders": [
            {
                "period": showing.period(one["valid_from"], one["valid_to"]),
                "area": showing.amount(one["area_km2"]),
                "source": one["source"],
            }
            for one in places.border_days(shown.id).iter_rows(named=True)
        ],
        "changes": showing.where_from(places.changes(shown.id), shown, language),
        **_about(shown, language, staff=staff),
    }
    return render(request, "web/places/place.html", context)


@public
@require_safe
def drawing(request: HttpRequest, code: str) -> HttpResponseBase:
    """Give the map of a place for `<rc-map>`."""
    staff = is_staff(request)
    shown = _shown(code, staff=staff)
    return JsonResponse(showing.drawing(shown, get_language() or "", staff=staff))


@public
@require_safe
def suggest(request: HttpRequest) -> HttpResponseBase:
    """Offer places for a field in which somebody types a name."""
    language = get_language() or ""
    found = _found(
        request.GET.get("q", "").strip()[:60],
        request.GET.get("level", ""),
        _OFFERED,
        staff=is_staff(request),
    )
    offers = [
        {
            "code": one.code,
            "name": one.words.say(language),
            "level": showing.level_name(one.level, one.site_kind, language),
            "within": _within(one, language),
            "url": showing.address(one.code),
        }
        for one in found
    ]
    return JsonResponse({"places": offers})


def _about(shown: PlaceRecord, language: str, *, staff: bool) -> dict[str, Any]:
    """Give what is under a place, for the table and the map."""
    lines = showing.lines_under(shown.id, language, staff=staff)
    return {
        "top": shown,
        "top_name": shown.words.say(language),
        "lines": lines[: showing.SHOWN],
        "total": len(lines),
        "left_out": max(0, len(lines) - showing.SHOWN),
        "people_known": any(one.population for one in lines),
        "more_beneath": any(one.beneath for one in lines),
        "mapped": bool(showing.drawing(shown, language, staff=staff)["features"]),
    }


def _found(asked: str, level: str, limit: int, *, staff: bool) -> list[PlaceRecord]:
    wanted = level if level in LEVELS else None
    found = places.suggest(asked, level=wanted, limit=limit if staff else 4 * limit)
    return [one for one in found if showing.is_open(one.level, staff=staff)][:limit]


def _within(one: PlaceRecord, language: str) -> str:
    above = [up for up in places.ancestors(one.id) if up.level not in ("world", "country")]
    return " / ".join(up.words.say(language) for up in above)


def _top() -> PlaceRecord | None:
    """Give the place to begin with: down from the root while there is only one way."""
    roots = places.roots()
    if len(roots) != 1:
        return roots[0] if roots else None
    top = roots[0]
    while (under := places.children(top.id)).height == 1:
        top = places.by_id(int(under["id"][0]))
    return top


def _levels(language: str, *, staff: bool) -> list[dict[str, str]]:
    return [
        {"name": one.name, "words": one.words.say(language)}
        for one in LEVELS.values()
        if one.name != "world" and showing.is_open(one.name, staff=staff)
    ]


def _shown(code: str, *, staff: bool) -> PlaceRecord:
    """Give the place of a code; who may not see it is not told that it is there."""
    try:
        found = places.get(code)
    except InputError as error:
        raise Http404(str(error)) from error
    if not showing.is_open(found.level, staff=staff):
        raise Http404(f"no place has the code {code!r}")
    return found
