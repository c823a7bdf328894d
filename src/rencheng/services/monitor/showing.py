"""From what the monitor knows to what its pages show: words, links and small pictures."""

import math
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from rencheng.engines.epidemic.growth import Direction
from rencheng.engines.epidemic.quality import Flag, Level
from rencheng.foundation.memory.indicators.api import spec_named
from rencheng.foundation.memory.sources.api import all_sources
from rencheng.kernel.words import Words
from rencheng.services.monitor import layers, quality
from rencheng.services.monitor.headline import headlines
from rencheng.services.monitor.links import place_address
from rencheng.services.monitor.listing import Listing, Row, spoils
from rencheng.services.monitor.rates import Pace, paces
from rencheng.services.monitor.telling import figure_address
from rencheng.services.monitor.view import View
from rencheng.services.monitor.wording import (
    NOTHING,
    amount,
    change,
    day_text,
    growth_text,
    known_text,
    reader,
    spark,
)

# Four weeks of a total are a flat line: its chart tells more than a small picture.
TOTALS = frozenset({"confirmed", "cured", "dead", "discharged", "close_contacts"})
# Where more is worse, more is told in the colour of warning; of others nothing is said by colour.
WORSE = frozenset(
    {"confirmed", "active", "suspected", "dead", "new_dead", "severe", "in_hospital"} | layers.DAILY
)


def cards(view: View) -> list[dict[str, Any]]:
    """Show the headline figures."""
    language = reader()
    sources = all_sources()
    shown = []
    for one in headlines(view.board, view.root.id, view.day):
        rising = (one.change or 0) > 0 and one.indicator in WORSE
        falling = (one.change or 0) < 0 and one.indicator in WORSE
        shown.append(
            {
                "name": one.title.say(language),
                "value": amount(one.value, one.indicator),
                "change": change(one.change, one.indicator),
                "tone": "rise" if rising else "fall" if falling else "",
                "spark": "" if one.indicator in TOTALS else spark(one.recent),
                "url": figure_address(view, one.indicator, view.root.code),
                "known": known_text(one.known_at, language),
                "source": Words("、", ", ")
                .say(language)
                .join(sources[number].title.say(language) for number in one.sources),
            }
        )
    return shown


def flag_counts(found: list[Flag]) -> list[dict[str, str]]:
    """Show how many flags of the two weightiest levels there are."""
    language = reader()
    shown = []
    for level, words in (
        (Level.RED, Words("红色疑点", "red flags")),
        (Level.ORANGE, Words("橙色疑点", "orange flags")),
    ):
        count = sum(flag.level is level for flag in found)
        if count:
            shown.append({"level": level.value, "text": f"{count} {words.say(language)}"})
    return shown


def pace_shown(view: View) -> dict[str, Any]:
    """Show how new cases of the root move, and whether a jump spoils the reading."""
    pace = paces(view.board, [view.root.id], view.day)[0]
    own = [flag for flag in quality.flags(view.board, view.tree) if flag.place == view.root.id]
    return {
        "words": growth_text(pace, reader()),
        "growing": pace.direction is Direction.GROWING,
        "shrinking": pace.direction is Direction.SHRINKING,
        "spoiled": any(spoils(flag, view.day) for flag in own),
        "url": figure_address(view, "growth_rate", view.root.code),
        "known": not math.isnan(pace.rate[0]),
    }


def flag_shown(view: View, flag: Flag) -> dict[str, Any]:
    """Show a flag, with the way to its place and days."""
    language = reader()
    rule = next(card for card in quality.rule_cards() if card.name == flag.rule)
    return {
        "level": flag.level.value,
        "rule": rule.title.say(language),
        "rule_url": f"{reverse('monitor:about')}#rule-{flag.rule}",
        "place": view.tree.name(flag.place, language),
        "url": place_address(view, view.tree.spots[flag.place].code),
        "sentence": flag.sentence.say(language),
        "own": flag.place == view.root.id,
    }


def heads(view: View, listing: Listing, extra: dict[str, str]) -> list[dict[str, Any]]:
    """Show the headings of the table, each with the link that sorts by it."""
    language = reader()
    per_million = Words("每百万人", "Per million").say(language)
    named = [("name", Words("地方", "Place").say(language), "")]
    named += [(name, spec_named(name).title.say(language), name) for name in listing.columns]
    if listing.has_rate:
        named.append(("rate", per_million, "confirmed_per_million"))
    named.append(("growth", Words("近七日走势", "Seven-day trend").say(language), "growth_rate"))
    about = reverse("monitor:about")
    shown = []
    for name, label, indicator in named:
        here = listing.sort == name
        # The first press puts the largest on top (names: the first), the second turns round.
        down = not here or listing.ascending
        turned = "" if name == "name" and not here else "-" if down else ""
        asked = {**extra, "sort": f"{turned}{name}"}
        shown.append(
            {
                "name": name,
                "label": label,
                "url": view.address() + ("&" if view.asked else "") + urlencode(asked) + "#places",
                "about": f"{about}#{indicator}" if indicator else "",
                "sorted": ("ascending" if listing.ascending else "descending") if here else "none",
                "number": name not in {"name", "growth"},
            }
        )
    return shown


def row_shown(view: View, listing: Listing, row: Row) -> dict[str, Any]:
    """Show a row of the table."""
    language = reader()
    group = view.tree.level_of(row.place) == "group"
    return {
        "name": row.name,
        "group": group,
        "url": place_address(view, row.code),
        "cells": [
            {
                "name": name,
                "label": spec_named(name).title.say(language),
                "text": amount(row.values[name], name),
            }
            for name in listing.columns
        ],
        "rate": _rate(row.rate) if listing.has_rate else "",
        "growth": growth_text(row.pace, language) if _tellable(row.pace) else NOTHING,
        "direction": row.pace.direction.value,
        "spoiled": row.spoiled and _tellable(row.pace),
        "spark": spark(row.recent),
        "level": "" if row.level is None else row.level.value,
    }


def _rate(value: float) -> str:
    return NOTHING if math.isnan(value) else f"{value:,.1f}"


def _tellable(pace: Pace) -> bool:
    return pace.direction is not Direction.UNKNOWN


def title(view: View) -> str:
    """Give what the page is called: the place and the day."""
    language = reader()
    place, day = view.root.words.say(language), day_text(view.day, language)
    return Words(f"{place} {day}", f"{place}, {day}").say(language)
