"""Between long tables (a row per place and instant) and the arrays engines work on."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from django.conf import settings

from rencheng.engines.epidemic.arrays import FloatArray, IntArray


def day_number(instants: pl.Expr, zone: str | None = None) -> pl.Expr:
    """Turn microseconds since the epoch into the local day, in days since 1970-01-01."""
    local = instants.cast(pl.Datetime("us", "UTC")).dt.convert_time_zone(zone or settings.TIME_ZONE)
    return local.dt.date().cast(pl.Int32).cast(pl.Int64)


@dataclass(frozen=True, slots=True)
class Grid:
    """
    Places by days: where each row of a long table lies in an array without holes.

    ``row`` and ``column`` have one entry per row of the table. Where a place has several rows on
    one day the last one of the table stands.
    """

    table: pl.DataFrame
    row: IntArray
    column: IntArray
    shape: tuple[int, int]

    @classmethod
    def of(cls, table: pl.DataFrame) -> "Grid":
        """Lay out a table with the columns ``place_id`` and ``valid_at``."""
        if table.is_empty():
            none = np.zeros(0, dtype=np.int64)
            return cls(table, none, none, (0, 0))
        places, row = np.unique(table["place_id"].to_numpy(), return_inverse=True)
        days = table.select(day_number(pl.col("valid_at"))).to_series().to_numpy()
        column = days - days.min()
        return cls(table, row, column, (places.size, int(column.max()) + 1))

    def spread(self, column: str) -> FloatArray:
        """Give a column as an array of places by days; NaN where the table says nothing."""
        array = np.full(self.shape, np.nan)
        said = self.table[column].cast(pl.Float64).fill_null(np.nan).to_numpy()
        given = ~np.isnan(said)
        array[self.row[given], self.column[given]] = said[given]
        return array

    def known(self, days: int) -> pl.Series:
        """Give when the last of the ``days`` days up to each row became known."""
        # Microseconds of our time stay below 2**53, so floats hold them exactly.
        known = self.spread("known_at")
        latest = known.copy()
        for back in range(1, days):
            latest[:, back:] = np.fmax(latest[:, back:], known[:, :-back])
        return self.gather(latest).cast(pl.Int64)

    def gather(self, array: FloatArray) -> pl.Series:
        """Give the array's values at the table's rows; null for NaN."""
        return pl.Series(array[self.row, self.column], nan_to_null=True)

    def answer(self, *, days: int = 1, **columns: FloatArray) -> pl.DataFrame:
        """Give arrays as the table a rule of an indicator has to give."""
        made = {name: self.gather(array) for name, array in columns.items()}
        return self.table.select("place_id", "valid_at").with_columns(
            self.known(days).alias("known_at"), **made
        )
