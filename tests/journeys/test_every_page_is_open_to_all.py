"""
Every page can be used by everybody: WCAG AA by axe-core, a phone's width, large letters.

The pages are found by walking the links of the house, so that a new page cannot be forgotten.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests.fixtures.live import House

# Downloads, and the API's own documentation page, which is not ours.
NOT_PAGES = ("/api", "/static", "/healthz", "/readyz", "/monitor/data", "/files/download")
MOST_PAGES = 60
# What only staff sees; the rest is the same page with another name in its head.
FOR_STAFF = ("/files", "/ledger", "/jobs", "/account", "/gallery", "/catalogue/house")
SAME_SHAPE = 2


@pytest.fixture(scope="session")
def filled(live: House) -> House:
    """Fill the shared house with the demo's data and an account of staff."""
    live.rencheng("demo", "--set-up-only", timeout_s=180)
    return live


def shape(path: str) -> str:
    """Give pages that differ only by a code or a number the same shape."""
    parts = [part for part in path.split("/") if part]
    return "/".join("*" if any(letter.isdigit() for letter in part) else part for part in parts)


def walk(page: Any, house: House, only: tuple[str, ...] = ("/",)) -> list[str]:
    """Follow every link from the home page, a few of each shape, and give the paths."""
    found: dict[str, list[str]] = {}
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop(0)
        answer = page.goto(house.url + path, wait_until="domcontentloaded")
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        assert answer.status < 400, f"{path} is linked and answers {answer.status}"
        found.setdefault(shape(urlsplit(path).path), []).append(path)
        hrefs = page.eval_on_selector_all(
            "a[href]:not([download])", "all => all.map(a => a.getAttribute('href'))"
        )
        for href in hrefs:
            parts = urlsplit(urljoin(house.url + path, href))
            link = parts.path + (f"?{parts.query}" if parts.query else "")
            alike = [w for w in waiting if shape(urlsplit(w).path) == shape(parts.path)]
            known = len(found.get(shape(parts.path), [])) + len(alike)
            if (
                parts.netloc == urlsplit(house.url).netloc
                and link not in seen
                and parts.path not in seen
                and not parts.path.startswith(NOT_PAGES)
                and "." not in parts.path.rsplit("/", 1)[-1]
                and known < SAME_SHAPE
            ):
                seen.add(link)
                waiting.append(link)
    paths = [path for paths in found.values() for path in paths if path.startswith(only)]
    assert len(paths) <= MOST_PAGES, f"{len(paths)} pages: {paths}"
    return paths


def sign_in(page: Any, house: House) -> None:
    """Sign in as the demo's steward."""
    page.goto(f"{house.url}/sign-in/")
    page.fill("input[name=username]", "lin")
    page.fill("input[name=password]", "demo-steward-2031")
    page.click("main form button")
    page.wait_for_load_state("load")
    assert "/sign-in/" not in page.url


def name_of(path: str) -> str:
    """Give a path as the name of a picture."""
    return "-".join(part for part in urlsplit(path).path.split("/") if part) or "home"


def settle(page: Any) -> None:
    """Wait until the islands of a page have drawn."""
    page.wait_for_load_state("load")
    page.wait_for_function(
        "() => [...document.querySelectorAll('rc-map[src], rc-chart[src]')]"
        ".every(island => island.dataset.ready)",
        timeout=20_000,
    )


def sideways(page: Any) -> int:
    """Give by how many pixels a page is wider than its screen."""
    return int(
        page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    )


@pytest.mark.parametrize("who", ["anybody", "staff"])
def test_every_page_is_accessible_and_fits_a_phone(
    who: str,
    filled: House,
    page_zh: Any,
    phone: Any,
    check_access: Callable[..., None],
    shoot: Callable[..., Path],
) -> None:
    for page in (page_zh, phone):
        if who == "staff":
            sign_in(page, filled)
    wide: list[str] = []
    for path in walk(page_zh, filled, FOR_STAFF if who == "staff" else ("/",)):
        name = name_of(path)
        for page, size in ((page_zh, "desktop"), (phone, "phone")):
            page.goto(filled.url + path)
            settle(page)
            shoot(page, f"{who}-{name}-{size}")
            if sideways(page) > 0:
                wide.append(f"{path} is {sideways(page)} px wider than a {size}")
        check_access(page_zh)
    assert not wide, "\n".join(wide)


def test_large_letters_and_english_fit_a_phone_too(
    filled: House, open_page: Callable[..., Any], shoot: Callable[..., Path]
) -> None:
    from tests.fixtures.browser import PHONE

    page = open_page("en-GB", PHONE)
    wide = []
    for path in walk(page, filled):
        page.goto(filled.url + path)
        page.evaluate("() => { document.documentElement.dataset.text = 'large' }")
        settle(page)
        shoot(page, f"large-{name_of(path)}")
        if sideways(page) > 0:
            wide.append(f"{path} is {sideways(page)} px too wide")
    assert not wide, "\n".join(wide)
