"""Ways from one page of the monitor to another, and to the data behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from rencheng.foundation.places.api import LEVELS
from rencheng.kernel.words import Words
from rencheng.services.monitor import layers, quality
from rencheng.services.monitor.tree import Spot
from rencheng.services.monitor.view import View
from rencheng.services.monitor.wording import reader


@dataclass(frozen=True, slots=True)
class Link:
    """A link; ``current`` marks the one that is shown."""

    url: str
    label: str
    current: bool = False


def place_address(view: View, code: str) -> str:
    """Give the address of a place's own page, as known when this one is."""
    address = reverse("monitor:place", args=[code])
    known = {"known": view.known.isoformat()} if view.known is not None else {}
    return f"{address}?{urlencode(known)}" if known else address


def trail(view: View) -> list[dict[str, str]]:
    """Show where a place lies, from the top down."""
    language = reader()
    ids = [*reversed(view.root.above), view.root.id]
    spots = [view.tree.spots[one] for one in ids]
    return [
        {"url": place_address(view, spot.code), "label": spot.words.say(language)} for spot in spots
    ]


def layer_links(view: View, more: dict[str, str] | None = None) -> list[Link]:
    """Offer the figures there are; the day is kept where the figure has it."""
    language = reader()
    return [
        Link(
            view.address(show=name, day=_day_kept(view, name), **(more or {})),
            layers.title(name).say(language),
            name == view.layer,
        )
        for name in view.available
    ]


def _day_kept(view: View, layer: str) -> str | None:
    said = view.asked.get("day")
    if said is None or layer == view.layer:
        return said
    span = view.board.days(layer, [view.root.id]) or view.board.days(layer, list(view.rows))
    return said if span is not None and span[0] <= view.day <= span[1] else None


def chosen_places(view: View, spots: list[Spot], since: str) -> list[dict[str, str]]:
    """Show the compared places, each with the way to take it out."""
    shown = []
    for spot in spots:
        others = ",".join(one.code for one in spots if one is not spot)
        shown.append(
            {
                "name": view.tree.name(spot.id, reader()),
                "without": view.address(places=others, since=since),
            }
        )
    return shown


def offered_places(view: View, spots: list[Spot]) -> list[tuple[str, str]]:
    """Offer more places to compare, by code and name."""
    held = view.board.places(view.layer) & view.tree.spots.keys()
    offered = held - {spot.id for spot in spots}
    return sorted((view.tree.spots[one].code, view.tree.name(one, reader())) for one in offered)


def level_links(view: View) -> list[Link]:
    """Offer the levels there are."""
    language = reader()
    return [
        Link(view.address(level=name), LEVELS[name].words.say(language), name == view.level)
        for name in view.levels
    ]


def data_address(view: View, **more: str) -> str:
    """Give the query string with which the elements ask the JSON API for this view's data."""
    asked = {
        "place": view.root.code,
        "level": view.level if view.levels else "",
        "show": view.layer,
        "day": view.day.isoformat(),
        "known": "" if view.known is None else view.known.isoformat(),
        "lang": reader(),
        **more,
    }
    return urlencode({name: value for name, value in asked.items() if value})


def tabs(view: View, here: str) -> list[Link]:
    """Offer the pages about a view."""
    language = reader()
    asked = {**view.asked, "place": view.root.code}
    query = f"?{urlencode(asked)}"
    pages = (
        ("overview", Words("总览", "Overview")),
        ("flags", Words("疑点", "Flags")),
        ("compare", Words("比较", "Compare")),
        ("data", Words("数据下载", "Download")),
    )
    shown = [
        Link(reverse(f"monitor:{name}") + query, words.say(language), name == here)
        for name, words in pages
    ]
    own = Link(
        place_address(view, view.root.code),
        Words("一地详情", "This place").say(language),
        here == "place",
    )
    return [shown[0], own, *shown[1:]]


def rule_links(view: View, count: dict[str, int], rule: str) -> list[Link]:
    """Offer the rules that found something, with how much they found."""
    language = reader()
    address = view.address() + ("&" if view.asked else "")
    shown = [
        Link(
            view.address(), f"{Words('全部', 'All').say(language)} {sum(count.values())}", not rule
        )
    ]
    shown += [
        Link(
            f"{address}rule={card.name}",
            f"{card.title.say(language)} {count[card.name]}",
            card.name == rule,
        )
        for card in quality.rule_cards()
        if count.get(card.name)
    ]
    return shown


def pieces(view: View, absolute: Callable[[str], str]) -> list[dict[str, str]]:
    """Offer the pieces for other people's pages, with the code of a frame."""
    language = reader()
    offered = (
        ("headline", Words("主要数字", "Headline figures"), 420),
        ("map", Words("地图", "Map"), 680),
        ("chart", Words("走势图", "Trend"), 480),
    )
    shown = []
    for name, words, height in offered:
        asked = data_address(view) if "day" in view.asked else data_address(view, day="")
        url = absolute(f"{reverse('monitor:embed', args=[name])}?{asked}")
        code = f'<iframe src="{url}" width="100%" height="{height}" loading="lazy"></iframe>'
        shown.append({"name": name, "label": words.say(language), "url": url, "code": code})
    return shown
