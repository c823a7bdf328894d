"""The declaration of a list."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from rencheng.foundation.web.lists.column import Column
from rencheng.foundation.web.lists.conditions import Order
from rencheng.foundation.web.lists.filters import Filter
from rencheng.foundation.web.lists.label import Label
from rencheng.kernel.errors import InputError

SIZES = (25, 50, 100, 200)
EMPTY = _("When something arrives it will be listed here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """
    A way to sort: by fields in turn. Named as a column, its header sorts.

    ``descending`` is the direction of the first click and of a list that begins with this sort.
    """

    name: str
    fields: tuple[str, ...]
    label: Label = ""
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSpec:
    """
    A list, declared once.

    Parameters
    ----------
    name
        Its name in addresses of parts and files of exports.
    caption
        What the rows are.
    columns, filters, sorts
        The first sort is the one a list begins with.
    key
        A field that no two rows share and no row lacks; it ends every sort.
    model
        The table of the database the rows come from; every sort must then be served by one of
        its indexes (`check.unindexed`, asserted by a test over all lists).
    within
        Fields that the page fixes to one value (``entry_id`` for the rows of a delivery); indexes
        may begin with them.
    large
        A list that may have a million rows: filters and searches too must be served by an index.
    keep
        Other parameters of the page's address that its forms and links carry along.
    page_size
        Rows of a page unless the reader chooses otherwise.
    empty
        What an empty list says where no filter is set.
    """

    name: str
    caption: Label
    columns: tuple[Column, ...]
    sorts: tuple[Sort, ...]
    filters: tuple[Filter, ...] = ()
    key: str = "id"
    model: type[Model] | None = None
    within: tuple[str, ...] = ()
    large: bool = False
    keep: tuple[str, ...] = ()
    page_size: int = 50
    empty: Label = EMPTY

    def __post_init__(self) -> None:
        for what, names in (
            ("column", [column.name for column in self.columns]),
            ("sort", [sort.name for sort in self.sorts]),
            ("filter", [parameter for one in self.filters for parameter in one.parameters]),
        ):
            if len(set(names)) != len(names):
                raise InputError(f"list {self.name} has a {what} name twice: {', '.join(names)}")
        if not self.sorts or not self.columns:
            raise InputError(f"list {self.name} should have a column and a sort")
        if self.page_size not in SIZES:
            raise InputError(f"list {self.name} has pages of {self.page_size}; choose of {SIZES}")

    def column(self, name: str) -> Column | None:
        """Find a column by name."""
        return next((column for column in self.columns if column.name == name), None)

    def order(self, sort: Sort, descending: bool) -> Order:
        """Give the fields of a sort with their directions, the key last."""
        names = sort.fields if self.key in sort.fields else (*sort.fields, self.key)
        return tuple((name, descending) for name in names)
