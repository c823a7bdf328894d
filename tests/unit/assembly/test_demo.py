"""The demo: laws of its drawing, what it shows, and that setting it up twice does nothing."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import shapely
from pytest_django import Settings

from rencheng.assembly.demo import setting, story
from rencheng.assembly.demo.country import Country, country
from rencheng.assembly.demo.land import borders
from rencheng.assembly.demo.outbreak import mixing, spread
from rencheng.assembly.demo.people import PEOPLE
from rencheng.assembly.demo.reporting import PLAN, reports
from rencheng.assembly.demo.writing import GAZETTEERS, TABLES, write_files
from rencheng.foundation.guard.models import Account
from rencheng.foundation.memory import clock
from rencheng.foundation.memory.balance import balances
from rencheng.foundation.memory.indicators.api import series, versions
from rencheng.foundation.places import api as places
from rencheng.sensing.files.api import load

LAST = date(2031, 6, 30)


@pytest.fixture(scope="module")
def land() -> Country:
    return country(np.random.default_rng(story.SEED))


def test_names_and_codes_are_given_once_and_lie_outside_the_real_ones(land: Country) -> None:
    for of in (
        [unit.code for unit in land.units],
        [unit.words.zh for unit in land.units],
        [unit.words.en for unit in land.units if unit.level == "district"],
    ):
        assert len(set(of)) == len(of)
    # GB/T 2260 ends at 82.
    assert all(unit.code[:2] in {"ZE", "96", "97", "98"} for unit in land.units)
    assert len(land.districts) == 42


def test_people_of_a_place_are_those_of_the_places_in_it(land: Country) -> None:
    by_code = {unit.code: unit for unit in land.units}
    for unit in land.units:
        if unit.level != "district":
            inside = [one.people for one in land.units if one.parent == unit.code]
            assert by_code[unit.code].people == sum(inside)


@pytest.mark.parametrize("seed", [story.SEED, 1, 2, 3])
def test_borders_share_no_area_leave_no_hole_and_hold_their_middle(seed: int) -> None:
    rng = np.random.default_rng(seed)
    drawn = country(rng)
    shapes = borders(drawn, rng)
    whole = shapely.union_all(shapes)
    assert all(shapely.is_valid(shape) for shape in shapes)
    assert sum(shape.area for shape in shapes) == pytest.approx(whole.area, rel=1e-6)
    assert sum(len(part.interiors) for part in shapely.get_parts(whole)) == 0
    assert np.allclose([shape.distance(shapely.centroid(shape)) for shape in shapes], 0, atol=0.15)
    # Out on the open ocean: no land within some 500 km of the middle of the map.
    west, south, east, north = whole.bounds
    assert 151 < west < east < 157
    assert 27 < south < north < 32


@pytest.mark.parametrize("seed", [story.SEED, 7])
def test_nobody_is_lost_in_the_epidemic(land: Country, seed: int) -> None:
    rng = np.random.default_rng(seed)
    share = mixing(land.people, land.centre_km)
    assert share.sum(axis=1) == pytest.approx(1)
    course = spread(land.people, share, story.reproduction(land), story.arrivals(land), rng)
    total = course.susceptible + course.exposed + course.infectious + course.removed
    assert (total == land.people).all()
    assert all(
        (column >= 0).all()
        for column in (course.susceptible, course.exposed, course.infectious, course.onsets)
    )
    assert (np.diff(course.removed, axis=0) >= 0).all()


def test_what_is_reported_is_never_more_than_fell_ill_nor_impossible(land: Country) -> None:
    rng = np.random.default_rng(story.SEED)
    share = mixing(land.people, land.centre_km)
    course = spread(land.people, share, story.reproduction(land), story.arrivals(land), rng)
    said = reports(course.onsets, date(2031, 3, 3), land, rng)
    assert (said.confirmed <= np.cumsum(course.onsets, axis=0)).all()
    assert (said.cured + said.dead <= said.confirmed).all()
    falls = np.argwhere(np.diff(said.confirmed.sum(axis=1)) < 0).ravel() + 1
    assert set(falls) <= {PLAN.audit_day, PLAN.redo[0]}
    step = np.diff(said.confirmed.sum(axis=1))
    assert step[PLAN.recount_day - 1] > 3 * step[PLAN.recount_day - 8 : PLAN.recount_day - 1].mean()


def test_the_same_seed_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("a", story.SEED), ("b", story.SEED), ("c", 5)):
        (tmp_path / name).mkdir()
        write_files(tmp_path / name, LAST, seed)
    names = [name for name, _ in (*GAZETTEERS, *TABLES)]
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(names)
    for name in names:
        one, same, other = ((tmp_path / folder / name).read_bytes() for folder in "abc")
        assert one == same
        assert one != other


@pytest.fixture
def home(db: None, tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    clock.freeze(datetime(2031, 7, 1, 4, tzinfo=UTC))
    return tmp_path


def test_the_demo_goes_through_the_doors_of_files_and_shows_what_it_promises(home: Path) -> None:
    made = setting.set_up()
    assert made.fresh
    assert made.sent == made.stored
    for row in balances():
        assert row.balanced
        assert (row.rejected, row.duplicate) == (0, 0)
    whole = places.find("泽宁").id
    days = series("confirmed", [whole])["value"].to_list()
    assert len(days) == story.DAYS
    assert days[-1] > 5_000
    districts = places.table().filter(pl.col("level") == "district")
    held = places.locate(districts["lon"], districts["lat"], level="district")
    assert held.tolist() == districts["id"].to_list()
    assert len(held) == 42
    # A week that was published again later is known both ways.
    again = versions("confirmed", [places.find("鹭岬市").id])
    assert again.height == story.DAYS + PLAN.redo[1] - PLAN.redo[0]
    # A district that said nothing for some days has a hole there.
    silent = series("confirmed", [places.find("麦浪县").id])
    assert silent.height == story.DAYS - (PLAN.silent[1] - PLAN.silent[0])


def test_setting_up_again_changes_nothing_and_asks_nobody(home: Path) -> None:
    setting.set_up()
    before = [(row.sent, row.stored) for row in balances()]
    person = Account.objects.get(username=PEOPLE[0].name)
    person.set_password("changed by its owner")
    person.save()
    assert not setting.set_up().fresh
    assert [(row.sent, row.stored) for row in balances()] == before
    person.refresh_from_db()
    assert person.check_password("changed by its owner")
    assert {a.username: a.is_staff for a in Account.objects.all()} == {
        one.name: one.staff for one in PEOPLE
    }


def test_a_set_up_that_was_cut_off_goes_on(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = load, []

    def cut_off(*words: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(*words, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(setting, "load", cut_off)
    with pytest.raises(KeyboardInterrupt):
        setting.set_up()
    # A day later, and still the same files.
    clock.freeze(datetime(2031, 7, 2, 4, tzinfo=UTC))
    monkeypatch.setattr(setting, "load", real)
    assert setting.set_up().fresh
    stored = sum(row.stored for row in balances())
    rows = sum(pl.read_csv(home / "demo" / name).height for name, _ in TABLES)
    assert stored == rows
    assert all(row.balanced for row in balances())
