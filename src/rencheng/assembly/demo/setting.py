"""Setting the demo up: drawn once, loaded through the door of everybody's files, then reused."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from rencheng.assembly.demo.people import PEOPLE, Person
from rencheng.assembly.demo.writing import GAZETTEERS, TABLES, write_files
from rencheng.foundation.guard.models import Account
from rencheng.foundation.memory.clock import now_micros
from rencheng.kernel.time import local_day
from rencheng.sensing.files import mappings
from rencheng.sensing.files.api import load
from rencheng.sensing.files.mapping.shape import mapping_from_toml
from rencheng.sensing.gazetteers import loading, spec

HERE = Path(__file__).parent
DONE = "loaded"
Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """What setting up did: rows sent and stored, and whether anything was to be done at all."""

    sent: int
    stored: int
    fresh: bool


def set_up(told: Told = lambda _name, _done, _total: None) -> Made:
    """
    Make of the demo what is not there yet: accounts, files, data.

    ``told`` gets the name of each file before it is loaded, and how many of how many are. Cut off
    at any moment and called again it goes on; called once more it changes nothing.
    """
    for person in PEOPLE:
        _welcome(person)
    folder = Path(settings.HOME) / "demo"
    if (folder / DONE).exists():
        return Made(0, 0, fresh=False)
    if not folder.exists():
        _draw(folder, yesterday())
    made = _load(folder, told)
    (folder / DONE).touch()
    return made


def yesterday() -> date:
    """Give the last day that is over by the clock of the house; its report came at midnight."""
    return local_day(now_micros(), settings.TIME_ZONE) - timedelta(days=1)


def _welcome(person: Person) -> None:
    """Add an account, once; who changed its password keeps the new one."""
    if not Account.objects.filter(username=person.name).exists():
        account = Account(username=person.name, is_staff=person.staff)
        account.set_password(person.password)
        account.save()


def _draw(folder: Path, last: date) -> None:
    """Write all files, or none: a folder that is there is whole."""
    draft = Path(tempfile.mkdtemp(prefix="demo-", dir=folder.parent))
    try:
        write_files(draft, last)
        draft.chmod(0o755)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _load(folder: Path, told: Told) -> Made:
    """Load places, borders and reports; the last file derives the figures of all."""
    sent = stored = 0
    whole = len(GAZETTEERS) + len(TABLES)
    for number, (name, gazetteer) in enumerate(GAZETTEERS):
        told(name, number, whole)
        text = (HERE / "gazetteers" / f"{gazetteer}.toml").read_text(encoding="utf-8")
        receipt = loading.load(folder / name, spec.parse(text, f"zening-{gazetteer}"))
        sent, stored = sent + receipt.sent, stored + receipt.stored
    for number, (name, mapping) in enumerate(TABLES, len(GAZETTEERS)):
        told(name, number, whole)
        text = (HERE / "mappings" / f"{mapping}.toml").read_text(encoding="utf-8")
        mappings.record(mapping_from_toml(text))
        result = load(folder / name, mapping, derive=number == whole - 1)
        sent, stored = sent + result.sent, stored + result.stored
    return Made(sent, stored, fresh=True)
