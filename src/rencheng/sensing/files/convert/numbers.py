"""Numbers in cells: what is accepted, and what is told apart where it is not."""

import math
import re

import polars as pl

from rencheng.foundation.memory.kinds import Count, Number
from rencheng.sensing.files.convert.phrases import Reason, reason
from rencheng.sensing.files.convert.texts import is_formula, narrow
from rencheng.sensing.files.mapping.spec import FieldPart

_PLAIN = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_EXPONENT = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)[eE][+-]?\d+", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}([,.' ])\d{3}(\1\d{3})*((?!\1)[.,]\d+)?", re.ASCII)
_ENDLESS = frozenset({"nan", "inf", "infinity", "-inf", "+inf", "-infinity", "+infinity"})
# Larger whole numbers are no longer exact in a spreadsheet, in JSON or in a float.
_EXACT = 2**53

Values = list[int | float | None]


def read_number(text: str, *, whole: bool, thousands: str = "", decimal: str = ".") -> float | str:
    """
    Read a number from a cell, or give the name of the phrase that says what is wrong.

    Full-width digits and blanks around are accepted; ``5.0`` is the whole number 5, as
    spreadsheets write it. Thousands separators are accepted only where the mapping names them:
    ``1,234`` is 1234 to one clerk and 1.234 to another.

    Examples
    --------
    >>> read_number("５.0", whole=True), read_number("1,234", whole=True, thousands=",")
    (5, 1234)
    >>> [read_number(text, whole=True) for text in ("1,234", "5.5", "12%", "1e6", "=A1", "many")]
    ['thousands', 'whole', 'percent', 'exponent', 'formula', 'number']
    """
    cell = narrow(text)
    if is_formula(cell):
        return "formula"
    if thousands:
        ungrouped = _without(cell, thousands)
        if ungrouped is None:
            return "number"
        cell = ungrouped
    if decimal != ".":
        if "." in cell:
            return "number"
        cell = cell.replace(decimal, ".")
    if _PLAIN.fullmatch(cell):
        return _value(cell, whole=whole)
    if _EXPONENT.fullmatch(cell):
        return "exponent" if whole else _value(cell, whole=False)
    return _told_apart(cell)


def _without(cell: str, thousands: str) -> str | None:
    """Take separators out if they stand where they should, or give None."""
    if thousands not in cell:
        return cell
    head, *groups = cell.split(thousands)
    *middle, last = groups
    well = len(head.lstrip("+-")) in {1, 2, 3} and all(len(group) == 3 for group in middle)
    well = well and re.match(r"\d{3}(?!\d)", last, re.ASCII) is not None
    return head + "".join(groups) if well else None


def _value(cell: str, *, whole: bool) -> float | str:
    if whole and "." not in cell:
        return int(cell) if len(cell) <= 25 else "high"
    number = float(cell)
    if not math.isfinite(number):
        return "finite"
    if not whole:
        return number
    if not number.is_integer():
        return "whole"
    return int(number) if abs(number) <= _EXACT else "high"


def _told_apart(cell: str) -> str:
    if cell.casefold() in _ENDLESS:
        return "finite"
    if cell.endswith(("%", "‰")) and _PLAIN.fullmatch(cell[:-1].rstrip()):
        return "percent"
    if _GROUPED.fullmatch(cell):
        return "thousands"
    if _PLAIN.fullmatch("".join(cell.split())):
        return "spaces"
    return "number"


def read_numbers(
    column: pl.Series, field: Number, part: FieldPart
) -> tuple[Values, dict[int, Reason]]:
    """
    Read a column of cells as numbers of a field.

    Parameters
    ----------
    column
        Texts; null where nothing is said.
    field
        A `Count` (whole) or `Number`; its bounds are checked here so that "negative" and "too
        large" are told apart.
    part
        How numbers are written in this column.

    Returns
    -------
    values
        One a row, None where nothing is said or nothing could be read.
    reasons
        By row, what is wrong.

    Notes
    -----
    Plain digits are read by polars at once; each other text is looked at once, however often it
    stands in the column.
    """
    whole = isinstance(field, Count)
    quick = column.cast(pl.Int64, strict=False)
    rest = (quick.is_null() & column.is_not_null()).arg_true().to_list()
    values: Values = quick.to_list()
    reasons: dict[int, Reason] = {}
    read: dict[str, float | str] = {}
    for row in rest:
        text = column[row]
        if text not in read:
            read[text] = read_number(
                text, whole=whole, thousands=part.thousands, decimal=part.decimal
            )
        outcome = read[text]
        if isinstance(outcome, str):
            high = f"{field.high:,.0f}" if outcome == "high" else ""
            reasons[row] = reason(field.name, text, outcome, high=high)
        else:
            values[row] = outcome
    for row in _outside(values, quick, rest, field):
        amount = values[row]
        if amount is None:
            continue
        phrase = "low" if amount < field.low else "high"
        reasons[row] = reason(
            field.name, column[row], phrase, low=_shown(field.low), high=_shown(field.high)
        )
        values[row] = None
    return values, reasons


def _outside(values: Values, quick: pl.Series, rest: list[int], field: Number) -> list[int]:
    """List rows whose value lies outside the bounds of the field."""
    beyond = ((quick < field.low) | (quick > field.high)).arg_true().to_list()
    for row in rest:
        amount = values[row]
        if amount is not None and not field.low <= amount <= field.high:
            beyond.append(row)
    return beyond


def _shown(bound: float) -> str:
    return f"{bound:,.0f}" if float(bound).is_integer() else f"{bound:g}"
