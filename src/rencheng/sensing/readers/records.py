"""
One record of delimited text at a time, for the places where the fast way stumbles.

The grammar (RFC 4180, read kindly): a field that begins with a quote ends at the next single
quote, and "" inside is one quote; in a field that does not begin with a quote, quotes are
letters. A quote that never closes, or text behind a closing quote, breaks its own line only.
"""

from dataclasses import dataclass
from typing import Final

from rencheng.kernel.words import Words

_QUOTE: Final = 0x22
_NEWLINE: Final = 0x0A

UNCLOSED: Final = Words("引号应成对", "every opening quote closed")
TRAILING: Final = Words("引号之后应是分隔符", "a delimiter behind the closing quote")
TOO_LONG: Final = Words("一行过长", "a shorter row")


@dataclass(frozen=True, slots=True)
class Record:
    """
    A record: its fields as UTF-8, or what is wrong with it.

    Parameters
    ----------
    start, end
        Where it lies in the block; ``end`` is behind its line break.
    fields
        None if it is broken.
    blank
        Nothing stands there, not even a delimiter or a quote.
    """

    start: int
    end: int
    fields: tuple[bytes, ...] | None
    fault: Words | None = None
    blank: bool = False


def next_record(
    block: bytes, start: int, delimiter: int, longest: int, *, final: bool
) -> Record | None:
    r"""
    Read the record that begins at a position.

    Parameters
    ----------
    block
        UTF-8 bytes, line breaks ``\n`` or ``\r\n``.
    longest
        Bytes after which a record is given up.
    final
        Whether the file ends with the block; if not, a record that the block cuts off is None.
    """
    fields: list[bytes] = []
    at = start
    while True:
        quoted = at < len(block) and block[at] == _QUOTE
        field, at, fault = (_quoted if quoted else _plain)(block, at, delimiter)
        if fault is UNCLOSED and not final and len(block) - start <= longest:
            return None
        if at >= len(block) and not final and fault is None and block[-1:] != b"\n":
            return None
        if fault is not None or at - start > longest:
            return _broken(block, start, fault or TOO_LONG)
        fields.append(field)
        if at >= len(block) or block[at] == _NEWLINE:
            end = min(at + 1, len(block))
            blank = len(fields) == 1 and not block[start:end].strip(b"\r\n")
            return Record(start, end, tuple(fields), blank=blank)
        at += 1  # the delimiter


def _broken(block: bytes, start: int, fault: Words) -> Record:
    newline = block.find(b"\n", start)
    return Record(start, len(block) if newline < 0 else newline + 1, None, fault)


def _plain(block: bytes, at: int, delimiter: int) -> tuple[bytes, int, Words | None]:
    newline = block.find(b"\n", at)
    end = len(block) if newline < 0 else newline
    cut = block.find(delimiter, at, end)
    if cut >= 0:
        return block[at:cut], cut, None
    return block[at:end].removesuffix(b"\r"), end, None


def _quoted(block: bytes, at: int, delimiter: int) -> tuple[bytes, int, Words | None]:
    search = at + 1
    while True:
        close = block.find(b'"', search)
        if close < 0:
            return b"", len(block), UNCLOSED
        if block[close + 1 : close + 2] != b'"':
            break
        search = close + 2
    field = block[at + 1 : close].replace(b'""', b'"')
    behind = block[close + 1 : close + 3]
    if behind[:1] == b"\r" and behind[1:] in (b"\n", b""):
        return field, close + 2, None
    if behind[:1] in (b"", b"\n") or behind[0] == delimiter:
        return field, close + 1, None
    return field, close + 1, TRAILING
