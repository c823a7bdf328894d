"""`rencheng run` and `rencheng demo`: the house, open."""

import os
import subprocess
import sys

import click

from rencheng.assembly.cli.house import in_house, progress_bars
from rencheng.kernel.errors import InputError

MOST_PROCESSES = 64

address = [
    click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
    click.option("--port", default=8000, show_default=True, help="Port to listen on."),
    click.option("--web", type=int, help="Processes that answer [default: cores, at most 2]."),
    click.option("--workers", default=1, show_default=True, help="Processes that run jobs."),
]


def _addressed(command: "click.decorators.FC") -> "click.decorators.FC":
    for option in reversed(address):
        command = option(command)
    return command


@click.command()
@_addressed
def run(host: str, port: int, web: int | None, workers: int) -> int:
    """
    Open the house (运行); Ctrl-C closes it.

    Web and workers run as one tree. The database is brought up to date first.
    """
    return open_until_stopped(host, port, web, workers)


@click.command()
@_addressed
@click.option("--set-up-only", is_flag=True, help="Make the demo data, do not open the house.")
def demo(host: str, port: int, web: int | None, workers: int, set_up_only: bool) -> int:
    """
    Open the house on made-up demo data (演示).

    A country and an epidemic that never were; data and accounts are made at the first start
    and kept for the next ones.
    """
    if set_up_only:
        set_up_demo()
        return 0
    return open_until_stopped(host, port, web, workers, first=("demo", "--set-up-only"))


@in_house
def set_up_demo() -> None:
    """Bring the database up to date, and make of the demo what is not there yet."""
    from rencheng.assembly.cli.migrating import bring_up_to_date
    from rencheng.assembly.demo.setting import set_up

    bring_up_to_date()
    with progress_bars() as bars:
        bar = bars.add_task("demo data", total=None)

        def told(name: str, done: int, total: int) -> None:
            bars.update(bar, completed=done, total=total, description=f"demo data: {name}")

        made = set_up(told)
    if made.fresh:
        click.echo(f"demo data ready: {made.stored:,} places, borders and reports")


def open_until_stopped(
    host: str, port: int, web: int | None, workers: int, first: tuple[str, ...] = ("migrate",)
) -> int:
    """
    Run the house until somebody stops it.

    Parameters
    ----------
    host, port, web, workers
        As in `run`.
    first
        A command of ours to run before the house opens. It is a process of its own, so that the
        parent of the tree stays small.

    Returns
    -------
    status
        0 when stopped, 1 when a part of it did not come up, that of ``first`` if it failed.
    """
    from rencheng.assembly import config
    from rencheng.assembly.processes.gate import check_free, only_house, when_open
    from rencheng.assembly.processes.tree import Tree, parts_of

    processes = min(2, os.cpu_count() or 1) if web is None else web
    for name, number in (("web", processes), ("workers", workers)):
        if not 1 <= number <= MOST_PROCESSES:
            raise InputError(f"--{name} is {number}; it should be between 1 and {MOST_PROCESSES}")
    home = config.home()
    home.mkdir(parents=True, exist_ok=True)
    url = address_of(host, port)
    with only_house(home, url):
        check_free(host, port)
        before = [sys.executable, "-m", "rencheng", *first]
        status = subprocess.run(before, check=False).returncode  # noqa: S603 - our own words
        if status:
            return status
        when_open(host, port, lambda: _say_open(host, url, demo="demo" in first))
        return Tree(parts_of(host, port, web=processes, workers=workers), click.echo).run()


def address_of(host: str, port: int) -> str:
    """Write the address people open, such as http://localhost:8000/."""
    shown = "localhost" if host == "127.0.0.1" else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def _say_open(host: str, url: str, *, demo: bool) -> None:
    from rencheng.assembly import config
    from rencheng.assembly.demo.people import PEOPLE

    click.echo(f"\nRencheng 韧城 is open: {url}   (Ctrl-C closes it)")
    if host not in ("127.0.0.1", "localhost", "::1"):
        names = ", ".join(config.hosts())
        click.echo(f"  it answers to {names}; other names are listed in RENCHENG_HOSTS")
    for person in PEOPLE if demo else ():
        click.echo(f"  sign in as {person.name:<8} password {person.password}   {person.role.en}")
