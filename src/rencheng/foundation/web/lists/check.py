"""Is every sort of a list served by an index? A list that is not would stand still one day."""

from collections.abc import Iterator

from django.db.models import Field, Index, Model, UniqueConstraint

from rencheng.foundation.web.lists.conditions import Order
from rencheng.foundation.web.lists.spec import ListSpec
from rencheng.kernel.errors import InputError

Fields = tuple[tuple[str, bool], ...]


def unindexed(spec: ListSpec) -> list[str]:
    """
    List what no index serves: sorts, and in a large list filters and searches too.

    A sort is served by an index that begins with the fields the page fixes (``within``) and goes
    on with the sort's fields, all in the given directions or all in the opposite ones; the primary
    key may be missing at its end, as every row of an index ends with it. A filter of a large list
    is served if, for each sort, some index that serves the sort holds the filter's field as well
    (it is then answered from the index alone), or one does that begins with the filter's field.
    """
    if spec.model is None:
        return []
    return [*_unserved_sorts(spec, spec.model), *_unserved_filters(spec, spec.model)]


def _unserved_sorts(spec: ListSpec, model: type[Model]) -> Iterator[str]:
    for sort in spec.sorts:
        for name in sort.fields:
            if _field(model, name).null:
                yield f"list {spec.name}: sort {sort.name} uses {name}, which may be null"
        order = spec.order(sort, sort.descending)
        if not any(_serves(index, spec, model, order) for index in _indexes(model)):
            yield f"list {spec.name}: sort {sort.name} has no index over {_said(spec, order)}"


def _unserved_filters(spec: ListSpec, model: type[Model]) -> Iterator[str]:
    if not spec.large:
        return
    for sort in spec.sorts:
        order = spec.order(sort, sort.descending)
        for one in spec.filters:
            for name in one.fields:
                if not any(_helps(index, spec, model, order, name) for index in _indexes(model)):
                    yield (
                        f"list {spec.name}: filter {one.name} over {name} has no index "
                        f"under sort {sort.name}"
                    )


def _helps(index: Fields, spec: ListSpec, model: type[Model], order: Order, name: str) -> bool:
    if _serves(index, spec, model, order) and name in {field for field, _ in index}:
        return True
    fixed = len(spec.within)
    return index[fixed : fixed + 1] == ((name, False),) and _serves(
        (*index[:fixed], *index[fixed + 1 :]), spec, model, order
    )


def _serves(index: Fields, spec: ListSpec, model: type[Model], order: Order) -> bool:
    fixed = len(spec.within)
    if {name for name, _ in index[:fixed]} != set(spec.within):
        return False
    rest = index[fixed:]
    wanted = [(_name(model, name), down) for name, down in order]
    key = _name(model, "pk")
    if len(rest) < len(wanted) and wanted[-1][0] == key:
        wanted = wanted[: max(len(rest), len(wanted) - 1)]
    same = [have == want for have, want in zip(rest, wanted, strict=False)]
    turned = [have == (name, not down) for have, (name, down) in zip(rest, wanted, strict=False)]
    return len(rest) >= len(wanted) and (all(same) or all(turned))


def _indexes(model: type[Model]) -> Iterator[Fields]:
    meta = model._meta  # noqa: SLF001 - the public name of what it is
    for field in meta.concrete_fields:
        if field.primary_key or field.unique or getattr(field, "db_index", False):
            yield ((field.name, False),)
    for index in meta.indexes:
        if isinstance(index, Index) and index.condition is None:
            yield tuple((name, down == "DESC") for name, down in index.fields_orders)
    for constraint in meta.constraints:
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
            yield tuple((name, False) for name in constraint.fields)


def _field(model: type[Model], name: str) -> "Field[object, object]":
    meta = model._meta  # noqa: SLF001 - the public name of what it is
    found = meta.pk if name == "pk" else meta.get_field(name)
    if not isinstance(found, Field):
        raise InputError(f"{model.__name__}.{name} is no column; a list cannot sort by it")
    return found


def _name(model: type[Model], name: str) -> str:
    return _field(model, name).name


def _said(spec: ListSpec, order: Order) -> str:
    fields = [*spec.within, *(f"-{name}" if down else name for name, down in order)]
    return ", ".join(fields)
