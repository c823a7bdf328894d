"""The JSON API of the monitor: public figures, typed, cached by the state of the figures."""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

import numpy as np
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Query, Router, Schema
from pydantic import Field

from rencheng.engines.epidemic.quality import Level
from rencheng.foundation.memory.indicators.api import Computed, spec_named
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import parse_day
from rencheng.services.monitor import charts, maps, quality, schemas, telling
from rencheng.services.monitor.answers import json_answer
from rencheng.services.monitor.figures import Board, board
from rencheng.services.monitor.indicators import INDICATORS
from rencheng.services.monitor.listing import listing
from rencheng.services.monitor.tree import Spot, tree
from rencheng.services.monitor.view import View, place_codes, view_of
from rencheng.services.monitor.wording import numbers, reader

router = Router(tags=["monitor"])

Code = Annotated[str, Field(max_length=64)]
Day = Annotated[str, Field(max_length=10, pattern=r"^(\d{4}-\d{2}-\d{2})?$")]
Name = Annotated[str, Field(max_length=60)]
Language = Literal["zh", "en"] | None
ROWS = 1_000
CELLS = 200_000
INDICATORS_AT_ONCE = 10


class Asked(Schema):
    """What a view is asked with; everything may be left out."""

    place: Code = ""
    level: Name = ""
    show: Name = ""
    day: Day = ""
    known: Day = ""
    as_known: Day = ""
    lang: Language = None

    def view(self) -> View:
        """Give the view, or `InputError` where nothing has been loaded."""
        view = view_of({name: str(value or "") for name, value in self.dict().items()})
        if view is None:
            raise InputError("no figures have been loaded yet")
        return view


@router.get("/summary", response=schemas.Summary, summary="Headline figures, growth and flags")
def summary(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """Give the overview of a place on a day, as known now or at the end of a day."""
    return json_answer(request, asked.lang, lambda: telling.summary_told(asked.view()))


@router.get("/table", response=schemas.Table, summary="Places with their figures of a day")
def table(
    request: HttpRequest,
    asked: Query[Asked],
    sort: Name = "",
    find: Name = "",
    limit: Annotated[int, Field(ge=1, le=ROWS)] = ROWS,
) -> HttpResponse:
    """Give the places of a level under a place; ``sort`` is a column, with a minus descending."""

    def make() -> dict[str, Any]:
        view = asked.view()
        found = listing(view, sort=sort, find=find, language=reader())
        return telling.table_told(view, found, limit)

    return json_answer(request, asked.lang, make)


@router.get("/map", response=schemas.MapOut, summary="Places as GeoJSON")
def geojson(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """Give the places of a level under a place with their figure of a day."""
    address = reverse("monitor:place", args=["CODE"])
    return json_answer(request, asked.lang, lambda: maps.map_of(asked.view(), address))


@router.get("/frames", response=schemas.Frames, summary="One figure of many places, day by day")
def frames(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """Give one figure of the places of a level for every day."""
    return json_answer(request, asked.lang, lambda: maps.frames_of(asked.view()))


@router.get("/chart", response=schemas.Chart, summary="One figure of a place over time, with flags")
def chart(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """Give one figure of a place over its days, its flags as marks."""
    return json_answer(request, asked.lang, lambda: charts.trend_of(asked.view()))


@router.get("/compare", response=schemas.Chart, summary="One figure of several places")
def compare(
    request: HttpRequest,
    asked: Query[Asked],
    places: Annotated[str, Field(max_length=1_000)],
    since: Annotated[float | None, Field(gt=0, le=1e9)] = None,
) -> HttpResponse:
    """Give up to 20 places (codes with commas) by date, or by day since each reached ``since``."""

    def make() -> dict[str, Any]:
        view = asked.view()
        return charts.aligned(view, place_codes(places, view.tree), least=since)

    return json_answer(request, asked.lang, make)


@router.get("/flags", response=list[schemas.FlagOut], summary="What asks for a second look")
def flags(
    request: HttpRequest,
    asked: Query[Asked],
    rule: Name = "",
    least: Literal["", "red", "orange", "yellow", "blue"] = "",
    limit: Annotated[int, Field(ge=1, le=ROWS)] = 200,
) -> HttpResponse:
    """Give the flags of a place and what lies under it, the weightiest first."""

    def make() -> Any:  # noqa: ANN401 - JSON
        view = asked.view()
        found = quality.chosen(quality.of_view(view), rule, Level(least) if least else None)
        return [telling.flag_told(view.tree, flag) for flag in found[:limit]]

    return json_answer(request, asked.lang, make)


class AskedSeries(Schema):
    """Which figures, of which places, from when to when."""

    places: Annotated[str, Field(max_length=1_000)]
    show: Annotated[str, Field(max_length=400)] = "confirmed"
    first: Day = ""
    last: Day = ""
    known: Day = ""
    as_known: Day = ""
    lang: Language = None


@router.get("/series", response=schemas.SeriesSet, summary="Figures over time")
def series(request: HttpRequest, asked: Query[AskedSeries]) -> HttpResponse:
    """Give up to ten indicators of up to 20 places (names and codes with commas)."""
    return json_answer(request, asked.lang, lambda: _series(asked))


@router.get("/indicators", response=list[schemas.IndicatorOut], summary="How figures are made")
def indicators(request: HttpRequest, lang: Language = None) -> HttpResponse:
    """List the indicators of the monitor with formula, version and weak points."""

    def make() -> Any:  # noqa: ANN401 - JSON
        language = reader()
        return [
            {
                "name": spec.name,
                "title": spec.title.say(language),
                "unit": spec.unit.say(language),
                "about": spec.about.say(language),
                "formula": spec.formula,
                "inputs": list(spec.inputs) if isinstance(spec, Computed) else [],
            }
            for spec in INDICATORS
        ]

    return json_answer(request, lang, make)


def _series(asked: AskedSeries) -> dict[str, Any]:
    names = [name.strip() for name in asked.show.split(",") if name.strip()]
    if not 1 <= len(names) <= INDICATORS_AT_ONCE:
        raise InputError(f"{len(names)} indicators are asked for; it should be 1 to 10")
    then = asked.as_known or asked.known
    places, held = tree(), board(parse_day(then) if then else None)
    spots = place_codes(asked.places, places)
    ids = [spot.id for spot in spots]
    spans = [span for name in names if (span := held.days(name, ids)) is not None]
    if not spans:
        raise InputError("there are no such figures of these places")
    first = parse_day(asked.first) if asked.first else min(span[0] for span in spans)
    last = parse_day(asked.last) if asked.last else max(span[1] for span in spans)
    if not first <= last <= first + timedelta(days=CELLS // max(1, len(ids) * len(names))):
        raise InputError(f"{first} to {last} is no span of days, or too long a one for an answer")
    return {
        "first_day": first.isoformat(),
        "days": (last - first).days + 1,
        "known": then or None,
        "series": [_one_series(held, spot, name, first, last) for name in names for spot in spots],
    }


def _one_series(held: Board, spot: Spot, name: str, first: date, last: date) -> dict[str, Any]:
    spec = spec_named(name)
    value, low, high = (
        held.matrix(name, [spot.id], first, last, column).values[0]
        for column in ("value", "low", "high")
    )
    return {
        "place": telling.place_told(tree(), spot.id),
        "indicator": name,
        "unit": spec.unit.say(reader()),
        "formula": spec.formula,
        "values": numbers(value),
        "low": None if np.isnan(low).all() else numbers(low),
        "high": None if np.isnan(high).all() else numbers(high),
    }
