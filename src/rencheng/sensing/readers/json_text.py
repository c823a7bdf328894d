"""JSON values as text, exactly as they were written."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn

from rencheng.kernel.errors import DataError

_BLANK: Final = re.compile(r"[ \t\r\n]*")


class Number(str):
    """A number as its digits stand in the file: 1.10 stays 1.10."""

    __slots__ = ()


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON number")


DECODER: Final = json.JSONDecoder(
    parse_int=Number, parse_float=Number, parse_constant=_no_number, strict=False
)


def as_text(value: object) -> str | None:
    """
    Write a decoded value as the text of a cell; null is None, lists and objects are JSON.

    Examples
    --------
    >>> as_text(DECODER.decode('{"a": [1.10, "x", null, true]}'))
    '{"a":[1.10,"x",null,true]}'
    """
    if value is None or (isinstance(value, str) and not value):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value) if isinstance(value, str) else as_json(value)
    # No database column takes a zero character.
    return text.replace("\0", "\ufffd") if "\0" in text else text


def as_json(value: object) -> str:
    """Write a decoded value as compact JSON, numbers as they stood."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        inner = (f"{json.dumps(key, ensure_ascii=False)}:{as_json(v)}" for key, v in value.items())
        return "{" + ",".join(inner) + "}"
    if isinstance(value, list):
        return "[" + ",".join(as_json(item) for item in value) + "]"
    return json.dumps(value, ensure_ascii=False)


def skip_blanks(text: str, at: int) -> int:
    """Give the next position that is not blank."""
    match = _BLANK.match(text, at)
    return match.end() if match else at


def items(text: str, at: int) -> Iterator[tuple[int, int, Any]]:
    """
    Walk through a JSON array that begins at a position.

    Yields
    ------
    start, end, value
        Where each item stands, and the item; at last, with the value None at the closing bracket,
        nothing more.

    Raises
    ------
    DataError
        If the text is no JSON array; the message gives the line.
    """
    if text[at : at + 1] != "[":
        raise DataError(f"line {line_at(text, at)}: {text[at : at + 40]!r} should be a JSON array")
    at = skip_blanks(text, at + 1)
    if text[at : at + 1] == "]":
        return
    while True:
        value, end = decoded(text, at)
        yield at, end, value
        at = skip_blanks(text, end)
        mark = text[at : at + 1]
        if mark == "]":
            return
        if mark != ",":
            raise DataError(f"line {line_at(text, at)}: {text[at : at + 40]!r} should be , or ]")
        at = skip_blanks(text, at + 1)


def members(text: str, at: int) -> Iterator[tuple[str, int]]:
    """
    Walk through a JSON object that begins at a position, giving each key and where its value is.

    The caller sends back where the value ends, if it has read it.

    Raises
    ------
    DataError
        If the text is no JSON object.
    """
    if text[at : at + 1] != "{":
        raise DataError(f"line {line_at(text, at)}: {text[at : at + 40]!r} should be an object")
    at = skip_blanks(text, at + 1)
    while text[at : at + 1] != "}":
        key, end = decoded(text, at)
        at = skip_blanks(text, end)
        if type(key) is not str or text[at : at + 1] != ":":
            raise DataError(f"line {line_at(text, at)}: {text[at : at + 40]!r} should be a key")
        at = skip_blanks(text, at + 1)
        yield key, at
        at = skip_blanks(text, decoded(text, at)[1])
        if text[at : at + 1] == ",":
            at = skip_blanks(text, at + 1)
        elif text[at : at + 1] != "}":
            raise DataError(f"line {line_at(text, at)}: {text[at : at + 40]!r} should be , or }}")


def decoded(text: str, at: int) -> tuple[Any, int]:
    """
    Decode the value at a position.

    Raises
    ------
    DataError
        If it is no JSON, or nested deeper than can be followed.
    """
    try:
        return DECODER.raw_decode(text, at)
    except ValueError as error:
        place = getattr(error, "pos", at)
        raise DataError(f"line {line_at(text, place)}: not JSON: {error}") from error
    except RecursionError as error:
        raise DataError(f"line {line_at(text, at)}: JSON is nested too deep") from error


def line_at(text: str, at: int) -> int:
    """Give the line of a position, from 1."""
    return text.count("\n", 0, at) + 1
