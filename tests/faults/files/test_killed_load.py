"""Loads killed with SIGKILL at any moment: run again, they end as if nothing had happened."""

import random
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.live import environment
from tests.fixtures.places import ROOT

HEADER = "date,province_code,province,city_code,city,confirmed,cured,dead"
DAYS = 150
CITIES = 40


def big_file(folder: Path) -> tuple[Path, int]:
    """Write a file of 6,000 good rows, 600 doubled and 60 broken; give the broken count."""
    rows = [
        f"2020-{1 + day // 28:02d}-{1 + day % 28:02d},420000,湖北省,4201{city:02d},第{city}区,"
        f"{day + city},{day},0"
        for day in range(DAYS)
        for city in range(CITIES)
    ]
    broken = [row.replace(",420000,", ",42000O,") for row in rows[:60]]
    rows += rows[::10] + broken
    random.Random(5).shuffle(rows)
    path = folder / "cities_daily.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path, len(broken)


def run_once(home: Path, path: Path, chance: random.Random) -> bool:
    """Start a load and kill it somewhere; True if it was quicker than its killer."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.files.clerk", str(path)],
        env={**environment(home), "DJANGO_SETTINGS_MODULE": "rencheng.assembly.settings"},
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    chunks = chance.randint(3, 14)
    for line in process.stdout:
        if line.startswith("done"):
            break
        if chunks == 0:
            # Some moment of the chunk that begins now: checking, writing, committing.
            threading.Timer(chance.uniform(0, 0.04), process.send_signal, [signal.SIGKILL]).start()
        chunks -= 1
    _, errors = process.communicate()
    assert process.returncode in {0, -signal.SIGKILL}, errors
    return process.returncode == 0


def held(database: Path) -> dict[str, Any]:
    """Read what the database holds with SQL of our own."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as bare:
        entries = bare.execute(
            "SELECT COALESCE(SUM(sent),0), COALESCE(SUM(stored),0), COALESCE(SUM(duplicate),0), "
            "COALESCE(SUM(rejected),0) FROM memory_entry"
        ).fetchone()
        loads = bare.execute(
            "SELECT state, rows_done, sent, stored, duplicate, rejected FROM files_load"
        ).fetchall()
        counts = {
            table: bare.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            for table in ("memory_observation", "memory_rejection", "files_refused_cell")
        }
        journal = bare.execute(
            "SELECT p.code, o.event_at, o.published_at, o.value FROM memory_observation o "
            "JOIN places_place p ON p.id = o.place_id ORDER BY 1, 2, 4"
        ).fetchall()
        figures = bare.execute("SELECT COUNT(*) FROM memory_figure").fetchone()[0]
    return {"entries": entries, "loads": loads, **counts, "journal": journal, "figures": figures}


@pytest.mark.parametrize("seed", [1, *(pytest.param(s, marks=pytest.mark.slow) for s in (2, 3, 4))])
def test_a_load_killed_again_and_again_ends_with_the_same_journal(
    own_database: Path, tmp_path: Path, seed: int
) -> None:
    path, broken = big_file(tmp_path)
    chance = random.Random(seed)
    kills = 0
    while not run_once(own_database.parent, path, chance):
        kills += 1
        now = held(own_database)
        sent, stored, duplicate, rejected = now["entries"]
        assert sent == stored + duplicate + rejected
        assert now["memory_observation"] == stored
        assert now["memory_rejection"] == rejected == now["files_refused_cell"]
        for state, rows_done, *sums in now["loads"]:
            assert (state, rows_done, tuple(sums)) == ("running", sent, now["entries"])
    assert kills >= 2, "the killer was too late; the test proves nothing"
    end = held(own_database)
    rows = DAYS * CITIES
    assert end["entries"] == (rows + rows // 10 + broken, rows, rows // 10, broken)
    assert end["loads"] == [("done", end["entries"][0], *end["entries"])]
    assert end["figures"] == 3 * rows
    expected = sorted(
        (code, confirmed, cured)
        for code, confirmed, cured in {
            (f"4201{city:02d}", day + city, day) for day in range(DAYS) for city in range(CITIES)
        }
    )
    said = sorted(
        (code, *map(int, value.replace("}", "").replace(":", ",").split(",")[1:4:2]))
        for code, _, _, value in end["journal"]
    )
    assert said == expected
