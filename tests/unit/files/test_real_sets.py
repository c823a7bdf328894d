"""The real sets by the mappings shipped for them: every row stored, figures as printed."""

import csv
import gzip
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rencheng.foundation.memory.balance import balances
from rencheng.foundation.memory.indicators.api import figure
from rencheng.foundation.places import api as places
from rencheng.kernel.time import day_end, day_start, parse_day
from rencheng.sensing.files import api
from tests.fixtures.database import connected_to, copy_database

ZONE = "Asia/Shanghai"
CHINA = {
    "national_daily.csv": 212,
    "provinces_daily.csv.gz": 5_515,
    "cities_daily.csv.gz": 68_975,
    "national_contacts_daily.csv": 23,
}
SHANGHAI = {
    "city_daily.csv": 79,
    "district_daily_by_source.csv.gz": 3_460,
    "district_in_hospital.csv": 943,
    "pudong_puxi_daily.csv": 200,
}


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """Read a file without any of our code."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load_all(folder: Path) -> dict[str, api.LoadResult]:
    return {
        one.path.name: api.load(one.path, one.mapping)
        for one in api.plan(folder)
        if one.mapping is not None
    }


def known(name: str, place: str, day: str, as_known: str | None = None) -> float | None:
    found = figure(
        name,
        places.find(place).id,
        at=day_start(parse_day(day), ZONE),
        as_known=None if as_known is None else day_end(parse_day(as_known), ZONE),
    )
    return None if found is None else found.value


def test_china_2020_is_loaded_whole_in_under_ten_seconds(
    own_database: Path, data_set: Callable[[str], Path], record_property: Callable[..., None]
) -> None:
    folder = data_set("china_covid19_2020")
    began, cpu = time.perf_counter(), time.process_time()
    loaded = load_all(folder)
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - cpu
    record_property("seconds", round(wall_s, 2))
    print(f"china_covid19_2020 with its figures: {wall_s:.1f} s, {cpu_s:.1f} s of CPU")
    assert {name: one.stored for name, one in loaded.items()} == CHINA
    assert sum(one.rejected + one.duplicate for one in loaded.values()) == 0
    # CPU, since the machine may be busy with others.
    assert cpu_s < 10
    assert all(balance.balanced for balance in balances())

    assert known("confirmed", "武汉", "2020-06-29", "2020-02-12") == 19_558
    assert known("confirmed", "武汉", "2020-06-29", "2020-02-13") == 32_994
    assert known("confirmed", "中国", "2020-06-29") == 85_209
    assert known("dead", "武汉", "2020-04-17") == 3_869
    # The island's later rows carry its own code, its earlier ones none: one place.
    taiwan = {row["date"]: row for row in rows_of(folder / "provinces_daily.csv.gz")
              if row["province"] == "台湾省"}  # fmt: skip
    assert known("confirmed", "台湾省", "2020-02-20") == float(taiwan["2020-02-20"]["confirmed"])

    again = load_all(folder)
    assert {name: one.duplicate for name, one in again.items()} == CHINA
    assert sum(one.stored for one in again.values()) == 0


def test_every_city_row_is_at_the_place_its_code_means(
    own_database: Path, data_set: Callable[[str], Path]
) -> None:
    folder = data_set("china_covid19_2020")
    api.load(folder / "cities_daily.csv.gz")
    groups = places.table(level="group")
    said = {
        (row["province"], row["city"])
        for row in rows_of(folder / "cities_daily.csv.gz")
        if not row["city_code"] or not row["city_code"].isdigit()
    }
    upper = dict(places.table().select("id", "name_zh").rows())
    there = {(upper[parent], name) for parent, name in groups.select("parent_id", "name_zh").rows()}
    moved = {
        ("台湾省", "台湾"), ("香港特别行政区", "香港"), ("澳门特别行政区", "澳门"),
        ("吉林省", "梅河口"), ("宁夏回族自治区", "宁东"),
    }  # fmt: skip
    assert said - moved <= there
    assert len(groups) == len(there), "a group stands once under its province"
    assert places.find("公主岭").code == "220381"
    assert places.find("武汉").code == "420100"
    assert places.find("中国").code == "CN"


def test_shanghai_2022_is_loaded_whole_with_districts_under_either_name(
    own_database: Path, data_set: Callable[[str], Path]
) -> None:
    folder = data_set("shanghai_2022_omicron")
    loaded = load_all(folder)
    assert {name: one.stored for name, one in loaded.items()} == SHANGHAI
    assert sum(one.rejected for one in loaded.values()) == 0
    shanghai = places.get("310000").id
    districts = places.children(shanghai, level="district")
    assert districts.height == 16
    assert places.find("浦东", within=shanghai).code == "310115"
    assert set(places.children(shanghai, level="group")["name_zh"]) == {"其他", "浦东片", "浦西片"}
    east = sum(int(row["pudong_cases"]) for row in rows_of(folder / "pudong_puxi_daily.csv"))
    assert _total("new_infections", "浦东片") == east
    in_huangpu = [
        int(row["in_hospital"])
        for row in rows_of(folder / "district_in_hospital.csv")
        if row["district"] == "黄浦"
    ]
    assert known("in_hospital", "310101", "2022-05-18") == in_huangpu[-1]


def _total(kind: str, place: str) -> int:
    import polars as pl

    from rencheng.foundation.memory.journal.api import of_kind

    table: Any = pl.concat(list(of_kind(f"epidemic.{kind}")))
    own = table.filter(pl.col("place_id") == places.find(place).id)
    return int(own["value"].str.json_path_match("$.cases").cast(pl.Int64).sum())


@pytest.mark.slow
def test_a_gazetteer_before_or_after_the_files_gives_the_same_places(
    data_set: Callable[[str], Path],
    django_db_setup: None,
    database_template: Path,
    django_db_blocker: Any,
    tmp_path: Path,
) -> None:
    from rencheng.sensing.gazetteers import loading as gazetteers

    def map_first() -> None:
        files = [one for one in data_set("admin-china").iterdir() if one.suffix == ".csv"]
        fitting = [(gazetteers.fitting(one).order, one) for one in files]
        for _, one in sorted(fitting):
            gazetteers.load(one)

    def figures() -> None:
        load_all(data_set("china_covid19_2020"))
        load_all(data_set("shanghai_2022_omicron"))

    seen = []
    for number, steps in enumerate(((map_first, figures), (figures, map_first))):
        copy = tmp_path / f"{number}.sqlite3"
        copy_database(database_template, copy)
        with django_db_blocker.unblock(), connected_to(copy):
            for step in steps:
                step()
            table = places.table()
            code = dict(table.select("id", "code").rows())
            rows = table.select("code", "name_zh", "aliases", "level", "parent_id", "tz").rows()
            seen.append(sorted((*row[:4], code.get(row[4]), row[5]) for row in rows))
    assert len(seen[0]) > 4_000
    assert seen[0] == seen[1]
