"""Commands that keep the house: clock, accounts, migrations, the doctor; how quick they are."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rencheng.foundation.guard.models import Account
from rencheng.foundation.memory import clock
from tests.fixtures.live import environment
from tests.fixtures.places import ROOT

Rencheng = Callable[..., Any]
HELP_WITHIN_S = 0.5


def test_the_list_of_commands_comes_at_once(tmp_path: Path) -> None:
    took = []
    for _ in range(3):
        started = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "rencheng", "--help"],
            env=environment(tmp_path),
            capture_output=True,
            text=True,
            check=True,
        )
        took.append(time.perf_counter() - started)
    print(f"rencheng --help: {min(took):.2f} s")
    assert "demo" in done.stdout
    assert min(took) < HELP_WITHIN_S
    assert list(tmp_path.iterdir()) == []


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    program = (
        "import sys, rencheng.assembly.cli; "
        "print([n for n in ('django', 'polars', 'numpy', 'shapely', 'rich') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "[]"


def test_every_command_says_what_it_does_in_one_line(rencheng: Rencheng) -> None:
    said = rencheng("--help")
    listed = said.out.partition("Commands:")[2].partition("Exit")[0].strip().splitlines()
    assert len(listed) == 14
    for line in listed:
        assert len(line.split(maxsplit=1)[1]) > 10
        assert not line.endswith("...")


def test_a_house_without_tables_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rencheng", "ledger"],
        env=environment(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "run `rencheng migrate` first" in done.stderr


def test_the_clock_is_set_stopped_and_let_go(db: None, rencheng: Rencheng) -> None:
    assert rencheng("clock", "set", "2020-02-13").status == 0
    assert rencheng("clock", "show").out.startswith("2020-02-13T00:00:")
    rencheng("clock", "freeze", "2020-02-13T08:00+08:00")
    assert rencheng("clock", "show").out == "2020-02-13T08:00:00+08:00  simulated, speed 0\n"
    rencheng("clock", "run", "2020-01-01", "--speed", "3600")
    said = json.loads(rencheng("clock", "show", "--json").out)
    assert (said["speed"], said["simulated"]) == (3600, True)
    assert rencheng("clock", "run", "2020-01-01", "--speed", "-1").status == 2
    rencheng("clock", "real")
    assert not clock.state().simulated


def test_accounts_are_added_listed_and_given_passwords(
    db: None, rencheng: Rencheng, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_in(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO(text + "\n"))

    type_in("a long and simple sentence")
    said = rencheng("account", "add", "anna", "--staff", "--language", "en", "--password-stdin")
    assert said.out == "account anna added (staff)\n"
    anna = Account.objects.get(username="anna")
    assert anna.check_password("a long and simple sentence")
    assert (anna.is_staff, anna.is_superuser, anna.language) == (True, False, "en")
    assert "sentence" not in said.out + said.err
    type_in("a long and simple sentence")
    assert "there already" in rencheng("account", "add", "anna", "--password-stdin").err
    type_in("short")
    said = rencheng("account", "password", "anna", "--password-stdin")
    assert (said.status, "too weak" in said.err) == (2, True)
    type_in("another simple sentence")
    assert rencheng("account", "password", "anna", "--password-stdin").status == 0
    anna.refresh_from_db()
    assert anna.check_password("another simple sentence")
    assert json.loads(rencheng("account", "list", "--json").out)[0]["username"] == "anna"
    assert "anna" in rencheng("account", "list").out
    type_in("a long and simple sentence")
    assert rencheng("account", "add", "an na!", "--password-stdin").status == 2


def test_migrating_twice_does_nothing(db: None, rencheng: Rencheng) -> None:
    assert rencheng("migrate").out == "database up to date\n"


def test_the_doctor_finds_a_sound_house_well(db: None, rencheng: Rencheng) -> None:
    found = {one["what"]: one for one in json.loads(rencheng("doctor", "--json").out)}
    for what in (
        "versions",
        "disk",
        "database",
        "tables",
        "clock",
        "ledger",
        "time zones",
        "house",
    ):
        assert found[what]["well"], found[what]["words"]


def test_the_doctor_finds_pending_migrations(
    db: None, rencheng: Rencheng, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "rencheng.assembly.cli.examining.pending_migrations", lambda: ["memory.0099"]
    )
    said = rencheng("doctor")
    assert said.status == 1
    assert "✗ tables       1 steps pending: run `rencheng migrate`" in said.out
