"""What the JSON API of the monitor gives, typed."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

Number = int | float | None


class Place(Schema):
    """A place."""

    code: str
    name: str
    level: str


class Figure(Schema):
    """A figure of a place on a day; ``change`` is the difference to the day before."""

    indicator: str
    title: str
    unit: str
    day: date
    value: float
    change: float | None
    known_at: datetime
    sources: list[str]
    formula: int
    explained_at: str


class Growth(Schema):
    """How new cases move over seven days; rates per day, times in days, with 95 % intervals."""

    direction: str
    words: str
    rate: float | None
    rate_low: float | None
    rate_high: float | None
    doubling_days: float | None
    doubling_low: float | None
    doubling_high: float | None
    spoiled_by_jump: bool


class FlagOut(Schema):
    """A thing that asks for a second look."""

    rule: str
    level: str
    place: Place
    indicator: str
    first_day: date
    last_day: date
    sentence: str
    evidence: dict[str, float]


class SourceOut(Schema):
    """A source and when it was last heard."""

    name: str
    title: str
    origin: str
    licence: str
    newest_known_at: datetime


class Summary(Schema):
    """The overview of a place on a day."""

    place: Place
    day: date
    known: date | None
    levels: list[str]
    layers: list[str]
    figures: list[Figure]
    growth: Growth
    flags: list[FlagOut]
    flags_total: int
    sources: list[SourceOut]


class RowOut(Schema):
    """A row of the table of places."""

    place: Place
    values: dict[str, Number]
    per_million: float | None
    growth: Growth
    recent: list[Number]
    flag_level: str | None


class Table(Schema):
    """The table of places on a day."""

    day: date
    columns: list[str]
    rows: list[RowOut]
    total: int


class Frames(Schema):
    """Figures of many places on many days: ``values[day][place]``."""

    dates: list[str]
    ids: list[str]
    values: list[list[Number]]


class MapOut(Schema):
    """Places with their shape and figure, as GeoJSON."""

    type: str
    features: list[dict[str, Any]]
    scale: dict[str, Any]


class Line(Schema):
    """A line of a chart."""

    name: str
    values: list[Number]
    unit: str
    dashed: bool = False


class Chart(Schema):
    """A chart as the page draws it."""

    title: str
    kind: str
    x: dict[str, Any]
    series: list[Line]
    marks: list[dict[str, str]] = []
    log: bool = False
    source: str


class SeriesOut(Schema):
    """An indicator of a place; ``low`` and ``high`` where it has an interval."""

    place: Place
    indicator: str
    unit: str
    formula: int
    values: list[Number]
    low: list[Number] | None
    high: list[Number] | None


class SeriesSet(Schema):
    """Indicators of places over the same days; null where there is no figure."""

    first_day: date
    days: int
    known: date | None
    series: list[SeriesOut]


class IndicatorOut(Schema):
    """An indicator and how it is made."""

    name: str
    title: str
    unit: str
    about: str
    formula: int
    inputs: list[str]


class Nothing(Schema):
    """The answer before anything has been loaded, or to a question that cannot be answered."""

    error: str
    message: str
