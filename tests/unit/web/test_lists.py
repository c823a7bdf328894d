"""One list for everything: every row once, in order, both ways, from a database or a table."""

import csv
import html
import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import polars as pl
import pytest
from django.db import connection, models
from django.http import HttpRequest, HttpResponseBase
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import clear_url_caches, path
from django.utils import translation

from rencheng.assembly import urls
from rencheng.foundation.places import api as places
from rencheng.foundation.web.access import public
from rencheng.foundation.web.lists import QuerySetRows, TableRows, list_page
from rencheng.foundation.web.lists.rows import Query, Rows
from tests.fixtures.database import connected_to, copy_database
from tests.fixtures.readings import LIST, Reading, as_table, lines, reading_table
from tests.unit.web.conftest import reader

COUNT = 1_203
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def database(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Iterator[QuerySetRows]:
    """Give readings in a database of this module's own."""
    with ExitStack() as stack:
        stack.enter_context(django_db_blocker.unblock())
        if connection.vendor == "sqlite":
            copy = tmp_path_factory.mktemp("readings") / "rencheng.sqlite3"
            copy_database(request.getfixturevalue("database_template"), copy)
            stack.enter_context(connected_to(copy))
        stack.enter_context(reading_table(COUNT))
        yield QuerySetRows(models.QuerySet(Reading))


@pytest.fixture(params=["database", "table"])
def ask(request: pytest.FixtureRequest, database: QuerySetRows) -> Iterator[Ask]:
    """Give a browser on a list of readings, once from the database and once from a table."""
    rows: Rows = database if request.param == "database" else TableRows(as_table(COUNT))
    client = reader()

    def view(asked: HttpRequest) -> HttpResponseBase:
        return list_page(asked, LIST, rows)

    before = list(urls.urlpatterns)
    urls.urlpatterns.append(path("readings/", public(view)))
    clear_url_caches()
    yield lambda address="", **more: client.get(f"/readings/{address}", **more)
    urls.urlpatterns[:] = before
    clear_url_caches()


def subjects(answer: Any) -> list[str]:
    return [html.unescape(one) for one in re.findall(r'<th scope="row">([^<]*)<', text(answer))]


def text(answer: Any) -> str:
    return answer.content.decode()


def link(answer: Any, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]*)"', text(answer))
    return html.unescape(found[1]) if found else None


def expected(
    sort: str = "-received", keep: Callable[[dict[str, Any]], bool] | None = None
) -> list[str]:
    field = {"received": "received_at", "amount": "amount"}[sort.removeprefix("-")]
    rows = [row for row in as_table(COUNT).to_dicts() if keep is None or keep(row)]
    rows.sort(key=lambda row: (row[field], row["id"]), reverse=sort.startswith("-"))
    return [row["subject"] for row in rows]


@pytest.mark.parametrize("sort", ["-received", "received", "-amount", "amount"])
@pytest.mark.parametrize("size", [25, 200])
def test_paging_forward_shows_every_row_once_and_in_order(ask: Ask, sort: str, size: int) -> None:
    seen: list[str] = []
    address: str | None = f"?sort={sort}&size={size}"
    while address is not None:
        answer = ask(address)
        seen += subjects(answer)
        address = link(answer, "next")
    assert seen == expected(sort)


@pytest.mark.parametrize("sort", ["-received", "amount"])
def test_paging_back_from_the_last_page_shows_every_row_once_and_in_order(
    ask: Ask, sort: str
) -> None:
    seen: list[str] = []
    address: str | None = f"?sort={sort}&size=100&last=1"
    while address is not None:
        answer = ask(address)
        seen = subjects(answer) + seen
        address = link(answer, "prev")
    assert seen == expected(sort)


def test_forward_and_back_lead_to_the_same_page(ask: Ask) -> None:
    second = ask(link(ask(), "next"))
    third = ask(link(second, "next"))
    again = ask(link(third, "prev"))
    assert subjects(again) == subjects(second)
    assert "Rows 51 to 100" in text(second)
    assert "Rows 51 to 100" in text(again)


