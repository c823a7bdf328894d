"""Whatever bytes come as a file: an answer in our own words, a ledger that balances, no traces."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rencheng.foundation.memory.balance import balances, rejections
from rencheng.foundation.memory.journal.models import Observation
from rencheng.kernel.errors import DataError, InputError
from rencheng.sensing.files import api, mappings
from rencheng.sensing.files.models import Load, RefusedCell
from tests.fixtures.mappings import mapping, written

cells = st.one_of(
    st.text(max_size=8),
    st.sampled_from(["2020-02-03", "420100", "5", "-1", '"', '"a"b', "1,2", "=1", "\x00", "day"]),
    st.integers(0, 99).map(str),
)
lines = st.lists(cells, max_size=6).map(",".join)
texts = st.lists(lines, max_size=12).map(lambda rows: "\n".join(["day,code,sick,dead", *rows]))
contents = st.one_of(
    texts.map(lambda text: text.encode("utf-8", "replace")),
    texts.map(lambda text: text.encode("gb18030", "replace")),
    texts.map(lambda text: text.encode("utf-16", "replace")),
    st.binary(max_size=200),
    st.tuples(texts, st.binary(max_size=20)).map(
        lambda two: two[0].encode(errors="replace") + two[1]
    ),
)
names = st.sampled_from(
    ["town.csv", "town.csv.gz", "town.xlsx", "town.parquet", "town.jsonl", "town.json", "town.tsv",
     "town.exe", "town.geojson"]
)  # fmt: skip
RELAXED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


def try_load(folder: Path, content: bytes, name: str) -> None:
    before = Observation.objects.count()
    try:
        result = api.load(written(folder, content, name), "town-daily")
    except (InputError, DataError):
        # A file that is refused as a whole leaves no row.
        assert Observation.objects.count() == before
    else:
        assert result.sent == result.stored + result.duplicate + result.rejected
        assert Observation.objects.count() == before + result.stored
        assert len(list(rejections(f"load-{result.load_id}"))) == result.rejected
        refused = RefusedCell.objects.filter(load=result.load_id)
        assert refused.values("line").distinct().count() == result.rejected
    assert all(balance.balanced for balance in balances())
    assert not Load.objects.filter(state="running").exists()


@settings(max_examples=60, deadline=None, suppress_health_check=RELAXED)
@given(content=contents, name=names)
def test_any_bytes_end_in_a_balanced_ledger(
    own_database: Path, tmp_path: Path, content: bytes, name: str
) -> None:
    mappings.record(mapping())
    try_load(tmp_path, content, name)


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None, suppress_health_check=RELAXED)
@given(content=contents, name=names)
def test_any_bytes_end_in_a_balanced_ledger_for_long(
    own_database: Path, tmp_path: Path, content: bytes, name: str
) -> None:
    mappings.record(mapping())
    try_load(tmp_path, content, name)
