"""Steps change a table as they say, and nothing else."""

from typing import Any

import polars as pl
import pytest

from rencheng.kernel.errors import InputError
from rencheng.sensing.files.mapping.spec import (
    Constant,
    Rename,
    Replace,
    Split,
    StripSuffix,
    Unpivot,
)
from rencheng.sensing.files.mapping.steps import apply, columns_after

TABLE = pl.DataFrame({"where": ["东城区", "区", None], "n": ["1", "2", "3"]})


def done(*steps: Any) -> list[tuple[Any, ...]]:
    return apply(TABLE, steps).rows()


def test_a_suffix_goes_if_something_is_left() -> None:
    rows = done(StripSuffix(column="where", suffixes=("城区", "区")))
    assert [row[0] for row in rows] == ["东", "区", None]


def test_replaced_cells_stay_or_go_into_a_column_of_their_own() -> None:
    assert [row[0] for row in done(Replace(column="where", values={"区": "西城区"}))] == [
        "东城区", "西城区", None,
    ]  # fmt: skip
    coded = Replace(column="where", values={"东城区": "110101"}, into="code")
    assert [row[2] for row in done(coded)] == ["110101", None, None]


def test_unpivoted_cells_of_a_row_stand_together_each_once() -> None:
    rows = done(
        Constant(column="m", value="9"), Unpivot(columns={"n": "N", "m": "M"}, name="k", value="v")
    )
    assert rows[:3] == [("东城区", "N", "1"), ("东城区", "M", "9"), ("区", "N", "2")]
    assert len(rows) == 6


def test_split_cells_leave_what_is_missing_empty() -> None:
    table = pl.DataFrame({"a": ["湖北省/武汉市", "湖北省", None]})
    rows = apply(table, [Split(column="a", by="/", into=("p", "c"))]).rows()
    assert rows == [("湖北省", "武汉市"), ("湖北省", None), (None, None)]


def test_columns_are_known_without_a_row() -> None:
    steps = (Rename(columns={"where": "n2"}), Unpivot(columns={"n": "N"}, name="k", value="v"))
    assert columns_after(TABLE.columns, steps) == ["n2", "k", "v"]


@pytest.mark.parametrize(
    "step",
    [
        Rename(columns={"who": "x"}),
        Rename(columns={"where": "n"}),
        Unpivot(columns={"who": "x"}, name="k", value="v"),
        Unpivot(columns={"n": "x"}, name="where", value="v"),
        Unpivot(columns={"n": "x"}, name="v", value="v"),
        Constant(column="n", value="1"),
        Replace(column="who", values={}),
        Replace(column="n", values={}, into="where"),
        StripSuffix(column="who", suffixes=("x",)),
        Split(column="who", by="/", into=("a",)),
        Split(column="n", by="", into=("a",)),
        Split(column="n", by="/", into=("a", "a")),
    ],
)
def test_a_step_that_cannot_be_done_is_named(step: Any) -> None:
    with pytest.raises(InputError, match=f"step 1 \\({step.do}\\)"):
        apply(TABLE, [step])
