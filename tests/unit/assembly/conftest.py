"""Commands run in this process, over the database of the test."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest

from rencheng.foundation.memory.indicators.api import derive_pending
from rencheng.foundation.memory.journal.api import Statement, append
from rencheng.foundation.memory.kinds import kind_named
from rencheng.foundation.memory.sources.api import SourceSpec, declare
from rencheng.foundation.places import api as places
from rencheng.kernel.time import day_end, day_start, parse_day
from rencheng.kernel.words import Words

ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture
def rencheng(capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """Give ``rencheng("figure", "武汉", "confirmed")``: runs a command, gives what it said."""
    from rencheng.assembly.cli.entry import status_of

    def run(*words: str | Path) -> Said:
        capsys.readouterr()
        status = status_of([str(word) for word in words])
        printed = capsys.readouterr()
        return Said(status, printed.out, printed.err)

    return run


@pytest.fixture
def wuhan(db: None) -> int:
    """Give a city with three days of confirmed cases, the second corrected a day later."""
    table = pl.DataFrame(
        {
            "code": ["CN", "420100"],
            "name_zh": ["中国", "武汉市"],
            "name_en": ["China", "Wuhan"],
            "level": ["country", "city"],
            "parent": [None, "CN"],
            "tz": [ZONE, None],
        }
    )
    assert places.upsert(table).created == 2
    place = places.find("武汉").id
    source = declare(SourceSpec(name="test/city", title=Words("试", "Test"), trusted=True))
    said = [
        ("2020-02-11", "2020-02-11", 18_454),
        ("2020-02-12", "2020-02-12", 19_558),
        ("2020-02-12", "2020-02-13", 19_559),
        ("2020-02-13", "2020-02-13", 32_994),
    ]
    receipt = append(
        source,
        kind_named("epidemic.daily_counts"),
        [
            Statement(
                value={"confirmed": count},
                event_at=day_start(parse_day(day), ZONE),
                published_at=day_end(parse_day(known), ZONE),
                place_id=place,
            )
            for day, known, count in said
        ],
    )
    assert receipt.stored == 4
    derive_pending()
    return place
