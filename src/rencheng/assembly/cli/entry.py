"""The door of the command line: its commands, and what is said when something is wrong."""

import os
import sys

import click

from rencheng import __version__
from rencheng.assembly.cli import accounts, asking, clock, data, keeping, making, running
from rencheng.kernel.errors import RenchengError

# 0 done; 1 done, and the answer is "no"; 2 not done; 130 stopped by Ctrl-C.
NOT_DONE = 2
STOPPED = 130


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 done; 1 done, but rows were rejected, nothing is known or things "
    "differ; 2 not done.",
)
@click.version_option(__version__, "--version", prog_name="rencheng")
@click.option("--debug", is_flag=True, help="Show where in the program an error arose.")
def rencheng(debug: bool) -> None:
    """
    Rencheng 韧城: senses, understands and answers what happens to a city.

    Start here: `rencheng demo` (演示), then `rencheng ingest FOLDER` (载入数据).
    """


for _command in (
    running.run,
    running.demo,
    keeping.migrate,
    data.ingest,
    asking.figure,
    asking.ledger,
    asking.rebuild,
    clock.clock,
    accounts.account,
    asking.places,
    asking.kinds,
    asking.sources,
    making.new_service,
    keeping.doctor,
):
    rencheng.add_command(_command)


def main() -> None:
    """Run a command; every error of ours is one line on standard error and status 2."""
    sys.exit(status_of(sys.argv[1:]))


def status_of(words: list[str]) -> int:
    """Run a command and give its exit status."""
    try:
        given = rencheng.main(words, prog_name="rencheng", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return NOT_DONE
    except (click.Abort, KeyboardInterrupt):
        click.echo("rencheng: stopped", err=True)
        return STOPPED
    except BrokenPipeError:
        # Whoever read us has enough (`rencheng places find x | head -1`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except RenchengError as error:
        return _refuse(words, error, str(error))
    except OSError as error:
        name = f": {error.filename}" if error.filename else ""
        return _refuse(words, error, f"{error.strerror or error}{name}")
    return given if isinstance(given, int) else 0


def _refuse(words: list[str], error: Exception, text: str) -> int:
    if "--debug" in words:
        raise error
    click.echo(f"rencheng: {' '.join(text.split())}", err=True)
    return NOT_DONE
