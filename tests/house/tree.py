"""Reading the sources of a tree, ours or a small one with a planted breach."""

import ast
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

STOREYS = ("assembly", "services", "sensing", "foundation", "engines", "kernel")
MADE = {"__pycache__", "node_modules", "build", "dist", "var", "static"}


@dataclass(frozen=True)
class Source:
    """
    A file of the tree.

    Parameters
    ----------
    root
        The checkout it belongs to.
    path
        Where it lies.
    """

    root: Path
    path: Path

    @property
    def name(self) -> str:
        """Its place in the checkout, such as ``src/rencheng/kernel/errors.py``."""
        return self.path.relative_to(self.root).as_posix()

    @cached_property
    def text(self) -> str:
        """What it says."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree."""
        return ast.parse(self.text, filename=self.name)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Every node of its syntax tree."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def docstrings(self) -> frozenset[ast.AST]:
        """The string constants that stand alone, as docstrings do."""
        return frozenset(node.value for node in self.nodes if isinstance(node, ast.Expr))

    @cached_property
    def imported(self) -> dict[str, str]:
        """Each name an import binds here, with the dotted path it stands for."""
        bound: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    bound[alias.asname or top] = alias.name if alias.asname else top
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for alias in node.names:
                    bound[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        return bound

    def dotted(self, node: ast.AST) -> str | None:
        """Give the dotted path an expression stands for, its imports resolved."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if not isinstance(node, ast.Name):
            return None
        parts.append(self.imported.get(node.id, node.id))
        return ".".join(reversed(parts))

    def at(self, node: ast.AST) -> str:
        """Name a place in the file the way editors do."""
        return f"{self.name}:{getattr(node, 'lineno', 1)}"


def sources(root: Path, *folders: str, suffixes: tuple[str, ...] = (".py",)) -> Iterator[Source]:
    """
    Walk the files below some folders of a tree, in a stable order.

    Parameters
    ----------
    root
        A checkout.
    folders
        Folders in it; one that does not exist has no files.
    suffixes
        Endings wanted.
    """
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            inside = path.relative_to(root).parts
            if path.suffix in suffixes and path.is_file() and not MADE & set(inside):
                yield _read(root, path, path.stat().st_mtime_ns)


@cache
def _read(root: Path, path: Path, _changed: int) -> Source:
    # A dozen laws read the same files; each is parsed once, and again only when it changed.
    return Source(root, path)


def house_sources(root: Path, *storeys: str) -> Iterator[Source]:
    """Walk the Python files of some storeys (all of them by default), migrations left out."""
    for storey in storeys or STOREYS:
        for source in sources(root, f"src/rencheng/{storey}"):
            if "migrations" not in source.path.parts:
                yield source


def tracked(root: Path) -> list[Path]:
    """List the files git knows or would take; without git, every file nobody's command made."""
    asked = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    answer = subprocess.run(asked, cwd=root, capture_output=True, text=True, check=False)
    if answer.returncode == 0:
        listed = {root / name for name in answer.stdout.split("\0") if name}
    else:
        listed = {
            path
            for path in root.rglob("*")
            if not (MADE | {".git", ".venv"}) & set(path.relative_to(root).parts)
        }
    return sorted(path for path in listed if path.is_file())


def must_be_empty(breaches: Iterable[str]) -> None:
    """Fail with every breach on a line of its own."""
    lines = list(breaches)
    assert not lines, f"{len(lines)} found:\n  " + "\n  ".join(lines)
