"""What becomes of places: merged, split, renamed, recoded; and who stood for whom on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

import polars as pl
from django.db import transaction
from django.db.models import Q

from rencheng.foundation.places.models import OPEN, Place, PlaceSuccession
from rencheng.foundation.places.reading import get, row
from rencheng.foundation.places.records import PlaceRecord, records
from rencheng.foundation.places.upserting import upsert
from rencheng.kernel.errors import InputError

SuccessionKind = Literal["merged", "split", "renamed", "recoded"]
KINDS: Final[tuple[SuccessionKind, ...]] = get_args(SuccessionKind)
# How many old and new places each kind joins.
_FIT: Final[dict[SuccessionKind, tuple[bool, bool]]] = {
    "merged": (True, False),
    "split": (False, True),
    "renamed": (False, False),
    "recoded": (False, False),
}


def succeed(
    old: Sequence[str], new: pl.DataFrame, on: date, kind: SuccessionKind
) -> list[PlaceRecord]:
    """
    End places on a day and let others follow them.

    Parameters
    ----------
    old
        Codes of the places that end; two or more for ``merged``, else one.
    new
        The places that follow, columns as for `upsert` (``valid_from`` is set to ``on``); two or
        more for ``split``, else one. A new place may bear an old one's code.
    on
        First day of the new order.
    kind
        ``merged``, ``split``, ``renamed`` or ``recoded``.

    Returns
    -------
    places
        The new places, in the order of ``new``.

    Raises
    ------
    InputError
        If the numbers do not fit the kind, an old place is unknown or already over, or a new row
        is refused; then nothing is changed.

    Notes
    -----
    Where one place follows, the places under the old ones move under it, as the tree shows today's
    order; after a split they stay until `upsert` gives them their new parents. Figures and
    borders stay with the place they were said of; `standing` leads from one to the other.
    """
    several_old, several_new = _FIT.get(kind) or _unknown(kind)
    if (len(old) > 1) != several_old or (new.height > 1) != several_new or not new.height:
        raise InputError(f"{len(old)} places {kind} into {new.height} do not fit together")
    with transaction.atomic():
        ending = [row(get(code).id) for code in old]
        for place in ending:
            if not place.valid_from < on < place.valid_to:
                raise InputError(f"place {place.code} does not stand on {on.isoformat()}")
            if place.valid_to != OPEN:
                raise InputError(f"place {place.code} already ends on {place.valid_to}")
        Place.objects.filter(id__in=[place.id for place in ending]).update(valid_to=on)
        written = upsert(new.with_columns(valid_from=pl.lit(on)))
        if written.refused:
            first = written.refused[0]
            raise InputError(
                f"new place {first.row + 1}: {first.field} is {first.was!r}; "
                f"it should be {first.should.en}"
            )
        following = [row(get(code, on).id) for code in new["code"]]
        PlaceSuccession.objects.bulk_create(
            PlaceSuccession(old=one, new=other, on=on, kind=kind)
            for one in ending
            for other in following
        )
        if len(following) == 1:
            _hand_over(ending, following[0])
    return records(following)


def standing(place_id: int, on: date) -> list[PlaceRecord]:
    """
    List the places that stood on a day for a place: itself, those it came of, or its followers.

    Raises
    ------
    InputError
        If there is no such place.

    Examples
    --------
    公主岭市 was recoded from 220381 to 220184 on 2020-06-19: asked for the new one on 2020-02-01,
    the answer is the old one.
    """
    found: dict[int, Place] = {}
    seen: set[int] = set()
    waiting = [row(place_id)]
    while waiting:
        place = waiting.pop()
        if place.id in seen:
            continue
        seen.add(place.id)
        if place.valid_from <= on < place.valid_to:
            found[place.id] = place
        elif on < place.valid_from:
            waiting += Place.objects.filter(followed_by__new=place)
        else:
            waiting += Place.objects.filter(follows__old=place)
    return records(sorted(found.values(), key=lambda one: one.path))


@dataclass(frozen=True, slots=True)
class Change:
    """How a place followed another (``old``) or was followed (``new``), and when."""

    on: date
    kind: str
    old: PlaceRecord
    new: PlaceRecord


def changes(place_id: int) -> list[Change]:
    """List the changes that a place came of or ended in, by day."""
    rows = PlaceSuccession.objects.filter(Q(old_id=place_id) | Q(new_id=place_id))
    found = list(rows.select_related("old", "new").order_by("on", "id"))
    olds, news = records(one.old for one in found), records(one.new for one in found)
    return [
        Change(one.on, one.kind, old, new) for one, old, new in zip(found, olds, news, strict=True)
    ]


def _hand_over(ending: list[Place], heir: Place) -> None:
    moved = Place.objects.filter(parent_id__in=[p.id for p in ending], valid_to=OPEN)
    codes = [code for code in moved.values_list("code", flat=True) if code != heir.code]
    if not codes:
        return
    written = upsert(pl.DataFrame({"code": codes, "parent": [heir.code] * len(codes)}))
    if written.refused:
        first = written.refused[0]
        raise InputError(f"{codes[first.row]} cannot stand under {heir.code}: {first.should.en}")


def _unknown(kind: str) -> tuple[bool, bool]:
    raise InputError(f"kind is {kind!r}; it should be one of {', '.join(KINDS)}")
