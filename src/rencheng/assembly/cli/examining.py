"""What `rencheng doctor` looks at."""

import platform
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from zoneinfo import available_timezones

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection

from rencheng.assembly.cli.migrating import pending_migrations
from rencheng.assembly.processes.gate import open_house
from rencheng.foundation.memory import clock
from rencheng.foundation.memory.balance import balances

PACKAGES = ("django", "granian", "polars", "h3", "shapely")
LITTLE_SPACE_GB = 1.0
BUNDLE = ("rencheng/house.js", "rencheng/house.css")


@dataclass
class Finding:
    """What was found about one thing."""

    what: str
    well: bool
    words: str

    @property
    def mark(self) -> str:
        """A mark that needs no colour."""
        return "✓" if self.well else "✗"


def examine() -> Iterator[Finding]:
    """Look at everything the house needs, one thing after another."""
    versions = " ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)
    yield Finding("versions", True, f"Python {platform.python_version()} {versions}")
    yield _disk(settings.HOME)
    yield from _database()
    yield _bundle()
    zones = available_timezones()
    yield Finding("time zones", settings.TIME_ZONE in zones, f"{len(zones)} known")
    address = open_house(settings.HOME)
    yield Finding("house", True, f"open at {address}" if address else "not open at the moment")


def _disk(home: Path) -> Finding:
    free = shutil.disk_usage(home).free / 1e9
    return Finding("disk", free >= LITTLE_SPACE_GB, f"{free:.1f} GB free at {home}")


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA journal_mode")
                journal = cursor.fetchone()[0]
                cursor.execute("PRAGMA synchronous")
                durable = cursor.fetchone()[0] >= 2
                cursor.execute("PRAGMA quick_check(1)")
                sound = cursor.fetchone()[0]
                well = journal == "wal" and durable and sound == "ok"
                how = f"journal {journal}, durable: {'yes' if durable else 'NO'}, check: {sound}"
                yield Finding("database", well, f"SQLite {sqlite3.sqlite_version}, {how}")
            else:
                cursor.execute("SHOW server_version")
                yield Finding("database", True, f"PostgreSQL {cursor.fetchone()[0]}")
        pending = pending_migrations()
        words = f"{len(pending)} steps pending: run `rencheng migrate`" if pending else "up to date"
        yield Finding("tables", not pending, words)
        if not pending:
            yield _clock()
            yield _ledger()
    except DatabaseError as error:
        yield Finding("database", False, " ".join(str(error).split()))


def _clock() -> Finding:
    state = clock.state()
    how = f"simulated, {state.speed:g} times as fast" if state.simulated else "real time"
    return Finding("clock", True, f"{state.now.isoformat(timespec='seconds')}, {how}")


def _ledger() -> Finding:
    rows = balances()
    wrong = [row.source for row in rows if not row.balanced]
    said = f"{len(rows)} sources, {sum(row.stored for row in rows):,} observations"
    return Finding("ledger", not wrong, f"{said}; unbalanced: {', '.join(wrong) or 'none'}")


def _bundle() -> Finding:
    missing = [name for name in BUNDLE if finders.find(name) is None]
    if missing:
        return Finding("pages", False, f"{', '.join(missing)} missing: run `make setup`")
    return Finding("pages", True, "browser bundle is there")
