"""Exports as text: CSV for spreadsheets, JSON lines for programs. Both stream."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Final

from rencheng.foundation.web.lists.export.sheet import Sheet, Value, local

# A spreadsheet takes a text that begins with one of these for a formula.
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Pass:
    """A file that hands on what is written to it."""

    def write(self, text: str) -> str:
        """Give the text back."""
        return text


def csv_lines(sheet: Sheet) -> Iterator[bytes]:
    """
    Write CSV with a header for people, UTF-8 with a byte order mark so that Excel reads Chinese.

    Instants are local time with their offset. A text that a spreadsheet would run as a formula
    gets an apostrophe in front; numbers stay numbers.
    """
    writer = csv.writer(_Pass())
    yield "\ufeff".encode()
    yield writer.writerow([harmless(title) for title in sheet.titles]).encode()
    for chunk in sheet.chunks:
        # The writer gives back what the file's write gives.
        yield "".join([writer.writerow([_cell(value) for value in row]) for row in chunk]).encode()


def _cell(value: Value) -> str | int | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return local(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def harmless(text: str) -> str:
    """
    Keep a spreadsheet from running a text.

    Examples
    --------
    >>> harmless("=1+1"), harmless("武汉")
    ("'=1+1", '武汉')
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def json_lines(sheet: Sheet) -> Iterator[bytes]:
    """Write one JSON object a row, keyed by the names for machines; instants are UTC."""
    write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_json).encode
    for chunk in sheet.chunks:
        lines = [write(dict(zip(sheet.names, row, strict=True))) for row in chunk]
        yield ("\n".join(lines) + "\n").encode()


def _json(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} has no form in JSON")
