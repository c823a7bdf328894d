"""The made-up outbreak, in a database that is rolled back."""

import pytest

from tests.fixtures.outbreak import Outbreak, grow, settle


@pytest.fixture
def land(db: None) -> Outbreak:
    """Give the made-up places, of which nothing has been said yet."""
    return settle()


@pytest.fixture
def outbreak(db: None) -> Outbreak:
    """Give the made-up outbreak."""
    return grow()
