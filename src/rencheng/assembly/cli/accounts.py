"""`rencheng account`: who may sign in."""

import sys

import click

from rencheng.assembly.cli.house import as_json, in_house, print_json, print_table
from rencheng.kernel.errors import ConflictError, InputError


@click.group()
def account() -> None:
    """Add and list accounts, and set passwords (账号)."""


password_from_input = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)


@account.command()
@click.argument("name")
@click.option("--staff", is_flag=True, help="May see jobs, loads, the ledger and source pages.")
@click.option("--language", type=click.Choice(["zh-hans", "en"]), help="Of the pages.")
@password_from_input
@in_house
def add(name: str, staff: bool, language: str | None, password_stdin: bool) -> None:
    """Add an account called NAME."""
    from django.core.exceptions import ValidationError

    from rencheng.foundation.guard.models import Account

    if Account.objects.filter(username=name).exists():
        raise ConflictError(f"account {name!r} is there already")
    person = Account(username=name, is_staff=staff, language=language or "")
    try:
        person.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise InputError(f"account {name!r}: {' '.join(error.messages)}") from error
    person.set_password(_password(password_stdin, person))
    person.save()
    click.echo(f"account {name} added{' (staff)' if staff else ''}")


@account.command()
@click.argument("name")
@password_from_input
@in_house
def password(name: str, password_stdin: bool) -> None:
    """Set the password of NAME."""
    from rencheng.foundation.guard.models import Account

    person = Account.objects.filter(username=name).first()
    if person is None:
        raise InputError(f"account {name!r} does not exist; `rencheng account list` shows all")
    person.set_password(_password(password_stdin, person))
    person.save(update_fields=["password"])
    click.echo(f"password of {name} set")


@account.command("list")
@as_json
@in_house
def list_(as_json: bool) -> None:
    """List the accounts."""
    from rencheng.foundation.guard.models import Account

    fields = ("username", "is_staff", "is_active", "language", "last_login")
    rows = list(Account.objects.order_by("username").values(*fields))
    if as_json:
        print_json(rows)
    else:
        heads = ("name", "staff", "active", "language", "last sign-in")
        print_table(heads, [list(row.values()) for row in rows])


def _password(from_input: bool, person: object) -> str:
    """Ask for a password twice, or read it, and see that it is a good one."""
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    if from_input:
        text = sys.stdin.readline().rstrip("\n")
    else:
        text = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    try:
        validate_password(text, person)  # type: ignore[arg-type]  # any account will do
    except ValidationError as error:
        raise InputError(f"this password is too weak: {' '.join(error.messages)}") from error
    return str(text)
