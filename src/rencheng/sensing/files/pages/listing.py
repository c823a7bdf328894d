"""The lists of the files: loads, and why rows of a load were refused."""

from typing import Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from rencheng.foundation.memory.kinds import Kind, all_kinds
from rencheng.foundation.web.lists import (
    Choice,
    Column,
    DateRange,
    ListSpec,
    NumberRange,
    Search,
    Sort,
)
from rencheng.foundation.web.lists.column import Row
from rencheng.foundation.web.lists.filters import Options
from rencheng.foundation.web.lists.label import Label, say
from rencheng.foundation.web.lists.show import code, level, link, plain
from rencheng.kernel.words import Words
from rencheng.sensing.files.convert.phrases import PROBLEMS, understood
from rencheng.sensing.files.models import Load, RefusedCell, State

STATES: Final[dict[str, tuple[str, Label]]] = {
    State.RUNNING: ("blue", _("running")),
    State.DONE: ("done", _("done")),
    State.FAILED: ("red", _("failed")),
    State.CANCELLED: ("orange", _("stopped")),
}
# What the parts of a statement that are no fields of a kind are called.
PARTS: Final = {
    "event_at": Words("日期", "date"),
    "published_at": Words("发布时间", "published"),
    "place": Words("地点", "place"),
    "subject": Words("对象", "subject"),
    "row": Words("整行", "whole row"),
}


def _source_title(row: Row) -> str:
    from rencheng.foundation.memory.sources.api import all_sources

    titles = {card.name: card.title for card in all_sources().values()}
    return say(titles[row["source"]]) if row["source"] in titles else str(row["source"])


def _mappings() -> Options:
    names = Load.objects.order_by("mapping_name").values_list("mapping_name", flat=True)
    return [(name, name) for name in names.distinct()]


LOADS: Final = ListSpec(
    name="loads",
    caption=_("Loads"),
    model=Load,
    columns=(
        Column(
            name="file_name",
            label=_("File"),
            needs=("id",),
            show=link(lambda row: reverse("files:load", args=[row["id"]])),
            heads_row=True,
        ),
        Column(name="state", label=_("State"), show=level(lambda value, _row: STATES[str(value)])),
        Column(
            name="mapping",
            label=_("Mapping"),
            value=lambda row: f"{row['mapping_name']} ({row['mapping_version']})",
            needs=("mapping_name", "mapping_version"),
            show=lambda _value, row: format_html(
                '<a href="{}">{}</a> {}',
                reverse("files:mapping", args=[row["mapping_name"]]),
                row["mapping_name"],
                row["mapping_version"],
            ),
        ),
        Column(name="source", label=_("Source"), show=code, chosen=False),
        Column(name="sent", label=_("Sent"), kind="integer"),
        Column(name="stored", label=_("= stored"), kind="integer"),
        Column(name="duplicate", label=_("+ duplicate"), kind="integer"),
        Column(
            name="rejected",
            label=_("+ refused"),
            kind="integer",
            needs=("id",),
            show=lambda value, row: (
                format_html(
                    '<a href="{}#refused">{}</a>', reverse("files:load", args=[row["id"]]),
                    plain(value),
                )
                if value
                else plain(value)
            ),
        ),
        Column(name="started", label=_("Begun"), kind="instant", field="started_at"),
        Column(name="by", label=_("Asked by"), field="requested_by__username"),
        Column(name="rows_done", label=_("Rows read"), kind="integer", chosen=False),
        Column(name="id", label=_("Number"), kind="integer", chosen=False),
    ),
    sorts=(Sort(name="id", fields=("id",), label=_("Number"), descending=True),),
    filters=(
        Search(over=("file_name",), label=_("File")),
        Choice(
            name="state",
            label=_("State"),
            options=[(name, label) for name, (_colour, label) in STATES.items()],
        ),
        Choice(name="mapping", label=_("Mapping"), field="mapping_name", options=_mappings),
        NumberRange(name="rejected", label=_("Rows refused")),
        DateRange(name="started", label=_("Begun"), field="started_at"),
    ),
    empty=_("Files that are sent or ingested by command will be listed here, with their account."),
)  # fmt: skip


def refused_list(load: Load, columns: dict[str, str], problems: dict[str, int]) -> ListSpec:
    """
    Declare the list of the refused cells of a load.

    Parameters
    ----------
    load
        Whose rows they are.
    columns
        Column of the file that each field was read from, by the field's name.
    problems
        How often each problem comes, so that only those there are can be filtered by.
    """
    kind = next((one for one in all_kinds() if one.name == load.kind), None)

    def options() -> Options:
        return [
            (name, Words(f"{words.zh}（{problems[name]:,}）", f"{words.en} ({problems[name]:,})"))
            for name, words in PROBLEMS.items()
            if name in problems
        ]

    return ListSpec(
        name="refused-cells",
        caption=_("Refused rows"),
        model=RefusedCell,
        within=("load",),
        large=True,
        columns=(
            Column(name="line", label=_("Line"), kind="integer", heads_row=True),
            Column(
                name="problem",
                label=_("Problem"),
                show=lambda value, _row: say(PROBLEMS.get(str(value), PROBLEMS["other"])),
            ),
            Column(
                name="field",
                label=_("Field"),
                show=lambda value, _row: _field(str(value), kind, columns),
            ),
            Column(name="was", label=_("What it was"), show=code),
            Column(
                name="should",
                label=_("What it should be"),
                show=lambda value, _row: say(understood(str(value))[1]),
            ),
        ),
        sorts=(Sort(name="line", fields=("line",)),),
        filters=(Choice(name="problem", label=_("Problem"), options=options),),
        empty=_("No row of this file was refused."),
    )


def _field(name: str, kind: Kind | None, columns: dict[str, str]) -> str:
    titles = {} if kind is None else {field.name: field.title for field in kind.fields}
    title = titles.get(name) or PARTS.get(name)
    column = columns.get(name)
    words = say(title) if title else name
    if column and column != words:
        return format_html("{} <code>{}</code>", words, column)
    return words
