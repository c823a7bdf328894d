"""Finding the mapping of a file by its name and header."""

from dataclasses import dataclass
from pathlib import Path

from rencheng.kernel.errors import DataError, InputError
from rencheng.kernel.words import Words
from rencheng.sensing.files import mappings
from rencheng.sensing.files.mapping.spec import Reading
from rencheng.sensing.files.mappings import Known
from rencheng.sensing.files.matching import Fit, choose, fit
from rencheng.sensing.files.opened import open_file


@dataclass(frozen=True, slots=True)
class Guess:
    """The mapping that fits a file, and why."""

    known: Known
    why: Words


def fits(path: Path, name: str | None = None) -> dict[str, Fit]:
    """
    Compare a file with every mapping of the house, by the mapping's name.

    Raises
    ------
    InputError, DataError
        If the file is no table, whatever the mapping.
    """
    called = name or path.name
    headers: dict[Reading, tuple[str, ...]] = {
        Reading(): open_file(path, Reading(), called).columns
    }
    found: dict[str, Fit] = {}
    for known in mappings.all_known().values():
        reading = known.mapping.reading
        if reading not in headers:
            headers[reading] = _header(path, reading, called)
        found[known.mapping.name] = fit(known.mapping, called, headers[reading])
    return found


def guess(path: Path, name: str | None = None) -> Guess:
    """
    Find the mapping that fits a file.

    Raises
    ------
    InputError
        If none fits or several do; the message names the nearest.
    DataError
        If the file is damaged.
    """
    chosen = choose(fits(path, name).values(), name or path.name)
    return Guess(mappings.named(chosen.mapping.name), chosen.why)


def _header(path: Path, reading: Reading, called: str) -> tuple[str, ...]:
    """Give the header as another mapping would read it; none where it cannot be read that way."""
    try:
        return open_file(path, reading, called).columns
    except (InputError, DataError):
        return ()
