"""
Reading documents: the commands they ask readers to run, and the links they follow.

A fenced block opened with ```` ```console run ```` is a promise: its commands
(lines that begin with ``$ ``) are run, must succeed, and must print each line
written below them (``...`` stands for anything). ``console run slow`` waits for
`make slow`; a plain ``console`` block is only shown.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.fixtures.places import SHARED_DATA

FENCE = re.compile(r"^```(?P<info>[^\n`]*)\n(?P<body>.*?)^```\s*$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
HEADING = re.compile(r"^#+\s+(.+?)\s*$", re.MULTILINE)
PATIENCE_S = 300


@dataclass
class Command:
    """A command of a document, with the lines it says are printed."""

    line: int
    words: str
    prints: list[str] = field(default_factory=list)


@dataclass
class Block:
    """A block of commands of a document."""

    document: Path
    line: int
    slow: bool
    commands: list[Command]


def documents(root: Path) -> list[Path]:
    """List the documents: those at the top of the checkout, and everything in ``docs``."""
    return sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")])


def runnable(document: Path) -> Iterator[Block]:
    """Yield the blocks of a document that promise to run."""
    text = document.read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        info = found["info"].split()
        if info[:2] != ["console", "run"]:
            continue
        start = text.count("\n", 0, found.start("body")) + 1
        commands: list[Command] = []
        for number, line in enumerate(found["body"].splitlines(), start):
            if line.startswith("$ "):
                commands.append(Command(number, line[2:]))
            elif line.strip() and commands:
                commands[-1].prints.append(line.strip())
        yield Block(document, start, "slow" in info, commands)


def sandbox(root: Path, where: Path) -> Path:
    """
    Lay out a checkout to run commands in, with an empty home.

    Parameters
    ----------
    root
        The real checkout; its entries are linked, not copied.
    where
        An empty folder.

    Returns
    -------
    checkout
        The folder to run in. What a command writes at the top of it, or in
        ``var`` and ``build``, stays in the sandbox.
    """
    checkout = where / "rencheng"
    for folder in (checkout, checkout / "build", checkout / "var", where / "home"):
        folder.mkdir(parents=True)
    for entry in root.iterdir():
        if entry.name not in {"build", "var", ".git"}:
            (checkout / entry.name).symlink_to(entry)
    if SHARED_DATA.is_dir():
        (where / "shared").mkdir()
        (where / "shared" / "data").symlink_to(SHARED_DATA)
    return checkout


def run(block: Block, checkout: Path) -> Iterator[str]:
    """Run a block in a sandbox; yield each command that fails or prints something else."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RENCHENG_")}
    path = os.pathsep.join([str(Path(sys.executable).parent), kept.get("PATH", "")])
    surroundings = {
        **kept,
        "HOME": str(checkout.parent / "home"),
        "PATH": path,
        "RENCHENG_HOME": str(checkout / "var"),
        "COLUMNS": "200",
        "LANG": "C.UTF-8",
    }
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    for command in block.commands:
        place = f"{block.document.name}:{command.line}: $ {command.words}"
        done = subprocess.run(
            ["/bin/sh", "-c", command.words],
            cwd=checkout,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        if done.returncode:
            yield f"{place} ended with {done.returncode}:\n{done.stdout}"
        for line in command.prints:
            pattern = ".*".join(re.escape(part) for part in line.split("..."))
            if not re.search(pattern, done.stdout):
                yield f"{place} does not print {line!r}:\n{done.stdout}"


def dead_links(root: Path, files: list[Path]) -> Iterator[str]:
    """Yield each relative link of a document whose file or heading is not there."""
    for document in files:
        text = FENCE.sub("", document.read_text(encoding="utf-8"))
        for found in LINK.finditer(text):
            target, _, anchor = found["target"].partition("#")
            if re.match(r"[a-z][a-z0-9+.-]*:", target):
                continue
            aimed = (document.parent / target).resolve() if target else document
            name = document.relative_to(root)
            if not aimed.exists():
                yield f"{name}: {found['target']} leads nowhere"
            elif anchor and aimed.suffix == ".md" and anchor not in _anchors(aimed):
                yield f"{name}: {found['target']} has no such heading"


def _anchors(document: Path) -> set[str]:
    headings = HEADING.findall(FENCE.sub("", document.read_text(encoding="utf-8")))
    plain = (re.sub(r"[`*]", "", heading).lower() for heading in headings)
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in plain}
