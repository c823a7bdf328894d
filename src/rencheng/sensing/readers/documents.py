"""JSON lines and JSON arrays: a row for each object."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from rencheng.kernel.errors import DataError, InputError
from rencheng.sensing.readers import opening
from rencheng.sensing.readers.chunks import BrokenRow, Chunk, broken, line_series
from rencheng.sensing.readers.json_text import DECODER, as_text, items, skip_blanks
from rencheng.sensing.readers.layout import Layout, Limits

_Item = tuple[int, str, Any]


def line_chunks(
    path: Path, layout: Layout, limits: Limits, rows: int, start_row: int
) -> Iterator[Chunk]:
    """Read JSON lines in stretches; columns are the keys met in each, in the order met."""
    return _chunked(path, _lines(path, layout, limits), limits, rows, start_row)


def array_chunks(
    path: Path, layout: Layout, limits: Limits, rows: int, start_row: int
) -> Iterator[Chunk]:
    """Read a JSON array of objects in stretches; the file is held in memory whole."""
    return _chunked(path, _items(path, layout, limits), limits, rows, start_row)


def whole_text(path: Path, layout: Layout, limits: Limits) -> str:
    """
    Read a text file whole.

    Raises
    ------
    DataError
        If it is not in its encoding.
    """
    encoding = layout.encoding or opening.encoding_of(path, limits)
    raw = opening.whole(path, limits)
    try:
        return raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise DataError(
            f"file {path.name}, byte {error.start}: not {encoding}; it should be text"
        ) from error


def _lines(path: Path, layout: Layout, limits: Limits) -> Iterator[_Item | BrokenRow]:
    encoding = layout.encoding or opening.encoding_of(path, limits)
    number, rest, lost = 0, b"", False
    stream = opening.utf8_blocks(path, encoding, limits)
    for block in stream:
        *complete, rest = (rest + block).split(b"\n")
        for line in complete:
            number += 1
            if not lost:
                yield from _line(number, line, limits)
            lost = False
        if len(rest) > limits.record_bytes:
            if not lost:
                yield broken(number + 1, rest[:8000], "一行过长", "a shorter row")
            rest, lost = b"", True
    if not lost:
        yield from _line(number + 1, rest, limits)


def _line(number: int, line: bytes, limits: Limits) -> Iterator[_Item | BrokenRow]:
    if not line.strip():
        return
    if len(line) > limits.record_bytes:
        yield broken(number, line[:8000], "一行过长", "a shorter row")
        return
    try:
        text = line.decode("utf-8")
        yield number, text, DECODER.decode(text)
    except (ValueError, RecursionError):
        yield broken(number, line[:8000], "应为一个 JSON 对象", "one JSON object")


def _items(path: Path, layout: Layout, limits: Limits) -> Iterator[_Item]:
    text = whole_text(path, layout, limits)
    line, counted = 1, 0
    try:
        for start, end, value in items(text, skip_blanks(text, 0)):
            line += text.count("\n", counted, start)
            counted = start
            yield line, text[start : min(end, start + 8000)], value
    except DataError as error:
        raise DataError(f"file {path.name}, {error}") from error


def _chunked(
    path: Path, found: Iterator[_Item | BrokenRow], limits: Limits, rows: int, start_row: int
) -> Iterator[Chunk]:
    waiting: list[_Item | BrokenRow] = []
    next_row = start_row
    for position, one in enumerate(found):
        if position < start_row:
            continue
        waiting.append(one)
        if len(waiting) == rows:
            yield _chunk(path, waiting, limits, next_row)
            next_row, waiting = next_row + rows, []
    if waiting:
        yield _chunk(path, waiting, limits, next_row)


def _chunk(path: Path, found: list[_Item | BrokenRow], limits: Limits, start_row: int) -> Chunk:
    faults: list[BrokenRow] = []
    lines: list[int] = []
    objects: list[dict[str, Any]] = []
    for one in found:
        if isinstance(one, BrokenRow):
            faults.append(one)
        elif not isinstance(one[2], dict) or not one[2]:
            faults.append(broken(one[0], one[1], "应为有字段的 JSON 对象", "an object with keys"))
        else:
            lines.append(one[0])
            objects.append(one[2])
    names = list(dict.fromkeys(key for one in objects for key in one))
    if len(names) > limits.columns:
        raise InputError(
            f"file {path.name}, line {lines[0]}: {len(names):,} different keys; "
            f"it should be at most {limits.columns:,}; this limit is columns"
        )
    columns = {name: [as_text(one.get(name)) for one in objects] for name in names}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(names, pl.String))
    return Chunk(start_row, frame, line_series(lines), tuple(faults))
