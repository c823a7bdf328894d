"""The made-up country as a table: places from country to district, with people."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from rencheng.kernel.words import Words

FILE = Path(__file__).parent / "country.toml"
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Unit:
    """A place of the country: code, names, level, the code above it, people."""

    code: str
    words: Words
    level: str
    parent: str
    people: int


@dataclass(frozen=True)
class Country:
    """
    The country.

    Parameters
    ----------
    units
        Every place, upper ones first.
    districts
        The lowest places, in order of code; arrays below follow it.
    centre_km
        Where the middle of each district lies, km east and north of the middle of the map,
        shape ``(n_districts, 2)``.
    lon, lat
        Middle of the map, degrees.
    """

    units: tuple[Unit, ...]
    districts: tuple[Unit, ...]
    centre_km: FloatArray
    lon: float
    lat: float

    @property
    def people(self) -> IntArray:
        """People of each district, shape ``(n_districts,)``."""
        return np.array([unit.people for unit in self.districts], dtype=np.int64)

    def at(self, code: str) -> int:
        """Give the position of a district in the arrays."""
        return next(i for i, unit in enumerate(self.districts) if unit.code == code)

    def inside(self, code: str) -> npt.NDArray[np.bool_]:
        """Tell which districts lie in a city or province, shape ``(n_districts,)``."""
        stem = code.rstrip("0")
        stem += "0" * (len(stem) % 2)
        return np.array([unit.code.startswith(stem) for unit in self.districts])


def country(rng: np.random.Generator) -> Country:
    """Draw the country: the names are fixed, where its districts lie and who lives there is not."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    units = [Unit(told["code"], Words(told["zh"], told["en"]), "country", "", 0)]
    districts: list[Unit] = []
    centres: list[FloatArray] = []
    for province in told["provinces"]:
        units.append(_unit(province, "province", told["code"]))
        for city in province["cities"]:
            share, places = _settled(city, rng)
            made = [
                Unit(
                    code=f"{int(city['code']) + number + 1}",
                    words=Words(*names),
                    level="district",
                    parent=city["code"],
                    people=int(1e6 * city["people"] * share[number]),
                )
                for number, names in enumerate(city["districts"])
            ]
            units += [_unit(city, "city", province["code"]), *made]
            districts += made
            centres.append(places)
    return Country(
        units=tuple(_with_people(units, districts)),
        districts=tuple(districts),
        centre_km=np.concatenate(centres),
        lon=told["lon"],
        lat=told["lat"],
    )


def _unit(told: dict[str, Any], level: str, parent: str) -> Unit:
    return Unit(told["code"], Words(told["zh"], told["en"]), level, parent, 0)


def _settled(city: dict[str, Any], rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Share the people of a city among its districts, the inner ones fuller, and place them."""
    count = len(city["districts"])
    middle = np.array(city["at"], dtype=np.float64)
    turn = 2 * np.pi * (np.arange(count) / max(1, count - 1) + 0.08 * rng.random(count))
    reach = rng.uniform(14, 30, count)
    # 区 close to the middle, 县 farther out; the first is the old town itself.
    rural = np.array([names[0].endswith("县") for names in city["districts"]])
    reach = np.where(rural, reach + 10, reach)
    reach[0] = 2.0
    weight = np.where(rural, 0.5, 1.0) * rng.uniform(0.7, 1.3, count)
    weight[0] *= 1.4
    offset = reach[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return weight / weight.sum(), middle + offset


def _with_people(units: list[Unit], districts: list[Unit]) -> list[Unit]:
    """Add the people of the districts up to the places above them."""
    above = {unit.code: unit.parent for unit in units}
    total = {unit.code: 0 for unit in units}
    for district in districts:
        code = district.code
        while code:
            total[code] += district.people
            code = above[code]
    return [Unit(u.code, u.words, u.level, u.parent, total[u.code]) for u in units]
