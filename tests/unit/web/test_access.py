"""Every page says whom it is for, and the settings of a house behind TLS are sane."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from rencheng.foundation.web.access import audience_of

# The API asks operation by operation, see `routes.guarding`.
ELSEWHERE = ("api/",)


def pages(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern, address)
        else:
            yield address, pattern


def test_every_page_says_whom_it_is_for() -> None:
    silent = [
        address
        for address, pattern in pages(get_resolver())
        if not address.startswith(ELSEWHERE) and audience_of(pattern.callback) is None
    ]
    assert silent == []


def test_behind_tls_django_finds_nothing_to_warn_of(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "django", "check", "--deploy", "--fail-level",
         "WARNING"],
        env={
            # The browser of other tests sets a variable that no house should have.
            **{name: v for name, v in os.environ.items() if not name.startswith("DJANGO_")},
            "RENCHENG_HOME": str(tmp_path),
            "RENCHENG_TLS": "1",
            "RENCHENG_HOSTS": "city.example",
            "DJANGO_SETTINGS_MODULE": "rencheng.assembly.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
