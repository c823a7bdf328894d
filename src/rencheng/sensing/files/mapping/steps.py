"""Doing the steps of a mapping on a table of texts."""

from collections.abc import Iterable, Sequence

import polars as pl

from rencheng.kernel.errors import InputError
from rencheng.sensing.files.mapping.spec import (
    Constant,
    Mapping,
    Rename,
    Replace,
    Split,
    Step,
    StripSuffix,
    Unpivot,
)


def apply(table: pl.DataFrame, steps: Iterable[Step]) -> pl.DataFrame:
    """
    Do the steps in their order.

    Parameters
    ----------
    table
        Columns of texts; other columns (such as row numbers) pass through untouched.
    steps
        From a mapping.

    Returns
    -------
    table
        As many rows as before, or times the number of columns of each `Unpivot`; the rows that
        one row became stand together.

    Raises
    ------
    InputError
        If a step names a column that is not there, or makes one that is.

    Examples
    --------
    >>> table = pl.DataFrame({"day": ["1"], "east": ["7"], "west": ["9"]})
    >>> step = Unpivot(columns={"east": "东", "west": "西"}, name="side", value="cases")
    >>> apply(table, [step]).rows()
    [('1', '东', '7'), ('1', '西', '9')]
    """
    for number, step in enumerate(steps, start=1):
        try:
            table = _one(table, step)
        except InputError as error:
            raise InputError(f"step {number} ({step.do}): {error}") from None
    return table


def columns_after(columns: Sequence[str], steps: Iterable[Step]) -> list[str]:
    """List the columns that a header becomes; raises as `apply` does."""
    return apply(pl.DataFrame(schema=dict.fromkeys(columns, pl.String)), steps).columns


def columns_read(mapping: Mapping, header: Sequence[str]) -> list[str]:
    """List the columns of a file that a mapping looks at, in the order of the file."""
    wanted = set(mapping.columns_needed())
    for step in mapping.steps:
        match step:
            case Rename() | Unpivot():
                wanted.update(step.columns)
            case Replace() | StripSuffix() | Split():
                wanted.add(step.column)
            case Constant():
                pass
    return [name for name in header if name in wanted]


def _one(table: pl.DataFrame, step: Step) -> pl.DataFrame:
    match step:
        case Rename():
            return _renamed(table, step)
        case Unpivot():
            return _unpivoted(table, step)
        case Constant():
            _require_new(table, [step.column])
            return table.with_columns(pl.lit(step.value, dtype=pl.String).alias(step.column))
        case Replace():
            return _replaced(table, step)
        case StripSuffix():
            return _stripped(table, step)
        case Split():
            return _split(table, step)


def _renamed(table: pl.DataFrame, step: Rename) -> pl.DataFrame:
    _require(table, step.columns)
    _require_new(table.drop(*step.columns), list(step.columns.values()))
    return table.rename(dict(step.columns))


def _unpivoted(table: pl.DataFrame, step: Unpivot) -> pl.DataFrame:
    _require(table, step.columns)
    kept = [name for name in table.columns if name not in step.columns]
    _require_new(table.select(kept), [step.name, step.value])
    pair = [
        pl.struct(pl.lit(label, dtype=pl.String).alias(step.name), pl.col(column).alias(step.value))
        for column, label in step.columns.items()
    ]
    # A list a row and one explosion keep the rows of one row together.
    cells = pl.concat_list(pair).alias(step.name)
    return table.select(*kept, cells).explode(step.name).unnest(step.name)


def _replaced(table: pl.DataFrame, step: Replace) -> pl.DataFrame:
    _require(table, [step.column])
    old, new = list(step.values), list(step.values.values())
    cell = pl.col(step.column)
    if not step.into:
        return table.with_columns(cell.replace(old, new))
    if step.into in table.columns:
        _require_new(table, [step.into])
    code = cell.replace_strict(old, new, default=None, return_dtype=pl.String)
    return table.with_columns(code.alias(step.into))


def _stripped(table: pl.DataFrame, step: StripSuffix) -> pl.DataFrame:
    _require(table, [step.column])
    cell = pl.col(step.column)
    shorter = cell
    for suffix in reversed(step.suffixes):
        fits = cell.str.ends_with(suffix) & (cell.str.len_bytes() > len(suffix.encode()))
        shorter = pl.when(fits).then(cell.str.strip_suffix(suffix)).otherwise(shorter)
    return table.with_columns(shorter.alias(step.column))


def _split(table: pl.DataFrame, step: Split) -> pl.DataFrame:
    _require(table, [step.column])
    if not step.by or not step.into:
        raise InputError("'by' and 'into' should not be empty")
    _require_new(table.drop(step.column), list(step.into))
    parts = pl.col(step.column).str.splitn(step.by, len(step.into))
    return table.with_columns(
        parts.struct.rename_fields(list(step.into)).alias(step.column)
    ).unnest(step.column)


def _require(table: pl.DataFrame, names: Iterable[str]) -> None:
    for name in names:
        if name not in table.columns:
            there = ", ".join(table.columns)
            raise InputError(f"there is no column {name!r}; there are {there}")


def _require_new(table: pl.DataFrame, names: Sequence[str]) -> None:
    taken = [name for name in names if name in table.columns]
    if taken or len(set(names)) < len(names):
        raise InputError(f"column {(taken or names)[0]!r} would be there twice")
