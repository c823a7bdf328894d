"""What a reader asks to see: place, level, figure, day, and as known when; checked once, here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from rencheng.foundation.memory.clock import now
from rencheng.foundation.memory.indicators.api import spec_named
from rencheng.foundation.places.api import LEVELS
from rencheng.kernel.errors import InputError
from rencheng.kernel.time import parse_day
from rencheng.services.monitor import layers
from rencheng.services.monitor.figures import Board, board
from rencheng.services.monitor.reported import REPORTED
from rencheng.services.monitor.tree import GROUP, Spot, Tree, tree

LONGEST_PLACES = 20
STILL_REPORTED = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class View:
    """
    A checked question to the monitor.

    ``rows`` are the places listed and mapped, ``first`` to ``last`` the days that have figures of
    ``layer`` for the root (or, where it has none, for the rows).
    """

    board: Board
    tree: Tree
    root: Spot
    level: str
    levels: tuple[str, ...]
    rows: tuple[int, ...]
    layer: str
    available: tuple[str, ...]
    first: date
    last: date
    day: date
    known: date | None
    asked: Mapping[str, str]

    @property
    def everywhere(self) -> list[int]:
        """List the root and the rows."""
        return [self.root.id, *self.rows]

    def address(self, **changes: str | None) -> str:
        """Give the query string of this view with some changes; None takes a part out."""
        asked = {**self.asked, **{name: value or "" for name, value in changes.items()}}
        said = urlencode({name: value for name, value in asked.items() if value})
        return f"?{said}" if said else "?"

    def of_layer(self, layer: str) -> "View":
        """Give the same view of another figure, with the days this one has."""
        first, last = _days(self.board, layer, self.root.id, self.rows)
        return replace(self, layer=layer, first=first, last=last)


# What a view is asked with; anything else in an address is not ours.
ASKED = ("place", "level", "show", "day", "known")


def spoken_of(held: Board) -> set[int]:
    """Give every place that any source of the monitor has spoken of."""
    kept = held.notes.get("spoken")
    if isinstance(kept, set):
        return kept
    found = {one for spec in REPORTED for one in held.told(spec.name)["place_id"].unique()}
    held.notes["spoken"] = found
    return found


def view_of(given: Mapping[str, str]) -> View | None:
    """
    Check what is asked for and give the view; None where nothing has been loaded yet.

    Raises
    ------
    InputError
        If a place, level, figure or day is unknown or malformed; the message says which.
    """
    asked = {name: given[name].strip() for name in ASKED if given.get(name, "").strip()}
    # The rest of the house says as_known; a word not understood must never give today's figures.
    if given.get("as_known", "").strip():
        asked["known"] = given["as_known"].strip()
    known = parse_day(asked["known"]) if "known" in asked else None
    if known is not None and known > now().date():
        raise InputError(f"known is {known}; what will be known in future cannot be shown")
    held, places = board(known), tree()
    spoken = {one for one in spoken_of(held) if one in places.spots}
    top = places.top(spoken)
    if top is None:
        if not spoken_of(board()):
            return None
        raise InputError(f"nothing was known yet on {known}")
    root = places.spot(asked["place"]) if "place" in asked else places.spots[top]
    levels = places.levels(root.id, spoken)
    rows_at = {name: tuple(places.rows(root.id, name, spoken)) for name in levels}
    level = _level(asked.get("level", ""), rows_at, root)
    rows = rows_at.get(level, ())
    available = layers.with_figures(held, root.id, rows)
    if not available:
        raise InputError(f"there are no figures of {root.words.en} ({root.code})")
    days = {name: _days(held, name, root.id, rows) for name in available}
    asked_for = asked.get("show")
    layer = layers.chosen(asked_for, available) if asked_for else _current(days)
    first, last = days[layer]
    day = parse_day(asked["day"]) if "day" in asked else last
    if known is not None and day > last:
        # Going back in knowledge with a later day still in the form: the newest day known then.
        day = last
    if not first <= day <= last:
        raise InputError(
            f"day is {day}; {spec_named(layer).title.en} of {root.words.en} goes from {first} "
            f"to {last}"
        )
    return View(
        board=held,
        tree=places,
        root=root,
        level=level,
        levels=tuple(levels),
        rows=rows,
        layer=layer,
        available=tuple(available),
        first=first,
        last=last,
        day=day,
        known=known,
        asked=asked,
    )


def place_codes(text: str, places: Tree) -> list[Spot]:
    """Read codes with commas between them, at most `LONGEST_PLACES`."""
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if len(codes) > LONGEST_PLACES:
        raise InputError(
            f"{len(codes)} places are asked for; it should be {LONGEST_PLACES} at most"
        )
    return [places.spot(code) for code in dict.fromkeys(codes)]


def _level(asked: str, rows_at: Mapping[str, tuple[int, ...]], root: Spot) -> str:
    """Check the asked level; where none is asked, the first that lists more than one place."""
    if not asked:
        several = [name for name, rows in rows_at.items() if len(rows) > 1]
        return (several or list(rows_at) or [root.level])[0]
    if asked not in LEVELS or asked == GROUP:
        raise InputError(f"level is {asked!r}; it should be one of {', '.join(rows_at)}")
    if asked not in rows_at:
        raise InputError(f"{root.words.en} has no figures at the level {asked!r}")
    return asked


def _current(days: dict[str, tuple[date, date]]) -> str:
    """Choose the first layer that is still reported: an old total does not hide a new wave."""
    newest = max(last for _, last in days.values())
    return next(name for name, (_, last) in days.items() if newest - last <= STILL_REPORTED)


def _days(held: Board, layer: str, root: int, rows: tuple[int, ...]) -> tuple[date, date]:
    """Give the days of the root's own figures, else those of the rows."""
    found = held.days(layer, [root]) or held.days(layer, list(rows))
    if found is None:
        raise InputError(f"there is no {spec_named(layer).title.en!r} of these places")
    return found
