"""What flags say in words, and what panels and arrays refuse."""

from datetime import date

import numpy as np
import pytest

from rencheng.engines.epidemic.counts import incidence, trailing_mean
from rencheng.engines.epidemic.quality import (
    FallRule,
    JumpRule,
    Level,
    Panel,
    PartsRule,
    ReportingRule,
    Steps,
    falls,
    jumps,
    missing_days,
    parts_and_whole,
)
from rencheng.kernel.errors import InputError
from rencheng.kernel.words import Words

STEPS = Steps(red=(0.2, 1000), orange=(0.05, 100), yellow=(0.01, 10))
JUMP = JumpRule(
    z=3.5,
    days_before=14,
    days_after=3,
    least_before=3,
    least_after=2,
    least_people=20,
    steps=STEPS,
)


def panel(*rows: list[float], first: date = date(2020, 2, 1)) -> Panel:
    return Panel(
        places=np.arange(1, len(rows) + 1),
        first_day=first,
        values={"confirmed": np.array(rows, dtype=float)},
        titles={"confirmed": Words("累计确诊", "Confirmed")},
    )


def test_a_fall_is_told_with_both_figures_and_the_day() -> None:
    (flag,) = falls(panel([10, 44, 41]), ["confirmed"], FallRule(steps=STEPS))
    assert flag.sentence.zh.startswith("2020年2月3日累计确诊由 44 降至 41（−3）")
    assert flag.sentence.en.startswith("Confirmed: 44 fell to 41 (−3) on 3 February 2020.")


def test_a_fall_after_a_hole_is_seen_against_the_last_count() -> None:
    (flag,) = falls(panel([10, float("nan"), 7]), ["confirmed"], FallRule(steps=STEPS))
    assert flag.evidence == {"before": 10, "after": 7, "difference": -3}


def test_a_new_count_can_jump_too() -> None:
    new = [100.0] * 20 + [2_000.0] + [100.0] * 5
    (flag,) = jumps(panel(new), ["confirmed"], JUMP, totals=False)
    assert flag.first_day == date(2020, 2, 21)
    assert flag.evidence["usual"] == pytest.approx(100)
    assert flag.evidence["before"] == 1_400
    assert "此前每日约 100" in flag.sentence.zh


def test_the_newest_day_is_flagged_until_the_next_days_tell() -> None:
    new = [100.0] * 20 + [1_000.0]
    for later, flagged in (([], 1), ([1_100.0], 2), ([1_100.0, 1_200.0, 1_300.0, 1_400.0], 0)):
        counts = list(np.cumsum(new + later))
        assert len(jumps(panel(counts), ["confirmed"], JUMP)) == flagged


def test_a_hole_is_not_the_end_of_the_reports() -> None:
    new = [100.0] * 20 + [1_000.0]
    total = [*np.cumsum(new), *[float("nan")] * 4, 9_000.0, 9_900.0, 10_800.0]
    assert jumps(panel(total), ["confirmed"], JUMP) == []


def test_parts_now_equal_say_so() -> None:
    rule = PartsRule(least_people=1, steps=STEPS)
    (flag,) = parts_and_whole(panel([10, 30, 40], [10, 20, 40]), 1, [2], ["confirmed"], rule)
    assert "最新已相等" in flag.sentence.zh
    assert "now equal" in flag.sentence.en
    assert flag.level is Level.YELLOW


def test_two_records_far_apart_are_no_hole() -> None:
    rule = ReportingRule(least_days=1, yellow_days=3, orange_days=None, longest_days=5)
    nan = float("nan")
    assert missing_days(panel([1, *[nan] * 6, 2]), rule) == []
    (flag,) = missing_days(panel([1, *[nan] * 5, 2]), rule)
    assert flag.level is Level.YELLOW
    assert flag.sentence.en == "No figures on 2 February 2020 to 6 February 2020 (5 days)."


def test_wrong_shapes_are_refused_by_name() -> None:
    with pytest.raises(InputError, match="each should have 2 rows"):
        Panel(
            places=np.arange(2),
            first_day=date(2020, 1, 1),
            values={"a": np.zeros((3, 4))},
            titles={},
        )
    with pytest.raises(InputError, match="place 9 is not in the panel"):
        panel([1.0]).row(9)
    with pytest.raises(InputError, match="cumulative is a single number"):
        incidence(5.0)
    with pytest.raises(InputError, match=r"cumulative\[1\] is infinite"):
        incidence([1.0, np.inf])
    with pytest.raises(InputError, match="1 day or more"):
        trailing_mean([1.0], days=0)
