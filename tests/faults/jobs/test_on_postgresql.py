"""The same promises on PostgreSQL, where workers really write side by side."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fixtures.live import environment
from tests.fixtures.places import ROOT

pytestmark = pytest.mark.postgres

BEGIN = """
import django
django.setup()
from django.db import connection
from rencheng.foundation.jobs import api, registry
from rencheng.foundation.jobs.spec import JobSpec
from rencheng.kernel.words import Words
from tests.faults.jobs import workshop
spec = JobSpec(name="test.steps", title=Words("", ""), function=workshop.steps, lease_s=1)
registry.install([spec])
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE effect (step INTEGER, job INTEGER)")
for _ in range(40):
    api.start("test.steps", {"steps": 3, "pause_s": 0.02})
"""
LOOK = """
import django, json
django.setup()
from django.db import connection
from rencheng.foundation.jobs.models import Job
with connection.cursor() as cursor:
    cursor.execute("SELECT job, COUNT(*), COUNT(DISTINCT step) FROM effect GROUP BY job")
    effects = cursor.fetchall()
states = list(Job.objects.filter(name="test.steps").values_list("state", flat=True))
print(json.dumps({"effects": [row[1:] for row in effects], "states": states}))
"""


def test_three_workers_one_of_them_killed_do_each_step_of_forty_jobs_once(
    postgres: str, tmp_path: Path
) -> None:
    surroundings = {
        **environment(tmp_path),
        "RENCHENG_DATABASE_URL": postgres,
        "DJANGO_SETTINGS_MODULE": "rencheng.assembly.settings",
        "PYTHONPATH": str(ROOT),
    }

    def run(*words: str) -> str:
        return subprocess.run(
            [sys.executable, *words],
            env=surroundings,
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout

    run("-m", "rencheng", "migrate")
    run("-c", BEGIN)
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.faults.jobs.workshop"], env=surroundings, cwd=ROOT
        )
        for _ in range(3)
    ]
    try:
        deadline = time.monotonic() + 180
        found = json.loads(run("-c", LOOK))
        while set(found["states"]) != {"done"}:
            assert time.monotonic() < deadline, found
            if workers[0].poll() is None and found["effects"]:
                workers[0].kill()
            found = json.loads(run("-c", LOOK))
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    assert found["effects"] == [[3, 3]] * 40
