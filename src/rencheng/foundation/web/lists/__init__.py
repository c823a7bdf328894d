"""
Lists: one way to show, filter, sort, page through and export rows.

A list is declared once and then shown; the same view answers the page, the parts that htmx asks
for, and the exports::

    ALERTS = ListSpec(
        name="alerts",
        caption=Words("警报", "Alerts"),
        model=Alert,  # every sort must be served by an index of it (a test looks)
        columns=(
            Column(name="title", label=_("Alert"), heads_row=True, needs=("id",),
                   show=show.link(lambda row: reverse("alerts:one", args=[row["id"]]))),
            Column(name="raised", label=_("Raised"), kind="instant", field="raised_at"),
            Column(name="people", label=_("People"), kind="integer"),
        ),
        sorts=(Sort(name="raised", fields=("raised_at",), descending=True),),
        filters=(
            Search(over=("title",)),
            Choice(name="level", label=_("Level"), options=[("red", RED), ("blue", BLUE)]),
            DateRange(name="raised", label=_("Raised"), field="raised_at"),
            PlaceUnder(),
        ),
    )

    @staff_only
    def alerts(request):
        return list_page(request, ALERTS, QuerySetRows(Alert.objects.all()))

``rows`` is `QuerySetRows` (a table of the database) or `TableRows` (a polars table). A page of its
own passes ``template`` and includes ``web/lists/list.html``; the list is ``list`` in its context.
"""

from rencheng.foundation.web.lists import show
from rencheng.foundation.web.lists.column import Column
from rencheng.foundation.web.lists.filters import Choice, DateRange, NumberRange, PlaceUnder, Search
from rencheng.foundation.web.lists.page import list_page
from rencheng.foundation.web.lists.queryset import QuerySetRows
from rencheng.foundation.web.lists.spec import ListSpec, Sort
from rencheng.foundation.web.lists.table import TableRows

__all__ = [
    "Choice",
    "Column",
    "DateRange",
    "ListSpec",
    "NumberRange",
    "PlaceUnder",
    "QuerySetRows",
    "Search",
    "Sort",
    "TableRows",
    "list_page",
    "show",
]
