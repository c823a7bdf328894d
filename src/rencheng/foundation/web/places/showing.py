"""What the pages of the places show, in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext as _

from rencheng.foundation.places import api as places
from rencheng.foundation.places.api import LEVELS, SITE_KINDS, Change, PlaceRecord
from rencheng.kernel.words import Words

# Buildings and sites may be homes, isolation hotels, wards: they are for staff.
PUBLIC_LEVELS: Final = (
    "world",
    "country",
    "province",
    "city",
    "district",
    "street",
    "community",
    "group",
)
SHOWN: Final = 500
_DRAWN: Final = 2_000
# How far a drawn border may leave the true one: about half a pixel of a map of that place.
_ROUGH_DEG: Final = {"world": 0.1, "country": 0.02, "province": 0.01, "city": 0.002}
_FINE_DEG: Final = 0.0005
_BLUES: Final = ("#e3ecf7", "#b9d0ea", "#8ab0db", "#5a8cc8", "#2457a6")


@dataclass(frozen=True, slots=True)
class Line:
    """A place in a list."""

    url: str
    name: str
    other: str
    code: str
    level: str
    population: str
    beneath: str
    ended: date | None


def address(code: str) -> str:
    """Give the address of a place's page."""
    return reverse("places:place", args=[code])


def amount(number: float | None) -> str:
    """Write a number with commas, as maps and charts do in both languages; "" for none."""
    return "" if number is None else f"{number:,.0f}"


def period(start: date | None, end: date | None) -> str:
    """Say from when to when something holds; on ``end`` it no longer does."""
    if start and end:
        return _("%(start)s to %(end)s") % {"start": start.isoformat(), "end": end.isoformat()}
    if start:
        return _("since %(day)s") % {"day": start.isoformat()}
    if end:
        return _("until %(day)s") % {"day": end.isoformat()}
    return _("undated")


def is_open(level: str, *, staff: bool) -> bool:
    """Say whether a reader may see places of a level."""
    return staff or level in PUBLIC_LEVELS


def level_name(level: str, site_kind: str, language: str) -> str:
    """Say what kind of place it is."""
    words = SITE_KINDS[site_kind] if site_kind else LEVELS[level].words
    return words.say(language)


def line(place: PlaceRecord, language: str) -> Line:
    """Make the line of a place."""
    return _line(asdict(place), language, 0)


def lines_under(place_id: int, language: str, *, staff: bool) -> list[Line]:
    """Make the lines of the places directly under a place, those that are no more at the end."""
    counts = places.counts_beneath(place_id, () if staff else PUBLIC_LEVELS)
    found = [
        _line(row, language, counts.get(row["id"], 0))
        for row in places.children(place_id).iter_rows(named=True)
        if is_open(row["level"], staff=staff)
    ]
    return sorted(found, key=lambda one: one.ended is not None)


def _line(row: Mapping[str, Any], language: str, beneath: int) -> Line:
    words = Words(row["name_zh"], row["name_en"] or row["name_zh"])
    name = words.say(language)
    return Line(
        url=address(row["code"]),
        name=name,
        other=next((one for one in (words.zh, words.en) if one != name), ""),
        code=row["code"],
        level=level_name(row["level"], row["site_kind"], language),
        population=amount(row["population"]),
        beneath=amount(beneath or None),
        ended=row["valid_to"],
    )


def trail(place: PlaceRecord, language: str) -> list[dict[str, str]]:
    """Give the way from the root down to a place."""
    above = [one for one in places.ancestors(place.id) if one.level != "world"]
    steps = [{"url": reverse("places:index"), "label": _("Places")}]
    steps += [{"url": address(one.code), "label": one.words.say(language)} for one in above]
    return [*steps, {"url": address(place.code), "label": place.words.say(language)}]


def where_from(changes: list[Change], place: PlaceRecord, language: str) -> list[dict[str, Any]]:
    """Say what a place was before and became after."""
    sentences = {
        ("merged", True): _("Merged from"),
        ("split", True): _("Split off from"),
        ("renamed", True): _("Renamed from"),
        ("recoded", True): _("Had the code of"),
        ("merged", False): _("Merged into"),
        ("split", False): _("Split into"),
        ("renamed", False): _("Renamed to"),
        ("recoded", False): _("Was given the code of"),
    }
    told = []
    for change in changes:
        came = change.new.id == place.id
        other = change.old if came else change.new
        told.append(
            {
                "on": change.on,
                "how": sentences[change.kind, came],
                "name": f"{other.words.say(language)} ({other.code})",
                "url": address(other.code),
            }
        )
    return told


def drawing(place: PlaceRecord, language: str, *, staff: bool) -> dict[str, Any]:
    """Draw the places directly under a place over its own outline; alone where there are none."""
    table = places.children(place.id).filter(
        pl.col("valid_to").is_null() & pl.col("lon").is_not_null()
    )
    if not staff:
        table = table.filter(pl.col("level").is_in(PUBLIC_LEVELS))
    table = table.head(_DRAWN)
    tolerance = _ROUGH_DEG.get(place.level, _FINE_DEG)
    inside = places.features(table["id"].to_list(), tolerance)["features"]
    own = places.features([place.id], tolerance)["features"]
    shown = inside or own
    people = dict(table.select("id", "population").rows()) | {place.id: place.population}
    peopled = any(people[one["id"]] for one in shown)
    values = {
        one["id"]: people[one["id"]] if peopled else one["properties"]["area_km2"] for one in shown
    }
    drawn = [_outline(one) for one in own if inside and one["geometry"]["type"] != "Point"]
    drawn += [_named(one, values[one["id"]], language) for one in shown]
    collection: dict[str, Any] = {"type": "FeatureCollection", "features": drawn}
    if any(values.values()):
        title, unit = (_("Population"), _("people")) if peopled else (_("Area"), "km²")
        collection["scale"] = {"title": title, "unit": unit, **_classes(values.values())}
    return collection


def _classes(values: Iterable[float | None]) -> dict[str, list[Any]]:
    """Give up to five classes of about as many places each, in blues: nothing here is alarming."""
    known = sorted(value for value in values if value)
    cuts = [known[len(known) * part // 5] for part in range(1, 5)]
    # One significant digit, as nobody reads a border at 8,837,300.
    breaks = sorted({int(float(f"{cut:.0e}")) for cut in cuts} - {0})
    return {"breaks": breaks, "colours": list(_BLUES[-len(breaks) - 1 :])}


def _outline(feature: dict[str, Any]) -> dict[str, Any]:
    """Draw grey context: a feature without a number of its own."""
    return {"type": "Feature", "geometry": feature["geometry"], "properties": {}}


def _named(feature: dict[str, Any], value: float | None, language: str) -> dict[str, Any]:
    said = feature["properties"]
    shown: dict[str, Any] = {
        "id": said["code"],
        "name": Words(said["name_zh"], said["name_en"]).say(language),
        "value": value,
        "url": address(said["code"]),
    }
    if value is None:
        shown["label"] = LEVELS[said["level"]].words.say(language)
    return {"type": "Feature", "geometry": feature["geometry"], "properties": shown}
