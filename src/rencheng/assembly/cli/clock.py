"""`rencheng clock`: the one clock of the house."""

from datetime import datetime

import click

from rencheng.assembly.cli.house import as_json, in_house, print_json
from rencheng.kernel.errors import InputError


@click.group()
def clock() -> None:
    """Show or set the one clock of the house (时钟)."""


@clock.command()
@as_json
@in_house
def show(as_json: bool) -> None:
    """Print what the clock shows."""
    _show(as_json)


@clock.command("set")
@click.argument("instant")
@in_house
def set_(instant: str) -> None:
    """Let the clock go on from INSTANT (such as 2020-02-13 or 2020-02-13T08:00+08:00)."""
    from rencheng.foundation.memory.clock import run_from

    run_from(read_instant(instant))
    _show(False)


@clock.command()
@click.argument("instant")
@click.option("--speed", type=float, required=True, help="3600 is an hour each second.")
@in_house
def run(instant: str, speed: float) -> None:
    """Let the clock run from INSTANT, faster or slower than real time."""
    from rencheng.foundation.memory.clock import run_from

    run_from(read_instant(instant), speed=speed)
    _show(False)


@clock.command()
@click.argument("instant", required=False)
@in_house
def freeze(instant: str | None) -> None:
    """Stop the clock at INSTANT, or where it is."""
    from rencheng.foundation.memory import clock as one

    one.freeze(None if instant is None else read_instant(instant))
    _show(False)


@clock.command()
@in_house
def real() -> None:
    """Let the clock follow the machine again."""
    from rencheng.foundation.memory.clock import real_time

    real_time()
    _show(False)


def read_instant(text: str) -> datetime:
    """
    Read an instant; without a zone it is local time of the house.

    Raises
    ------
    InputError
        If the text is no date or time.
    """
    from django.conf import settings

    from rencheng.kernel.time import zone

    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(
            f"instant {text!r} is none; it should look like 2020-02-13T08:00+08:00"
        ) from error
    return instant if instant.tzinfo else instant.replace(tzinfo=zone(settings.TIME_ZONE))


def _show(as_json: bool) -> None:
    from django.conf import settings

    from rencheng.foundation.memory.clock import state
    from rencheng.kernel.time import zone

    now = state()
    local = now.now.astimezone(zone(settings.TIME_ZONE)).isoformat(timespec="seconds")
    if as_json:
        print_json({"now": local, "speed": now.speed, "simulated": now.simulated})
    else:
        how = f"simulated, speed {now.speed:g}" if now.simulated else "real time"
        click.echo(f"{local}  {how}")
