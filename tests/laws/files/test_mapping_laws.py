"""Mappings survive being written, whatever they are called."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rencheng.sensing.files.mapping.shape import (
    as_data,
    as_toml,
    digest,
    mapping_from,
    mapping_from_toml,
)
from tests.fixtures.mappings import PLAIN

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
names = st.dictionaries(texts, texts, max_size=3)
steps = st.one_of(
    st.fixed_dictionaries({"do": st.just("rename"), "columns": names}),
    st.fixed_dictionaries(
        {"do": st.just("unpivot"), "columns": names, "name": texts, "value": texts}
    ),
    st.fixed_dictionaries({"do": st.just("constant"), "column": texts, "value": texts}),
    st.fixed_dictionaries(
        {"do": st.just("replace"), "column": texts, "values": names, "into": texts}
    ),
    st.fixed_dictionaries(
        {"do": st.just("strip suffix"), "column": texts, "suffixes": st.lists(texts, max_size=2)}
    ),
    st.fixed_dictionaries(
        {"do": st.just("split"), "column": texts, "by": texts, "into": st.lists(texts, max_size=2)}
    ),
)
mappings = st.fixed_dictionaries(
    {
        "title": st.fixed_dictionaries({"zh": texts, "en": texts}),
        "steps": st.lists(steps, max_size=3),
        "reading": st.fixed_dictionaries({"empty": st.lists(texts, max_size=2), "sheet": texts}),
        "event": st.fixed_dictionaries(
            {"column": texts, "earliest": st.none() | st.dates()}
        ),
        "fields": st.dictionaries(
            texts, st.fixed_dictionaries({"column": texts, "labels": names}), max_size=3
        ),
        "place": st.none()
        | st.fixed_dictionaries({"code": texts, "levels": names, "same_as": names}),
    }
)  # fmt: skip


@given(mappings)
def test_a_mapping_is_the_same_after_toml_and_after_data(changes: dict[str, Any]) -> None:
    mapping = mapping_from({**PLAIN, **changes})
    assert mapping_from_toml(as_toml(mapping)) == mapping
    assert mapping_from(as_data(mapping)) == mapping
    again = mapping_from_toml(as_toml(mapping))
    assert digest(again) == digest(mapping)
    assert list(again.fields) == list(mapping.fields)
