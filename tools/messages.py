"""
The words of the pages: collect what is to be translated, keep one catalogue, compile it.

``make messages`` gathers every English message below ``src`` from templates
and Python, updates the catalogue without losing a translation, and compiles it.
``--check`` changes nothing and names what is out of date or untranslated.
No GNU gettext is needed.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "rencheng"
CATALOGUE = SOURCES / "foundation/web/locale/zh_Hans/LC_MESSAGES/django.po"
# Function name to the places of (context, message, plural) among its arguments.
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
HEADER = {
    "Project-Id-Version": "rencheng",
    "Language": "zh_Hans",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
WIDTH = 98


@dataclass(frozen=True, order=True)
class Message:
    """
    A message to translate.

    Parameters
    ----------
    text
        The English words.
    context
        What tells it from another message with the same words; mostly empty.
    plural
        The English words for many; empty where there is one form.
    """

    text: str
    context: str = ""
    plural: str = ""


def collect(root: Path) -> dict[Message, set[str]]:
    """
    Collect the messages of every template and Python file below a folder.

    Parameters
    ----------
    root
        Folder to walk.

    Returns
    -------
    messages
        Each message with the files it stands in, relative to the folder.

    Raises
    ------
    SyntaxError
        If a file does not parse.
    """
    found: dict[Message, set[str]] = {}
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        if {"migrations", "static", "__pycache__"} & set(path.relative_to(root).parts):
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else python_of(text, str(path))
        for message in in_python(ast.parse(code, filename=str(path))):
            found.setdefault(message, set()).add(path.relative_to(root).as_posix())
    return found


def python_of(template: str, origin: str) -> str:
    """Turn a template into Python that holds nothing but its messages, one call a line."""
    lines = templatize(template, origin=origin)
    calls = re.findall(
        r"\b(?:n?p?gettext|_)\((?:[^()\"']|\"(?:\\.|[^\"])*\"|'(?:\\.|[^'])*')*\)", lines
    )
    # A unicode mark before each literal is all that templatize adds.
    return "\n".join(calls)


def in_python(tree: ast.Module) -> Iterator[Message]:
    """Yield the messages of a Python file, in no particular order."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else None
        if isinstance(node.func, ast.Name):
            name = node.func.id
        if name not in CALLS:
            continue
        places = CALLS[name]
        words = [_literal(node, place) for place in places]
        if words[1]:
            yield Message(text=words[1], context=words[0], plural=words[2])


def _literal(call: ast.Call, place: int | None) -> str:
    if place is None or place >= len(call.args):
        return ""
    argument = call.args[place]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return ""


def updated(old: polib.POFile, messages: dict[Message, set[str]]) -> polib.POFile:
    """Give a catalogue with exactly these messages, translations of the old one kept."""
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in old}
    new = polib.POFile(wrapwidth=WIDTH)
    new.metadata = dict(HEADER)
    for message in sorted(messages):
        entry = polib.POEntry(msgid=message.text, msgctxt=message.context or None)
        # Files without line numbers: a moved line is no change to the words.
        entry.occurrences = [(name, "") for name in sorted(messages[message])]
        before = known.get((message.text, message.context))
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = dict(before.msgstr_plural) if before else {}
            entry.msgstr_plural = entry.msgstr_plural or {0: before.msgstr if before else ""}
        elif before:
            entry.msgstr = before.msgstr or next(iter(before.msgstr_plural.values()), "")
        if PLACEHOLDER.search(message.text):
            entry.flags = ["python-brace-format" if "{" in message.text else "python-format"]
        new.append(entry)
    return new


def flaws(catalogue: polib.POFile) -> Iterator[str]:
    """Yield each message without Chinese words, or whose placeholders got lost on the way."""
    for entry in catalogue:
        told = entry.msgstr or next(iter(entry.msgstr_plural.values()), "")
        if not told:
            yield f"untranslated: {entry.msgid!r} ({', '.join(n for n, _ in entry.occurrences)})"
        elif placeholders(told) != placeholders(entry.msgid_plural or entry.msgid):
            yield f"placeholders differ: {entry.msgid!r} and {told!r}"


def placeholders(text: str) -> set[str]:
    """Give the placeholders of a message, in any order."""
    return {found[0] for found in PLACEHOLDER.finditer(text)}


def read(path: Path) -> polib.POFile:
    """Read a catalogue; one that is not there yet is empty."""
    return polib.pofile(str(path), wrapwidth=WIDTH) if path.exists() else polib.POFile()


def out_of_date(path: Path, wanted: polib.POFile) -> Iterator[str]:
    """Yield each way in which the files on disk fall behind the wanted catalogue."""
    old = read(path)
    have = {(entry.msgid, entry.msgctxt or "") for entry in old}
    want = {(entry.msgid, entry.msgctxt or "") for entry in wanted}
    yield from (f"not in the catalogue: {text!r}" for text, _ in sorted(want - have))
    yield from (f"no longer used: {text!r}" for text, _ in sorted(have - want))
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.read_bytes() != old.to_binary():
        yield f"{compiled.name} is not what {path.name} compiles to"


def main(arguments: list[str]) -> int:
    """Update the catalogue, or only check it; 1 when something is missing."""
    parser = argparse.ArgumentParser(prog="make messages", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, name what is wrong")
    checking = parser.parse_args(arguments).check
    wanted = updated(read(CATALOGUE), collect(SOURCES))
    wrong = list(flaws(wanted))
    if checking:
        wrong = [*out_of_date(CATALOGUE, wanted), *wrong]
    else:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        wanted.save(str(CATALOGUE), newline="\n")
        CATALOGUE.with_suffix(".mo").write_bytes(wanted.to_binary())
        told = len(wanted) - len(wrong)
        print(f"{CATALOGUE.relative_to(ROOT)}: {len(wanted)} messages, {told} in order")
    for line in wrong:
        print(f"  {line}")
    if wrong and checking:
        print("run: make messages, then fill in what is untranslated")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
