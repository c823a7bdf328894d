"""New places: registered, or only pretended for a preview."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from rencheng.foundation.places import api as places
from rencheng.sensing.files.convert.keys import Settled
from rencheng.sensing.files.convert.phrases import Reason, reason
from rencheng.sensing.files.placing.asked import Asked

_COLUMNS = ("code", "name_zh", "name_en", "level", "tz", "parent")
# Numbers below this stand for places that a preview only pretends to make.
_PRETENDED = -1


@dataclass(frozen=True, slots=True)
class New:
    """A place that is not known yet: what it is called, its level, and the place above it."""

    code: str
    name: str
    level: str
    upper: int | None
    name_en: str = ""
    tz: str = ""


class Register:
    """
    Makes places.

    Parameters
    ----------
    create
        False only pretends: numbers below 0 are given, and what they would be is in ``pretended``.
    """

    def __init__(self, *, create: bool) -> None:
        self.create = create
        self.pretended: dict[int, New] = {}
        self._numbers: dict[str, int] = {}

    def named(self, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
        """Give code and name of some places, pretended ones too."""
        wanted = set(numbers)
        found = {
            number: (new.code, new.name)
            for number, new in self.pretended.items()
            if number in wanted
        }
        table = places.table([number for number in wanted if number > 0])
        for number, code, name in table.select("id", "code", "name_zh").rows():
            found[number] = (code, name)
        return found

    def add(self, new: list[New]) -> "dict[str, int | Reason]":
        """Make places; give by code the number of each, or why it was refused."""
        if not new or not self.create:
            return {one.code: self._pretend(one) for one in new}
        upper = self.named(one.upper for one in new if one.upper is not None)
        table = pl.DataFrame(
            [
                (
                    one.code,
                    one.name,
                    one.name_en,
                    one.level,
                    one.tz,
                    upper.get(one.upper or 0, ("",))[0],
                )
                for one in new
            ],
            schema=dict.fromkeys(_COLUMNS, pl.String),
            orient="row",
        )
        written = places.upsert(table, only_new=_COLUMNS[1:])
        outcomes: dict[str, int | Reason] = {
            new[one.row].code: ("place", one.was, one.should.en) for one in written.refused
        }
        stored = [one.code for one in new if one.code not in outcomes]
        numbers = places.resolve_codes(stored).to_list()
        return outcomes | dict(zip(stored, numbers, strict=True))

    def groups(self, asked: list[Asked]) -> Settled:
        """Give the group of each name under the place above, making those that are new."""
        known = {
            (upper, name): number
            for number, upper, name in places.table(level="group")
            .select("id", "parent_id", "name_zh")
            .rows()
        }
        # The code that `places.register_group` gives; all at once, since a country has hundreds.
        new = {
            f"{one.upper_code}:{one.name}": (one.upper, one.name)
            for one in asked
            if (one.upper, one.name) not in known
        }
        made = self.add([New(code, name, "group", upper) for code, (upper, name) in new.items()])
        return {
            one.saying: known.get((one.upper, one.name)) or made[f"{one.upper_code}:{one.name}"]
            for one in asked
        }

    def second_codes(self, wanted: list[New], weight: Counter[str]) -> "dict[str, int | Reason]":
        """
        Find new codes for names that another place under the same place has already.

        Among several new codes for one name the one that most rows give is meant; the others are
        slips of the pen.
        """
        refused: dict[str, int | Reason] = {}
        by_upper: dict[int | None, list[New]] = defaultdict(list)
        for one in wanted:
            by_upper[one.upper].append(one)
        for number, family in by_upper.items():
            holder: dict[str, str] = {}
            if number is not None and number > 0:
                there = places.children(number).filter(pl.col("level") != "group")
                holder = dict(there.select("name_zh", "code").rows())
            upper = self.named([number or 0]).get(number or 0, ("", "—"))[1]
            for one in sorted(family, key=lambda new: (-weight[new.code], new.code)):
                first = holder.setdefault(one.name, one.code)
                if first != one.code:
                    refused[one.code] = reason(
                        "place", one.code, "second code", upper=upper, name=one.name, code=first
                    )
        return refused

    def _pretend(self, new: New) -> int:
        number = self._numbers.setdefault(new.code, _PRETENDED - 1 - len(self._numbers))
        self.pretended[number] = new
        return number


def most_said(
    asked: list[Asked],
) -> tuple[dict[str, tuple[str, int | None]], Counter[str]]:
    """Give for each code the name and the place above that most rows give it, and their number."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    uppers: dict[str, Counter[tuple[str, int | None]]] = defaultdict(Counter)
    for one in asked:
        names[one.code][one.name] += one.weight
        uppers[one.code][one.upper_code, one.upper] += one.weight
    best = {
        code: (
            max(said, key=lambda name: (bool(name), said[name], name)) or code,
            max(uppers[code], key=lambda pair: (uppers[code][pair], pair[0]))[1],
        )
        for code, said in names.items()
    }
    return best, Counter({code: said.total() for code, said in names.items()})
