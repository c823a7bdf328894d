"""`rencheng migrate` and `rencheng doctor`: keeping the house in order."""

import click

from rencheng.assembly.cli.house import as_json, in_house, print_json


@click.command()
@in_house
def migrate() -> None:
    """Bring the database up to date (升级数据库); safe to repeat."""
    from rencheng.assembly.cli.migrating import bring_up_to_date

    count = bring_up_to_date()
    click.echo(f"database brought up to date ({count} steps)" if count else "database up to date")


@click.command()
@as_json
@in_house
def doctor(as_json: bool) -> int:
    """
    Look the house over (体检).

    Versions, database, disk, pages, time, ledger; status 1 where one is ill.
    """
    from rencheng.assembly.cli.examining import examine

    findings = list(examine())
    if as_json:
        print_json([finding.__dict__ for finding in findings])
    else:
        for finding in findings:
            click.echo(f"{finding.mark} {finding.what:<12} {finding.words}")
    return 0 if all(finding.well for finding in findings) else 1
