"""What a delimited file is like: its encoding, delimiter, columns, and where they stand."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rencheng.kernel.errors import InputError
from rencheng.sensing.readers import opening
from rencheng.sensing.readers.chunks import column_names
from rencheng.sensing.readers.layout import DELIMITERS, Layout, Limits
from rencheng.sensing.readers.records import Record, next_record

_SAMPLE: Final = 20
_FURTHEST: Final = 1_000  # lines, should blank ones stand between the first rows


@dataclass(frozen=True, slots=True)
class TableShape:
    """
    How a delimited file was found to be.

    Parameters
    ----------
    header_line
        Line on which the names of the columns begin, from 1.
    mac
        Lines end with a lone carriage return.
    """

    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    header_line: int
    mac: bool


def table_shape(path: Path, layout: Layout, limits: Limits) -> TableShape:
    """
    Find out encoding, delimiter and columns of a delimited file.

    The delimiter is the one that cuts the first twenty rows into the most equal columns.

    Raises
    ------
    InputError
        If it has no header line, or more columns than the limits allow.
    DataError
        If it is no text.
    """
    encoding = layout.encoding or opening.encoding_of(path, limits)
    first, final = _beginning(opening.utf8_blocks(path, encoding, limits))
    mac = b"\r" in first and b"\n" not in first
    text = opening.repaired((first.replace(b"\r", b"\n") if mac else first).replace(b"\0", b""))
    at, line = _begin(text, layout.header_line or 1)
    candidates = [layout.delimiter] if layout.delimiter else list(DELIMITERS)
    longest = limits.record_bytes
    samples = {
        mark: list(_records(text, at, ord(mark), longest, final=final)) for mark in candidates
    }
    delimiter = max(candidates, key=lambda mark: _evenness(samples[mark]))
    if not samples[delimiter]:
        where = f", line {line}" if line > 1 else ""
        raise InputError(
            f"file {path.name}{where}: nothing stands there; it should be the names of the columns"
        )
    header = samples[delimiter][0]
    line += text.count(b"\n", at, header.start)
    if header.fields is None:
        fault = header.fault.en if header.fault else ""
        raise InputError(f"file {path.name}, line {line}: the header should have {fault}")
    if len(header.fields) > limits.columns:
        raise InputError(
            f"file {path.name}, line {line}: {len(header.fields):,} columns; "
            f"it should be at most {limits.columns:,}; this limit is columns"
        )
    names = column_names([field.decode("utf-8", "replace") for field in header.fields])
    return TableShape(encoding, delimiter, tuple(names), line, mac)


def _beginning(blocks: Iterator[bytes]) -> tuple[bytes, bool]:
    """Give the first bytes, more than a header may have, and whether they are all."""
    parts: list[bytes] = []
    length = 0
    for block in blocks:
        parts.append(block)
        length += len(block)
        if length >= opening.BLOCK:
            return b"".join(parts), not next(blocks, b"")
    return b"".join(parts), True


def _begin(text: bytes, header_line: int) -> tuple[int, int]:
    """Give the byte and number of the header's line, or of the end of the text before it."""
    at = 0
    for line in range(1, header_line):
        newline = text.find(b"\n", at)
        if newline < 0:
            return len(text), line
        at = newline + 1
    return at, header_line


def _records(
    text: bytes, at: int, delimiter: int, longest: int, *, final: bool
) -> Iterator[Record]:
    """Yield the first records that are not blank."""
    taken = looked_at = 0
    at += len(text) - at - len(text[at:].lstrip(b"\r\n"))
    while at < len(text) and taken < _SAMPLE and looked_at < _FURTHEST:
        record = next_record(text, at, delimiter, longest, final=final)
        looked_at += 1
        if record is None:
            return
        at = record.end
        if not record.blank:
            taken += 1
            yield record


def _evenness(records: list[Record]) -> tuple[float, int]:
    widths = Counter(len(record.fields) for record in records if record.fields)
    if not widths:
        return (-1.0, 0)
    width, rows = max(widths.items(), key=lambda item: (item[1], item[0]))
    return (rows / len(records) if width > 1 else 0.0, width)
