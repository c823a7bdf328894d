"""CSV and its kin: fast where the text is well formed, row by row where it is not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from rencheng.kernel.geometry.arrays import IntArray
from rencheng.kernel.words import Words
from rencheng.sensing.readers import opening
from rencheng.sensing.readers.chunks import Chunk, broken, empty, line_series
from rencheng.sensing.readers.layout import Limits
from rencheng.sensing.readers.records import TOO_LONG, Record, next_record
from rencheng.sensing.readers.structure import structure
from rencheng.sensing.readers.table_shape import TableShape

_LOST: Final = "\ufffd".encode()
# Records read one by one before the fast way is tried again.
_SLOW_AT_ONCE: Final = 2_000
ZERO_SIGN: Final = "␀"
UNREADABLE: Final = Words("应为该编码的文字", "characters of the file's encoding")


@dataclass(frozen=True, slots=True)
class Piece:
    """
    Records of one block: where they lie and, if they were read one by one, their fields.

    ``bad`` maps the position of a broken record to what it should have been.
    """

    block: bytes
    start: IntArray
    end: IntArray
    line: IntArray
    bad: dict[int, Words]
    fields: list[tuple[bytes, ...]] | None = None

    @property
    def size(self) -> int:
        """Records, good and broken."""
        return int(self.start.size)

    def cut(self, low: int, high: int) -> "Piece":
        """Give the records from one position to another."""
        if low <= 0 and high >= self.size:
            return self
        return Piece(
            self.block,
            self.start[low:high],
            self.end[low:high],
            self.line[low:high],
            {at - low: fault for at, fault in self.bad.items() if low <= at < high},
            None if self.fields is None else self.fields[low:high],
        )

    def good(self) -> IntArray:
        """Give the positions of the records that can be read."""
        kept = np.ones(self.size, dtype=np.bool_)
        kept[list(self.bad)] = False
        return np.flatnonzero(kept)


def chunks(
    path: Path, shape: TableShape, limits: Limits, rows: int, start_row: int
) -> Iterator[Chunk]:
    """Read a file in stretches of a number of rows; see `files.read_chunks`."""
    waiting: list[Piece] = []
    size, next_row, to_skip = 0, start_row, start_row
    for piece in pieces(path, shape, limits):
        skipped = min(to_skip, piece.size)
        to_skip -= skipped
        rest = piece.cut(skipped, piece.size)
        while size + rest.size >= rows:
            waiting.append(rest.cut(0, rows - size))
            rest = rest.cut(rows - size, rest.size)
            yield _chunk(waiting, shape, next_row)
            next_row, waiting, size = next_row + rows, [], 0
        if rest.size:
            waiting.append(rest)
            size += rest.size
    if waiting:
        yield _chunk(waiting, shape, next_row)
    elif next_row == 0:
        yield empty(shape.columns)


def pieces(path: Path, shape: TableShape, limits: Limits) -> Iterator[Piece]:
    """Find the records of a file block by block, those of the header and above left out."""
    reading = _Reading(shape, limits)
    for block in opening.utf8_blocks(path, shape.encoding, limits):
        yield from reading.take(block, final=False)
    yield from reading.take(b"", final=True)


class _Reading:
    """The state between two blocks: what was cut off, and how many lines went before."""

    def __init__(self, shape: TableShape, limits: Limits) -> None:
        self.shape = shape
        self.longest = limits.record_bytes
        self.delimiter = ord(shape.delimiter)
        self.rest = b""
        self.line = 1
        self.header_open = True
        self.in_lost_row = False  # inside a row that was given up for its length

    def take(self, block: bytes, *, final: bool) -> Iterator[Piece]:
        """Take one more block in and yield the records that are complete."""
        text = self.rest + (block.replace(b"\r", b"\n") if self.shape.mac else block)
        if final and text and not text.endswith(b"\n"):
            text += b"\n"
        cut = text.rfind(b"\n") + 1
        whole_lines, tail = _readable(text[:cut]), text[cut:]
        at = self._behind_header(whole_lines, self._behind_lost_row(whole_lines), final=final)
        while not self.header_open and at < len(whole_lines):
            piece, used = self._fast(whole_lines[at:])
            if piece.size:
                yield piece
            at += used
            if at < len(whole_lines):
                piece, used = self._slow(whole_lines, at, final=final)
                if piece.size:
                    yield piece
                if not used:
                    break
                at += used
        if len(tail) > self.longest and not self.in_lost_row:
            yield self._lost_row(tail)
        self.rest = whole_lines[at:] + (b"" if self.in_lost_row else tail)

    def _behind_lost_row(self, text: bytes) -> int:
        if not self.in_lost_row or not text:
            return 0
        self.in_lost_row = False
        self.line += 1
        return text.index(b"\n") + 1

    def _lost_row(self, tail: bytes) -> Piece:
        self.in_lost_row = True
        where = np.zeros(1, dtype=np.int64)
        return Piece(tail[:8000], where, where + 8000, where + self.line, {0: TOO_LONG})

    def _behind_header(self, text: bytes, at: int, *, final: bool) -> int:
        while self.header_open and self.line < self.shape.header_line and at < len(text):
            at, self.line = text.index(b"\n", at) + 1, self.line + 1
        if not self.header_open or at >= len(text):
            return at
        header = next_record(text, at, self.delimiter, self.longest, final=final)
        if header is None:
            return at
        self.header_open = False
        self.line += text.count(b"\n", at, header.end)
        return header.end

    def _fast(self, text: bytes) -> tuple[Piece, int]:
        # A carriage return in the middle of a line is read by the slow way's grammar only.
        lone = text.count(b"\r") != text.count(b"\r\n")
        found = structure(b"" if lone else text, self.delimiter)
        width = len(self.shape.columns)
        bad = {
            at: _ragged(width, int(found.fields[at]))
            for at in np.flatnonzero(found.fields != width).tolist()
        }
        for at in np.flatnonzero(found.end - found.start > self.longest).tolist():
            bad[at] = TOO_LONG
        if _LOST in text:
            bad |= dict.fromkeys(_records_with(_LOST, text, found.start, found.stop), UNREADABLE)
        piece = Piece(text, found.start, found.end, found.line + self.line, bad)
        self.line += found.lines
        return piece, found.stop

    def _slow(self, text: bytes, at: int, *, final: bool) -> tuple[Piece, int]:
        """Read records one by one from a position, up to the first that is cut off."""
        records: list[Record] = []
        lines: list[int] = []
        begin, width = at, len(self.shape.columns)
        while at < len(text) and len(records) < _SLOW_AT_ONCE:
            record = next_record(text, at, self.delimiter, self.longest, final=final)
            if record is None:
                break
            if not record.blank:
                records.append(record)
                lines.append(self.line)
            self.line += text.count(b"\n", at, record.end)
            at = record.end
        bad: dict[int, Words] = {}
        for position, record in enumerate(records):
            if record.fields is None:
                bad[position] = record.fault or TOO_LONG
            elif _LOST in text[record.start : record.end]:
                bad[position] = UNREADABLE
            elif len(record.fields) != width:
                bad[position] = _ragged(width, len(record.fields))
        piece = Piece(
            text,
            np.array([record.start for record in records], dtype=np.int64),
            np.array([record.end for record in records], dtype=np.int64),
            np.array(lines, dtype=np.int64),
            bad,
            [record.fields or () for record in records],
        )
        return piece, at - begin


def _readable(text: bytes) -> bytes:
    """Return whole lines as valid UTF-8; a zero byte is no character either."""
    if b"\0" in text:
        # The sign in front tells those who read it what stood there.
        text = text.replace(b"\0", ZERO_SIGN.encode() + _LOST)
    if text.isascii():
        return text
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return opening.repaired(text)
    return text


def _records_with(mark: bytes, text: bytes, start: IntArray, stop: int) -> Iterator[int]:
    at = text.find(mark, 0, stop)
    while at >= 0:
        record = int(np.searchsorted(start, at, side="right")) - 1
        yield record
        after = int(start[record + 1]) if record + 1 < start.size else stop
        at = text.find(mark, after, stop)


def _ragged(expected: int, found: int) -> Words:
    return Words(f"应有 {expected} 列，实有 {found} 列", f"{expected} fields; it has {found}")


def _chunk(pieces: list[Piece], shape: TableShape, start_row: int) -> Chunk:
    frames = [_frame(piece, shape) for piece in pieces]
    lines = np.concatenate([piece.line[piece.good()] for piece in pieces])
    faults = [
        broken(int(piece.line[at]), _shown(piece, at), fault.zh, fault.en)
        for piece in pieces
        for at, fault in sorted(piece.bad.items())
    ]
    return Chunk(start_row, pl.concat(frames), line_series(lines), tuple(faults))


def _shown(piece: Piece, at: int) -> bytes:
    start = int(piece.start[at])
    return piece.block[start : min(int(piece.end[at]), start + 8000)]


def _frame(piece: Piece, shape: TableShape) -> pl.DataFrame:
    good = piece.good()
    if piece.fields is not None:
        rows = [piece.fields[at] for at in good.tolist()]
        return _from_fields(rows, shape.columns)
    text = _text_of(piece, good)
    return _from_text(text, shape) if text else _from_fields([], shape.columns)


def _text_of(piece: Piece, good: IntArray) -> bytes:
    """Put the good records together, copying stretches without a gap at once."""
    if not good.size:
        return b""
    start, end = piece.start[good], piece.end[good]
    gaps = np.flatnonzero(start[1:] != end[:-1]) + 1
    firsts = start[np.concatenate([[0], gaps])].tolist()
    lasts = end[np.concatenate([gaps - 1, [good.size - 1]])].tolist()
    return b"".join(piece.block[a:b] for a, b in zip(firsts, lasts, strict=True))


def _from_text(text: bytes, shape: TableShape) -> pl.DataFrame:
    quoted = b'"' in text
    frame = pl.read_csv(
        text,
        has_header=False,
        new_columns=list(shape.columns),
        separator=shape.delimiter,
        quote_char='"' if quoted else None,
        infer_schema=False,
    )
    # "" in quotes says as little as nothing between two delimiters.
    return frame.with_columns(pl.all().replace("", None)) if quoted else frame


def _from_fields(rows: list[tuple[bytes, ...]], columns: tuple[str, ...]) -> pl.DataFrame:
    texts = {
        name: [row[at].decode("utf-8") or None for row in rows] for at, name in enumerate(columns)
    }
    return pl.DataFrame(texts, schema=dict.fromkeys(columns, pl.String))
