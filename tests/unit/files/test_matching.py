"""A file finds its mapping by itself where only one can be meant, and never by a guess."""

import pytest

from rencheng.kernel.errors import InputError
from rencheng.sensing.files.mapping.spec import Mapping
from rencheng.sensing.files.matching import choose, fit
from tests.fixtures.mappings import mapping

HEADER = ("day", "code", "sick", "dead")


def chosen(file_name: str, header: tuple[str, ...], *mappings: Mapping) -> str:
    return choose([fit(one, file_name, header) for one in mappings], file_name).mapping.name


def test_name_and_columns_together_choose() -> None:
    assert chosen("Town-2020.csv", HEADER, mapping()) == "town-daily"


def test_columns_alone_choose_if_the_mapping_looks_at_all_of_them() -> None:
    assert chosen("export.csv", HEADER, mapping()) == "town-daily"
    assert chosen("export.csv", (*HEADER, "line", "problem"), mapping()) == "town-daily"
    with pytest.raises(InputError, match="colour"):
        chosen("export.csv", (*HEADER, "colour"), mapping())


def test_a_mapping_with_a_fixed_place_is_never_chosen_by_columns_alone() -> None:
    fixed = mapping(
        place={"fixed": {"code": "CN"}}, match={"names": ["town*"], "columns": ["day", "sick"]}
    )
    assert chosen("town.csv", ("day", "sick", "dead"), fixed) == "town-daily"
    with pytest.raises(InputError, match="fits no mapping"):
        chosen("wuhan.csv", ("day", "sick", "dead"), fixed)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="lacks: sick"):
        chosen("town.csv", ("day", "code", "dead"), mapping())


def test_two_that_fit_are_an_error_that_names_both() -> None:
    with pytest.raises(InputError, match="town-daily, town-other"):
        chosen("town.csv", HEADER, mapping(), mapping(name="town-other"))


def test_the_one_that_asks_for_more_columns_goes_first() -> None:
    more = mapping(
        name="town-more", match={"names": ["town*"], "columns": ["day", "code", "sick", "dead"]}
    )
    assert chosen("town.csv", HEADER, mapping(), more) == "town-more"


def test_a_name_that_fits_goes_before_columns_alone() -> None:
    other = mapping(name="county", match={"names": ["county*"], "columns": list(HEADER)})
    assert chosen("town.csv", HEADER, mapping(), other) == "town-daily"


def test_a_mapping_without_a_match_is_never_guessed() -> None:
    with pytest.raises(InputError, match="fits no mapping"):
        chosen("town.csv", HEADER, mapping(match={}))
