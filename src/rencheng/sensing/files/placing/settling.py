"""Finding the place of every saying of a file, each different saying once."""

from collections import Counter
from collections.abc import Mapping as MappingOf

from rencheng.foundation.places import api as places
from rencheng.kernel.errors import InputError
from rencheng.sensing.files.convert.keys import Saying, Settled, apart
from rencheng.sensing.files.convert.phrases import Reason, reason
from rencheng.sensing.files.convert.texts import trimmed
from rencheng.sensing.files.mapping.spec import Fixed, PlacePart
from rencheng.sensing.files.placing.asked import Asked, code_form, level_of, way
from rencheng.sensing.files.placing.registering import New, Register, most_said


class Placing:
    """
    Finds places for what a file says, and registers those it may.

    Parameters
    ----------
    create
        False only pretends: new places get numbers below 0 and are listed in ``new``.

    Notes
    -----
    The answer depends on the sayings and on how often each is made, never on their order. Places
    come out the same whether a gazetteer was loaded before or comes later, since a place is known
    by its code alone, and a group by its name under the place above.
    """

    def __init__(self, *, create: bool = True) -> None:
        self._register = Register(create=create)

    @property
    def new(self) -> MappingOf[int, New]:
        """Places that a preview pretends to make, by their number."""
        return self._register.pretended

    def settle(self, part: PlacePart, sayings: MappingOf[Saying, int]) -> Settled:
        """
        Find the place of every saying.

        Parameters
        ----------
        part
            The mapping's part about places.
        sayings
            Each different saying with the number of rows that make it.

        Returns
        -------
        settled
            The place's number, or the reason why there is none, for each of ``sayings``.

        Raises
        ------
        InputError
            If the mapping's fixed place cannot be made.
        """
        if part.fixed is not None:
            return dict.fromkeys(sayings, self._fixed(part, part.fixed))
        asked, settled = self._asked(part, sayings)
        by_code: list[Asked] = []
        by_name: list[Asked] = []
        groups: list[Asked] = []
        for one in asked:
            found = way(part, one)
            if isinstance(found, tuple):
                settled[one.saying] = found
            elif found == "code":
                by_code.append(one)
            elif found == "name":
                by_name.append(one)
            elif one.upper is None:
                settled[one.saying] = reason("place", one.shown, "place known")
            elif found == "above":
                settled[one.saying] = one.upper
            else:
                groups.append(one)
        if groups:
            settled |= self._register.groups(groups)
        return settled | self._by_code(part, by_code) | _by_name(by_name)

    def _fixed(self, part: PlacePart, fixed: Fixed) -> int:
        known = places.resolve_codes([fixed.code])[0]
        if known is not None:
            return int(known)
        if not fixed.name:
            raise InputError(f"place {fixed.code} of the mapping is not known")
        upper = self.settle(part.parent, {(): 1})[()] if part.parent is not None else None
        new = New(
            fixed.code,
            fixed.name or fixed.code,
            part.level,
            upper if isinstance(upper, int) else None,
            fixed.name_en,
            fixed.tz,
        )
        number = self._register.add([new])[fixed.code]
        if isinstance(number, tuple):
            raise InputError(f"place {fixed.code} of the mapping cannot be made: {number[2]}")
        return number

    def _asked(
        self, part: PlacePart, sayings: MappingOf[Saying, int]
    ) -> tuple[list[Asked], Settled]:
        """Find the places above; give the sayings that have one, and why others have none."""
        if part.parent is None:
            return [
                Asked(
                    saying, weight, _same(part, code_form(saying[0]), "", trimmed(saying[1])),
                    trimmed(saying[1]), None, "", "",
                )
                for saying, weight in sayings.items()
            ], {}  # fmt: skip
        weights: Counter[Saying] = Counter()
        for saying, weight in sayings.items():
            weights[apart(saying).above] += weight
        above = self.settle(part.parent, weights)
        named = self._register.named(number for number in above.values() if isinstance(number, int))
        asked: list[Asked] = []
        refused: Settled = {}
        for saying, weight in sayings.items():
            said = apart(saying)
            upper = above[said.above]
            if isinstance(upper, tuple):
                refused[saying] = upper
                continue
            code, upper_name = named[upper]
            name = trimmed(said.name)
            written = trimmed(said.above[1]) if len(said.above) > 1 else upper_name
            own = _same(part, code_form(said.code), written, name)
            asked.append(Asked(saying, weight, own, name, upper, code, upper_name))
        return asked, refused

    def _by_code(self, part: PlacePart, asked: list[Asked]) -> Settled:
        codes = sorted({one.code for one in asked})
        numbers: dict[str, int | Reason] = {
            code: number
            for code, number in zip(codes, places.resolve_codes(codes).to_list(), strict=True)
            if number is not None
        }
        if part.create:
            unknown = [one for one in asked if one.code not in numbers]
            numbers |= self._create(part, unknown)
        settled: Settled = {}
        for one in asked:
            found = numbers.get(one.code)
            if found is None:
                settled[one.saying] = reason("place", one.shown, "place known")
            else:
                settled[one.saying] = (
                    found if isinstance(found, int) else (found[0], one.shown, found[2])
                )
        return settled | self._disagreeing(asked, settled)

    def _create(self, part: PlacePart, unknown: list[Asked]) -> "dict[str, int | Reason]":
        best, weight = most_said(unknown)
        wanted = [
            New(code, name, level_of(part, code), upper)
            for code, (name, upper) in sorted(best.items())
        ]
        outcomes: dict[str, int | Reason] = {}
        if part.unique_names:
            outcomes = self._register.second_codes(wanted, weight)
        return outcomes | self._register.add([one for one in wanted if one.code not in outcomes])

    def _disagreeing(self, asked: list[Asked], settled: Settled) -> Settled:
        """Refuse sayings whose name is not one of the place that their code means."""
        named = [
            (one, number)
            for one in asked
            if one.name and isinstance(number := settled[one.saying], int)
        ]
        known = [(one, number) for one, number in named if number > 0]
        answers = places.resolve_names(
            [one.name for one, _ in known], within=[number for _, number in known]
        ).place_id.to_list()
        wrong = [pair for pair, found in zip(known, answers, strict=True) if found is None]
        wrong += [
            (one, number)
            for one, number in named
            if number < 0 and self.new[number].name != one.name
        ]
        right = self._register.named(number for _, number in wrong)
        return {
            one.saying: reason(
                "place", one.shown, "place disagrees", code=right[number][0], name=right[number][1]
            )
            for one, number in wrong
        }


def _same(part: PlacePart, code: str, upper: str, name: str) -> str:
    """Give the code that stands for what is written, if the mapping knows a better one."""
    return part.same_as.get(code or f"{upper}/{name}", code)


def _by_name(asked: list[Asked]) -> Settled:
    found = places.resolve_names([one.name for one in asked], within=[one.upper for one in asked])
    settled: Settled = {}
    for at, (one, number) in enumerate(zip(asked, found.place_id.to_list(), strict=True)):
        problem = found.problems.get(at)
        _, several, candidates = (problem.en if problem else "").partition("several places: ")
        if number is not None:
            settled[one.saying] = number
        elif several:
            settled[one.saying] = reason("place", one.name, "several places", candidates=candidates)
        else:
            settled[one.saying] = reason("place", one.name, "place known")
    return settled
