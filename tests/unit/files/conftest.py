"""A desk of staff, as the tests of the web kit have it, a folder of uploads, and a mapping."""

from pathlib import Path

import pytest
from pytest_django import Settings

from rencheng.sensing.files import mappings
from tests.fixtures.mappings import mapping
from tests.unit.web.conftest import desk, resident, staff, stranger

__all__ = ["desk", "resident", "staff", "stranger"]


@pytest.fixture(autouse=True)
def _own_uploads(settings: Settings, tmp_path: Path) -> None:
    settings.UPLOADS = tmp_path / "uploads"


@pytest.fixture
def town(db: None) -> str:
    """Store the small mapping of `tests.fixtures.mappings` and give its name."""
    return mappings.record(mapping()).mapping.name
