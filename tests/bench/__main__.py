"""The command behind `make bench`."""

from __future__ import annotations

import argparse
import sys

from tests.bench.case import Case, Missing, cases
from tests.bench.runner import RESULTS, ROOT, Measured, keep, run

HEAD = ("case", "n", "ours s", "cpu s", "MB", "goal s", "peer", "peer s", "cpu s", "ratio")


def row(case: Case, one: Measured) -> tuple[str, ...]:
    """Give the cells of a result."""
    goal = "-"
    if case.goal_s is not None:
        goal = f"{case.goal_s:g} {'met' if one.ours_s <= case.goal_s else 'MISSED'}"
    return (
        one.case,
        f"{one.n:,}",
        f"{one.ours_s:.3f}",
        f"{one.ours_cpu_s:.3f}",
        f"{one.ours_rss_mb:.0f}",
        goal,
        one.peer or "-",
        "-" if one.peer_s is None else f"{one.peer_s:.3f}",
        "-" if one.peer_cpu_s is None else f"{one.peer_cpu_s:.3f}",
        "-" if one.ratio is None else f"{one.ratio:.2f}",
    )


def table(rows: list[tuple[str, ...]]) -> str:
    """Lay rows out in columns."""
    everything = [HEAD, *rows]
    widths = [max(len(line[i]) for line in everything) for i in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in everything
    )


def main() -> int:
    """Run the cases asked for, print the table, keep the results."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--case", action="append", help="only this case (may be repeated)")
    wanted = parser.parse_args().case
    known = cases()
    for name in wanted or ():
        if name not in known:
            sys.stderr.write(f"no bench case is called {name}; there are: {', '.join(known)}\n")
            return 2
    measured: list[Measured] = []
    remarks: list[str] = []
    for name in wanted or known:
        print(f"  {name} ...", flush=True)
        try:
            one, remark = run(known[name])
        except Missing as missing:
            remarks.append(f"{name} NOT MEASURED: {missing}")
            continue
        measured.append(one)
        if remark:
            remarks.append(f"{name}: {remark}")
    keep(measured, known)
    print(table([row(known[one.case], one) for one in measured]))
    print(f"ratio: the peer's seconds over ours. Kept in {RESULTS.relative_to(ROOT)}.")
    for line in remarks:
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
