"""Which mapping fits a file: by its name and its header, with the reason said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import PurePath

from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words
from rencheng.sensing.files.mapping.spec import Mapping
from rencheng.sensing.files.mapping.steps import columns_read

# Columns that our own tables of refused rows add; they say nothing when they come back.
ADDED = ("line", "problem")


@dataclass(frozen=True, slots=True)
class Fit:
    """
    How well a mapping fits a file.

    ``named``: the file's name fits. ``missing``: columns of the match that the header lacks.
    ``unknown``: columns of the header that the mapping does not look at.
    """

    mapping: Mapping
    named: bool
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """
        Tell whether the mapping may be chosen without asking.

        A name and the columns; or the columns alone, if the mapping looks at every column there
        is and takes the place from one: a mapping whose place is fixed would put any city's
        figures there.
        """
        if self.missing or not (self.mapping.match.columns or self.named):
            return False
        place = self.mapping.place
        exact = not self.unknown and (place is None or place.fixed is None)
        return self.named or exact

    @property
    def why(self) -> Words:
        """The reason, in a sentence."""
        columns = "、".join(self.mapping.match.columns), ", ".join(self.mapping.match.columns)
        if self.missing:
            missing = ", ".join(self.missing)
            return Words(f"表头缺少列：{missing}", f"the header lacks: {missing}")
        if self.named and columns[0]:
            return Words(
                f"文件名相符，表头含有：{columns[0]}",
                f"the file's name fits, and the header has {columns[1]}",
            )
        if self.named:
            return Words("文件名相符", "the file's name fits")
        if self.fits:
            return Words(
                f"表头正是这些列：{columns[0]}", f"the header has just these columns: {columns[1]}"
            )
        unknown = ", ".join(self.unknown)
        return Words(
            f"文件名不符，且表头另有：{unknown or '—'}",
            f"the file's name does not fit, and the header also has: {unknown or '—'}",
        )


def fit(mapping: Mapping, file_name: str, header: Sequence[str]) -> Fit:
    """Compare a mapping with a file's name and header."""
    name = PurePath(file_name).name.casefold()
    named = any(fnmatchcase(name, pattern.casefold()) for pattern in mapping.match.names)
    known = {*columns_read(mapping, header), *mapping.match.columns, *ADDED}
    return Fit(
        mapping,
        named,
        tuple(column for column in mapping.match.columns if column not in header),
        tuple(column for column in header if column not in known),
    )


def choose(fits: Iterable[Fit], file_name: str) -> Fit:
    """
    Choose the mapping of a file.

    A name that fits goes before columns alone, and more columns before fewer of the same.

    Raises
    ------
    InputError
        If none fits (the nearest are named with what they lack) or several do.
    """
    known = list(fits)
    chosen = [one for one in known if one.fits and one.named] or [one for one in known if one.fits]
    best = [
        one
        for one in chosen
        if not any(
            set(other.mapping.match.columns) > set(one.mapping.match.columns) for other in chosen
        )
    ]
    if len(best) == 1:
        return best[0]
    if best:
        names = ", ".join(sorted(one.mapping.name for one in best))
        raise InputError(f"file {file_name} fits several mappings: {names}; name the one you mean")
    near = sorted(known, key=lambda one: (not one.named, len(one.missing), len(one.unknown)))[:3]
    said = "; ".join(f"{one.mapping.name}: {one.why.en}" for one in near)
    raise InputError(
        f"file {file_name} fits no mapping; name one or make one on the page /files/"
        + (f" (nearest: {said})" if said else "")
    )
