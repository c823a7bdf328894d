"""From what the monitor knows to what its JSON API says."""

import math
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from rencheng.engines.epidemic.quality import Flag
from rencheng.foundation.memory.sources.api import all_sources
from rencheng.services.monitor import quality
from rencheng.services.monitor.headline import Headline, headlines, source_lines
from rencheng.services.monitor.listing import Listing, Row, spoils
from rencheng.services.monitor.rates import Pace, paces
from rencheng.services.monitor.tree import Tree
from rencheng.services.monitor.view import View
from rencheng.services.monitor.wording import growth_text, numbers, reader

FLAGS_SHOWN = 20


def place_told(tree: Tree, place_id: int) -> dict[str, str]:
    """Tell a place."""
    spot = tree.spots[place_id]
    return {"code": spot.code, "name": tree.name(place_id, reader()), "level": spot.level}


def figure_address(view: View, indicator: str, code: str) -> str:
    """Give the address of the page that says how a figure was made."""
    asked = {"place": code, "show": indicator, "day": view.day.isoformat()}
    if view.known is not None:
        asked["known"] = view.known.isoformat()
    return f"{reverse('monitor:figure')}?{urlencode(asked)}"


def figure_told(view: View, one: Headline) -> dict[str, Any]:
    """Tell a headline figure."""
    language = reader()
    cards = all_sources()
    return {
        "indicator": one.indicator,
        "title": one.title.say(language),
        "unit": one.unit.say(language),
        "day": one.day.isoformat(),
        "value": one.value,
        "change": one.change,
        "known_at": one.known_at.isoformat(),
        "sources": [cards[source].name for source in one.sources],
        "formula": one.formula,
        "explained_at": figure_address(view, one.indicator, view.root.code),
    }


def growth_told(pace: Pace, *, spoiled: bool) -> dict[str, Any]:
    """Tell how cases move."""
    return {
        "direction": pace.direction.value,
        "words": growth_text(pace, reader()),
        "rate": _or_none(pace.rate[0]),
        "rate_low": _or_none(pace.rate[1]),
        "rate_high": _or_none(pace.rate[2]),
        "doubling_days": _or_none(pace.doubling[0]),
        "doubling_low": _or_none(pace.doubling[1]),
        "doubling_high": _or_none(pace.doubling[2]),
        "spoiled_by_jump": spoiled,
    }


def flag_told(tree: Tree, flag: Flag) -> dict[str, Any]:
    """Tell a flag."""
    return {
        "rule": flag.rule,
        "level": flag.level.value,
        "place": place_told(tree, flag.place),
        "indicator": flag.quantity,
        "first_day": flag.first_day.isoformat(),
        "last_day": flag.last_day.isoformat(),
        "sentence": flag.sentence.say(reader()),
        "evidence": {name: round(value, 4) for name, value in flag.evidence.items()},
    }


def summary_told(view: View) -> dict[str, Any]:
    """Tell the overview of a view."""
    found = quality.of_view(view)
    pace = paces(view.board, [view.root.id], view.day)[0]
    shown = headlines(view.board, view.root.id, view.day)
    own = [flag for flag in found if flag.place == view.root.id]
    return {
        "place": place_told(view.tree, view.root.id),
        "day": view.day.isoformat(),
        "known": None if view.known is None else view.known.isoformat(),
        "levels": list(view.levels),
        "layers": list(view.available),
        "figures": [figure_told(view, one) for one in shown],
        "growth": growth_told(pace, spoiled=any(spoils(flag, view.day) for flag in own)),
        "flags": [flag_told(view.tree, flag) for flag in found[:FLAGS_SHOWN]],
        "flags_total": len(found),
        "sources": sources_told(view),
    }


def sources_told(view: View) -> list[dict[str, Any]]:
    """Tell the sources behind a view."""
    language = reader()
    return [
        {
            "name": line.card.name,
            "title": line.card.title.say(language),
            "origin": line.card.origin,
            "licence": line.card.licence,
            "newest_known_at": line.newest_known_at.isoformat(),
        }
        for line in source_lines(
            view.board, list(view.available), view.everywhere, (view.first, view.last)
        )
    ]


def table_told(view: View, listing: Listing, limit: int) -> dict[str, Any]:
    """Tell the table of a view."""
    return {
        "day": view.day.isoformat(),
        "columns": list(listing.columns),
        "rows": [_row_told(view.tree, row) for row in listing.rows[:limit]],
        "total": listing.total,
    }


def _row_told(tree: Tree, row: Row) -> dict[str, Any]:
    return {
        "place": place_told(tree, row.place),
        "values": dict(zip(row.values, numbers(list(row.values.values())), strict=True)),
        "per_million": _or_none(row.rate),
        "growth": growth_told(row.pace, spoiled=row.spoiled),
        "recent": numbers(row.recent),
        "flag_level": None if row.level is None else row.level.value,
    }


def _or_none(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
