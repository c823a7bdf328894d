"""Law: what holds on the embedded database holds on PostgreSQL."""

import os
import subprocess
import sys

import pytest

from tests.fixtures.live import environment
from tests.fixtures.places import ROOT

# What stands on tables; the rest does not know which database it is.
ON_TABLES = ("tests/unit", "tests/laws", "tests/house/test_database.py")


@pytest.mark.postgres
def test_unit_tests_and_laws_pass_on_postgresql_too(postgres: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *ON_TABLES],
        cwd=ROOT,
        env={**os.environ, "RENCHENG_DATABASE_URL": postgres},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    print(done.stdout.strip().splitlines()[-1])


def test_the_database_of_this_run_is_the_one_that_was_asked_for() -> None:
    from django.db import connection

    asked = os.environ.get("RENCHENG_DATABASE_URL", "")
    assert connection.vendor == ("postgresql" if asked else "sqlite")
    assert "RENCHENG_DATABASE_URL" not in environment(ROOT)
