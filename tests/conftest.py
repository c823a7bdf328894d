"""Every test starts here: own home folder, Django if installed, network closed."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.fixtures.places import open_house

WITH_DJANGO = open_house()

# A busy machine is no fault of the code: laws say what holds, benches how fast.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

pytest_plugins = [
    "tests.fixtures.network",
    "tests.fixtures.data",
    "tests.fixtures.browser",
    *(
        f"tests.fixtures.{name}"
        for name in ("database", "live", "postgres", "epidemics")
        if WITH_DJANGO
    ),
]

HERE = Path(__file__).parent
BY_FOLDER = {"journeys": pytest.mark.journey, "published": pytest.mark.published}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of `make published`."""
    parser.addoption(
        "--write-published",
        action="store_true",
        help="write build/published.json and docs/checked.md from this run",
    )


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by the folder they live in, so that nobody can forget to."""
    for item in items:
        folder = item.path.relative_to(HERE).parts[0] if item.path.is_relative_to(HERE) else ""
        if folder in BY_FOLDER:
            item.add_marker(BY_FOLDER[folder])
