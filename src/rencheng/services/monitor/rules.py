"""How each computed indicator is made from what was reported. Science is in the engine."""

import numpy as np
import polars as pl

from rencheng.engines.epidemic import counts
from rencheng.engines.epidemic.growth import rolling_growth
from rencheng.services.monitor.grid import Grid
from rencheng.services.monitor.tree import tree

WEEK = 7
KEYS = ("place_id", "valid_at", "known_at")
ROUTED_CONFIRMED = (
    "route_confirmed_quarantine",
    "route_confirmed_screening",
    "route_confirmed_community",
    "route_confirmed_earlier_asymptomatic",
)
ROUTED_ASYMPTOMATIC = ("route_asymptomatic_quarantine", "route_asymptomatic_screening")
ROUTED = (*ROUTED_CONFIRMED, *ROUTED_ASYMPTOMATIC)


def active(table: pl.DataFrame) -> pl.DataFrame:
    """Give confirmed - cured - dead, where all three are known."""
    return _with(table, pl.col("confirmed") - pl.col("cured") - pl.col("dead"))


def new_confirmed(table: pl.DataFrame) -> pl.DataFrame:
    """Give the reported new cases; else the sum over routes; else the rise of the total."""
    grid = Grid.of(table)
    rise = counts.incidence(grid.spread("confirmed"))
    rising = grid.answer(days=2, value=rise)
    said = pl.coalesce("reported_new_confirmed", _sum(ROUTED_CONFIRMED))
    return _said_or(table.select(*KEYS, said.alias("said")), rising)


def new_dead(table: pl.DataFrame) -> pl.DataFrame:
    """Give the reported new deaths; else the rise of the total."""
    grid = Grid.of(table)
    rising = grid.answer(days=2, value=counts.incidence(grid.spread("dead")))
    return _said_or(table.select(*KEYS, pl.col("reported_new_dead").alias("said")), rising)


def new_asymptomatic(table: pl.DataFrame) -> pl.DataFrame:
    """Give the reported new asymptomatic infections; else the sum over routes."""
    return _with(table, pl.coalesce("reported_new_asymptomatic", _sum(ROUTED_ASYMPTOMATIC)))


def converted(table: pl.DataFrame) -> pl.DataFrame:
    """Give the asymptomatic who became confirmed cases, from either report."""
    routed = _sum(("route_confirmed_earlier_asymptomatic",))
    return _with(table, pl.coalesce("reported_converted", routed))


def new_infections(table: pl.DataFrame) -> pl.DataFrame:
    """Give new confirmed + new asymptomatic, conversions counted twice; else the reported sum."""
    together = pl.col("new_confirmed") + pl.col("new_asymptomatic")
    return _with(table, pl.coalesce(together, "reported_new_infections"))


def new_infections_net(table: pl.DataFrame) -> pl.DataFrame:
    """Give new confirmed + new asymptomatic - converted, where the first two are known."""
    # A report that knows asymptomatic infections but names no conversion had none that day.
    value = pl.col("new_confirmed") + pl.col("new_asymptomatic") - pl.col("converted").fill_null(0)
    return _with(table, value)


def new_cases(table: pl.DataFrame) -> pl.DataFrame:
    """Give net new infections where asymptomatic ones are reported, else new confirmed cases."""
    return _with(table, pl.coalesce("new_infections_net", "new_confirmed"))


def new_cases_week(table: pl.DataFrame) -> pl.DataFrame:
    """Average new cases over the day and the six days before."""
    grid = Grid.of(table)
    return grid.answer(days=WEEK, value=counts.trailing_mean(grid.spread("new_cases"), WEEK))


def growth_rate(table: pl.DataFrame) -> pl.DataFrame:
    """Give the growth rate of new cases over seven days, with its 95 % interval."""
    grid = Grid.of(table)
    growth = rolling_growth(grid.spread("new_cases"), days=WEEK)
    return grid.answer(days=WEEK, value=growth.rate, low=growth.low, high=growth.high)


def doubling_time(table: pl.DataFrame) -> pl.DataFrame:
    """Give the doubling time of new cases over seven days; only where they clearly grow."""
    grid = Grid.of(table)
    time, low, high = rolling_growth(grid.spread("new_cases"), days=WEEK).doubling_time()
    return grid.answer(days=WEEK, value=time, low=low, high=high)


def in_hospital(table: pl.DataFrame) -> pl.DataFrame:
    """Give the people in hospital, from either report."""
    return _with(table, pl.coalesce("in_hospital_by_place", "in_hospital_in_notice"))


def severe(table: pl.DataFrame) -> pl.DataFrame:
    """Give the severe and critical, from either report."""
    return _with(table, pl.coalesce("severe_total", "severe_in_notice"))


def fatality_crude(table: pl.DataFrame) -> pl.DataFrame:
    """Give dead over confirmed of the same day, in percent."""
    filled = table.with_columns(pl.col("dead", "confirmed").fill_null(np.nan))
    share = counts.crude_fatality(filled["dead"].to_numpy(), filled["confirmed"].to_numpy())
    return _with(table, pl.lit(pl.Series(share, nan_to_null=True)))


def confirmed_per_million(table: pl.DataFrame) -> pl.DataFrame:
    """Give confirmed per million inhabitants, where the population is known."""
    people = {spot.id: spot.population for spot in tree().spots.values()}
    joined = table.with_columns(
        pl.col("place_id")
        .replace_strict(people, default=None, return_dtype=pl.Int64)
        .alias("population")
    )
    known = pl.when(pl.col("population") > 0).then("population")
    return _with(joined, 1e6 * pl.col("confirmed") / known)


def _with(table: pl.DataFrame, value: pl.Expr) -> pl.DataFrame:
    return table.select(*KEYS, value.alias("value"))


def _sum(names: tuple[str, ...]) -> pl.Expr:
    """Add some routes; combinations without a case are not published, so any route tells of all."""
    said = pl.any_horizontal(pl.col(name).is_not_null() for name in ROUTED)
    return pl.when(said).then(pl.sum_horizontal(names))


def _said_or(said: pl.DataFrame, made: pl.DataFrame) -> pl.DataFrame:
    """Take what was said; where nothing was, what was made, with its own time of knowledge."""
    other = made.select(pl.col("value"), pl.col("known_at").alias("made_known_at"))
    return pl.concat([said, other], how="horizontal").select(
        "place_id",
        "valid_at",
        pl.when(pl.col("said").is_null())
        .then("made_known_at")
        .otherwise("known_at")
        .alias("known_at"),
        pl.coalesce("said", "value").alias("value"),
    )
