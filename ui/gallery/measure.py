"""Time the islands in Chromium from a cold start: 340 lines of 212 days, and a map of 340 places."""

import statistics
import sys
import time
from functools import partial

from playwright.sync_api import Route, sync_playwright
from shoot import FLAGS  # type: ignore[import-not-found]

CASES = {
    "340 series x 212 days, chart": (
        '<rc-chart src="/static/rencheng/gallery/many.en.json"></rc-chart>',
        "rc-chart",
    ),
    "340 places, map": ('<rc-map src="/static/rencheng/gallery/towns.en.json"></rc-map>', "rc-map"),
    "52 areas, map": (
        '<rc-map src="/static/rencheng/gallery/districts.en.json"></rc-map>',
        "rc-map",
    ),
}
PAGE = """<!doctype html><html lang="en"><head>
<link rel="stylesheet" href="/static/rencheng/house.css">
<script type="module" src="/static/rencheng/house.js"></script></head>
<body hx-headers='{{}}'><main class="main">{}</main></body></html>"""


def answer(html: str, route: Route) -> None:
    """Answer a request with a page of our own."""
    route.fulfill(body=html, content_type="text/html")


def main(base: str, rounds: int) -> None:
    """Print the median seconds from the address to ``data-ready``, a fresh browser each time."""
    with sync_playwright() as play:
        for name, (markup, tag) in CASES.items():
            took = []
            for _ in range(rounds):
                browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
                page = browser.new_page(viewport={"width": 1440, "height": 900})
                page.route(f"{base}/bare", partial(answer, PAGE.format(markup)))
                start = time.perf_counter()
                page.goto(f"{base}/bare")
                page.wait_for_selector(f"{tag}[data-ready=true]", timeout=30_000)
                took.append(time.perf_counter() - start)
                browser.close()
            print(
                f"{name}: median {statistics.median(took):.2f} s, worst {max(took):.2f} s of {rounds}"
            )


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 3)
