"""What a row says about its place, in a form in which each different saying is looked up once."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from rencheng.sensing.files.convert.phrases import Reason
from rencheng.sensing.files.mapping.spec import PlacePart

# Code and name of the place, then of the place above it, and so on; "" where nothing is said.
Saying = tuple[str, ...]
# A place's number, or why there is none.
Settled = dict[Saying, "int | Reason"]


@dataclass(frozen=True, slots=True)
class Said:
    """One saying taken apart."""

    code: str
    name: str
    above: Saying


def columns_of(part: PlacePart | None) -> list[str]:
    """List the columns of a saying: code and name, place first, then upwards; "" where unused."""
    names: list[str] = []
    while part is not None and part.fixed is None:
        names += [part.code, part.name]
        part = part.parent
    return names


def apart(saying: Saying) -> Said:
    """Take a saying apart into the place's own words and those of the places above."""
    return Said(saying[0], saying[1], saying[2:])


def sayings(table: pl.DataFrame, part: PlacePart) -> list[Saying]:
    """Give the saying of every row of a table whose steps are done."""
    columns = columns_of(part)
    if not columns:
        return [()] * table.height
    texts = [
        table[name].fill_null("").to_list() if name else [""] * table.height for name in columns
    ]
    return list(zip(*texts, strict=True))


def counted(table: pl.DataFrame, part: PlacePart) -> Iterator[tuple[Saying, int]]:
    """Count the rows of each different saying, without making a list of all rows."""
    columns = columns_of(part)
    used = list(dict.fromkeys(name for name in columns if name))
    if not used:
        if table.height:
            yield ("",) * len(columns), table.height
        return
    groups = table.select(used).group_by(used).len("\x1flen")
    at = {name: position for position, name in enumerate(groups.columns)}
    for row in groups.rows():
        yield tuple((row[at[name]] or "") if name else "" for name in columns), row[-1]
