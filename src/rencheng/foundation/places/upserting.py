"""Writing many places at once: what is new is stored, what is known is left untouched."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, Literal

import polars as pl
from django.db import transaction

from rencheng.foundation.places.forest import Forest
from rencheng.foundation.places.intake import Draft, drafts, narrowed, only_new_fields
from rencheng.foundation.places.levels import may_stand_under
from rencheng.foundation.places.models import ALWAYS, OPEN, Place
from rencheng.foundation.places.naming import short_names
from rencheng.foundation.places.receipts import Refusal, Written
from rencheng.kernel.words import Words

Outcome = Literal["created", "changed", "unchanged"]


def upsert(table: pl.DataFrame, *, only_new: Collection[str] = ()) -> Written:
    """
    Store places, parents and children in any order in one table and one transaction.

    Parameters
    ----------
    table
        Columns of `intake.COLUMNS`; ``code`` is needed, and ``name_zh`` and ``level`` where the
        place is new. ``parent`` is a code, in the table or stored. A blank says nothing: what is
        stored stays. Aliases are added to those stored, unless the place answers to them anyway.
        A row means the place with its ``code``
        and ``valid_from``; without ``valid_from`` the latest holder of the code.
    only_new
        Columns that fill new places only (a file of points should not rename anything); a
        differing ``name_zh`` then becomes an alias.

    Returns
    -------
    written
        Balance; ``refused`` gives row, field, what it was and what it should be.

    Raises
    ------
    InputError
        If the columns themselves are wrong; then nothing is stored.

    Notes
    -----
    Laws: the same table a second time changes nothing; the order of rows does not matter, except
    that of two rows that contradict each other the later is refused; a place given another
    parent takes its whole subtree along. Cost: 3,000 new places take about 0.5 s on SQLite.
    """
    fields = only_new_fields(only_new)
    read = list(drafts(narrowed(table)))
    refused = [one for one in read if isinstance(one, Refusal)]
    waiting = [one for one in read if isinstance(one, Draft)]
    counts: dict[Outcome, int] = {"created": 0, "changed": 0, "unchanged": 0}
    news: set[int] = set()
    with transaction.atomic():
        writing = _Writing(Forest.load(_codes(waiting)), fields)
        for draft in _parents_first(waiting, refused):
            outcome = writing.take(draft)
            if isinstance(outcome, Refusal):
                refused.append(outcome)
                continue
            counts[outcome] += 1
            if outcome != "unchanged":
                news.add(draft.row)
        writing.forest.save()
    return Written(
        sent=table.height,
        created=counts["created"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        refused=tuple(sorted(refused, key=lambda one: one.row)),
        news=frozenset(news),
    )


def _codes(waiting: list[Draft]) -> set[str]:
    return {draft.code for draft in waiting} | {draft.parent for draft in waiting if draft.parent}


def _parents_first(waiting: list[Draft], refused: list[Refusal]) -> Iterator[Draft]:
    """Yield drafts so that a parent in the same table comes before its children."""
    to_come: dict[str, int] = defaultdict(int)
    for draft in waiting:
        to_come[draft.code] += 1
    held: dict[str, list[Draft]] = defaultdict(list)
    ready = []
    for draft in waiting:
        if draft.parent is not None and draft.parent in to_come:
            held[draft.parent].append(draft)
        else:
            ready.append(draft)
    while ready:
        following: list[Draft] = []
        for draft in ready:
            yield draft
            to_come[draft.code] -= 1
            if not to_come[draft.code]:
                following += held.pop(draft.code, [])
        ready = following
    refused += [_in_a_ring(draft) for ring in held.values() for draft in ring]


class _Writing:
    """One table on its way into the forest."""

    def __init__(self, forest: Forest, only_new: frozenset[str]) -> None:
        self.forest = forest
        self.only_new = only_new
        # What earlier rows of this table said of each place.
        self.said: dict[int, dict[str, Any]] = defaultdict(dict)

    def take(self, draft: Draft) -> Outcome | Refusal:
        place = self.forest.holder(draft.code, draft.valid_from)
        return self._create(draft) if place is None else self._update(draft, place)

    def _create(self, draft: Draft) -> Outcome | Refusal:
        for name in ("name_zh", "level"):
            if name not in draft.values:
                return Refusal(
                    draft.row, name, "", Words("新地点应填写", "filled in for a new place")
                )
        start, end = draft.valid_from or ALWAYS, draft.values.get("valid_to", OPEN)
        if self.forest.holder_between(draft.code, start, end) is not None:
            should = Words(
                "此期间编码已属另一地点", "a time in which no other place bears the code"
            )
            return Refusal(draft.row, "valid_from", start.isoformat(), should)
        parent = None
        if draft.parent is not None:
            parent = self.forest.holder_between(draft.parent, start, end)
            if parent is None:
                return _unknown_parent(draft)
        place = Place(code=draft.code, valid_from=start, **draft.values)
        fault = self._misplaced(draft, place, parent)
        if fault is not None:
            return fault
        self.forest.plant(place, parent)
        self.said[place.id] = {**draft.values, "parent": draft.parent}
        return "created"

    def _update(self, draft: Draft, place: Place) -> Outcome | Refusal:
        says = {k: v for k, v in draft.values.items() if k not in self.only_new and k != "aliases"}
        if draft.valid_from is not None:
            says["valid_from"] = draft.valid_from
        parent = None
        if draft.parent is not None and "parent" not in self.only_new:
            says["parent"] = draft.parent
            parent = self.forest.holder_between(draft.parent, place.valid_from, place.valid_to)
            if parent is None:
                return _unknown_parent(draft)
        contradiction = self._contradiction(draft, place, says)
        if contradiction is not None:
            return contradiction
        moved = parent is not None and parent.id != place.parent_id
        news = {k: v for k, v in says.items() if k != "parent" and getattr(place, k) != v}
        news |= self._new_aliases(draft, place)
        if not moved and not news:
            return "unchanged"
        fault = self._misfit(draft, place, parent if moved else None, news)
        if fault is not None:
            return fault
        if moved:
            self.forest.move(place, parent)
        for name, value in news.items():
            setattr(place, name, value)
        self.forest.touch(place)
        return "changed"

    def _contradiction(self, draft: Draft, place: Place, says: dict[str, Any]) -> Refusal | None:
        earlier = self.said[place.id]
        for name, value in says.items():
            if name in earlier and earlier[name] != value:
                should = Words(
                    f"与表中前一行一致：{earlier[name]}", f"{earlier[name]}, as an earlier row says"
                )
                return Refusal(draft.row, name, str(value), should)
        earlier.update(says)
        return None

    def _new_aliases(self, draft: Draft, place: Place) -> dict[str, Any]:
        given = list(draft.values.get("aliases", []))
        if "name_zh" in self.only_new:
            given.append(draft.values.get("name_zh", place.name_zh))
        known = {place.name_zh, *place.aliases, *short_names(place.name_zh)}
        added = [alias for alias in dict.fromkeys(given) if alias not in known]
        return {"aliases": [*place.aliases, *added]} if added else {}

    def _misfit(
        self, draft: Draft, place: Place, parent: Place | None, news: dict[str, Any]
    ) -> Refusal | None:
        """Say why a stored place cannot become what the row asks."""
        start = news.get("valid_from", place.valid_from)
        end = news.get("valid_to", place.valid_to)
        if start >= end:
            return Refusal(draft.row, "valid_to", str(end), Words("应晚于起始日", f"after {start}"))
        for other in self.forest.by_code[place.code]:
            if other is not place and other.valid_from < end and start < other.valid_to:
                should = Words("不与同编码的另一地点重叠", "apart from another holder of the code")
                return Refusal(draft.row, "valid_to", str(end), should)
        if parent is not None and parent.path.startswith(place.path):
            return _in_a_ring(draft)
        level = news.get("level", place.level)
        if level == place.level and parent is None:
            return None
        if level != place.level and not self.forest.children_fit(place, level):
            should = Words("应高于其下级", "above the levels of the places under it")
            return Refusal(draft.row, "level", level, should)
        if parent is None and place.parent_id is not None:
            parent = self.forest.by_id(place.parent_id)
        changed = Place(level=level, site_kind=news.get("site_kind", place.site_kind))
        return self._misplaced(draft, changed, parent)

    def _misplaced(self, draft: Draft, place: Place, parent: Place | None) -> Refusal | None:
        if place.site_kind and place.level != "site":
            should = Words("只有场所（site）才有类别", "blank: only a site has a kind")
            return Refusal(draft.row, "site_kind", place.site_kind, should)
        if parent is None or may_stand_under(place.level, parent.level):
            return None
        should = Words(f"应低于上级（{parent.level}）", f"below its parent's level, {parent.level}")
        return Refusal(draft.row, "level", place.level, should)


def _unknown_parent(draft: Draft) -> Refusal:
    should = Words("应是已知地点的编码", "the code of a known place")
    return Refusal(draft.row, "parent", draft.parent or "", should)


def _in_a_ring(draft: Draft) -> Refusal:
    should = Words("不应在自己之下", "a place that is not under itself")
    return Refusal(draft.row, "parent", draft.parent or "", should)
