"""Corrections as knowledge over time: what was said of one day, when, and by whom."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from rencheng.foundation.memory.indicators.api import Spec, spec_named
from rencheng.foundation.memory.sources.api import SourceCard, all_sources
from rencheng.kernel.time import from_micros
from rencheng.services.monitor.figures import EPOCH, Board
from rencheng.services.monitor.headline import inputs_of

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Version:
    """One thing said of a day; ``stands`` tells whether it is the figure shown now."""

    value: float
    known_at: datetime
    source: SourceCard
    stands: bool


@dataclass(frozen=True, slots=True)
class Told:
    """All that was said of one reported indicator on one day."""

    spec: Spec
    day: date
    versions: list[Version]


def corrections(board: Board, name: str, place_id: int) -> list[Told]:
    """
    List the days of a place of which more than one value was said, the newest day first.

    For a computed figure those of the reported figures it is made from; `SHOWN` days at most.
    """
    cards = all_sources()
    found: list[Told] = []
    for part in inputs_of(name):
        told = board.with_day(board.told(part).filter(pl.col("place_id") == place_id))
        if told.is_empty():
            continue
        disputed = told.filter(pl.col("value").n_unique().over("day") > 1)
        stands = {
            row["day"]: (row["known_at"], row["source_id"])
            for row in board.series(part)
            .filter(pl.col("place_id") == place_id)
            .iter_rows(named=True)
        }
        for (number,), rows in disputed.group_by("day", maintain_order=True):
            day = int(str(number))
            versions = [
                Version(
                    value=row["value"],
                    known_at=from_micros(row["known_at"]),
                    source=cards[row["source_id"]],
                    stands=stands.get(day) == (row["known_at"], row["source_id"]),
                )
                for row in rows.sort("known_at").iter_rows(named=True)
            ]
            found.append(Told(spec_named(part), EPOCH + timedelta(days=day), versions))
    found.sort(key=lambda one: one.day, reverse=True)
    return found[:SHOWN]
