"""From words to places: what people type, and the name columns of files."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from django.db.models.functions import Length

from rencheng.foundation.places import paths
from rencheng.foundation.places.levels import level as known_level
from rencheng.foundation.places.models import OPEN, Place, PlaceName
from rencheng.foundation.places.naming import Rank, asked_forms, lookup_form
from rencheng.foundation.places.reading import on_day, pieces, row, under
from rencheng.foundation.places.records import PlaceRecord, record, records, zones
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words

_SHOWN = 8
_VAST = ("world", "country")
_Candidates = Mapping[str, Sequence[tuple[int, Place]]]


def find(
    text: str, within: int | None = None, level: str | None = None, on: date | None = None
) -> PlaceRecord:
    """
    Give the one place that a word means.

    Parameters
    ----------
    text
        A code, a full name, an alias, or a name without its suffix (武汉, 浦东, 恩施); English too.
    within
        Number of a place: only what lies under it, or it itself where nothing under it answers.
    level, on
        Only this level; only what stood on this day.

    Raises
    ------
    InputError
        If no place or more than one answers; the message lists the candidates.

    Notes
    -----
    The best kind of match wins: code, full name, alias, short name. Among equals a place that
    still stands goes before one that is no more, and a place before those under it (吉林 is the
    province; 吉林 with ``level="city"`` is the city).
    """
    upper = row(within).path if within else ""
    chosen = _choose(text, _candidates([text], level, on, upper), upper)
    if isinstance(chosen, Words):
        raise InputError(chosen.en)
    return record(chosen, zones())


def suggest(
    text: str, within: int | None = None, level: str | None = None, limit: int = 20
) -> list[PlaceRecord]:
    """
    List places whose name, alias, short name or code begins with what is typed, upper ones first.

    For a search field; an empty text gives nothing.
    """
    form = lookup_form(text)
    if not form:
        return []
    rows = Place.objects.filter(names__key__startswith=form)
    if level is not None:
        rows = rows.filter(level=known_level(level).name)
    if within is not None:
        rows = rows.filter(under(row(within).path))
    # The shorter path stands higher in the tree.
    return records(rows.distinct().order_by(Length("path"), "code")[:limit])


@dataclass(frozen=True, slots=True)
class Resolved:
    """
    Places for a column of names.

    Parameters
    ----------
    place_id
        Int64, as long as the column; null where no single place answers.
    problems
        Why, by position; blank names have none.
    """

    place_id: pl.Series
    problems: dict[int, Words]


def resolve_names(
    names: Iterable[str | None],
    within: int | Sequence[int | None] | None = None,
    level: str | None = None,
    on: date | None = None,
) -> Resolved:
    """
    Find the place of every name of a column, each different name once.

    Parameters
    ----------
    names
        Words as for `find`; None and blanks give null without a problem.
    within
        One place for all, or one (or None) for each row, such as the province beside the city.
    level, on
        As for `find`.

    Raises
    ------
    InputError
        If ``within`` is of another length than ``names`` or names a place that is not there.

    Notes
    -----
    Cost: one query per 30,000 different names; 69,000 rows of 500 names take about 0.1 s.
    """
    words = [name or "" for name in names]
    uppers: Sequence[int | None]
    uppers = within if isinstance(within, Sequence) else [within] * len(words)
    if len(uppers) != len(words):
        raise InputError(f"within has {len(uppers)} rows and names {len(words)}")
    path_of = {upper: row(upper).path if upper else "" for upper in set(uppers)}
    candidates = _candidates(set(words), level, on)
    answers: dict[tuple[str, int | None], Place | Words | None] = {}
    for word, upper in set(zip(words, uppers, strict=True)):
        blank = not lookup_form(word)
        answers[word, upper] = None if blank else _choose(word, candidates, path_of[upper])
    found = [answers[pair] for pair in zip(words, uppers, strict=True)]
    ids = [one.id if isinstance(one, Place) else None for one in found]
    problems = {at: one for at, one in enumerate(found) if isinstance(one, Words)}
    return Resolved(pl.Series("place_id", ids, dtype=pl.Int64), problems)


def resolve_codes(codes: Iterable[str | None], on: date | None = None) -> pl.Series:
    """
    Find the number of the place behind every code of a column; null where nobody bears it.

    Parameters
    ----------
    codes
        Codes as for `get`; None gives null.
    on
        The day meant; None is the latest holder of each code.
    """
    wanted = list(codes)
    number: dict[str | None, int] = {}
    for piece in pieces(sorted({code for code in wanted if code})):
        holders = Place.objects.filter(code__in=piece).order_by("valid_from")
        if on is not None:
            holders = holders.filter(on_day(on))
        number.update(holders.values_list("code", "id"))
    return pl.Series("place_id", [number.get(code) for code in wanted], dtype=pl.Int64)


def _candidates(
    words: Iterable[str], level: str | None, on: date | None, within: str = ""
) -> _Candidates:
    """Give every place that answers to a form of the words, by form, with the rank it has there."""
    forms = {key.text for word in words for key in asked_forms(word)}
    chosen = Place.objects.all() if on is None else Place.objects.filter(on_day(on))
    if level is not None:
        chosen = chosen.filter(level=known_level(level).name)
    if within:
        chosen = chosen.filter(under(within))
    found: dict[str, list[tuple[int, Place]]] = defaultdict(list)
    for piece in pieces(sorted(forms)):
        keys = PlaceName.objects.filter(key__in=piece).values_list("key", "rank", "place_id")
        rows = list(keys)
        places = {}
        for some in pieces(sorted({place_id for _, _, place_id in rows})):
            places.update(chosen.in_bulk(some))
        for key, rank, place_id in rows:
            if place_id in places:
                found[key].append((rank, places[place_id]))
    return found


def _answering(text: str, candidates: _Candidates) -> Iterator[tuple[int, Place]]:
    for asked in asked_forms(text):
        for rank, place in candidates.get(asked.text, ()):
            if asked.rank == Rank.FULL:
                yield rank, place
            elif Rank.CODE < rank < Rank.SHORT:
                # A shortened question must meet a full name or alias: 朝阳市 is not 朝阳区.
                yield asked.rank, place


def _choose(text: str, candidates: _Candidates, within: str) -> Place | Words:
    """Pick the one place that is meant, or say why there is none."""
    answering = _answering(text, candidates)
    inside = [one for one in answering if paths.is_under(one[1].path, within)]
    matches = [one for one in inside if one[1].path != within] or inside
    best = min((rank for rank, _ in matches), default=None)
    places = {place.id: place for rank, place in matches if rank == best}
    standing = {i: p for i, p in places.items() if p.valid_to == OPEN} or places
    upper = [p for p in standing.values() if not any(a in standing for a in paths.ids(p.path)[:-1])]
    if len(upper) == 1:
        return upper[0]
    if not upper:
        where = (f"（{_name_at(within)}）", f" in {_name_at(within)}") if within else ("", "")
        return Words(f"没有名为“{text}”的地点{where[0]}", f"no place is called {text!r}{where[1]}")
    listed = _listed(upper)
    return Words(f"“{text}”可指多个地点：{listed}", f"{text!r} may mean several places: {listed}")


def _name_at(path: str) -> str:
    """Name the place a search was limited to."""
    return Place.objects.values_list("name_zh", flat=True).get(path=path)


def _listed(places: list[Place]) -> str:
    shown = sorted(places, key=lambda one: one.code)[:_SHOWN]
    above = Place.objects.in_bulk({i for one in shown for i in paths.ids(one.path)[:-1]})
    texts = []
    for one in shown:
        upper = [above[i].name_zh for i in paths.ids(one.path)[:-1] if above[i].level not in _VAST]
        texts.append(f"{'/'.join([*upper[-2:], one.name_zh])} ({one.code})")
    more = len(places) - len(shown)
    return ", ".join(texts) + (f" … +{more}" if more > 0 else "")
