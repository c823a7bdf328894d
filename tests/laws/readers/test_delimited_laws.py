"""Laws of the CSV reader: nothing is lost, and the fast way says what the slow way says."""

import csv
import gzip
import io
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rencheng.sensing.readers import delimited, opening
from rencheng.sensing.readers.files import Layout, Limits, read, read_chunks
from rencheng.sensing.readers.structure import structure

cell = st.text(
    st.sampled_from(list('ab1,;"\n\r 武汉\t|')) | st.characters(exclude_categories=["Cs"]),
    max_size=6,
).filter(lambda text: "\0" not in text and "\ufffd" not in text)
tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(cell, min_size=width, max_size=width), max_size=12)
)
# Text made of the bytes that matter, well formed or not.
messes = st.lists(
    st.sampled_from(["a", ",", '"', "\n", "\r", "武", '""', '"\n', ",\n", '"a",']), max_size=40
).map("".join)
COMMA = Layout(format="csv", encoding="utf-8", delimiter=",")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("delimited")


def put(folder: Path, data: bytes, name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def written(rows: list[list[str]], **style: object) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, **style).writerows(rows)  # type: ignore[arg-type]
    return buffer.getvalue()


def lines_of(text: str, rows: list[list[str]], header: list[str]) -> list[int]:
    """Where each record begins, by writing them one after the other."""
    lines, line = [], 1 + written([header]).count("\n")
    for row in rows:
        lines.append(line)
        line += written([row]).count("\n")
    return lines


@given(tables)
@settings(max_examples=200, deadline=None)
def test_what_a_csv_writer_wrote_is_read_back_with_its_lines(folder, rows):
    width = len(rows[0]) if rows else 2
    header = [f"c{n}" for n in range(width)]
    text = written([header, *rows])
    chunk = read(put(folder, text.encode()), layout=COMMA)
    assert chunk.broken == ()
    assert [list(row) for row in chunk.rows.rows()] == [[v or None for v in row] for row in rows]
    assert chunk.lines.to_list() == lines_of(text, rows, header)


@given(tables, st.integers(1, 5), st.integers(0, 12))
@settings(deadline=None)
def test_cut_into_stretches_or_begun_in_the_middle_the_rows_are_the_same(folder, rows, size, start):
    width = len(rows[0]) if rows else 2
    text = written([[f"c{n}" for n in range(width)], *rows, ["ragged"]])
    path = put(folder, text.encode())
    all_rows = list(read_chunks(path, rows=size, layout=COMMA))
    whole = read(path, layout=COMMA)
    assert [row for chunk in all_rows for row in chunk.rows.rows()] == whole.rows.rows()
    assert [one for chunk in all_rows for one in chunk.broken] == list(whole.broken)
    assert all(a.next_row == b.start_row for a, b in pairwise(all_rows))
    rest = [
        row
        for chunk in read_chunks(path, rows=size, start_row=start, layout=COMMA)
        for row in chunk.rows.rows()
    ]
    assert rest == whole.rows.rows()[start:]


@given(messes, st.booleans(), st.integers(3, 40))
@example('a,b\n"x\ny",1\n"open,2\n3,4\n', False, 7)
@example('a,b\n1,2"3\n"q"x,1\n5,6\n', False, 4)
@example("a,b\r\n\r\n1,2\r\n", True, 3)
@settings(max_examples=400, deadline=None)
def test_the_fast_way_and_the_slow_way_and_any_block_size_agree(folder, mess, gz, size):
    text = "h,i\n" + mess
    data = text.encode()
    path = put(folder, gzip.compress(data) if gz else data, "mess.csv.gz" if gz else "mess.csv")
    with pytest.MonkeyPatch.context() as patch:
        fast = read(path, layout=COMMA)
        patch.setattr(opening.blocks, "__defaults__", (size,))
        in_small_blocks = read(path, layout=COMMA)
        # A structure that stops at once leaves everything to the slow way.
        patch.setattr(delimited, "structure", lambda text, mark: structure(b"", mark))
        slow = read(path, layout=COMMA)
    for other in (in_small_blocks, slow):
        assert other.rows.rows() == fast.rows.rows()
        assert other.lines.to_list() == fast.lines.to_list()
        assert other.broken == fast.broken


@given(messes)
@settings(deadline=None)
def test_every_line_that_is_not_blank_is_in_a_row_or_in_a_fault(folder, mess):
    text = "h,i\n" + mess
    chunk = read(put(folder, text.encode()), layout=COMMA)
    told = sorted([*chunk.lines.to_list(), *(one.line for one in chunk.broken)])
    assert len(told) == len(set(told))
    if not mess.replace("\r", "").strip("\n"):
        return
    physical = text.split("\n")
    first = next(n for n, line in enumerate(physical[1:], 2) if line.strip("\r"))
    assert told[0] == first


@given(tables.filter(bool), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
@settings(deadline=None)
def test_the_encoding_is_found_out(folder, rows, encoding):
    rows = [["武汉市江岸区", *row] for row in rows]
    text = written([["名称", *(f"c{n}" for n in range(len(rows[0]) - 1))], *rows])
    chunk = read(put(folder, text.encode(encoding)), layout=Layout(delimiter=","))
    assert chunk.rows.columns[0] == "名称"
    assert chunk.rows.to_series(0).to_list() == ["武汉市江岸区"] * len(rows)


@given(st.sampled_from(",;\t|"), st.integers(2, 5), st.integers(1, 30))
@settings(deadline=None)
def test_the_delimiter_is_found_out(folder, mark, width, height):
    rows = [[f"武汉 {n}.{m}" for m in range(width)] for n in range(height)]
    text = written([[f"列{m}" for m in range(width)], *rows], delimiter=mark)
    chunk = read(put(folder, text.encode()))
    assert [list(row) for row in chunk.rows.rows()] == rows


@given(st.binary(max_size=400) | messes.map(str.encode))
@settings(max_examples=300, deadline=None)
def test_no_bytes_whatever_stop_the_reader_otherwise_than_with_our_errors(folder, data):
    from rencheng.kernel.errors import DataError, InputError

    try:
        chunk = read(put(folder, data), limits=Limits(record_bytes=50, columns=20))
    except (InputError, DataError):
        return
    assert chunk.rows.height == chunk.lines.len()
