"""The list of jobs."""

from typing import Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rencheng.foundation.jobs.models import Job, State
from rencheng.foundation.web.lists import Choice, Column, ListSpec, Search, Sort
from rencheng.foundation.web.lists.column import Row
from rencheng.foundation.web.lists.label import Label
from rencheng.foundation.web.lists.show import level, link, plain
from rencheng.kernel.words import Words

STATES: Final[dict[str, tuple[str, Label]]] = {
    State.QUEUED: ("yellow", _("waiting")),
    State.RUNNING: ("blue", _("running")),
    State.DONE: ("done", _("done")),
    State.FAILED: ("red", _("failed")),
    State.CANCELLED: ("orange", _("cancelled")),
}


def progress(row: Row) -> str:
    """Write how far a job is: 3 / 9, or 3 where the end is not known."""
    if row["total"]:
        return f"{row['done']:,} / {row['total']:,}"
    return f"{row['done']:,}" if row["done"] else ""


JOBS: Final = ListSpec(
    name="jobs",
    caption=_("Jobs"),
    model=Job,
    columns=(
        Column(
            name="title",
            label=_("Job"),
            value=lambda row: Words(row["title_zh"], row["title_en"]),
            needs=("title_zh", "title_en", "id"),
            show=link(lambda row: reverse("jobs:job", args=[row["id"]])),
            heads_row=True,
        ),
        Column(name="id", label=_("Job number"), kind="integer"),
        Column(name="state", label=_("State"), show=level(lambda value, _row: STATES[str(value)])),
        Column(
            name="progress",
            label=_("Progress"),
            value=progress,
            needs=("done", "total"),
            show=lambda value, _row: plain(value),
        ),
        Column(
            name="message",
            label=_("Doing"),
            value=lambda row: Words(row["message_zh"], row["message_en"]),
            needs=("message_zh", "message_en"),
            chosen=False,
        ),
        Column(name="asked", label=_("Asked by"), field="requested_by__username"),
        Column(name="created_at", label=_("Asked at"), kind="instant"),
        Column(name="finished_at", label=_("Ended at"), kind="instant"),
        Column(name="attempts", label=_("Attempts"), kind="integer", chosen=False),
        Column(name="name", label=_("Kind of job"), chosen=False),
    ),
    filters=(
        Search(over=("title_zh", "title_en", "name")),
        Choice(
            name="state",
            label=_("State"),
            options=[(code, label) for code, (_colour, label) in STATES.items()],
        ),
    ),
    sorts=(Sort(name="id", fields=("id",), label=_("Job number"), descending=True),),
    empty=_("Loads of files and other long work will be listed here, with how far they are."),
)
