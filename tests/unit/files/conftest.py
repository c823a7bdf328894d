"""A desk of staff, as the tests of the web kit have it."""

from tests.unit.web.conftest import desk, resident, staff, stranger

__all__ = ["desk", "resident", "staff", "stranger"]
