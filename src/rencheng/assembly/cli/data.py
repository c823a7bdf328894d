"""`rencheng ingest`: files into the journal."""

import click


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True))
def ingest(paths: tuple[str, ...]) -> int:  # noqa: ARG001
    """Load files and folders (载入数据)."""
    return 2
