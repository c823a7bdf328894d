"""Running cases: both sides in turn, medians of each, results kept by case."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tests.bench.case import HERE, Case, Missing

ROOT = HERE.parents[1]
RESULTS = ROOT / "build" / "bench.json"


@dataclass(frozen=True)
class Measured:
    """
    One line of ``build/bench.json``.

    ``ratio`` is the peer's seconds over ours: above 1 we are faster.
    """

    case: str
    n: int
    ours_s: float
    ours_cpu_s: float
    ours_rss_mb: float
    peer: str | None
    peer_s: float | None
    peer_cpu_s: float | None
    ratio: float | None


class Side:
    """One side of a case in a child process with a home folder of its own."""

    def __init__(self, case: Case, side: str, folder: Path, home: Path) -> None:
        self._name = f"{case.name}.{side}"
        kept = {n: v for n, v in os.environ.items() if n != "RENCHENG_DATABASE_URL"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.child", str(folder), case.name, side],
            cwd=ROOT,
            env={
                **kept,
                "RENCHENG_HOME": str(home),
                "DJANGO_SETTINGS_MODULE": "rencheng.assembly.settings",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        first = self._answer()
        if "missing" in first:
            self.close()
            raise Missing(first["missing"])

    def run(self) -> dict[str, float]:
        """Run once more and give seconds, processor seconds and peak memory."""
        assert self._process.stdin is not None
        self._process.stdin.write("run\n")
        self._process.stdin.flush()
        return self._answer()

    def close(self) -> None:
        """End the child."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.close()
            raise RuntimeError(f"{self._name} ended with {self._process.returncode}; see above")
        answer: dict[str, Any] = json.loads(line)
        return answer


def run(case: Case, folder: Path = HERE) -> tuple[Measured, str]:
    """
    Measure a case.

    Parameters
    ----------
    case
        What to measure.
    folder
        Where its file lies.

    Returns
    -------
    measured
        Medians over the rounds; memory is the peak of the child's whole life.
    remark
        What to say aloud, such as a peer that is not installed; mostly empty.

    Raises
    ------
    Missing
        If our own side lacks something on this machine.
    """
    remark = ""
    with ExitStack() as stack:

        def start(side: str) -> Side:
            home = stack.enter_context(tempfile.TemporaryDirectory(prefix="rencheng-bench-"))
            made = Side(case, side, folder, Path(home))
            stack.callback(made.close)
            return made

        ours, peer = start("ours"), None
        if case.peer is not None:
            try:
                peer = start("peer")
            except Missing as missing:
                remark = f"peer {case.peer} not measured: {missing}"
        told: list[dict[str, float]] = []
        theirs: list[dict[str, float]] = []
        for number in range(case.rounds):
            # In turn, and each goes first every other round: a slow minute hits both alike.
            order = [(ours, told)] if peer is None else [(ours, told), (peer, theirs)]
            for side, answers in order if number % 2 == 0 else reversed(order):
                answers.append(side.run())
    ours_s = statistics.median(one["s"] for one in told)
    peer_s = statistics.median(one["s"] for one in theirs) if theirs else None
    measured = Measured(
        case=case.name,
        n=case.n,
        ours_s=ours_s,
        ours_cpu_s=statistics.median(one["cpu_s"] for one in told),
        ours_rss_mb=max(one["rss_mb"] for one in told),
        peer=case.peer if theirs else None,
        peer_s=peer_s,
        peer_cpu_s=statistics.median(one["cpu_s"] for one in theirs) if theirs else None,
        ratio=peer_s / ours_s if peer_s is not None else None,
    )
    return measured, remark


def keep(measured: Iterable[Measured], known: Iterable[str], path: Path = RESULTS) -> None:
    """Write results over those of earlier runs; cases that are gone go, others stay."""
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    merged = {one["case"]: one for one in before if one["case"] in set(known)}
    merged.update({one.case: asdict(one) for one in measured})
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [merged[name] for name in sorted(merged)]
    path.write_text(json.dumps(lines, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
