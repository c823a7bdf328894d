"""Figures to take away: CSV, Parquet or JSON, each row with its unit, source and licence."""

import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Final

import polars as pl

from rencheng.foundation.memory.indicators.api import spec_named
from rencheng.kernel.errors import InputError
from rencheng.services.monitor.figures import EPOCH, Board
from rencheng.services.monitor.headline import source_lines
from rencheng.services.monitor.tree import Tree

ROWS: Final = 500_000
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
}
ALWAYS: Final = (date.min, date.max)
COLUMNS: Final = (
    "place_code",
    "place_zh",
    "place_en",
    "level",
    "indicator",
    "day",
    "value",
    "low",
    "high",
    "unit",
    "known_at",
    "source",
    "licence",
    "formula",
)


def figures(
    board: Board,
    tree: Tree,
    names: Sequence[str],
    place_ids: Sequence[int],
    *,
    first: date | None = None,
    last: date | None = None,
) -> pl.DataFrame:
    """
    Give figures as one long table, a row per place, indicator and day; columns as in `COLUMNS`.

    A computed figure names all the sources it is made from.

    Raises
    ------
    InputError
        If that would be more than `ROWS` rows.
    """
    begin = None if first is None else (first - EPOCH).days
    end = None if last is None else (last - EPOCH).days
    wanted = list(place_ids)
    tables = []
    total = 0
    for name in names:
        table = board.series(name).filter(pl.col("place_id").is_in(wanted))
        if begin is not None:
            table = table.filter(pl.col("day") >= begin)
        if end is not None:
            table = table.filter(pl.col("day") <= end)
        total += table.height
        if total > ROWS:
            raise InputError(
                f"that is more than {ROWS:,} rows; choose fewer places, figures or days"
            )
        tables.append(_worded(board, table, name, wanted))
    places = pl.DataFrame(
        [
            (one, spot.code, spot.words.zh, spot.words.en, spot.level)
            for one in dict.fromkeys(wanted)
            if (spot := tree.spots.get(one)) is not None
        ],
        schema={
            "place_id": pl.Int64,
            "place_code": pl.String,
            "place_zh": pl.String,
            "place_en": pl.String,
            "level": pl.String,
        },
        orient="row",
    )
    return (
        pl.concat(tables)
        .join(places, on="place_id", how="inner", maintain_order="left")
        .select(COLUMNS)
    )


def written(table: pl.DataFrame, kind: str) -> bytes:
    """
    Write a table as csv, parquet or json.

    CSV begins with the mark by which spreadsheets know Chinese text.
    """
    if kind not in TYPES:
        raise InputError(f"format is {kind!r}; it should be one of {', '.join(TYPES)}")
    buffer = io.BytesIO()
    if kind == "csv":
        table.write_csv(buffer, include_bom=True)
    elif kind == "parquet":
        table.write_parquet(buffer)
    else:
        days = table.with_columns(pl.col("day").cast(pl.String), _instant("known_at"))
        rows = {name: days[name].to_list() for name in days.columns}
        buffer.write(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())
    return buffer.getvalue()


def _instant(name: str) -> pl.Expr:
    return pl.col(name).dt.strftime("%Y-%m-%dT%H:%M:%SZ")


def _worded(board: Board, table: pl.DataFrame, name: str, wanted: list[int]) -> pl.DataFrame:
    spec = spec_named(name)
    cards = {line.card.id: line.card for line in source_lines(board, [name], wanted, ALWAYS)}
    everybody = "; ".join(card.name for card in cards.values())
    licences = "; ".join(dict.fromkeys(card.licence for card in cards.values() if card.licence))
    source = {one: card.name for one, card in cards.items()}
    licence = {one: card.licence for one, card in cards.items()}
    by_id = pl.col("source_id")
    return table.with_columns(
        pl.lit(name).alias("indicator"),
        pl.lit(spec.unit.en).alias("unit"),
        pl.lit(spec.formula, dtype=pl.Int64).alias("formula"),
        pl.col("day").cast(pl.Int32).cast(pl.Date),
        pl.col("known_at").cast(pl.Datetime("us", "UTC")),
        pl.col("low", "high").cast(pl.Float64),
        by_id.replace_strict(source, default=everybody, return_dtype=pl.String).alias("source"),
        by_id.replace_strict(licence, default=licences, return_dtype=pl.String).alias("licence"),
    )
