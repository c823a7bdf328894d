"""
One side of a case in a process of its own: ``python -m tests.bench.child FOLDER CASE SIDE``.

It prepares, warms up, then runs once for each line it is sent, and answers each
with one line of JSON.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

from tests.bench.case import Missing, cases


def cpu_s() -> float:
    """Give the processor seconds of this process and its finished children."""
    spent = 0.0
    for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):
        usage = resource.getrusage(who)
        spent += usage.ru_utime + usage.ru_stime
    return spent


def peak_rss_mb() -> float:
    """Give the largest memory this process, or one of its children, ever held (MB of 2**20)."""
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return max(
        resource.getrusage(who).ru_maxrss / unit
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )


def measure(subject: Any, side: str) -> dict[str, float]:
    """Run one side once, its reset not counted."""
    if hasattr(subject, "reset"):
        subject.reset()
    cpu, started = cpu_s(), time.perf_counter()
    getattr(subject, side)()
    spent = time.perf_counter() - started
    return {"s": spent, "cpu_s": cpu_s() - cpu, "rss_mb": peak_rss_mb()}


def main(folder: str, name: str, side: str) -> int:
    """Answer the runner until it closes the pipe."""
    # What a case prints must not mix with the answers.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)

    def say(answer: dict[str, Any]) -> None:
        answers.write(json.dumps(answer) + "\n")
        answers.flush()

    subject = cases(Path(folder))[name].make()
    try:
        if hasattr(subject, "prepare"):
            subject.prepare()
        measure(subject, side)
    except (Missing, ImportError) as missing:
        say({"missing": str(missing)})
        return 0
    say({"ready": True})
    for _ in sys.stdin:
        say(measure(subject, side))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
