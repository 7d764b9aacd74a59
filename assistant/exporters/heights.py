"""How high a row must be for its wrapped text: no office program fits merged cells by itself.

Widths are column width units (one digit of the default font); a Chinese character takes two. Heights are points.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from assistant.exporters.grid import Content, Grid

LINE = 14.5
PADDING = 6.0
LONG = 5  # lines from which an estimate may be off by half a line
MINIMUM = 20.0
TITLE = 30.0
MAXIMUM = 409.0  # the highest row Excel knows


def text_units(text: str) -> float:
    """Width of a text on one line; half-width signs get a little extra, as substituted fonts are wider."""
    return sum(2.0 if unicodedata.east_asian_width(sign) in "WFA" else 1.1 for sign in text)


def lines_needed(text: str, width: float) -> int:
    """How many lines a text wraps to in a cell of this width."""
    fitting = max(2.0, (width - 0.5) // 2 * 2)
    # Punctuation may not begin a line, so a line that is followed by another one may lose a character.
    wrapping = max(2.0, fitting - 1)
    counts = (text_units(part) for part in text.split("\n"))
    return sum(1 if units <= fitting else math.ceil(units / wrapping) for units in counts)


def broken(label: str, width: float) -> str:
    """A level's label with a line break where a clerk would make it: 服务对象／满意度指标, 经济效益／指标."""
    if text_units(label) + 1 <= width:
        return label
    ending = "指标" if label.endswith("指标") else ""
    head = "服务对象" if label.startswith("服务对象") else label.removesuffix(ending)
    rest = label.removeprefix(head)
    return f"{head}\n{broken(rest, width)}" if head and rest else label


def height_needed(content: Content, width: float) -> float:
    """Points a cell needs on its own, never less than the look of the form asks for."""
    text = content if isinstance(content, str) else ""
    lines = lines_needed(text, width)
    return max(MINIMUM, lines * LINE + PADDING + (LINE / 2 if lines > LONG else 0.0))


def rows_for(text: str, width: float) -> int:
    """Over how many rows a text has to be spread so that none exceeds the highest row."""
    return math.ceil(height_needed(text, width) / MAXIMUM)


def row_heights(grid: Grid) -> tuple[float, ...]:
    """Height of every line of the grid; cells over several lines push all of them up evenly."""
    heights = [MINIMUM] * len(grid.lines)
    cells = [(number, cell) for number, line in enumerate(grid.lines) for cell in line.cells]
    for number, cell in sorted(cells, key=lambda placed: placed[1].down):
        needed = TITLE if cell.role == "title" else 0.0
        needed = max(needed, height_needed(cell.content, grid.width(cell)))
        covered = heights[number : number + cell.down]
        lacking = max(0.0, needed - sum(covered)) / cell.down
        heights[number : number + cell.down] = [height + lacking for height in covered]
    return tuple(heights)


def line_height(texts: Sequence[str], widths: Sequence[float]) -> float:
    """Height of a plain row of a list, one text per column."""
    return max(height_needed(text, width) for text, width in zip(texts, widths, strict=True))
