"""A mapping is the same as data, as TOML and as a row; what it cannot mean is said."""

import tomllib
from pathlib import Path

import pytest

import rencheng.services.monitor
from rencheng.foundation.memory.kinds import kind_named
from rencheng.kernel.errors import InputError
from rencheng.sensing.files.checking import faults, require_sound
from rencheng.sensing.files.mapping.shape import (
    as_data,
    as_toml,
    digest,
    mapping_from,
    mapping_from_toml,
)
from tests.fixtures.mappings import PLAIN, mapping

SHIPPED = sorted((Path(rencheng.services.monitor.__file__).parent / "mappings").glob("*.toml"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_mapping_is_sound_and_survives_being_written(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    shipped = mapping_from_toml(text)
    require_sound(shipped, kind_named(shipped.kind))
    assert shipped.name == path.stem
    assert mapping_from_toml(as_toml(shipped)) == shipped
    assert mapping_from(as_data(shipped)) == shipped
    again = tomllib.loads(text) | {"name": path.stem}
    assert digest(mapping_from(again)) == digest(shipped)


def test_one_is_shipped_for_every_real_set() -> None:
    assert len(SHIPPED) == 8


def test_any_change_changes_the_digest() -> None:
    digests = {
        digest(mapping()),
        digest(mapping(reading={"empty": ["-"]})),
        digest(mapping(event={"column": "date"})),
        digest(mapping(place={"code": "code", "levels": {"a": "city", "b": "street"}})),
        digest(mapping(place={"code": "code", "levels": {"b": "street", "a": "city"}})),
    }
    assert len(digests) == 5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"colour": 1}, "colour"),
        ({"event": {"colum": "day"}}, "event.colum"),
        ({"steps": [{"do": "dance"}]}, "steps.0"),
        ({"steps": [{"do": "rename"}]}, "columns"),
        ({"published": {"rule": "soon"}}, "published.rule"),
        ({"schema": 2}, "schema"),
    ],
)
def test_what_a_mapping_does_not_have_is_named(change: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        mapping_from({**PLAIN, **change})


def test_text_that_is_no_toml_is_an_error_of_the_one_who_wrote_it() -> None:
    with pytest.raises(InputError, match="not TOML"):
        mapping_from_toml("name = ")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": "Town Daily"}, "name"),
        ({"fields": {"dead": {"column": "dead"}}}, "fields.confirmed is missing"),
        ({"fields": {"confirmed": {"column": "a"}, "ill": {"column": "b"}}}, "no such field"),
        ({"fields": {"confirmed": {"column": ""}}}, "should name a column"),
        ({"fields": {"confirmed": {"column": "a", "labels": {"x": "y"}}}}, "only a choice"),
        ({"fields": {"confirmed": {"column": "a", "thousands": "."}}}, "are the same"),
        ({"fields": {"confirmed": {"column": "*"}}}, "renamed"),
        ({"event": {"column": "day", "zone": "Mars/Base"}}, "Mars/Base"),
        ({"event": {"column": "day", "format": "%Y"}}, "event.format"),
        ({"event": {"column": "d", "earliest": "2021-01-01", "latest": "2020-01-01"}}, "after"),
        ({"published": {"rule": "column"}}, "published.column"),
        ({"place": None}, "place is missing"),
        ({"place": {"level": "city"}}, "code or name"),
        ({"place": {"code": "c", "fixed": {"code": "CN"}}}, "or be fixed"),
        ({"place": {"name": "n", "create": True}}, "needs a code"),
        ({"place": {"code": "c", "code_pattern": "["}}, "cannot be read"),
        ({"place": {"code": "c", "groups": ["x"]}}, "place above"),
        ({"place": {"code": "c", "level": "galaxy"}}, "galaxy"),
        ({"reading": {"header": 0}}, "reading.header"),
        ({"reading": {"encoding": "klingon"}}, "klingon"),
        ({"source": {"name": "", "title": {"zh": "", "en": ""}}}, "source.name"),
    ],
)
def test_a_mapping_that_cannot_work_says_why(change: dict[str, object], words: str) -> None:
    kind = kind_named("epidemic.daily_counts")
    with pytest.raises(InputError, match=words):
        require_sound(mapping(**change), kind)
    assert all(fault.zh != fault.en for fault in faults(mapping(**change), kind))


def test_labels_must_mean_options_of_the_kind() -> None:
    kind = kind_named("epidemic.new_cases_by_route")
    said = mapping(
        kind=kind.name,
        fields={
            "case_type": {"column": "t", "labels": {"确诊": "sure"}},
            "route": {"column": "r"},
            "count": {"column": "n"},
        },
    )
    assert any("sure" in fault.en for fault in faults(said, kind))
