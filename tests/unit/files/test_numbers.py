"""Numbers as clerks write them: accepted where there is one meaning, told apart where not."""

import polars as pl
import pytest

from rencheng.foundation.memory.kinds import Count, Number
from rencheng.kernel.words import Words
from rencheng.sensing.files.convert.numbers import read_number, read_numbers
from rencheng.sensing.files.mapping.spec import FieldPart

CASES = Count(name="cases", title=Words("病例", "cases"), high=1_000_000)
SHARE = Number(name="share", title=Words("比例", "share"), low=0, high=1)
PLAIN = FieldPart(column="cases")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0), ("007", 7), ("+5", 5), ("-5", -5), (" 12 ", 12), ("12.0", 12), ("12.", 12),
        ("１２３", 123), ("－５", -5), ("−5", -5), ("\u300012\u200b", 12),
        ("9007199254740992", 2**53),
    ],
)  # fmt: skip
def test_a_whole_number_is_read_however_it_is_typed(text: str, number: int) -> None:
    assert read_number(text, whole=True) == number
    assert isinstance(read_number(text, whole=True), int)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("", "number"), ("many", "number"), ("十二", "number"), ("12例", "number"),
        ("1_2", "number"),
        ("0x10", "number"), ("true", "number"), ("1,2", "number"), ("--5", "number"),
        ("٣", "number"), ("½", "number"), ("5²", "number"), ("1,234,56", "number"),
        ("1,234", "thousands"), ("1，234", "thousands"), ("12.345.678", "thousands"),
        ("12%", "percent"), ("１２％", "percent"), ("1e3", "exponent"), ("1.2E+05", "exponent"),
        ("1 2", "spaces"), ("5.5", "whole"), ("NaN", "finite"), ("-Infinity", "finite"),
        ("=1+1", "formula"), ("＝A1", "formula"), ("@SUM(A1)", "formula"), ("9" * 400, "high"),
    ],
)  # fmt: skip
def test_what_is_no_whole_number_is_told_apart(text: str, phrase: str) -> None:
    assert read_number(text, whole=True) == phrase


def test_thousands_are_read_where_the_mapping_names_them_and_stand_right() -> None:
    assert read_number("1,234,567", whole=True, thousands=",") == 1_234_567
    assert read_number("1.234,5", whole=False, thousands=".", decimal=",") == 1234.5
    assert read_number("1,23", whole=True, thousands=",") == "number"
    assert read_number("1234,567", whole=True, thousands=",") == "number"
    assert read_number("12", whole=True, thousands=",") == 12


def test_a_fraction_and_an_exponent_are_numbers_where_no_whole_one_is_asked() -> None:
    assert read_number("1.5e-3", whole=False) == 0.0015
    assert read_number(".5", whole=False) == 0.5
    assert read_number("1e999", whole=False) == "finite"


def test_a_column_gives_each_value_in_its_row_and_each_reason_beside_its_row() -> None:
    column = pl.Series("cases", ["5", None, "６", "x", "-1", "1000001", "7.0", "x"])
    values, reasons = read_numbers(column, CASES, PLAIN)
    assert values == [5, None, 6, None, None, None, 7, None]
    assert reasons == {
        3: ("cases", "x", "a number"),
        4: ("cases", "-1", "0 or more"),
        5: ("cases", "1000001", "not more than 1,000,000"),
        7: ("cases", "x", "a number"),
    }


def test_a_column_of_fractions_keeps_its_bounds() -> None:
    values, reasons = read_numbers(pl.Series(["0.5", "1", "1.5", "-0.1"]), SHARE, PLAIN)
    assert values == [0.5, 1, None, None]
    assert {row: one[2] for row, one in reasons.items()} == {2: "not more than 1", 3: "0 or more"}
