"""Laws of flags: they change nothing, miss no fall, and do not cry over clean counts."""

from datetime import date

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from rencheng.engines.epidemic.quality import (
    FallRule,
    JumpRule,
    Level,
    Panel,
    PartsRule,
    ReportingRule,
    Steps,
    contradictions,
    falls,
    jumps,
    missing_days,
    outdated,
    parts_and_whole,
    revisions,
    sources_disagree,
)
from rencheng.kernel.words import Words

STEPS = Steps(red=(0.2, 1000), orange=(0.05, 100), yellow=(0.01, 10))
JUMP = JumpRule(
    z=3.5, days_before=14, days_after=3, least_before=3, least_after=2, least_people=20, steps=STEPS
)
FALL = FallRule(steps=STEPS)
PARTS = PartsRule(least_people=1, steps=STEPS)
SILENCE = ReportingRule(least_days=1, yellow_days=3, orange_days=7)
TITLES = {"confirmed": Words("累计确诊", "Confirmed"), "dead": Words("累计死亡", "Dead")}

cells = st.one_of(st.integers(0, 10**6).map(float), st.just(float("nan")))
boards = hnp.arrays(np.float64, st.tuples(st.integers(1, 5), st.integers(2, 40)), elements=cells)


def panel_of(confirmed, **more):
    return Panel(
        places=np.arange(1, len(confirmed) + 1),
        first_day=date(2020, 1, 1),
        values={"confirmed": np.asarray(confirmed, float)}
        | {name: np.asarray(values, float) for name, values in more.items()},
        titles=TITLES,
    )


@given(boards)
def test_looking_changes_no_figure(board):
    before = board.copy()
    panel = panel_of(board)
    found = falls(panel, ["confirmed"], FALL) + jumps(panel, ["confirmed"], JUMP)
    revisions(found, panel, least_people=5)
    missing_days(panel, SILENCE)
    outdated(panel, date(2021, 1, 1), SILENCE)
    contradictions(panel, STEPS)
    np.testing.assert_array_equal(board, before)


@given(boards)
def test_every_fall_of_a_total_is_flagged_and_nothing_else(board):
    expected = set()
    for row, counts in enumerate(board):
        last = None
        for column, count in enumerate(counts):
            if np.isnan(count):
                continue
            if last is not None and count < last:
                expected.add((row + 1, column, count - last))
            last = count
    flags = falls(panel_of(board), ["confirmed"], FALL)
    assert {
        (f.place, (f.first_day - date(2020, 1, 1)).days, f.evidence["difference"]) for f in flags
    } == expected
    assert len(flags) == len(expected)


@given(boards, st.randoms())
def test_the_order_of_places_does_not_matter(board, random):
    order = list(range(len(board)))
    random.shuffle(order)
    panel = panel_of(board)
    shuffled = Panel(
        places=panel.places[order],
        first_day=panel.first_day,
        values={"confirmed": board[order]},
        titles=TITLES,
    )
    for rule in (
        lambda p: falls(p, ["confirmed"], FALL),
        lambda p: jumps(p, ["confirmed"], JUMP),
        lambda p: missing_days(p, SILENCE),
    ):
        said = {(f.place, f.first_day, f.sentence.zh) for f in rule(panel)}
        assert said == {(f.place, f.first_day, f.sentence.zh) for f in rule(shuffled)}


@settings(max_examples=30)
@given(st.floats(-0.1, 0.3), st.integers(10, 300), st.integers(0, 2**32 - 1))
def test_plain_growth_and_decline_are_no_jumps(rate, level, seed):
    random = np.random.default_rng(seed)
    new = random.poisson(np.minimum(level * np.exp(rate * np.arange(40)), 1e7), size=(5, 40))
    flags = jumps(panel_of(new.cumsum(axis=1)), ["confirmed"], JUMP)
    # The newest days have nothing after them to compare with, so chance may speak there.
    assert len([f for f in flags if (f.first_day - date(2020, 1, 1)).days < 37]) <= 1


@given(st.integers(20, 2_000), st.integers(16, 35), st.integers(0, 2**32 - 1))
def test_a_backlog_entered_at_once_is_a_jump(usual, at, seed):
    random = np.random.default_rng(seed)
    new = random.poisson(usual, size=40).astype(float)
    new[at] += 20 * usual
    flags = jumps(panel_of([new.cumsum()]), ["confirmed"], JUMP)
    assert date(2020, 1, 1).toordinal() + at in [f.first_day.toordinal() for f in flags]


