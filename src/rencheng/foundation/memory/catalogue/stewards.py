"""Stewards of data sets: who looks after it, what is still open, and every edit of that."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from rencheng.foundation.memory.catalogue.cards import card
from rencheng.foundation.memory.catalogue.models import Stewardship
from rencheng.foundation.memory.clock import now
from rencheng.kernel.errors import ConflictError, InputError

LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Care:
    """One version of what staff says about a data set; version 0 is before anybody said a word."""

    data_set: str
    version: int
    steward_id: int | None = None
    note: str = ""
    open_question: str = ""
    reviewed_at: datetime | None = None
    edited_by: int | None = None
    edited_at: datetime | None = None


def care_of(data_set: str) -> Care:
    """Give what stands about a data set."""
    newest = Stewardship.objects.filter(data_set=data_set).order_by("-version").first()
    return Care(data_set, 0) if newest is None else _care(newest)


def cares() -> dict[str, Care]:
    """Give what stands about every data set that somebody said something about, by name."""
    last = Stewardship.objects.values("data_set").annotate(last=Max("version"))
    versions = {(row["data_set"], row["last"]) for row in last}
    rows = Stewardship.objects.filter(data_set__in=[name for name, _ in versions])
    return {row.data_set: _care(row) for row in rows if (row.data_set, row.version) in versions}


def history(data_set: str) -> list[Care]:
    """List all versions, the newest first."""
    rows = Stewardship.objects.filter(data_set=data_set).order_by(F("version").desc())
    return [_care(row) for row in rows]


def take_care(
    data_set: str,
    *,
    seen: int,
    by: int,
    steward_id: int | None,
    note: str = "",
    open_question: str = "",
    reviewed: bool = False,
) -> Care:
    """
    Say something new about a data set.

    Parameters
    ----------
    data_set
        Its name; it must be in the catalogue.
    seen
        The version the writer had before their eyes.
    by
        Number of the writer's account.
    steward_id
        Number of the account that looks after it.
    note, open_question
        At most 2,000 characters each.
    reviewed
        The writer has looked the data set through today.

    Raises
    ------
    InputError
        If there is no such data set or a text is too long.
    ConflictError
        If somebody else wrote meanwhile; nothing is stored.
    """
    card(data_set)
    for name, text in (("note", note), ("open_question", open_question)):
        if len(text) > LONGEST:
            raise InputError(f"{name} has {len(text)} characters; it should have at most {LONGEST}")
    before = care_of(data_set)
    if before.version != seen:
        raise _overtaken(data_set)
    at = now()
    row = Stewardship(
        data_set=data_set,
        version=seen + 1,
        steward_id=steward_id,
        note=note.strip(),
        open_question=open_question.strip(),
        edited_by=by,
        edited_at=at,
    )
    # Set here, as the stubs do not know that it may be empty.
    row.reviewed_at = at if reviewed else before.reviewed_at  # type: ignore[assignment]
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise _overtaken(data_set) from error
    return _care(row)


def _overtaken(data_set: str) -> ConflictError:
    return ConflictError(f"the stewardship of {data_set} has been edited meanwhile; load it again")


def _care(row: Stewardship) -> Care:
    return Care(
        data_set=row.data_set,
        version=row.version,
        steward_id=row.steward_id,
        note=row.note,
        open_question=row.open_question,
        reviewed_at=row.reviewed_at,
        edited_by=row.edited_by,
        edited_at=row.edited_at,
    )
