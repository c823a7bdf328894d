"""Somebody works with a list: filters, sorts, goes back, exports; with scripts and without."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.fixtures.live import House


def test_a_reader_filters_sorts_goes_back_and_takes_the_list_away(
    live: House, open_page: Callable[..., Any], tmp_path: Path
) -> None:
    page = open_page("en-US")
    page.goto(f"{live.url}/catalogue/")
    page.click("#catalogue-by-stored")
    page.wait_for_url("**/catalogue/?sort=-stored")
    assert page.get_attribute("th[data-col=stored]", "aria-sort") == "descending"
    # The keyboard stays where it was.
    assert page.evaluate("document.activeElement.id") == "catalogue-by-stored"

    page.select_option("#catalogue-family", "base")
    page.wait_for_url("**/catalogue/?family=base&sort=-stored")
    assert page.locator("tbody tr").count() == 1
    page.fill("#catalogue-q", "no such thing")
    page.keyboard.press("Enter")
    page.get_by_text("No row passes these filters").wait_for()
    page.go_back()
    page.wait_for_url("**/catalogue/?family=base&sort=-stored")
    page.get_by_text("Places", exact=True).first.wait_for()

    page.get_by_text("Columns", exact=True).click()
    page.check("input[name=columns][value=name]")
    page.get_by_role("button", name="Show these").click()
    page.get_by_role("columnheader", name="Name", exact=True).wait_for()
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[0].startswith("Data set,Name,Family")
    assert text.splitlines()[1].startswith("Places,house.places,base")

    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "catalogue-q"


def test_a_reader_without_scripts_can_do_the_same(
    live: House, open_page: Callable[..., Any]
) -> None:
    page = open_page("en-US", java_script_enabled=False)
    page.goto(f"{live.url}/catalogue/")
    page.select_option("#catalogue-family", "base")
    page.get_by_role("button", name="Show", exact=True).click()
    assert "family=base" in page.url
    assert page.locator("tbody tr").count() == 1
    page.locator("#catalogue-by-stored").click()
    assert page.url.endswith("/catalogue/?family=base&sort=-stored")
    page.locator(".chip").click()
    assert page.url.endswith("/catalogue/?sort=-stored")
