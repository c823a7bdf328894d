"""What every command shares: opening the house, and speaking to people and programs."""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

from rencheng.kernel.errors import Unavailable

if TYPE_CHECKING:
    from rich.progress import Progress

P = ParamSpec("P")
T = TypeVar("T")

WIDE = 400
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def open_django() -> None:
    """Start Django with the settings of the house; costs about a second."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rencheng.assembly.settings")
    import django

    django.setup()


def in_house(command: Callable[P, T]) -> Callable[P, T]:
    """Open the house for a command, and put what a database says into words."""

    @wraps(command)
    def run(*args: P.args, **named: P.kwargs) -> T:
        open_django()
        from django.db import DatabaseError

        try:
            return command(*args, **named)
        except DatabaseError as error:
            raise Unavailable(in_words(error)) from error

    return run


def in_words(error: Exception) -> str:
    """Say what a database error means and what to do."""
    text = " ".join(str(error).split())
    if "no such table" in text or "does not exist" in text or "no such column" in text:
        return f"the database is not ready ({text}); run `rencheng migrate` first"
    if "locked" in text:
        return f"the database is busy ({text}); try again in a moment"
    return f"the database refused: {text}"


def print_json(value: object) -> None:
    """Print a value as JSON, Chinese readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_table(heads: Sequence[str], rows: Iterable[Sequence[object]], right: str = "") -> None:
    """
    Print a table.

    Parameters
    ----------
    heads
        Names of the columns.
    rows
        Cells; numbers are written with thousands apart.
    right
        Letters ``r`` and ``l``, one a column: which stand to the right; to the left by default.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head, side in zip(heads, right.ljust(len(heads), "l"), strict=True):
        table.add_column(head, justify="right" if side == "r" else "left", no_wrap=side == "r")
    for row in rows:
        table.add_row(*(Text(written(cell)) for cell in row))
    console = Console(highlight=False)
    # Into a file or a pipe, lines are not broken.
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDE)
    console.print(table)


def written(value: object) -> str:
    """Write a cell: 19,558 for 19558, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return str(value)


def progress_bars() -> "Progress":
    """Give progress bars on standard error; they vanish when done, and are silent in a pipe."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
