"""A clerk's file: 37 rows broken in 37 ways among good ones, shuffled, doubled; nothing is lost."""

import csv
import io
import json
import sqlite3
from pathlib import Path

import pytest

from rencheng.foundation.memory.balance import balances
from rencheng.sensing.files import api
from rencheng.sensing.files.convert.phrases import PROBLEMS, understood
from rencheng.sensing.files.models import RefusedCell
from tests.fixtures.broken import BROKEN, HEADER, clerk_file
from tests.fixtures.mappings import written


def counted(database: Path, load_id: int) -> dict[str, int]:
    """Count what the database holds, with SQL of our own and none of the house's code."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as bare:

        def one(sql: str, *values: object) -> int:
            return int(bare.execute(sql, values).fetchone()[0] or 0)

        own = "FROM memory_entry WHERE delivery = ?"
        name = f"load-{load_id}"
        return {
            "sent": one(f"SELECT SUM(sent) {own}", name),
            "stored": one(f"SELECT SUM(stored) {own}", name),
            "duplicate": one(f"SELECT SUM(duplicate) {own}", name),
            "rejected": one(f"SELECT SUM(rejected) {own}", name),
            "refused rows": one(
                "SELECT COUNT(*) FROM memory_rejection r JOIN memory_entry e ON e.id = r.entry_id "
                "WHERE e.delivery = ?",
                name,
            ),
            "observations": one("SELECT COUNT(*) FROM memory_observation"),
            "different": one(
                "SELECT COUNT(*) FROM (SELECT DISTINCT place_id, event_at, value "
                "FROM memory_observation)"
            ),
            "figures": one("SELECT COUNT(*) FROM memory_figure"),
        }


@pytest.mark.parametrize("seed", [1, 2])
def test_the_ledger_of_a_broken_file_is_what_an_independent_count_says(
    own_database: Path, tmp_path: Path, seed: int
) -> None:
    content, account = clerk_file(seed)
    path = written(tmp_path, content, "from-a-clerk.csv")
    assert content.count(b"\n") - 1 == account["lines"]
    assert account["broken"] == 2 * 37

    first = api.load(path)
    assert first.mapping == "china-2020-cities", "by its columns alone"
    assert counted(own_database, first.load_id) == {
        "sent": account["lines"],
        "stored": account["good"],
        "duplicate": account["lines"] - account["broken"] - account["good"],
        "rejected": account["broken"],
        "refused rows": account["broken"],
        "observations": account["good"],
        "different": account["good"],
        "figures": 3 * account["good"],
    }

    second = api.load(path)
    assert (second.stored, second.rejected) == (0, account["broken"])
    assert second.duplicate == account["lines"] - account["broken"]
    again = counted(own_database, second.load_id)
    assert again["observations"] == account["good"]
    assert again["figures"] == 3 * account["good"]
    assert all(balance.balanced for balance in balances())


def test_each_of_the_37_is_told_apart_on_its_line(own_database: Path, tmp_path: Path) -> None:
    assert len({what for what, _, _ in BROKEN}) == 37
    good = "2020-02-01,420000,湖北省,429088,新滨市,5,0,0"
    lines = [HEADER.encode()]
    for _, _, line in BROKEN:
        lines += [good.encode(), line if isinstance(line, bytes) else line.encode()]
    result = api.load(written(tmp_path, b"\n".join(lines), "37.csv"))
    assert (result.stored, result.rejected) == (1, 37)
    said = {
        line: (problem, was, should)
        for line, problem, was, should in RefusedCell.objects.values_list(
            "line", "problem", "was", "should"
        )
    }
    assert RefusedCell.objects.count() == 37
    for number, (what, problem, _) in enumerate(BROKEN):
        at = 3 + 2 * number
        assert said[at][0] == problem, (what, said[at])
        words = understood(said[at][2])[1]
        assert words.zh != words.en, what
    assert {problem for problem, _, _ in said.values()} <= set(PROBLEMS)


def test_a_refused_row_keeps_its_cells_for_mending(own_database: Path, tmp_path: Path) -> None:
    content, account = clerk_file(3, copies=1)
    result = api.load(written(tmp_path, content, "clerk.csv"))
    with sqlite3.connect(f"file:{own_database}?mode=ro", uri=True) as bare:
        kept = bare.execute("SELECT line, row FROM memory_rejection ORDER BY line").fetchall()
    assert len(kept) == account["broken"] == result.rejected
    lines = content.decode("utf-8", "replace").split("\n")
    for line, row in kept:
        stood = lines[line - 1].replace("\x00", "␀")
        cells = [cell or "" for cell in json.loads(row).values()]
        if '"1' not in stood or "1,234" in stood:  # the quote that never closes swallows its line
            assert cells == next(csv.reader(io.StringIO(stood)))
