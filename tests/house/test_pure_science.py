"""Law: kernel and engines see only what they are handed: no environment, file, network, chance."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.places import ROOT
from tests.house.tree import Source, house_sources, must_be_empty

# Modules that are a way out of the room, whole.
WAYS_OUT = {
    "asyncio",
    "django",
    "ftplib",
    "http",
    "httpx",
    "io",
    "multiprocessing",
    "ninja",
    "psycopg",
    "requests",
    "shutil",
    "signal",
    "smtplib",
    "socket",
    "sqlite3",
    "ssl",
    "subprocess",
    "tempfile",
    "urllib",
}
READINGS = {
    "os.environ": "the environment",
    "os.environb": "the environment",
    "os.getenv": "the environment",
    "os.putenv": "the environment",
    "os.getcwd": "the environment",
    "os.getpid": "the environment",
    "sys.argv": "the environment",
    "os.urandom": "chance nobody can repeat",
    "os.open": "a file",
    "os.scandir": "a file",
    "os.listdir": "a file",
    "os.walk": "a file",
    "importlib.resources": "a file",
    "numpy.load": "a file",
    "numpy.loadtxt": "a file",
    "numpy.genfromtxt": "a file",
    "numpy.fromfile": "a file",
    "numpy.memmap": "a file",
    "numpy.save": "a file",
    "numpy.savez": "a file",
    "numpy.savetxt": "a file",
    "time.sleep": "the clock",
}
FILE_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes", "tofile"}
# A generator that is handed in repeats; these draw from one that everybody shares.
OWN_GENERATORS = {
    "numpy.random.Generator",
    "numpy.random.SeedSequence",
    "numpy.random.BitGenerator",
    "numpy.random.PCG64",
    "numpy.random.default_rng",
}
POLARS_FILES = ("polars.read_", "polars.scan_", "polars.sink_")


def reaches_outside(root: Path) -> Iterator[str]:
    """Yield every place where kernel or engines touch more than their arguments."""
    for source in house_sources(root, "kernel", "engines"):
        for node in source.nodes:
            if isinstance(node, ast.Import):
                yield from _modules(source, node, [alias.name for alias in node.names])
            elif isinstance(node, ast.ImportFrom):
                yield from _modules(source, node, [node.module or ""])
            elif isinstance(node, ast.Attribute | ast.Name):
                yield from _names(source, node)
            elif isinstance(node, ast.Call):
                yield from _calls(source, node)


def _modules(source: Source, node: ast.AST, names: list[str]) -> Iterator[str]:
    for name in names:
        if name.partition(".")[0] in WAYS_OUT:
            yield f"{source.at(node)}: imports {name}"


def _names(source: Source, node: ast.Attribute | ast.Name) -> Iterator[str]:
    name = source.dotted(node)
    if name is None:
        return
    if name in READINGS:
        yield f"{source.at(node)}: {name} is {READINGS[name]}"
    elif name.startswith(POLARS_FILES):
        yield f"{source.at(node)}: {name} is a file; sensing/readers reads files"
    elif name.startswith("numpy.random.") and name not in OWN_GENERATORS:
        if not isinstance(node, ast.Attribute) or name.count(".") == 2:
            yield f"{source.at(node)}: {name} draws from a shared generator"
    elif name.startswith("random.") and source.imported.get("random", "random") == "random":
        yield f"{source.at(node)}: {name} draws from a shared generator"


def _calls(source: Source, node: ast.Call) -> Iterator[str]:
    if isinstance(node.func, ast.Name) and node.func.id in ("open", "input", "print"):
        yield f"{source.at(node)}: {node.func.id}() reaches outside"
    if isinstance(node.func, ast.Attribute) and node.func.attr in FILE_METHODS:
        yield f"{source.at(node)}: .{node.func.attr}() is a file"
    if source.dotted(node.func) == "numpy.random.default_rng" and not (node.args or node.keywords):
        yield f"{source.at(node)}: default_rng() without a seed cannot be repeated"


def test_kernel_and_engines_touch_only_their_arguments() -> None:
    must_be_empty(reaches_outside(ROOT))


@pytest.mark.parametrize(
    "breach",
    [
        "import os\nhome = os.environ['HOME']\n",
        "from os import getenv\nhome = getenv('HOME')\n",
        "import sqlite3\n",
        "from urllib.request import urlopen\n",
        "import socket as s\n",
        "from django.db import models\n",
        "text = open('a.csv')\n",
        "def f(path):\n    return path.read_text()\n",
        "import numpy as np\nx = np.load('a.npy')\n",
        "import polars as pl\nx = pl.read_csv('a.csv')\n",
        "import numpy as np\nx = np.random.normal(size=3)\n",
        "import numpy as np\nrng = np.random.default_rng()\n",
        "import random\nx = random.random()\n",
        "from random import shuffle\nshuffle([])\n",
    ],
)
@pytest.mark.parametrize("storey", ["kernel", "engines/water"])
def test_a_planted_way_out_is_caught(
    plant: Callable[[str, str], Path], storey: str, breach: str
) -> None:
    assert len(list(reaches_outside(plant(f"src/rencheng/{storey}/a.py", breach)))) == 1


@pytest.mark.parametrize(
    "fine",
    [
        "import numpy as np\ndef f(seed):\n    return np.random.default_rng(seed).normal()\n",
        "import numpy as np\ndef f(rng: np.random.Generator):\n    return rng.random()\n",
        "import polars as pl\nx = pl.DataFrame({'a': [1]})\n",
    ],
)
def test_a_generator_handed_in_is_no_breach(plant: Callable[[str, str], Path], fine: str) -> None:
    assert list(reaches_outside(plant("src/rencheng/engines/water/a.py", fine))) == []


def test_other_storeys_may_read_files(plant: Callable[[str, str], Path]) -> None:
    root = plant("src/rencheng/sensing/readers/a.py", "text = open('a.csv').read()\n")
    assert list(reaches_outside(root)) == []