def test_pages_hold_still_while_rows_arrive(ask: Ask) -> None:
    first = ask("?sort=amount")
    gone: Reading = models.QuerySet(Reading).get(subject=subjects(first)[0])
    number = gone.pk
    gone.delete()
    gone.pk = number
    try:
        assert subjects(ask(link(first, "next"))) == expected("amount")[50:100]
    finally:
        gone.save(force_insert=True)


@pytest.mark.parametrize(
    ("asked", "keep"),
    [
        ("kind=rare", lambda row: row["kind"] == "rare"),
        ("kind=gate", lambda row: row["kind"] == "gate"),
        ("q=LIFT", lambda row: "lift" in row["subject"]),
        ("q=浦东 desk", lambda row: "浦东" in row["subject"] and "desk" in row["subject"]),
        ("q=%25", lambda row: False),
        ("amount_min=3&amount_max=7", lambda row: 3 <= row["amount"] <= 7),
        ("amount_max=1,0", lambda row: row["amount"] <= 10),
        (
            "received_from=2020-02-13&received_to=2020-02-14",
            lambda row: "2020-02-12T16" <= f"{row['received_at']:%Y-%m-%dT%H}" < "2020-02-14T16",
        ),
    ],
)
def test_a_filter_keeps_exactly_the_rows_it_names(
    ask: Ask, asked: str, keep: Callable[[dict[str, Any]], bool]
) -> None:
    answer = ask(f"?{asked}&format=jsonl")
    found = [str(row["subject"]) for row in lines(b"".join(answer.streaming_content))]
    assert found == expected("-received", keep)
    page = text(ask(f"?{asked}"))
    rows = f"{len(found)} row{'' if len(found) == 1 else 's'}"
    assert rows in page or f"{len(found):,}" in page
    if not found:
        assert "No row passes these filters" in page
        assert 'href="?"' in page


def test_a_place_means_everything_under_it(ask: Ask) -> None:
    places.upsert(
        pl.DataFrame(
            {
                "code": ["310000", "310115"],
                "name_zh": ["上海市", "浦东新区"],
                "level": ["province", "district"],
                "parent": [None, "310000"],
            }
        )
    )
    city, district = places.get("310000").id, places.get("310115").id
    under = b"".join(ask("?place=上海&format=jsonl").streaming_content)
    wanted = [r["subject"] for r in as_table(COUNT).to_dicts() if r["place_id"] in {city, district}]
    assert sorted(str(row["subject"]) for row in lines(under)) == sorted(wanted)
    assert "上海市" in text(ask("?place=上海", headers={"Accept-Language": "zh-hans"}))
    nowhere = ask("?place=nowhere")
    assert nowhere.status_code == 422
    assert "no place is called" in text(nowhere)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("amount_min=many", "This is not a number"),
        ("amount_min=1e400", "too large"),
        ("amount_min=9&amount_max=3", "no row fits"),
        ("received_from=13.2.2020", "Write it like 2020-02-13"),
        ("received_to=0001-01-01", "between 1900 and 2200"),
        ("received_from=2020-02-14&received_to=2020-02-13", "no row fits"),
        ("kind=nothing", "There is no such choice"),
        ("q=" + "x" * 101, "At most 100"),
        ("q=a%00b", "cannot be read"),
    ],
)
def test_a_mistake_in_a_filter_is_told_beside_it_and_shows_no_wrong_rows(
    ask: Ask, asked: str, words: str
) -> None:
    answer = ask(f"?{asked}")
    assert answer.status_code == 422
    assert words in text(answer)
    assert not subjects(answer)
    export = ask(f"?{asked}&format=csv")
    assert export.status_code == 400


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("after=rubbish", "damaged"),
        ("before=YWJj.ZGVm", "damaged"),
        ("sort=colour", "should be one of received, amount"),
        ("columns=colour", "there are subject, kind"),
        ("size=7", "should be one of 25, 50"),
        ("format=pdf", "should be one of csv, xlsx"),
    ],
)
def test_an_address_no_link_leads_to_gets_a_clear_400(ask: Ask, asked: str, words: str) -> None:
    answer = ask(f"?{asked}")
    assert answer.status_code == 400
    assert words in text(answer)


