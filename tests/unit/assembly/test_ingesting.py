"""`rencheng ingest`: places first, every row accounted for, a second load stores nothing."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rencheng.foundation.memory.balance import balances
from rencheng.foundation.places import api as places
from rencheng.kernel.errors import DataError
from rencheng.sensing.files import api as files

Rencheng = Callable[..., Any]
pytestmark = pytest.mark.django_db

DAYS = """date,confirmed,suspected,cured,dead
2020-02-11,100,20,3,1
2020-02-12,120,18,4,1
2020-02-13,-5,18,4,1
2020-02-14,many,18,4,
2020-02-12,120,18,4,1
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with places, reports, and a file that is neither."""
    (tmp_path / "national_daily.csv").write_text(DAYS, encoding="utf-8")
    (tmp_path / "provinces.csv").write_text("code,name\n42,湖北省\n11,北京市\n", encoding="utf-8")
    (tmp_path / "README.md").write_text("# about\n", encoding="utf-8")
    return tmp_path


def test_a_folder_is_loaded_places_first_and_every_row_is_accounted_for(
    folder: Path, tmp_path: Path, rencheng: Rencheng
) -> None:
    out = tmp_path / "refused" / "cells.csv"
    out.parent.mkdir()
    said = rencheng("ingest", folder, "--rejected", out)
    lines = said.out.splitlines()
    assert said.status == 1
    assert lines[1].startswith("provinces.csv")
    assert lines[2].split()[-5:-1] == ["5", "2", "1", "2"]
    assert "passed over: README.md (file README.md ends in .md)" in said.out
    assert "refused in national_daily.csv: 2 rows" in said.out
    (row,) = balances()
    assert (row.sent, row.stored, row.duplicate, row.rejected, row.balanced) == (5, 2, 1, 2, True)
    assert places.find("湖北").code == "420000"
    with out.open(encoding="utf-8") as file:
        refused = list(csv.DictReader(file))
    assert {(one["line"], one["field"], one["was"]) for one in refused} >= {
        ("4", "confirmed", "-5"),
        ("5", "confirmed", "many"),
    }
    assert "8 figures derived" in said.out


def test_a_second_load_stores_nothing(folder: Path, rencheng: Rencheng) -> None:
    rencheng("ingest", folder)
    said = rencheng("ingest", folder)
    lines = said.out.splitlines()
    assert lines[1].split()[-5:-1] == ["2", "0", "2", "0"]
    assert lines[2].split()[-5:-1] == ["5", "0", "3", "2"]
    assert "0 figures derived" in said.out


def test_a_good_file_is_status_0(folder: Path, rencheng: Rencheng) -> None:
    good = folder / "national_daily.csv"
    good.write_text(DAYS.partition("2020-02-13")[0], encoding="utf-8")
    assert rencheng("ingest", good).status == 0


def test_a_dry_run_stores_nothing(folder: Path, rencheng: Rencheng) -> None:
    said = rencheng("ingest", folder, "--dry-run")
    assert said.status == 1
    assert "nothing was stored" in said.out
    assert balances() == []
    assert places.table().is_empty()


def test_a_file_that_was_named_and_fits_nothing_is_refused(
    folder: Path, rencheng: Rencheng
) -> None:
    said = rencheng("ingest", folder / "README.md")
    assert said.status == 2
    assert "README.md" in said.err
    assert balances() == []


def test_a_file_that_breaks_does_not_stop_the_others(
    folder: Path, rencheng: Rencheng, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = folder / "national_daily.csv"
    bad = folder / "national_daily_2.csv"
    bad.write_text(good.read_text(encoding="utf-8"), encoding="utf-8")
    real = files.load

    def load(path: Path, *words: Any, **named: Any) -> Any:
        if path == bad:
            raise DataError("row 7 cannot be read; it should be text")
        return real(path, *words, **named)

    monkeypatch.setattr(files, "load", load)
    said = rencheng("ingest", bad, good)
    assert said.status == 2
    assert "not loaded: national_daily_2.csv: row 7 cannot be read" in said.err
    assert balances()[0].stored == 2


def test_a_mapping_may_be_named(folder: Path, rencheng: Rencheng) -> None:
    odd = folder / "odd-name.csv"
    odd.write_text(DAYS.partition("2020-02-13")[0], encoding="utf-8")
    assert rencheng("ingest", odd, "--mapping", "china-2020-national").status == 0
    said = rencheng("ingest", odd, "--mapping", "no-such-mapping")
    assert said.status == 2
    assert "no-such-mapping" in said.err
