"""`rencheng ingest`: files and folders into the house."""

from pathlib import Path

import click

from rencheng.assembly.cli.house import in_house


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--mapping", help="Read the files with this mapping instead of finding one.")
@click.option(
    "--dry-run", is_flag=True, help="Say what would be loaded and refused; store nothing."
)
@click.option(
    "--rejected",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every refused cell here as CSV: file, line, field, what it was, what it should be.",
)
@in_house
def ingest(
    paths: tuple[Path, ...], mapping: str | None, dry_run: bool, rejected: Path | None
) -> int:
    """
    Load files and folders of files (载入数据).

    Files of places go first, then observations; a load that was cut off goes on where it stopped,
    and a second load of the same file stores nothing. Status 1 where rows were refused, 2 where a
    file could not be loaded.
    """
    from rencheng.assembly.cli.ingesting import look, planned, take_in

    items = planned(paths, mapping)
    return look(items) if dry_run else take_in(items, rejected)
