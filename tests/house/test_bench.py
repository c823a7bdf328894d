"""The bench itself: it measures what it says, in turn, and forgets nothing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bench import case as registry
from tests.bench.__main__ import row, table
from tests.bench.case import Case, Missing, cases
from tests.bench.runner import Measured, keep, run

BUSY = """
import time
from tests.bench.case import Missing, bench

@bench("work", n=7, peer="sleeper", rounds=3, goal_s=9)
class Work:
    def prepare(self):
        self.held = bytearray(80 * 2**20)
        print("noise that must not reach the runner")
    def ours(self):
        end = time.process_time() + 0.05
        while time.process_time() < end:
            pass
    def peer(self):
        time.sleep(0.1)

@bench("alone", n=1, peer="absent", rounds=1)
class Alone:
    def ours(self):
        pass
    def peer(self):
        import a_module_that_nobody_has

@bench("hungry", n=1, rounds=1)
class Hungry:
    def prepare(self):
        raise Missing("real data nowhere")
    def ours(self):
        pass

@bench("broken", n=1, rounds=1)
class Broken:
    def ours(self):
        raise ValueError("planted")
"""
OLD = Measured("old", 1, 1.0, 1.0, 10.0, None, None, None, None)


@pytest.fixture
def folder(plant: Callable[[str, str], Path]) -> Iterator[Path]:
    yield plant("bench_busy.py", BUSY)
    registry._cases.clear()


def test_both_sides_are_measured_in_processes_of_their_own(folder: Path) -> None:
    measured, remark = run(cases(folder)["work"], folder)
    assert remark == ""
    assert (measured.case, measured.n, measured.peer) == ("work", 7, "sleeper")
    assert measured.peer_s is not None
    assert measured.peer_cpu_s is not None
    assert measured.ours_cpu_s == pytest.approx(0.05, abs=0.04)
    assert measured.peer_s >= 0.1
    assert measured.peer_cpu_s < 0.05
    assert measured.ratio == pytest.approx(measured.peer_s / measured.ours_s)
    assert measured.ours_rss_mb > 80


def test_a_missing_peer_is_said_aloud(folder: Path) -> None:
    measured, remark = run(cases(folder)["alone"], folder)
    assert "absent not measured" in remark
    assert "a_module_that_nobody_has" in remark
    assert (measured.peer, measured.peer_s, measured.ratio) == (None, None, None)


def test_missing_data_is_said_aloud(folder: Path) -> None:
    with pytest.raises(Missing, match="real data nowhere"):
        run(cases(folder)["hungry"], folder)


def test_a_broken_case_is_no_result(folder: Path) -> None:
    with pytest.raises(RuntimeError, match=r"broken\.ours ended with 1"):
        run(cases(folder)["broken"], folder)


def test_one_case_measured_again_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "bench.json"
    keep([OLD, Measured("gone", 1, 1.0, 1.0, 1.0, None, None, None, None)], ["old", "gone"], path)
    keep([Measured("new", 2, 0.5, 0.4, 5.0, "p", 1.0, 0.9, 2.0)], ["old", "new"], path)
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert [one["case"] for one in kept] == ["new", "old"]
    assert list(kept[0]) == [
        "case",
        "n",
        "ours_s",
        "ours_cpu_s",
        "ours_rss_mb",
        "peer",
        "peer_s",
        "peer_cpu_s",
        "ratio",
    ]


def test_the_table_says_whether_a_goal_is_met() -> None:
    goal = Case("old", 1, object, None, 1, 0.5)
    assert "0.5 MISSED" in table([row(goal, OLD)])
    assert "2 met" in table([row(Case("old", 1, object, None, 1, 2.0), OLD)])


def test_two_cases_of_one_name_are_refused(plant: Callable[[str, str], Path]) -> None:
    text = (
        "from tests.bench.case import bench\n@bench('a', n=1)\nclass A:\n    def ours(self): ...\n"
    )
    plant("bench_a.py", text)
    folder = plant("bench_b.py", text)
    with pytest.raises(ValueError, match="two bench cases"):
        cases(folder)
    registry._cases.clear()


def test_every_bench_of_the_house_loads() -> None:
    for case in cases().values():
        assert hasattr(case.make, "ours")
