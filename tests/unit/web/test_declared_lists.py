"""Every list of the house is served by indexes, and a list that is not is caught."""

import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module

import pytest
from django.db import models

import rencheng
from rencheng.foundation.web.lists import Choice, ListSpec, Sort
from rencheng.foundation.web.lists.check import unindexed
from rencheng.kernel.errors import InputError
from tests.fixtures.readings import LIST


def declared() -> Iterator[ListSpec]:
    """Walk every list that any module of the house declares."""
    for module in pkgutil.walk_packages(rencheng.__path__, "rencheng."):
        if module.name.endswith("__main__") or ".migrations" in module.name:
            continue
        for value in vars(import_module(module.name)).values():
            if isinstance(value, ListSpec):
                yield value


def test_every_sort_of_every_list_is_served_by_an_index() -> None:
    lists = list(declared())
    assert len(lists) >= 5
    assert [line for one in lists for line in unindexed(one)] == []


def test_the_large_list_of_the_bench_is_served_whole() -> None:
    assert unindexed(LIST) == []


@pytest.mark.parametrize(
    ("breach", "words"),
    [
        (Sort(name="by", fields=("value",)), "may be null"),
        (Sort(name="by", fields=("kind",)), "no index over kind, id"),
        (Sort(name="by", fields=("received_at", "kind")), "no index over received_at, kind, id"),
    ],
)
def test_a_planted_sort_without_an_index_is_caught(breach: Sort, words: str) -> None:
    found = unindexed(replace(LIST, sorts=(*LIST.sorts, breach)))
    assert any(words in line for line in found)


def test_a_planted_filter_that_no_index_helps_is_caught() -> None:
    breach = Choice(name="note", label="Note", options=[("a", "a")])
    found = unindexed(replace(LIST, filters=(*LIST.filters, breach)))
    assert found == [
        "list readings: filter note over note has no index under sort received",
        "list readings: filter note over note has no index under sort amount",
    ]
    assert unindexed(replace(LIST, large=False, filters=(*LIST.filters, breach))) == []


def test_directions_must_agree_with_the_index() -> None:
    class Mixed(models.Model):
        first = models.IntegerField()
        second = models.IntegerField()

        class Meta:
            app_label = "readings"
            indexes = (models.Index(fields=["first", "-second"], name="mixed"),)

        def __str__(self) -> str:
            return ""

    sort = Sort(name="by", fields=("first", "second"))
    assert unindexed(replace(LIST, model=Mixed, large=False, sorts=(sort,)))


def test_a_list_that_names_things_twice_is_refused() -> None:
    with pytest.raises(InputError, match="sort name twice"):
        replace(LIST, sorts=(LIST.sorts[0], LIST.sorts[0]))
    with pytest.raises(InputError, match="choose of"):
        replace(LIST, page_size=7)
