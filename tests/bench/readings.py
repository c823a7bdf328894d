"""A house with a list of a million rows, made once and kept in ``build``."""

import html
import math
import os
import re
import sqlite3
import statistics
import time
import zlib
from contextlib import closing
from typing import Any, Final

from tests.bench.case import HERE, fresh_house

ROWS: Final = 1_000_000
MOST_MS: Final = 300
MOST_MB: Final = 500
# Another shape of the table, or another row drawn, is another file.
SHAPE: Final = zlib.crc32((HERE.parent / "fixtures" / "readings.py").read_bytes())
KEPT: Final = HERE.parents[1] / "build" / f"readings-{ROWS}-{SHAPE:08x}.sqlite3"

# What a reader does, as addresses; {next} and {previous} are found on the pages before.
ASKED: Final = {
    "first page": "",
    "second page": "{next}",
    "last page": "?last=1",
    "page before the last": "{previous}",
    "sort by amount": "?sort=-amount",
    "sort by amount, small first": "?sort=amount",
    "filter, common": "?kind=gate",
    "filter, rare": "?kind=rare&sort=-amount",
    "filter, two days": "?received_from=2020-02-13&received_to=2020-02-14&sort=-amount",
    "filter, days and amounts": "?received_from=2020-02-13&received_to=2020-02-14&amount_min=49000",
    "search, common": "?q=gate",
    "search, rare": "?q=0000123",
    "search, nothing found": "?q=zzzzqq",
    "search, two words": "?q=gate+0001",
    "page of 200": "?size=200",
}


def house() -> None:
    """Start Django on the kept table, making it first if it is not there."""
    folder = fresh_house()
    from django.db import connection

    from tests.fixtures.readings import reading_table

    if not KEPT.exists():
        KEPT.parent.mkdir(exist_ok=True)
        with reading_table(ROWS):
            draft = KEPT.with_suffix(f".{os.getpid()}")
            with (
                closing(sqlite3.connect(folder / "rencheng.sqlite3")) as old,
                closing(sqlite3.connect(draft)) as new,
            ):
                old.backup(new)
            draft.replace(KEPT)
    connection.close()
    connection.settings_dict["NAME"] = str(KEPT)


class Reader:
    """Somebody who reads the list over HTTP, through Django's client."""

    def __init__(self) -> None:
        from django.conf import settings
        from django.test import Client
        from django.urls import path

        from rencheng.assembly import urls
        from rencheng.foundation.web.access import public
        from rencheng.foundation.web.lists import QuerySetRows, list_page
        from tests.fixtures.readings import LIST, Reading

        settings.ALLOWED_HOSTS = ["testserver"]
        rows = QuerySetRows(Reading.objects.all())  # type: ignore[attr-defined]
        view = public(lambda request: list_page(request, LIST, rows))
        urls.urlpatterns.append(path("readings/", view))
        self._client = Client()
        self.taken: dict[str, list[float]] = {}
        self.found: dict[str, str] = {}

    def read_everything(self) -> None:
        """Ask for each page once and note the milliseconds."""
        links: dict[str, str] = {}
        for name, asked in ASKED.items():
            began = time.perf_counter()
            answer = self._client.get(f"/readings/{asked.format(**links)}")
            self.taken.setdefault(name, []).append(1000 * (time.perf_counter() - began))
            text = answer.content.decode()
            assert answer.status_code == 200, text[:300]
            self.found[name] = _first(r'class="list-count"[^>]*>([^<]*)<', text)
            links |= {
                name: html.unescape(_first(rf'rel="{rel}" href="([^"]*)"', text))
                for name, rel in (("next", "next"), ("previous", "prev"))
            }

    def export(self, form: str) -> int:
        """Take the whole list as a file; give its bytes."""
        columns = "subject,kind,received,amount,value,double,note"
        answer: Any = self._client.get(f"/readings/?format={form}&columns={columns}")
        return sum(len(piece) for piece in answer.streaming_content)

    def print_table(self) -> None:
        """Print what was measured."""
        print(f"\n{'list of ' + format(ROWS, ',') + ' rows':32} {'median':>9} {'p95':>9}   found")
        for name, times in self.taken.items():
            median = statistics.median(times)
            over = f"   OVER {MOST_MS} ms" if _p95(times) > MOST_MS else ""
            print(f"{name:32} {median:6.1f} ms {_p95(times):6.1f} ms   {self.found[name]}{over}")


def _p95(times: list[float]) -> float:
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def _first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    return found[1].strip() if found else ""
