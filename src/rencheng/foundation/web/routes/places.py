"""Places as data: find one, look at one, go down the tree."""

from datetime import date
from typing import Annotated

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from rencheng.foundation.places import api as places
from rencheng.foundation.places.api import PlaceRecord
from rencheng.foundation.web.access import is_staff
from rencheng.foundation.web.places.showing import is_open
from rencheng.foundation.web.routes.asked import Code, Day, Limit, Name, Said, day, said
from rencheng.foundation.web.routes.problems import ASKED_WRONGLY, NOT_FOUND
from rencheng.kernel.errors import InputError

router = Router(tags=["places"])


class PlaceOut(Schema):
    """A place; ``valid_to`` is the first day on which it was no more."""

    id: int
    code: str
    name: Said
    level: str
    site_kind: str
    parent_id: int | None
    valid_from: date | None
    valid_to: date | None
    lon: float | None
    lat: float | None
    population: int | None
    population_year: int | None
    tz: str


class PlaceDetail(PlaceOut):
    """A place with those above it, the highest first."""

    aliases: list[str]
    above: list[PlaceOut]


class Part(Schema):
    """Which part of the places under one; ``after`` is a code."""

    level: Name = ""
    on: Day = ""
    after: Code = ""
    limit: Limit = 200


class Children(Schema):
    """Places directly under one; ``next`` is the ``after`` of the next part, None at the end."""

    places: list[PlaceOut]
    next: str | None


@router.get("", response={200: list[PlaceOut], **ASKED_WRONGLY}, summary="Find places by name")
def search(
    request: HttpRequest,
    q: Annotated[str, Field(min_length=1, max_length=60, description="Name, alias or code")],
    level: Name = "",
    within: Code = "",
    limit: Limit = 20,
) -> list[PlaceOut]:
    """Give places whose name, alias or code begins with ``q``, upper ones first."""
    staff = is_staff(request)
    upper = _place("within", within, staff=staff).id if within else None
    found = places.suggest(q, within=upper, level=level or None, limit=limit)
    return [_out(one) for one in found if is_open(one.level, staff=staff)]


@router.get("/{code}", response={200: PlaceDetail, **NOT_FOUND}, summary="One place")
def one(request: HttpRequest, code: str, on: Day = "") -> PlaceDetail:
    """Give the place that bears a code, on a day or as its latest holder."""
    found = _found(request, code, on)
    return PlaceDetail(
        **_out(found).dict(),
        aliases=list(found.aliases),
        above=[_out(up) for up in places.ancestors(found.id)],
    )


@router.get("/{code}/children", response={200: Children, **NOT_FOUND}, summary="Places under one")
def children(request: HttpRequest, code: str, asked: Query[Part]) -> Children:
    """Give the places directly under a place by code, in parts of at most ``limit``."""
    staff = is_staff(request)
    parent = _found(request, code, asked.on)
    under = places.children(parent.id, level=asked.level or None, on=day(asked.on, "on"))
    wanted = [
        number
        for number, its_code, its_level in under.select("id", "code", "level").iter_rows()
        if is_open(its_level, staff=staff) and its_code > asked.after
    ]
    shown = [places.by_id(number) for number in wanted[: asked.limit]]
    goes_on = len(wanted) > asked.limit
    return Children(places=[_out(one) for one in shown], next=shown[-1].code if goes_on else None)


def _found(request: HttpRequest, code: str, on: str) -> PlaceRecord:
    meant = day(on, "on")
    try:
        found = places.get(code, meant)
    except InputError as error:
        raise Http404(str(error)) from error
    if not is_open(found.level, staff=is_staff(request)):
        # Who may not see it is not told that it is there.
        raise Http404(f"no place has the code {code!r}")
    return found


def _place(parameter: str, code: str, *, staff: bool) -> PlaceRecord:
    """Find a place named by a parameter, or raise `InputError` that names the parameter."""
    try:
        found = places.get(code)
    except InputError as error:
        raise InputError(f"{parameter}: {error}") from error
    if not is_open(found.level, staff=staff):
        raise InputError(f"{parameter}: no place has the code {code!r}")
    return found


def _out(one: PlaceRecord) -> PlaceOut:
    return PlaceOut(
        id=one.id,
        code=one.code,
        name=said(one.words),
        level=one.level,
        site_kind=one.site_kind,
        parent_id=one.parent_id,
        valid_from=one.valid_from,
        valid_to=one.valid_to,
        lon=one.lon,
        lat=one.lat,
        population=one.population,
        population_year=one.population_year,
        tz=one.tz,
    )
