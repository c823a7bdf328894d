"""Bench cases: what is measured, how large it is, and beside whom."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SHARED_DATA = Path(os.environ.get("RENCHENG_SHARED_DATA", HERE.parents[2] / "shared" / "data"))
ROUNDS = 5


class Missing(Exception):
    """Something a case needs is not on this machine: real data, or a peer."""


@dataclass(frozen=True)
class Case:
    """
    A registered case.

    Parameters
    ----------
    name
        Its name, as in ``make bench CASE=name``.
    n
        How much it works on, in the unit its docstring names.
    make
        Builds the object whose ``ours`` (and ``peer``) are measured.
    peer
        Name of the system of others it runs beside; None where there is none.
    rounds
        How many times each side is measured; the median is reported.
    goal_s
        Seconds we promised to stay under; None where nothing is promised.
    """

    name: str
    n: int
    make: Callable[[], Any]
    peer: str | None
    rounds: int
    goal_s: float | None


_cases: dict[str, Case] = {}


def bench(
    name: str, *, n: int, peer: str | None = None, rounds: int = ROUNDS, goal_s: float | None = None
) -> Callable[[type], type]:
    """
    Register a class as a bench case.

    The class has ``ours()``, and ``peer()`` if it names a peer; both do the same
    work. ``prepare()`` runs once per side before anything is timed, ``reset()``
    before each round, untimed. Each side lives in a process of its own.
    """

    def register(kind: type) -> type:
        if name in _cases:
            raise ValueError(f"two bench cases are called {name}")
        if (peer is not None) != hasattr(kind, "peer"):
            raise ValueError(f"bench case {name}: a peer's name and a peer() belong together")
        _cases[name] = Case(name, n, kind, peer, rounds, goal_s)
        return kind

    return register


def cases(folder: Path = HERE) -> dict[str, Case]:
    """Load every ``bench_*.py`` of a folder and give the cases they register, by name."""
    _cases.clear()
    for path in sorted(folder.glob("bench_*.py")):
        spec = importlib.util.spec_from_file_location(f"tests.bench.{path.stem}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        # Pickling and dataclasses look a class up by the name of its module.
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    return dict(_cases)


def data_set(name: str) -> Path:
    """Give the folder of a real data set, or raise `Missing`."""
    folder = SHARED_DATA / name
    if not folder.is_dir():
        raise Missing(f"real data {name} (set RENCHENG_SHARED_DATA)")
    return folder


def fresh_house() -> Path:
    """
    Start Django over a new, migrated home folder and give the folder.

    For ``prepare()``; the runner has set ``RENCHENG_HOME`` to a folder that it
    removes at the end.
    """
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    return Path(os.environ["RENCHENG_HOME"])
