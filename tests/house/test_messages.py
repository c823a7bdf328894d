"""Law: every message of a page is in the catalogue, translated, with its placeholders."""

from collections.abc import Callable
from pathlib import Path

import polib
import pytest

from tests.fixtures.places import ROOT
from tests.house.tree import must_be_empty
from tools.messages import CATALOGUE, SOURCES, collect, flaws, out_of_date, read, updated


def test_the_catalogue_holds_every_message() -> None:
    wanted = updated(read(CATALOGUE), collect(SOURCES))
    must_be_empty(out_of_date(CATALOGUE, wanted))


def test_every_message_is_translated() -> None:
    must_be_empty(flaws(read(CATALOGUE)))


def test_no_message_is_written_in_chinese() -> None:
    chinese = [
        message.text
        for message in collect(ROOT / "src" / "rencheng")
        if any("\u4e00" <= character <= "\u9fff" for character in message.text)
    ]
    assert chinese == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.py", "from x import gettext_lazy as _\nt = _('Open')\n", ("Open", "", "")),
        ("a.py", "t = pgettext('month', 'May')\n", ("May", "month", "")),
        ("a.py", "t = ngettext('a day', '%(n)s days', n)\n", ("a day", "", "%(n)s days")),
        ("a.html", "{% load i18n %}{% translate 'Open' %}", ("Open", "", "")),
        ("a.html", '{% load i18n %}{% trans "It\'s (open)" %}', ("It's (open)", "", "")),
        (
            "a.html",
            "{% load i18n %}{% blocktranslate trimmed %}\n Hi\n {{ who }}\n{% endblocktranslate %}",
            ("Hi %(who)s", "", ""),
        ),
        (
            "a.html",
            "{% load i18n %}{% blocktrans count n=n %}a{% plural %}{{ n }} b{% endblocktrans %}",
            ("a", "", "%(n)s b"),
        ),
    ],
)
def test_messages_are_found_wherever_they_stand(
    plant: Callable[[str, str], Path], name: str, text: str, expected: tuple[str, str, str]
) -> None:
    found = collect(plant(name, text))
    assert [(one.text, one.context, one.plural) for one in found] == [expected]


def test_a_planted_untranslated_message_is_caught(plant: Callable[[str, str], Path]) -> None:
    catalogue = updated(polib.POFile(), collect(plant("a.py", "_('Open the gate')\n")))
    assert list(flaws(catalogue)) == ["untranslated: 'Open the gate' (a.py)"]


def test_a_planted_lost_placeholder_is_caught(plant: Callable[[str, str], Path]) -> None:
    catalogue = updated(polib.POFile(), collect(plant("a.py", "_('%(n)s gates')\n")))
    catalogue[0].msgstr = "几个门"
    assert [line.partition(":")[0] for line in flaws(catalogue)] == ["placeholders differ"]


def test_a_planted_stale_catalogue_is_caught(plant: Callable[[str, str], Path]) -> None:
    root = plant("a.py", "_('New')\n")
    path = root / "django.po"
    old = polib.POFile()
    old.append(polib.POEntry(msgid="Old", msgstr="旧"))
    old.save(str(path))
    path.with_suffix(".mo").write_bytes(b"stale")
    lines = list(out_of_date(path, updated(read(path), collect(root))))
    assert [line.partition(":")[0] for line in lines[:2]] == [
        "not in the catalogue",
        "no longer used",
    ]
    assert lines[2] == "django.mo is not what django.po compiles to"


def test_an_update_keeps_what_was_translated(plant: Callable[[str, str], Path]) -> None:
    root = plant("a.py", "_('Kept')\n_('New')\n")
    old = polib.POFile()
    old.append(polib.POEntry(msgid="Kept", msgstr="留下"))
    old.append(polib.POEntry(msgid="Gone", msgstr="不在"))
    new = updated(old, collect(root))
    assert {entry.msgid: entry.msgstr for entry in new} == {"Kept": "留下", "New": ""}
