"""Bytes of a file, unpacked under a limit, and the encoding they are in."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from rencheng.kernel.errors import DataError, InputError
from rencheng.sensing.readers.layout import Limits

BLOCK = 4 * 2**20
_FREE = 32 * 2**20  # unpacked bytes before the ratio is looked at
_GZIP = b"\x1f\x8b"
_FEW = 8  # zero bytes that a damaged text may hold
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def is_gzip(path: Path) -> bool:
    """Say whether a file is packed with gzip, by its first bytes."""
    return head(path, 2) == _GZIP


def head(path: Path, size: int) -> bytes:
    """
    Read the first bytes of a file as it lies on the disk.

    Raises
    ------
    InputError
        If it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError as error:
        raise InputError(f"file {path.name} cannot be opened: {error.strerror}") from error


def blocks(path: Path, limits: Limits, size: int = BLOCK) -> Iterator[bytes]:
    """
    Yield the bytes of a file, unpacked if it is packed with gzip.

    Raises
    ------
    InputError
        If it unpacks to more than the limits allow.
    DataError
        If the packed data is damaged or cut off.
    """
    with _opened(path) as (raw, stream):
        unpacked = 0
        while block := _read(path, stream, size):
            unpacked += len(block)
            if unpacked > limits.unpacked_bytes:
                raise InputError(
                    f"file {path.name} has more than {limits.unpacked_bytes:,} bytes; "
                    "this limit is unpacked_bytes"
                )
            if raw is not stream and unpacked > _FREE + limits.ratio * raw.tell():
                raise InputError(
                    f"file {path.name} unpacks to over {limits.ratio} times its size; "
                    "this limit is ratio"
                )
            yield block


def whole(path: Path, limits: Limits) -> bytes:
    """
    Read a file whole, unpacked.

    Raises
    ------
    InputError, DataError
        As `blocks`, and InputError if it is longer than ``limits.whole_bytes``.
    """
    parts, length = [], 0
    for block in blocks(path, limits):
        parts.append(block)
        length += len(block)
        if length > limits.whole_bytes:
            raise InputError(
                f"file {path.name} has more than {limits.whole_bytes:,} bytes and cannot be read "
                "in pieces; this limit is whole_bytes"
            )
    return b"".join(parts)


def encoding_of(path: Path, limits: Limits) -> str:
    """
    Find the encoding of a text file: by its mark, else by the first bytes that are not ASCII.

    Returns
    -------
    encoding
        ``utf-8``, ``gb18030`` (which holds GBK and GB2312) or ``utf-16``. Where neither of the
        first two fits, the one that loses fewer characters.

    Raises
    ------
    DataError
        If the file holds many zero bytes, which no text does. A few are faults of their rows.
    """
    carry = b""
    for number, block in enumerate(blocks(path, limits, 2**20)):
        if number == 0:
            for mark, encoding in _BOMS:
                if block.startswith(mark):
                    return encoding
        if block.count(b"\0") > max(_FEW, len(block) // 100):
            raise DataError(
                f"file {path.name} holds zero bytes; it should be text, or begin with the mark "
                "of UTF-16"
            )
        sample = carry + block
        if not sample.isascii():
            return _likelier(sample)
        carry = block[-8:]
    return "utf-8"


def utf8_blocks(path: Path, encoding: str, limits: Limits) -> Iterator[bytes]:
    """
    Yield a text file as UTF-8 without a mark; a block may end inside a character.

    Bytes that do not fit a foreign encoding become U+FFFD. UTF-8 is passed on as it is, its
    faults included: `repaired` mends those blocks that need it.
    """
    if encoding == "utf-8":
        for number, block in enumerate(blocks(path, limits)):
            yield block.removeprefix(codecs.BOM_UTF8) if number == 0 else block
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    for block in blocks(path, limits):
        yield decoder.decode(block).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def repaired(block: bytes) -> bytes:
    """Put U+FFFD where bytes are no UTF-8."""
    return block.decode("utf-8", "replace").encode("utf-8")


def _likelier(sample: bytes) -> str:
    cut = sample.rfind(b"\n") + 1
    text = sample[:cut] or sample
    lost = {name: text.decode(name, "replace").count("\ufffd") for name in ("utf-8", "gb18030")}
    return "utf-8" if lost["utf-8"] <= lost["gb18030"] else "gb18030"


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    packed = is_gzip(path)
    with path.open("rb") as raw:
        if not packed:
            yield raw, raw
            return
        with gzip.open(raw) as stream:
            yield raw, stream  # type: ignore[misc]


def _read(path: Path, stream: BinaryIO, size: int) -> bytes:
    try:
        return stream.read(size)
    except (EOFError, OSError, zlib.error) as error:
        raise DataError(f"file {path.name} is damaged or cut off: {error}") from error
