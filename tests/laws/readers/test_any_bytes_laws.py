"""Whatever bytes come as whatever file: a table, or one of our errors, never anything else."""

import gzip
import io
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from rencheng.kernel.errors import DataError, InputError
from rencheng.sensing.readers.files import Limits, look, read

SMALL = Limits(unpacked_bytes=2**20, whole_bytes=2**20, columns=50, rows=10_000)
# Panics of compiled readers write to standard error before they are caught.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def parquet_file() -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame({"a": list(range(50)), "b": ["武汉"] * 50}).write_parquet(buffer)
    return buffer.getvalue()


def excel_file() -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for row in range(20):
            sheet.write_row(row, 0, [row, "武汉", 1.5])
    return buffer.getvalue()


SEEDS = {
    "a.csv": "a,b\n1,武汉\n".encode() * 5,
    "a.csv.gz": gzip.compress("a,b\n1,武汉\n".encode() * 50),
    "a.jsonl": '{"a": 1, "b": "武汉"}\n'.encode() * 5,
    "a.json": b'[{"a": 1}, {"b": [1, {"c": null}]}]',
    "a.geojson": b'{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
    b'{"a": 1}, "geometry": {"type": "Point", "coordinates": [1, 2]}}]}',
    "a.parquet": parquet_file(),
    "a.xlsx": excel_file(),
    "a.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "a.gpkg": b"SQLite format 3\0" + bytes(200),
}


@st.composite
def spoiled(draw, seed: bytes) -> bytes:
    """A good file with some bytes changed, dropped or put in."""
    data = bytearray(seed)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        change = draw(st.sampled_from(["flip", "cut", "insert", "end"]))
        if change == "flip" and data:
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif change == "cut":
            del data[at : at + draw(st.integers(1, 8))]
        elif change == "insert":
            data[at:at] = draw(st.binary(max_size=8))
        else:
            del data[at:]
    return bytes(data)


@pytest.mark.parametrize("name", SEEDS)
@given(data=st.data())
@settings(max_examples=80, deadline=None)
def test_a_spoiled_or_random_file_gives_a_table_or_our_error(tmp_path_factory, name, data):
    path: Path = tmp_path_factory.getbasetemp() / name
    content = data.draw(st.binary(max_size=200) | spoiled(SEEDS[name]))
    path.write_bytes(content)
    for open_it in (read, look):
        try:
            open_it(path, limits=SMALL)
        except (InputError, DataError):
            continue
