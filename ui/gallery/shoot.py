"""Photograph the gallery: every language and size, and print what went wrong and how long it took."""

import sys
import time
from pathlib import Path

from playwright.sync_api import ConsoleMessage, sync_playwright

FLAGS = (
    "--no-sandbox --disable-background-networking --disable-component-update --disable-sync "
    "--no-first-run --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader"
).split()
SHOTS = {
    "zh-desktop": ("lang=zh", 1440, 900),
    "en-desktop": ("lang=en", 1440, 900),
    "zh-phone": ("lang=zh", 390, 844),
    "en-phone": ("lang=en", 390, 844),
    "zh-large": ("lang=zh&large", 1440, 900),
    "zh-large-phone": ("lang=zh&large", 390, 844),
    "en-screen": ("lang=en&screen", 1440, 900),
}
READY = """() => [...document.querySelectorAll('rc-map, rc-chart, rc-range')]
    .every(e => e.dataset.ready)"""


def tell(message: ConsoleMessage) -> None:
    """Print what the browser complains of."""
    if message.type in ("error", "warning"):
        print("  console:", message.text[:200])


def main(base: str, out: Path, wanted: list[str]) -> None:
    """Write one whole-page picture for each wanted shot."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for name in wanted or list(SHOTS):
            query, width, height = SHOTS[name]
            page = browser.new_page(viewport={"width": width, "height": height})
            page.on("console", tell)
            page.on("pageerror", lambda error: print("  error:", str(error)[:300]))
            start = time.perf_counter()
            page.goto(f"{base}/?{query}")
            page.wait_for_function(READY, timeout=60_000)
            took = time.perf_counter() - start
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            page.wait_for_timeout(300)
            page.screenshot(path=str(out / f"{name}.png"), full_page=True)
            print(f"{name}: ready after {took:.1f} s, {wide} px too wide")
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
