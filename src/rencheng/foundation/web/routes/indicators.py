"""Indicators and their figures as data: now, or as they were known on a day."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from ninja import Query, Router, Schema
from pydantic import Field

from rencheng.foundation.memory.catalogue import api as catalogue
from rencheng.foundation.memory.indicators.api import Computed, Spec, all_specs, spec_named
from rencheng.foundation.web.access import is_staff
from rencheng.foundation.web.routes import figures
from rencheng.foundation.web.routes.asked import (
    Code,
    Day,
    Name,
    Said,
    day,
    known_names_only,
    known_until,
    said,
)
from rencheng.foundation.web.routes.guarding import require_staff
from rencheng.foundation.web.routes.problems import ASKED_WRONGLY, Problem

router = Router(tags=["indicators"])


class IndicatorListed(Schema):
    """An indicator; ``made_from`` is a field of a kind, or other indicators."""

    name: str
    title: Said
    unit: Said
    about: Said
    formula: int
    kinds: list[str]
    made_from: list[str]
    open: bool


class Asked(Schema):
    """Which figures; places by code, several with commas."""

    indicator: Name
    place: Annotated[str, Field(max_length=8_000, description="Codes, with commas between")] = ""
    under: Annotated[Code, Field(description="Code of a place: it and all under it")] = ""
    level: Annotated[Name, Field(description="Only places of this level")] = ""
    first: Annotated[Day, Field(alias="from")] = ""
    last: Annotated[Day, Field(alias="to", description="Included")] = ""
    as_known: Annotated[
        str, Field(max_length=40, description="A day (its end) or an instant; now if left out")
    ] = ""
    form: Annotated[Literal["json", "csv", "parquet"], Field(alias="format")] = "json"


@router.get("/indicators", response=list[IndicatorListed], summary="Indicators")
def indicators(request: HttpRequest) -> list[IndicatorListed]:
    """Give the indicators you may ask for."""
    staff = is_staff(request)
    return [_out(spec) for spec in all_specs() if staff or catalogue.is_open(spec.name)]


@router.get(
    "/figures",
    response={200: figures.Figures, 403: Problem, **ASKED_WRONGLY},
    summary="Figures of an indicator",
)
def figures_of(request: HttpRequest, asked: Query[Asked]) -> HttpResponseBase:
    """
    Give an indicator by place and day, each figure with when it was known and who said so.

    At most 100,000 rows as JSON, 2,000,000 as CSV or Parquet; ask for less where there are more.
    """
    known_names_only(request, Asked)
    spec = spec_named(asked.indicator)
    staff = is_staff(request)
    if not catalogue.is_open(spec.name):
        require_staff(request, f"indicator {spec.name}")
    wanted = figures.Wanted(
        place_ids=figures.places_of(asked.place, asked.under, asked.level, staff=staff),
        first=day(asked.first, "from"),
        last=day(asked.last, "to"),
        as_known=known_until(asked.as_known),
    )
    table = figures.table(spec, wanted, most=figures.MOST[asked.form])
    response: HttpResponse = figures.WRITERS[asked.form](spec, wanted, table)
    if asked.form != "json":
        name = f"{spec.name}.{asked.form}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _out(spec: Spec) -> IndicatorListed:
    return IndicatorListed(
        name=spec.name,
        title=said(spec.title),
        unit=said(spec.unit),
        about=said(spec.about),
        formula=spec.formula,
        kinds=sorted(catalogue.kinds_of(spec.name)),
        made_from=list(spec.inputs) if isinstance(spec, Computed) else [spec.field],
        open=catalogue.is_open(spec.name),
    )
