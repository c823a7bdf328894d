"""The lists of the ledger: sources, deliveries of a source, rejected rows of a delivery."""

import json
from typing import Final

import polars as pl
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from rencheng.foundation.memory.balance import Balance
from rencheng.foundation.memory.kinds import all_kinds
from rencheng.foundation.memory.ledger.models import Entry, Rejection
from rencheng.foundation.memory.sources.api import all_sources
from rencheng.foundation.web.lists import (
    Choice,
    Column,
    DateRange,
    ListSpec,
    NumberRange,
    Search,
    Sort,
    TableRows,
    show,
)
from rencheng.foundation.web.lists.column import Row
from rencheng.foundation.web.lists.filters import Options
from rencheng.foundation.web.lists.label import Label, say


def _kind_options() -> Options:
    return [(kind.name, kind.title) for kind in all_kinds()]


def _verdict(value: object, _row: Row) -> tuple[str, Label]:
    return ("done", _("balanced")) if value else ("red", _("does not balance"))


def _progress(value: object, _row: Row) -> tuple[str, Label]:
    return ("done", _("in the figures")) if value else ("blue", _("waiting"))


def _kind_title(value: object, _row: Row) -> str:
    titles = {kind.name: kind.title for kind in all_kinds()}
    return say(titles[str(value)]) if str(value) in titles else str(value)


_ROWS: Final = (
    Column(name="sent", label=_("Sent"), kind="integer"),
    Column(name="stored", label=_("= stored"), kind="integer"),
    Column(name="duplicate", label=_("+ duplicate"), kind="integer"),
    Column(name="rejected", label=_("+ rejected"), kind="integer"),
)

SOURCES: Final = ListSpec(
    name="ledger",
    caption=_("Balance of each source"),
    columns=(
        Column(
            name="title",
            label=_("Source"),
            needs=("id",),
            show=show.link(lambda row: reverse("web:ledger_source", args=[row["id"]])),
            heads_row=True,
        ),
        Column(name="name", label=_("Name"), show=show.code, chosen=False),
        *_ROWS,
        Column(name="in_journal", label=_("In the journal"), kind="integer"),
        Column(name="balanced", label=_("Verdict"), kind="flag", show=show.level(_verdict)),
        Column(name="last_received", label=_("Last received"), kind="instant"),
    ),
    sorts=(
        Sort(name="last_received", fields=("last_received",), descending=True),
        Sort(name="title", fields=("title",)),
        Sort(name="sent", fields=("sent",), descending=True),
        Sort(name="rejected", fields=("rejected",), descending=True),
    ),
    filters=(
        Search(over=("words",)),
        NumberRange(name="rejected", label=_("Rows rejected")),
    ),
    empty=_("As soon as somebody sends data, the account of it stands here."),
)

DELIVERIES: Final = ListSpec(
    name="deliveries",
    caption=_("Deliveries"),
    model=Entry,
    within=("source",),
    columns=(
        Column(
            name="id",
            label=_("Delivery"),
            kind="integer",
            show=show.link(
                lambda row: reverse("web:ledger_entry", args=[row["id"]]),
                text=lambda value, _row: str(value),
            ),
            heads_row=True,
        ),
        Column(name="received", label=_("Received"), kind="instant", field="received_at"),
        Column(name="kind", label=_("Kind"), field="kind__name", show=_kind_title),
        Column(name="delivery", label=_("Part of"), show=show.code),
        *_ROWS,
        Column(
            name="derived",
            label=_("Figures"),
            kind="flag",
            show=show.level(_progress),
            chosen=False,
        ),
    ),
    sorts=(Sort(name="id", fields=("id",), descending=True),),
    filters=(
        Search(over=("delivery",), label=_("Part of")),
        Choice(name="kind", label=_("Kind"), field="kind__name", options=_kind_options),
        NumberRange(name="rejected", label=_("Rows rejected")),
        DateRange(name="received", label=_("Received"), field="received_at"),
    ),
)


def _reasons(value: object, _row: Row) -> str:
    return format_html_join(
        "",
        '<div><code>{}</code> {} <span class="muted">→</span> {}</div>',
        ((one["field"], one["was"] or "—", one["should"]) for one in _listed(value)),
    )


def _as_text(row: Row) -> str:
    return "; ".join(
        f"{one['field']}: {one['was']} → {one['should']}" for one in _listed(row["reasons"])
    )


def _listed(value: object) -> list[dict[str, str]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _as_it_came(value: object, _row: Row) -> str:
    return show.code(json.dumps(value, ensure_ascii=False), _row)


REJECTED: Final = ListSpec(
    name="rejected",
    caption=_("Rejected rows"),
    model=Rejection,
    within=("entry",),
    columns=(
        Column(name="line", label=_("Line"), kind="integer", heads_row=True),
        Column(
            name="reasons",
            label=_("Field: what it was → what it should be"),
            value=_as_text,
            needs=("reasons",),
            show=lambda _value, row: _reasons(row["reasons"], row),
        ),
        Column(
            name="row",
            label=_("The row as it came"),
            value=lambda row: json.dumps(row["row"], ensure_ascii=False),
            needs=("row",),
            show=lambda _value, row: _as_it_came(row["row"], row),
        ),
    ),
    sorts=(Sort(name="line", fields=("id",)),),
    empty=_("No row of this delivery was rejected."),
)

_SCHEMA: Final[dict[str, pl.DataType]] = {
    "id": pl.Int64(),
    "name": pl.String(),
    "title": pl.String(),
    "words": pl.String(),
    "sent": pl.Int64(),
    "stored": pl.Int64(),
    "duplicate": pl.Int64(),
    "rejected": pl.Int64(),
    "in_journal": pl.Int64(),
    "balanced": pl.Boolean(),
    "last_received": pl.Datetime("us", "UTC"),
}


def table_of(balances: list[Balance]) -> TableRows:
    """Lay balances out as rows, in the reader's language."""
    cards = {card.name: card for card in all_sources().values()}
    rows = [
        {
            "id": cards[one.source].id,
            "name": one.source,
            "title": say(cards[one.source].title),
            "words": f"{one.source} {cards[one.source].title.zh} {cards[one.source].title.en}",
            "sent": one.sent,
            "stored": one.stored,
            "duplicate": one.duplicate,
            "rejected": one.rejected,
            "in_journal": one.in_journal,
            "balanced": one.balanced,
            "last_received": one.last_received,
        }
        for one in balances
    ]
    return TableRows(pl.DataFrame(rows, schema=_SCHEMA, orient="row"))
