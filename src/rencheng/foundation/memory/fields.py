"""Columns that every table of the memory shares."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from rencheng.kernel.errors import InputError
from rencheng.kernel.time import from_micros, to_micros


class InstantField(models.BigIntegerField):  # type: ignore[type-arg]  # generic only in the stubs
    """
    An instant, kept as int64 microseconds since the epoch, seen in Python as aware UTC.

    Smaller and faster than a text column on SQLite, the same on PostgreSQL, and read by column
    engines without parsing.
    """

    description = "instant (microseconds since 1970-01-01 UTC)"

    def from_db_value(self, value: int | None, *_: object) -> datetime | None:
        """Turn stored microseconds into an aware datetime."""
        return None if value is None else from_micros(value)

    def to_python(self, value: Any) -> datetime | None:
        """Accept a datetime, microseconds or ISO text."""
        if value is None or isinstance(value, datetime):
            return value
        if isinstance(value, int):
            return from_micros(value)
        try:
            return datetime.fromisoformat(str(value))
        except ValueError as error:
            raise ValidationError(f"{value!r} is not an instant") from error

    def get_prep_value(self, value: Any) -> int | None:
        """Turn a datetime into microseconds for storage and for look-ups."""
        if isinstance(value, datetime):
            return to_micros(value)
        if value is None or isinstance(value, int):
            return value
        raise InputError(f"instant {value!r} should be an aware datetime or microseconds")

    def value_to_string(self, obj: models.Model) -> str:
        """Write the instant as ISO text, for serialisation."""
        value = self.value_from_object(obj)
        return "" if value is None else self.to_python(value).isoformat()  # type: ignore[union-attr]