@given(boards)
def test_parts_that_are_the_whole_raise_no_flag_and_others_say_by_how_much(board):
    total = np.where(np.isnan(board).all(axis=0), np.nan, np.nansum(board, axis=0))
    together = np.vstack([total, board])
    parts = list(range(2, len(board) + 2))
    assert parts_and_whole(panel_of(together), 1, parts, ["confirmed"], PARTS) == []
    together[0, 0] = 7 + (0 if np.isnan(total[0]) else total[0])
    found = parts_and_whole(panel_of(together), 1, parts, ["confirmed"], PARTS)
    if np.isnan(board[:, 0]).all():
        assert found == []
    else:
        assert found[0].evidence["difference"] == -7
        assert found[0].first_day == found[0].last_day == date(2020, 1, 1)


def test_parts_that_come_a_day_late_are_said_to_lag():
    whole = np.array([100.0, 200.0, 400.0, 800.0, 900.0, 950.0])
    part = np.array([100.0, 100.0, 200.0, 400.0, 800.0, 950.0])
    (flag,) = parts_and_whole(panel_of([whole, part]), 1, [2], ["confirmed"], PARTS)
    assert flag.evidence["lag_days"] == 1
    assert flag.evidence["difference"] == -400
    assert "晚一天" in flag.sentence.zh
    assert "lag" in flag.sentence.en


@given(boards)
def test_holes_and_reports_cover_all_days_between_the_first_and_the_last(board):
    panel = panel_of(board)
    holes = missing_days(panel, SILENCE)
    for row, counts in enumerate(board):
        said = np.flatnonzero(~np.isnan(counts))
        span = said[-1] - said[0] + 1 if said.size else 0
        silent = sum(f.evidence["days"] for f in holes if f.place == row + 1)
        assert silent + said.size == span


def test_a_place_that_stopped_reporting_is_named_with_its_last_day():
    nan = float("nan")
    panel = panel_of([[1, 2, nan, nan, nan, nan], [1, 2, 3, 4, 5, 6]])
    (flag,) = outdated(panel, date(2020, 1, 6), SILENCE)
    assert (flag.place, flag.first_day, flag.level) == (1, date(2020, 1, 2), Level.YELLOW)


@given(boards)
def test_a_source_never_disagrees_with_itself(board):
    said = {"a": board, "b": board.copy()}
    assert sources_disagree(panel_of(board), "confirmed", said, {}, STEPS) == []


def test_sources_that_differ_are_counted_and_the_worst_day_named():
    nan = float("nan")
    believed, other = np.array([[1.0, 200.0, 300.0, nan]]), np.array([[1.0, 123.0, 299.0, 5.0]])
    (flag,) = sources_disagree(
        panel_of(believed), "confirmed", {"a": believed, "b": other}, {}, STEPS
    )
    assert flag.evidence == {
        "difference": -77, "believed": 200, "other": 123, "days": 2, "days_compared": 3,
    }  # fmt: skip


@given(st.integers(0, 100), st.integers(0, 100), st.integers(0, 100))
def test_more_cured_and_dead_than_confirmed_is_a_contradiction(confirmed, cured, dead):
    panel = panel_of([[confirmed]], cured=[[cured]], dead=[[dead]])
    found = contradictions(panel, STEPS)
    assert (len(found) > 0) == (cured + dead > confirmed)


def test_dead_up_and_cured_down_on_one_day_are_one_revision():
    steady = np.full(30, 50_000.0)
    confirmed, dead, cured = steady.copy(), 0 * steady + 2_579, 0 * steady + 47_283
    confirmed[20:] += 326
    dead[20:] += 1_290
    cured[20:] -= 948
    panel = panel_of([confirmed], dead=[dead], cured=[cured])
    found = falls(panel, ["confirmed", "dead", "cured"], FALL) + jumps(
        panel, ["confirmed", "dead"], JUMP
    )
    (flag,) = revisions(found, panel, least_people=5)
    assert flag.rule == "revision"
    assert flag.level is Level.RED
    assert set(flag.members) == {"jump:confirmed", "jump:dead", "fall:cured"}
    assert "+1,290" in flag.sentence.zh
    assert "−948" in flag.sentence.en


@given(st.floats(0, 1e7), st.floats(0, 1e7), st.floats(1, 1e8))
def test_a_larger_difference_never_matters_less(one, other, base):
    small, large = sorted((one, other))
    assert STEPS.level(large, base).rank <= STEPS.level(small, base).rank
    assert STEPS.level(-large, base) is STEPS.level(large, base)
