"""The same house on PostgreSQL: same demo, same figures, same digest, pages that open."""

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from rencheng.assembly.demo.people import PEOPLE
from tests.fixtures.live import environment
from tests.fixtures.places import ROOT

Run = Callable[..., str]
PAGES = f"""
import django
django.setup()
from django.test import Client
from rencheng.foundation.guard.models import Account
from rencheng.foundation.jobs import api
from rencheng.foundation.jobs.worker import run_waiting
number = api.start("memory.derive", key="once")
assert api.start("memory.derive", key="once") == number
assert run_waiting() == 1
desk = Client()
desk.force_login(Account.objects.get(username={PEOPLE[0].name!r}))
paths = ["/", "/monitor/", "/jobs/", f"/jobs/{{number}}/", f"/jobs/{{number}}.json", "/files/"]
print({{path: desk.get(path, headers={{"host": "localhost"}}).status_code for path in paths}})
print(api.card(number).state)
"""


def house(home: Path, url: str) -> Run:
    """Give a function that runs Python in a house over a database of its own."""
    surroundings = {
        **environment(home),
        "RENCHENG_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "rencheng.assembly.settings",
    }

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            env=surroundings,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{words} ended with {done.returncode}:\n{done.stderr}"
        return done.stdout

    return run


ASK = """
import contextlib, io, json
from datetime import date, timedelta
from rencheng.assembly.cli.entry import status_of

def ask(*words):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = status_of([str(word) for word in words])
    assert status == 0, (words, status, out.getvalue())
    return out.getvalue()

ask("demo", "--set-up-only")
figure = ("figure", "鹭岬", "confirmed", "--json")
newest = json.loads(ask(*figure))
# A day of the week that was published again later: as known then, and now.
then = date.fromisoformat(newest["valid_day"]) - timedelta(days=56)
ledger = [{**row, "last_received": None} for row in json.loads(ask("ledger", "--json"))]
print(json.dumps({
    "ledger": ledger,
    "rebuilt": ask("rebuild", "--derived").split(),
    "newest": newest,
    "then": json.loads(ask(*figure, "--at", then, "--as-known", then)),
    "later": json.loads(ask(*figure, "--at", then)),
    "computed": json.loads(ask("figure", "泽宁", "new_cases_week", "--json")),
    "places": json.loads(ask("places", "find", "96", "--json")),
}))
"""


def test_both_databases_tell_the_same(postgres: str, tmp_path: Path) -> None:
    small, large = tmp_path / "sqlite", tmp_path / "postgresql"
    small.mkdir()
    large.mkdir()
    on_sqlite, on_postgresql = house(small, ""), house(large, postgres)
    with ThreadPoolExecutor(2) as both:
        one, other = both.map(lambda run: json.loads(run("-c", ASK)), (on_sqlite, on_postgresql))
    _, before, _, after, verdict = one["rebuilt"]
    assert (before, verdict) == (after, "equal")
    print(f"digest of the demo on both databases: {before}")
    assert one == other
    assert one["then"]["value"] < one["later"]["value"]
    assert not (large / "rencheng.sqlite3").exists()

    pages, state = on_postgresql("-c", PAGES).splitlines()
    assert set(json.loads(pages.replace("'", '"')).values()) == {200}
    assert state == "done"
    assert "PostgreSQL" in on_postgresql("-m", "rencheng", "doctor")


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://127.0.0.1:1/none"])
def test_a_database_that_is_not_there_is_one_line(tmp_path: Path, url: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rencheng", "ledger"],
        env={**environment(tmp_path), "RENCHENG_DATABASE_URL": url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
