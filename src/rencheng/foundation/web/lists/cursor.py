"""Where a page of a list begins: the sort values of the row before it, signed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core import signing
from django.utils.translation import gettext as _

from rencheng.kernel.errors import InputError
from rencheng.kernel.time import from_micros, to_micros


@dataclass(frozen=True, slots=True)
class Cursor:
    """
    A place between two rows.

    Parameters
    ----------
    sort
        The sort it belongs to, with its direction.
    values
        Values of the sort's fields, the key last, of the row it stands beside.
    seen
        How many rows stand before it, as the reader counted; None where nobody knows.
    """

    sort: str
    values: tuple[Any, ...]
    seen: int | None


def write(cursor: Cursor, list_name: str) -> str:
    """Write a cursor for an address of a list."""
    said = [cursor.sort, [_pack(value) for value in cursor.values], cursor.seen]
    # Signed, so that no value of another type or size ever reaches the database.
    text = json.dumps(said, separators=(",", ":"), ensure_ascii=False).encode()
    return _signer(list_name).sign(signing.b64_encode(text).decode())


def read(text: str, list_name: str, sort: str, fields: int) -> Cursor:
    """
    Read a cursor of an address.

    Raises
    ------
    InputError
        If it is not ours, of another list, or of another sort.
    """
    try:
        packed = _signer(list_name).unsign(text)
        said_sort, values, seen = json.loads(signing.b64_decode(packed.encode()))
    except (signing.BadSignature, ValueError) as error:
        raise InputError(
            _("The address of this page of the list is damaged. Begin at the first page.")
        ) from error
    if said_sort != sort or len(values) != fields:
        raise InputError(
            _("The list has been sorted in another way since. Begin at the first page.")
        )
    return Cursor(said_sort, tuple(_unpack(value) for value in values), seen)


def _signer(list_name: str) -> signing.Signer:
    return signing.Signer(salt=f"rencheng.list.{list_name}", sep=".")


def _pack(value: object) -> object:
    if isinstance(value, datetime):
        return {"t": to_micros(value)}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    return value


def _unpack(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return from_micros(value["t"]) if "t" in value else date.fromisoformat(value["d"])


def values_of(row: Mapping[str, Any], fields: Sequence[str]) -> tuple[Any, ...]:
    """Give the sort values of a row."""
    return tuple(row[field] for field in fields)
