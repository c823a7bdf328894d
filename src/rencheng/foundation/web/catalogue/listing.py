"""The list of data sets."""

from typing import Final

import polars as pl
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rencheng.foundation.guard.api import account_names
from rencheng.foundation.memory.catalogue.api import (
    FAMILY_WORDS,
    SENSITIVITY_WORDS,
    Card,
    Care,
    Quality,
    by_kind,
    cares,
)
from rencheng.foundation.web.lists import Choice, Column, ListSpec, Search, Sort, TableRows, show
from rencheng.foundation.web.lists.column import Row
from rencheng.foundation.web.lists.label import say

SCHEMA: Final[dict[str, pl.DataType]] = {
    "name": pl.String(),
    "title": pl.String(),
    "words": pl.String(),
    "family": pl.String(),
    "owner": pl.String(),
    "sensitivity": pl.String(),
    "stored": pl.Int64(),
    "rejected": pl.Int64(),
    "share": pl.Float64(),
    "last_received": pl.Datetime("us", "UTC"),
    "steward": pl.String(),
    "reviewed": pl.Datetime("us", "UTC"),
    "open_question": pl.String(),
}
FAMILIES: Final = {family.value: words for family, words in FAMILY_WORDS.items()}
SENSITIVITIES: Final = {one.value: words for one, words in SENSITIVITY_WORDS.items()}


def _address(row: Row) -> str:
    return reverse("web:data_set", args=[row["name"]])


_COLUMNS: Final = (
    Column(
        name="title",
        label=_("Data set"),
        needs=("name",),
        show=show.link(_address),
        heads_row=True,
    ),
    Column(name="name", label=_("Name"), show=show.code, chosen=False),
    Column(name="family", label=_("Family"), show=show.words(FAMILIES)),
    Column(name="owner", label=_("Owner")),
    Column(name="sensitivity", label=_("Openness"), show=show.words(SENSITIVITIES)),
    Column(name="stored", label=_("Rows stored"), kind="integer"),
    Column(name="rejected", label=_("Rows rejected"), kind="integer", chosen=False),
    Column(name="share", label=_("Share rejected"), kind="share"),
    Column(name="last_received", label=_("Last received"), kind="instant"),
)
_STAFF_COLUMNS: Final = (
    Column(name="steward", label=_("Steward")),
    Column(name="reviewed", label=_("Reviewed"), kind="instant", chosen=False),
    Column(name="open_question", label=_("Open question"), chosen=False),
)
_SORTS: Final = (
    Sort(name="title", fields=("title",)),
    Sort(name="stored", fields=("stored",), descending=True),
    Sort(name="share", fields=("share",), descending=True),
    Sort(name="last_received", fields=("last_received",), descending=True),
)
_FILTERS: Final = (
    Search(over=("words",), hint=_("Name, owner or description")),
    Choice(name="family", label=_("Family"), options=list(FAMILIES.items())),
    Choice(name="sensitivity", label=_("Openness"), options=list(SENSITIVITIES.items())),
)

FOR_EVERYONE: Final = ListSpec(
    name="catalogue",
    caption=_("Data sets"),
    key="name",
    columns=_COLUMNS,
    sorts=_SORTS,
    filters=_FILTERS[:2],
)
FOR_STAFF: Final = ListSpec(
    name="catalogue",
    caption=_("Data sets"),
    key="name",
    columns=(*_COLUMNS, *_STAFF_COLUMNS),
    sorts=_SORTS,
    filters=_FILTERS,
)


def table_of(cards: list[Card], *, staff: bool) -> TableRows:
    """Lay cards out as rows, in the reader's language; what stewards say is for staff."""
    qualities = by_kind()
    care = cares() if staff else {}
    names = account_names({one.steward_id for one in care.values() if one.steward_id is not None})
    return TableRows(
        pl.DataFrame(
            [_row(card, qualities.get(card.name), care.get(card.name), names) for card in cards],
            schema=SCHEMA,
            orient="row",
        )
    )


def _row(
    card: Card, quality: Quality | None, care: Care | None, names: dict[int, str]
) -> dict[str, object]:
    titles = (card.title, card.owner, card.about)
    row: dict[str, object] = {
        "name": card.name,
        "title": say(card.title),
        "words": " ".join((card.name, *(f"{one.zh} {one.en}" for one in titles))),
        "family": card.family.value,
        "owner": say(card.owner),
        "sensitivity": card.sensitivity.value,
    }
    if quality is not None:
        row["stored"] = quality.stored
        row["rejected"] = quality.rejected
        row["share"] = quality.share_rejected
        row["last_received"] = quality.last_received
    if care is not None:
        row["steward"] = names.get(care.steward_id or 0)
        row["reviewed"] = care.reviewed_at
        row["open_question"] = care.open_question or None
    return {name: row.get(name) for name in SCHEMA}
