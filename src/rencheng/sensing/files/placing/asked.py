"""One saying of a place, and the way in which it is to be looked up."""

import re
from dataclasses import dataclass

from rencheng.sensing.files.convert.keys import Saying
from rencheng.sensing.files.convert.phrases import Reason, reason
from rencheng.sensing.files.convert.texts import narrow
from rencheng.sensing.files.mapping.spec import PlacePart


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A saying with the place above it already found.

    Parameters
    ----------
    saying, weight
        As it stands in the file, and how many rows say so.
    code, name
        In the form in which they are looked up.
    upper, upper_code, upper_name
        The place above; None and "" where the mapping names none.
    """

    saying: Saying
    weight: int
    code: str
    name: str
    upper: int | None
    upper_code: str
    upper_name: str

    @property
    def shown(self) -> str:
        """The saying as it is shown beside a refusal."""
        return " ".join(text for text in (self.code, self.name) if text)


def way(part: PlacePart, asked: Asked) -> "str | Reason":
    """Say how to look a saying up (code, name, group, above), or why that cannot be."""
    code, name = asked.code, asked.name
    if not code and not name:
        return reason("place", "", "missing")
    if code and code == asked.upper_code:
        return "above"
    odd = not code or (part.group_codes and re.fullmatch(part.group_codes, code))
    if odd and name in part.groups:
        return "group"
    if code:
        return _by_code(part, asked)
    if part.groups or not part.name:
        return reason("place", asked.shown, "place within", upper=asked.upper_name or "—")
    return "name"


def _by_code(part: PlacePart, asked: Asked) -> "str | Reason":
    if not re.fullmatch(part.code_pattern, asked.code):
        return reason("place", asked.shown, "place code", example=part.code_example)
    prefix = asked.upper_code[: part.nested]
    if not asked.code.startswith(prefix) and asked.code not in part.same_as.values():
        return reason(
            "place", asked.shown, "place code prefix", prefix=prefix, upper=asked.upper_name
        )
    return "code"


def code_form(text: str) -> str:
    """
    Write a code as it should be: spreadsheets turn 420100 into 420100.0.

    Examples
    --------
    >>> code_form(" 420100.0"), code_form("４２０１００"), code_form("1100xy")
    ('420100', '420100', '1100xy')
    """
    code = narrow(text)
    whole = code.removesuffix(".0")
    return whole if whole.isdigit() else code


def level_of(part: PlacePart, code: str) -> str:
    """Give the level of a new place: by the first pattern that its code fits, else the default."""
    for pattern, level in part.levels.items():
        if re.fullmatch(pattern, code):
            return level
    return part.level
