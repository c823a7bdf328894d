"""`rencheng new-service`: a room for a new service, furnished."""

import click

from rencheng.kernel.errors import InputError


@click.command("new-service")
@click.argument("name")
@click.option("--zh", default="", help="What people call it in Chinese.")
@click.option("--en", default="", help="What people call it in English.")
def new_service(name: str, zh: str, en: str) -> None:
    """
    Make a new service NAME (新建服务).

    With a kind, an indicator, a page, an API and a test, in this checkout. It works at once:
    `make check` and its own test pass before you change a line.
    """
    from rencheng.assembly.new_service.make import checkout, make

    root = checkout()
    if root is None:
        raise InputError("new services are made in a checkout of the project; go there first")
    for path in make(root, name, zh=zh, en=en):
        click.echo(f"  {path.relative_to(root)}")
    click.echo(f"\nservice {name} is there; next: `make test ARGS=tests/unit/{name}`")
