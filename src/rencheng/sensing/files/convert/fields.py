"""Columns of texts as values of a kind's fields."""

import unicodedata
from typing import Any

import polars as pl

from rencheng.foundation.memory.kinds import Choice, Field, Number
from rencheng.sensing.files.convert.numbers import read_numbers
from rencheng.sensing.files.convert.phrases import Reason, clean, reason
from rencheng.sensing.files.convert.texts import is_formula, narrow, trimmed
from rencheng.sensing.files.mapping.spec import FieldPart


def read_field(
    column: pl.Series, field: Field, part: FieldPart
) -> tuple[list[Any], dict[int, Reason]]:
    """
    Read a column of cells as values of a field.

    Parameters
    ----------
    column
        Texts; null where nothing is said.
    field, part
        What the kind wants, and how it is written in this file.

    Returns
    -------
    values, reasons
        Value of each row (None where nothing is said or read), and by row what is wrong.
    """
    if part.empty:
        column = column.set(column.is_in(list(part.empty)), None)
    if isinstance(field, Number):
        values, reasons = read_numbers(column, field, part)
    else:
        values, reasons = _read_texts(column, field, part)
    if field.required:
        for row in column.is_null().arg_true().to_list():
            reasons[row] = reason(field.name, "", "missing")
    return values, reasons


def _read_texts(
    column: pl.Series, field: Field, part: FieldPart
) -> tuple[list[Any], dict[int, Reason]]:
    known: dict[str | None, Any] = {None: None}
    refused: dict[str, Reason] = {}
    for text in column.unique().drop_nulls().to_list():
        read = _read_text(text, field, part)
        if isinstance(read, tuple):
            refused[text] = read
            known[text] = None
        else:
            known[text] = read
    texts = column.to_list()
    reasons = {row: refused[text] for row, text in enumerate(texts) if text in refused}
    return [known[text] for text in texts], reasons


def _read_text(text: str, field: Field, part: FieldPart) -> "str | Reason":
    cell = trimmed(text)
    if is_formula(cell):
        return reason(field.name, text, "formula")
    if any(unicodedata.category(mark) == "Cc" for mark in cell):
        return reason(field.name, text, "characters")
    if isinstance(field, Choice):
        return _read_choice(cell, field, part)
    should = field.refusal(cell)
    return (field.name, clean(text), should) if should is not None else cell


def _read_choice(cell: str, field: Choice, part: FieldPart) -> "str | Reason":
    labels = {narrow(label).casefold(): code for label, code in part.labels.items()}
    for code, words in field.options.items():
        for label in (code, words.zh, words.en):
            labels.setdefault(narrow(label).casefold(), code)
    chosen = labels.get(narrow(cell).casefold())
    if chosen is None:
        shown = ", ".join(dict.fromkeys([*part.labels, *field.options]))
        return reason(field.name, cell, "choice", options=shown)
    return chosen
