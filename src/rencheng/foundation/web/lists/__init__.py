"""
Lists: one way to show, filter, sort, page through and export rows.

A list is declared once (`ListSpec`) and then shown with `list_page(request, spec, rows)`, where
``rows`` is `QuerySetRows` (a table of the database) or `TableRows` (a polars table).
"""

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
]
