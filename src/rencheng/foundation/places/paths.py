"""
Materialised paths: a subtree is one range of one index, with no recursion.

A path is the numbers of all places from the root down to the place itself, each written with ten
digits. Only digits occur, so every collation of every database sorts paths as bytes, and all
paths under P lie between P and the path that follows P's subtree.
"""

from typing import Final

WIDTH: Final = 10
LONGEST: Final = 20 * WIDTH


def join(parent_path: str, place_id: int) -> str:
    """
    Give the path of a place under a parent; the parent path of a root is empty.

    Examples
    --------
    >>> join(join("", 1), 42)
    '00000000010000000042'
    """
    return f"{parent_path}{place_id:0{WIDTH}d}"


def after(path: str) -> str:
    """
    Give the first path behind the subtree of a path: ``path <= x < after(path)`` is the subtree.

    Examples
    --------
    >>> after("00000000010000000042")
    '00000000010000000043'
    """
    last = int(path[-WIDTH:])
    return f"{path[:-WIDTH]}{last + 1:0{WIDTH}d}"


def ids(path: str) -> list[int]:
    """
    Read the numbers of a path, root first, the place itself last.

    Examples
    --------
    >>> ids("00000000010000000042")
    [1, 42]
    """
    return [int(path[start : start + WIDTH]) for start in range(0, len(path), WIDTH)]


def is_under(path: str, upper: str) -> bool:
    """
    Say whether a path lies in the subtree of another, itself included.

    Examples
    --------
    >>> is_under("00000000010000000042", "0000000001"), is_under("0000000001", "0000000002")
    (True, False)
    """
    return path.startswith(upper)