def test_a_cursor_of_another_sort_or_list_is_refused(ask: Ask) -> None:
    address = link(ask("?sort=amount"), "next")
    assert address is not None
    assert ask(address.replace("sort=amount", "sort=-amount")).status_code == 400
    tampered = re.sub(
        r"after=(.)", lambda found: "after=" + ("B" if found[1] == "A" else "A"), address
    )
    assert ask(tampered).status_code == 400


@pytest.mark.parametrize("sort", ["-received", "amount"])
@pytest.mark.parametrize("asked", ["", "&q=gate-00", "&kind=rare", "&amount_min=3", "&last=1"])
def test_no_page_sorts_or_reads_the_whole_table(
    database: QuerySetRows, ask: Ask, sort: str, asked: str
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the plan of SQLite")
    second = link(ask(f"?sort={sort}"), "next")
    for address in (f"?sort={sort}{asked}", f"{second}{asked}"):
        with CaptureQueriesContext(connection) as queries:
            ask(address)
        for query in queries:
            if "test_reading" not in query["sql"]:
                continue
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN QUERY PLAN {query['sql']}")
                plan = [str(row[-1]) for row in cursor.fetchall()]
            assert not any("TEMP B-TREE" in line for line in plan), plan
            scans = [line for line in plan if line.startswith("SCAN test_reading")]
            assert all("COVERING INDEX" in line for line in scans), plan


def test_sorting_is_said_to_whoever_does_not_see_it(ask: Ask) -> None:
    page = text(ask("?sort=amount"))
    assert re.search(r'data-col="amount"[^>]*aria-sort="ascending"', page)
    assert re.search(r'data-col="received"[^>]*aria-sort="none"', page)
    assert "<caption" in page
    assert re.search(r'<option value="amount" selected>Amount, smallest first', page)


def test_chosen_columns_live_in_the_address_and_in_the_export(ask: Ask) -> None:
    page = text(ask("?columns=amount&columns=double"))
    assert re.findall(r'<th scope="col" data-col="(\w+)"', page) == ["subject", "amount", "double"]
    assert "columns=subject%2Camount%2Cdouble" in page
    export = b"".join(ask("?columns=amount,double&format=csv").streaming_content)
    rows = list(csv.reader(io.StringIO(export.decode("utf-8-sig"))))
    assert rows[0] == ["Subject", "Amount (people)", "Double"]
    assert all(int(row[2]) == 2 * int(row[1]) for row in rows[1:])


def test_the_same_wishes_have_the_same_address(ask: Ask) -> None:
    part = {"HX-Request": "true"}
    answer = ask("?q=&kind=gate&sort=-received&columns=&size=50&amount_min=", headers=part)
    assert answer["HX-Push-Url"] == "/readings/?kind=gate"
    assert "HX-Request" in answer["Vary"]
    assert text(answer).lstrip().startswith("<section")
    back = ask("?kind=gate", headers={**part, "HX-History-Restore-Request": "true"})
    assert text(back).startswith("<!doctype html>")


def test_every_control_works_without_scripts(ask: Ask) -> None:
    page = text(ask("?kind=gate"))
    assert '<form class="filter-bar"' in page
    assert 'method="get"' in page
    for address in re.findall(r'hx-get="([^"]+)"', page):
        assert address == "/readings/" or f'href="{address}"' in page
    assert '<option value="gate" selected>' in page
    assert "Take this filter away" in page


def test_what_a_row_holds_is_shown_and_never_run(ask: Ask) -> None:
    page = text(ask("?q=%3Cscript%3Ealert(1)%3C/script%3E"))
    assert "<script>alert" not in page


def test_an_empty_list_says_what_will_be_there(database: QuerySetRows) -> None:
    request = RequestFactory().get("/readings/", headers={"HX-Request": "true"})
    with translation.override("en"):
        page = text(list_page(request, LIST, TableRows(as_table(COUNT).clear())))
    assert "it will be listed here" in page
    assert "Export" not in page


def test_beyond_ten_thousand_rows_nobody_counts() -> None:
    rows = TableRows(pl.DataFrame({"id": range(30_000)}))
    assert rows.count(Query((), (("id", False),))) == 10_001
