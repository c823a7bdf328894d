"""Laws of the codes of divisions."""

from hypothesis import given
from hypothesis import strategies as st

from rencheng.foundation.places.levels import LEVELS
from rencheng.sensing.gazetteers.codes import COUNTRY, codes_above, full_code, level_of

digits = st.text("0123456789", min_size=1, max_size=14)
codes = digits.map(full_code).filter(bool)


@given(st.text(max_size=14) | digits)
def test_a_full_code_is_final(text):
    code = full_code(text)
    if code is not None:
        assert full_code(code) == code
        assert len(code) in (6, 9, 12)


@given(codes)
def test_every_code_above_is_of_a_higher_level_and_the_country_is_last(code):
    above = codes_above(code)
    assert above[-1] == COUNTRY
    ranks = [LEVELS[level_of(one)].rank for one in above[:-1]]
    assert ranks == sorted(ranks, reverse=True)
    assert all(rank < LEVELS[level_of(code)].rank for rank in ranks)
    assert code not in above
