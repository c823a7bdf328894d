"""The catalogue as data."""

from datetime import datetime

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from rencheng.foundation.memory.catalogue import api as catalogue
from rencheng.foundation.memory.catalogue.api import Card, Family, Quality
from rencheng.foundation.memory.kinds import Purpose, Sensitivity
from rencheng.foundation.web.access import is_staff
from rencheng.foundation.web.routes.asked import Said, said
from rencheng.foundation.web.routes.guarding import require_staff
from rencheng.foundation.web.routes.problems import ASKED_WRONGLY, NOT_FOUND, Problem
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import SECOND

router = Router(tags=["catalogue"])


class DataSetOut(Schema):
    """A data set in short."""

    name: str
    title: Said
    about: Said
    family: Family
    owner: Said
    sensitivity: Sensitivity
    purpose: Purpose | None
    days_kept: int | None


class FieldOut(Schema):
    """A field of a data set."""

    name: str
    title: Said
    type: Said
    unit: str
    range: str
    required: bool


class QualityOut(Schema):
    """How good the data from a source are; seconds of lateness are a median."""

    source: str
    sent: int
    stored: int
    duplicate: int
    rejected: int
    share_rejected: float | None
    last_received: datetime | None
    newest_event: datetime | None
    lateness_s: float | None


class IndicatorRef(Schema):
    """An indicator made from a data set."""

    name: str
    title: Said
    made_from: list[str]
    service: str | None


class DataSetDetail(DataSetOut):
    """A data set with its fields, its way through the house and its quality."""

    fields: list[FieldOut]
    steps: list[Said]
    made_from: list[str]
    indicators: list[IndicatorRef]
    quality: list[QualityOut]


@router.get("", response={200: list[DataSetOut], **ASKED_WRONGLY}, summary="Data sets")
def data_sets(request: HttpRequest, family: Family | None = None) -> list[DataSetOut]:
    """Give the data sets you may see: open aggregates, and all of them for staff."""
    staff = is_staff(request)
    return [
        _in_short(card)
        for card in catalogue.cards()
        if (staff or card.is_open) and family in (None, card.family)
    ]


@router.get(
    "/{name}", response={200: DataSetDetail, 403: Problem, **NOT_FOUND}, summary="One data set"
)
def data_set(request: HttpRequest, name: str) -> DataSetDetail:
    """Give a data set: fields, cleansing steps, lineage and quality by source."""
    try:
        card = catalogue.card(name)
    except InputError as error:
        raise Http404(str(error)) from error
    if not card.is_open:
        require_staff(request, f"data set {name}")
    way = catalogue.lineage(name) if card.origin == "kind" else None
    names = {source.id: source.name for source in way.sources} if way else {}
    return DataSetDetail(
        **_in_short(card).dict(),
        fields=[
            FieldOut(
                name=one.name,
                title=said(one.title),
                type=said(one.type),
                unit=one.unit,
                range=one.range,
                required=one.required,
            )
            for one in card.fields
        ],
        steps=[said(step) for step in card.steps],
        made_from=list(card.made_from),
        indicators=[
            IndicatorRef(
                name=one.name,
                title=said(one.title),
                made_from=list(one.by),
                service=one.service.service if one.service else None,
            )
            for one in (way.indicators if way else ())
        ],
        quality=[
            _quality(one, names.get(one.source_id or 0, ""))
            for one in (catalogue.by_source(name) if way else ())
        ],
    )


def _in_short(card: Card) -> DataSetOut:
    return DataSetOut(
        name=card.name,
        title=said(card.title),
        about=said(card.about),
        family=card.family,
        owner=said(card.owner),
        sensitivity=card.sensitivity,
        purpose=card.purpose,
        days_kept=card.days_kept,
    )


def _quality(one: Quality, source: str) -> QualityOut:
    return QualityOut(
        source=source,
        sent=one.sent,
        stored=one.stored,
        duplicate=one.duplicate,
        rejected=one.rejected,
        share_rejected=one.share_rejected,
        last_received=one.last_received,
        newest_event=one.newest_event,
        lateness_s=None if one.lateness is None else one.lateness / SECOND,
    )
