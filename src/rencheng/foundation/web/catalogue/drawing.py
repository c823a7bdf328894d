"""The way of a data set through the house, drawn as boxes and lines."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Final
from unicodedata import east_asian_width

BOX_WIDTH: Final = 220
BOX_HEIGHT: Final = 34
ROW: Final = 44
COLUMN: Final = 290
TOP: Final = 34
MARGIN: Final = 4
# What fits into a box at its size of letters, in half-width letters.
LETTERS: Final = 25


@dataclass(frozen=True, slots=True)
class Box:
    """A box of the drawing; ``text`` is cut to fit, ``full`` is not."""

    x: int
    y: int
    text: str
    full: str
    url: str = ""
    strong: bool = False

    @property
    def middle(self) -> int:
        """Height of the line that meets the box."""
        return self.y + BOX_HEIGHT // 2


@dataclass(slots=True)
class Drawing:
    """Boxes, lines between them and words above the columns."""

    width: int
    height: int
    heads: list[tuple[int, str]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class Item:
    """What a box says; ``to`` names the texts of the next column it leads to, None all of them."""

    text: str
    url: str = ""
    strong: bool = False
    to: frozenset[str] | None = None


def draw(columns: Sequence[tuple[str, Sequence[Item]]]) -> Drawing:
    """
    Draw columns of boxes with lines from each column to the next.

    Parameters
    ----------
    columns
        The words above a column, and its boxes. A column without boxes is left out.

    Returns
    -------
    drawing
        Sizes in CSS pixels.
    """
    shown = [(head, items) for head, items in columns if items]
    rows = max((len(items) for _, items in shown), default=0)
    drawing = Drawing(
        width=max(0, len(shown) - 1) * COLUMN + BOX_WIDTH + 2 * MARGIN,
        height=TOP + rows * ROW + MARGIN,
    )
    laid: list[list[tuple[Item, Box]]] = []
    for at, (head, items) in enumerate(shown):
        x = MARGIN + at * COLUMN
        drawing.heads.append((x, head))
        # Short columns stand in the middle of the tallest.
        first = TOP + (rows - len(items)) * ROW // 2
        laid.append([(item, _box(item, x, first + row * ROW)) for row, item in enumerate(items)])
    drawing.boxes = [box for column in laid for _, box in column]
    drawing.lines = [
        _line(left, right)
        for here, there in pairwise(laid)
        for item, left in here
        for other, right in there
        if item.to is None or other.text in item.to
    ]
    return drawing


def _box(item: Item, x: int, y: int) -> Box:
    return Box(x, y, shorten(item.text), item.text, item.url, item.strong)


def _line(left: Box, right: Box) -> str:
    begin, end = left.x + BOX_WIDTH, right.x
    half = (begin + end) // 2
    return f"M{begin} {left.middle}C{half} {left.middle} {half} {right.middle} {end} {right.middle}"


def shorten(text: str, letters: int = LETTERS) -> str:
    """
    Cut a text to a width in half-width letters; Chinese takes two each.

    Examples
    --------
    >>> shorten("每日累计病例", 9), shorten("每日累计", 9)
    ('每日累计…', '每日累计')
    """
    widths = [2 if east_asian_width(letter) in "WF" else 1 for letter in text]
    if sum(widths) <= letters:
        return text
    kept = ""
    for letter, width in zip(text, accumulate(widths), strict=True):
        if width > letters - 1:
            break
        kept += letter
    return f"{kept}…"
