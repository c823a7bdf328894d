"""Commands that ask the house: figures, the ledger, what it knows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from rencheng.assembly.cli.house import (
    as_json,
    in_house,
    print_json,
    print_table,
    progress_bars,
)
from rencheng.kernel.errors import InputError

if TYPE_CHECKING:
    from rencheng.foundation.memory.balance import Balance

DAY = "YYYY-MM-DD"


@click.command()
@click.argument("place")
@click.argument("name")
@click.option("--as-known", metavar=DAY, help="As known at the end of this local day (当时所知).")
@click.option("--at", metavar=DAY, help="Newest figure valid on this local day or before.")
@as_json
@in_house
def figure(place: str, name: str, as_known: str | None, at: str | None, as_json: bool) -> int:
    """
    Print the newest figure NAME of PLACE (指标).

    Such as: rencheng figure 武汉 confirmed --as-known 2020-02-12

    The first line is the bare number. Status 1 where nothing is known.
    """
    from rencheng.assembly.cli.figures import Asked, described, known

    asked = Asked.read(place, name, as_known, at)
    found = known(asked)
    if found is None:
        click.echo(f"rencheng: nothing known of {name} for {asked.words}", err=True)
        return 1
    if as_json:
        print_json(found)
    else:
        click.echo(described(found))
    return 0


@click.command()
@as_json
@in_house
def ledger(as_json: bool) -> int:
    """
    Print what each source sent (台账).

    And what became of it; status 1 where that does not balance: sent = stored + duplicate +
    rejected, and stored is what the journal holds.
    """
    from rencheng.foundation.memory.balance import balances

    rows = balances()
    if as_json:
        print_json([as_row(row) for row in rows])
    else:
        print_balances(rows)
    return 0 if all(row.balanced for row in rows) else 1


def as_row(row: "Balance") -> dict[str, object]:
    """Write a balance as a JSON object."""
    return {
        "source": row.source,
        "sent": row.sent,
        "stored": row.stored,
        "duplicate": row.duplicate,
        "rejected": row.rejected,
        "in_journal": row.in_journal,
        "balanced": row.balanced,
        "last_received": row.last_received and row.last_received.isoformat(),
    }


def print_balances(rows: "Sequence[Balance]") -> None:
    """Print balances as a table with a sum."""
    heads = ("source", "sent", "stored", "duplicate", "rejected", "in journal", "balanced")
    names = ("sent", "stored", "duplicate", "rejected", "in_journal")
    lines = [[row.source, *(getattr(row, n) for n in names), row.balanced] for row in rows]
    total = [sum(getattr(row, n) for row in rows) for n in names]
    lines.append(["all", *total, all(row.balanced for row in rows)])
    print_table(heads, lines, "lrrrrr")


@click.command()
@click.option("--derived", is_flag=True, help="All figures, from the journal.")
@in_house
def rebuild(derived: bool) -> int:
    """
    Make what is derived again (重建).

    Throws all figures away, makes them from the journal, and prints the digest before and
    after; status 1 where they differ.
    """
    if not derived:
        raise InputError("say what to rebuild: `rencheng rebuild --derived`")
    from rencheng.foundation.memory.indicators.api import rebuild as again

    with progress_bars() as bars:
        bar = bars.add_task("rebuilding", total=None)
        before, after = again(lambda _kind, rows: bars.advance(bar, rows))
    equal = before == after
    click.echo(f"before {before}\nafter  {after}\n{'equal' if equal else 'DIFFERENT'}")
    return 0 if equal else 1


@click.group()
def places() -> None:
    """Ask for places (地点)."""


@places.command()
@click.argument("text")
@click.option("--level", help="Only this level, such as city.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1, 1000))
@as_json
@in_house
def find(text: str, level: str | None, limit: int, as_json: bool) -> int:
    """List places whose name or code begins with TEXT; status 1 where there is none."""
    from rencheng.foundation.places import api

    found = api.suggest(text, level=level, limit=limit)
    rows = [
        {"code": p.code, "name_zh": p.name_zh, "name_en": p.name_en, "level": p.level,
         "population": p.population, "lon": p.lon, "lat": p.lat}
        for p in found
    ]  # fmt: skip
    if as_json:
        print_json(rows)
    elif rows:
        print_table(list(rows[0]), [list(row.values()) for row in rows], "llllrrr")
    else:
        click.echo(f"rencheng: no place begins with {text!r}", err=True)
    return 0 if rows else 1


@click.command()
@as_json
@in_house
def kinds(as_json: bool) -> None:
    """List what the house may be told (观测种类)."""
    from rencheng.foundation.memory.kinds import all_kinds

    if as_json:
        print_json(
            [
                {
                    "name": kind.name,
                    "title_zh": kind.title.zh,
                    "title_en": kind.title.en,
                    "subject": kind.subject,
                    "purpose": kind.purpose,
                    "sensitivity": kind.sensitivity,
                    "days_kept": kind.days_kept,
                    "fields": [field.name for field in kind.fields],
                }
                for kind in all_kinds()
            ]
        )
        return
    print_table(
        ("kind", "title", "", "subject", "sensitivity", "days kept", "fields"),
        [
            (k.name, k.title.zh, k.title.en, k.subject, k.sensitivity.value, k.days_kept,
             len(k.fields))
            for k in all_kinds()
        ],
        "lllllrr",
    )  # fmt: skip


@click.command()
@as_json
@in_house
def sources(as_json: bool) -> None:
    """List who tells the house things (来源)."""
    from rencheng.foundation.memory.sources.api import all_sources

    rows = [
        {"name": s.name, "title_zh": s.title.zh, "title_en": s.title.en, "trusted": s.trusted,
         "rank": s.rank, "licence": s.licence, "origin": s.origin}
        for s in all_sources().values()
    ]  # fmt: skip
    if as_json:
        print_json(rows)
    else:
        heads = ("name", "title_zh", "title_en", "trusted", "rank", "licence")
        print_table(heads, [[row[head] for head in heads] for row in rows], "llllr")
