"""Reading figures as they stand now, or as they were known on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import polars as pl
from django.db import connection

from rencheng.foundation.memory.indicators.models import IndicatorName
from rencheng.foundation.memory.indicators.spec import Computed, Stored, spec_named
from rencheng.kernel.time import Micros, from_micros, to_micros
from rencheng.kernel.words import Words

SCHEMA = {
    "place_id": pl.Int64,
    "valid_at": pl.Int64,
    "known_at": pl.Int64,
    "source_id": pl.Int64,
    "rank": pl.Int64,
    "value": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "formula": pl.Int64,
    "sequence": pl.Int64,
}
SERIES = ("place_id", "valid_at", "known_at", "source_id", "value", "low", "high")
# Above this many places it is cheaper to read all and keep some.
PLACES_NAMED = 2_000


@dataclass(frozen=True, slots=True)
class Known:
    """A figure as somebody may quote it: value, interval, unit, valid and known when, by whom."""

    indicator: str
    title: Words
    unit: Words
    place_id: int
    valid_at: datetime
    known_at: datetime
    value: float
    low: float | None
    high: float | None
    formula: int
    source_id: int | None


def series(
    name: str,
    place_ids: Iterable[int] | None = None,
    *,
    start: Micros | None = None,
    end: Micros | None = None,
    as_known: Micros | None = None,
) -> pl.DataFrame:
    """
    Give an indicator over time, one row per place and valid time.

    Parameters
    ----------
    name
        A stored or computed indicator.
    place_ids
        Which places; None means all.
    start, end
        Valid times from ``start`` up to but not including ``end``, microseconds.
    as_known
        Leave out what became known after this instant (inclusive); None means now.

    Returns
    -------
    table
        Columns place_id, valid_at, known_at, source_id (null for computed ones), value, low, high,
        sorted by place and valid time. Of several figures for the same place and time the one of
        the best-ranked source stands, and of that source the one known last.

    Raises
    ------
    InputError
        If the house has no such indicator.
    """
    spec = spec_named(name)
    if isinstance(spec, Stored):
        return standing(versions(name, place_ids, start=start, end=end, as_known=as_known))
    # Rules that look back (differences, growth) need what lies before the start.
    wanted = None if place_ids is None else list(place_ids)
    inputs = {one: series(one, wanted, end=end, as_known=as_known) for one in spec.inputs}
    made = computed(spec, inputs)
    return made if start is None else made.filter(pl.col("valid_at") >= start)


def standing(told: pl.DataFrame) -> pl.DataFrame:
    """Keep of a table of `versions`, per place and valid time, what `series` would give."""
    if not told.select("place_id", "valid_at").is_duplicated().any():
        return told.select(SERIES).sort("place_id", "valid_at")
    best = pl.col("rank") == pl.col("rank").min().over("place_id", "valid_at")
    return (
        told.filter(best)
        .sort("place_id", "valid_at", "known_at", "source_id")
        .unique(["place_id", "valid_at"], keep="last", maintain_order=True)
        .select(SERIES)
    )


def computed(spec: Computed, inputs: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """
    Compute an indicator from the series of its inputs.

    For boards that read many indicators and want each of them once; `series` does the same for
    one indicator.
    """
    made = spec.rule(_wide({name: inputs[name] for name in spec.inputs}))
    missing = [
        pl.lit(None, dtype=dtype).alias(column)
        for column, dtype in (("low", pl.Float64), ("high", pl.Float64), ("source_id", pl.Int64))
        if column not in made.columns
    ]
    made = made.with_columns(missing).select(SERIES).drop_nulls("value")
    return made.sort("place_id", "valid_at")


def versions(
    name: str,
    place_ids: Iterable[int] | None = None,
    *,
    start: Micros | None = None,
    end: Micros | None = None,
    as_known: Micros | None = None,
) -> pl.DataFrame:
    """Give every stored version of every figure: what was said, by whom, and when it was known."""
    number = IndicatorName.objects.filter(name=name).values_list("pk", flat=True).first()
    if number is None:
        return pl.DataFrame(schema=SCHEMA)
    wanted = None if place_ids is None else sorted(set(place_ids))
    where, parameters = ["f.indicator_id = %s"], [number]
    named = wanted is not None and len(wanted) <= PLACES_NAMED
    if named and wanted is not None:
        where.append("f.place_id IN (" + ",".join(["%s"] * len(wanted)) + ")" if wanted else "1=0")
        parameters += wanted
    for column, sign, bound in (
        ("valid_at", ">=", start), ("valid_at", "<", end), ("known_at", "<=", as_known),
    ):  # fmt: skip
        if bound is not None:
            where.append(f"f.{column} {sign} %s")
            parameters.append(bound)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f.place_id, f.valid_at, f.known_at, f.source_id, s.rank, f.value, f.low, "  # noqa: S608
            "f.high, f.formula, f.sequence FROM memory_figure f "
            "JOIN memory_source s ON s.id = f.source_id WHERE " + " AND ".join(where),
            parameters,
        )
        table = pl.DataFrame(_columns(cursor.fetchall()), schema=SCHEMA)
    if wanted is not None and not named:
        table = table.filter(pl.col("place_id").is_in(wanted))
    return table.sort("place_id", "valid_at", "rank", "known_at", "source_id")


def figure(
    name: str, place_id: int, *, at: Micros | None = None, as_known: Micros | None = None
) -> Known | None:
    """Give the newest figure valid at ``at`` or before, as known then; None where there is none."""
    end = None if at is None else at + 1
    table = series(name, [place_id], end=end, as_known=as_known)
    if table.is_empty():
        return None
    row = table.row(-1, named=True)
    spec = spec_named(name)
    return Known(
        indicator=name,
        title=spec.title,
        unit=spec.unit,
        place_id=place_id,
        valid_at=from_micros(row["valid_at"]),
        known_at=from_micros(row["known_at"]),
        value=row["value"],
        low=row["low"],
        high=row["high"],
        formula=spec.formula,
        source_id=row["source_id"],
    )


def places_with(name: str) -> list[int]:
    """List the places that have any figure of a stored indicator."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT f.place_id FROM memory_figure f "
            "JOIN memory_indicator_name n ON n.id = f.indicator_id WHERE n.name = %s "
            "ORDER BY f.place_id",
            [name],
        )
        return [place for (place,) in cursor.fetchall()]


def known_until(instant: datetime | None) -> Micros | None:
    """Turn an optional instant into a bound for ``as_known``."""
    return None if instant is None else to_micros(instant)


def _columns(rows: Sequence[tuple[Any, ...]]) -> dict[str, Sequence[Any]]:
    """Turn rows into columns; much quicker for the table than rows."""
    turned = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    return dict(zip(SCHEMA, turned, strict=True))


def _wide(inputs: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """Join the inputs of a computed indicator side by side."""
    wide: pl.DataFrame | None = None
    for name, table in inputs.items():
        one = table.select("place_id", "valid_at", "known_at", pl.col("value").alias(name))
        if wide is None:
            wide = one
            continue
        if one.is_empty():
            wide = wide.with_columns(pl.lit(None, dtype=pl.Float64).alias(name))
            continue
        wide = wide.join(
            one, on=["place_id", "valid_at"], how="full", coalesce=True, suffix="_other"
        ).with_columns(pl.max_horizontal("known_at", "known_at_other").alias("known_at"))
        wide = wide.drop("known_at_other")
    if wide is None:
        return pl.DataFrame(schema={"place_id": pl.Int64, "valid_at": pl.Int64})
    return wide.sort("place_id", "valid_at")
