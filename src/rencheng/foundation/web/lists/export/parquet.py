"""Export as Parquet, never more than a piece of the rows in memory."""

import tempfile
from pathlib import Path
from typing import IO, Final

import polars as pl

from rencheng.foundation.web.lists.export.sheet import TYPES, Sheet

PIECE: Final = 100_000


def parquet_file(sheet: Sheet) -> IO[bytes]:
    """
    Write all rows to an unnamed file and give it open at its beginning.

    The rows are laid down in pieces and joined by a second, streaming pass: polars writes from a
    thread of its own, which must not touch the database.
    """
    schema = {name: TYPES[kind] for name, kind in zip(sheet.names, sheet.kinds, strict=True)}
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    with tempfile.TemporaryDirectory(prefix="rencheng-export-") as folder:
        pieces = _pieces(sheet, schema, Path(folder))
        if len(pieces) == 1:
            pl.read_parquet(pieces[0]).write_parquet(out)
        else:
            pl.scan_parquet(pieces).sink_parquet(out)
    out.seek(0)
    return out


def _pieces(sheet: Sheet, schema: dict[str, pl.DataType], folder: Path) -> list[Path]:
    paths: list[Path] = []
    waiting: list[pl.DataFrame] = []

    def lay_down() -> None:
        path = folder / f"{len(paths):06d}.parquet"
        table = pl.concat(waiting) if waiting else pl.DataFrame(schema=schema)
        table.write_parquet(path, compression="lz4")
        paths.append(path)
        waiting.clear()

    for chunk in sheet.chunks:
        waiting.append(pl.DataFrame(chunk, schema=schema, orient="row"))
        if sum(map(len, waiting)) >= PIECE:
            lay_down()
    if waiting or not paths:
        lay_down()
    return paths
