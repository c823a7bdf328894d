"""Laws of names: short forms stay findable and never vanish."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rencheng.foundation.places.naming import asked_forms, keys_of, lookup_form, short_names

chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12)
suffix = st.sampled_from(["", "省", "市", "区", "县", "新区", "自治州", "自治县", "街道", "地区"])


@given(chinese, suffix)
def test_a_short_name_begins_the_name_and_keeps_two_characters(stem, ending):
    name = stem + ending
    for short in short_names(name):
        assert len(short) >= 2
        assert short != name
        assert name.startswith(short.removesuffix("州") if ending == "自治州" else short)


@settings(max_examples=2000)
@given(st.text(max_size=30))
def test_the_looked_up_form_is_final(text):
    form = lookup_form(text)
    assert lookup_form(form) == form


@given(chinese.filter(bool), suffix)
def test_a_place_answers_to_its_own_name_and_code(stem, ending):
    keys = {key.text for key in keys_of("123456", stem + ending, "", [])}
    assert asked_forms(stem + ending)[0].text in keys
    assert "123456" in keys
