"""The browser the journeys stand on: it hears errors, keeps off the internet, knows two sizes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fixtures.browser import Watch


@pytest.fixture
def watched(browser: Any) -> Any:
    watch = Watch()
    context = browser.new_context()
    watch.attach(context)
    page = context.new_page()
    yield watch, page
    context.close()


def _settle(page: Any) -> None:
    # Messages of a page arrive with the next answer it gives.
    page.wait_for_timeout(100)


def test_an_error_on_the_console_is_heard(watched: Any) -> None:
    watch, page = watched
    page.set_content("<script>console.error('planted'); console.log('fine')</script>")
    _settle(page)
    assert [error.partition(" (")[0] for error in watch.unexpected()] == ["console: planted"]


def test_an_error_in_a_script_is_heard(watched: Any) -> None:
    watch, page = watched
    page.set_content("<script>setTimeout(() => { throw new Error('planted') })</script>")
    _settle(page)
    assert len(watch.unexpected()) == 1
    assert "planted" in watch.unexpected()[0]


def test_a_page_that_asks_the_internet_is_refused_and_told_on(watched: Any) -> None:
    watch, page = watched
    page.set_content("<img src='https://tiles.example.org/1.png'>")
    _settle(page)
    assert any("tiles.example.org" in error for error in watch.unexpected())


def test_an_error_that_is_expected_is_allowed(watched: Any) -> None:
    watch, page = watched
    watch.expect("planted on purpose")
    page.set_content("<script>console.error('planted on purpose')</script>")
    _settle(page)
    assert watch.errors
    assert watch.unexpected() == []


def test_pages_have_the_language_and_size_of_their_reader(
    page_zh: Any, page_en: Any, phone: Any, shoot: Callable[..., Path]
) -> None:
    pages = {"zh": page_zh, "en": page_en, "phone": phone}
    for page in pages.values():
        page.set_content("<p>韧城 Rencheng</p>")
    facts = "[navigator.language, innerWidth, devicePixelRatio, navigator.maxTouchPoints > 0]"
    told = {name: page.evaluate(facts) for name, page in pages.items()}
    assert told["zh"] == ["zh-CN", 1440, 1, False]
    assert told["en"] == ["en-GB", 1440, 1, False]
    assert told["phone"][0] == "zh-CN"
    assert told["phone"][2:] == [2, True]
    picture = shoot(page_zh, "both scripts", full_page=False)
    assert picture.name == "both-scripts.png"
    assert picture.stat().st_size > 1_000


def test_a_page_that_not_everybody_can_use_is_caught(
    page_en: Any, check_access: Callable[..., None]
) -> None:
    page_en.set_content("<html lang=en><title>t</title><main><img src='data:,'></main></html>")
    with pytest.raises(AssertionError, match="image-alt"):
        check_access(page_en)
    page_en.set_content("<html lang=en><title>t</title><main><h1>Fine</h1></main></html>")
    check_access(page_en)
