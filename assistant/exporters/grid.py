"""The paper form as a grid of labelled, merged cells, independent of any office library.

Columns are counted from 1. A line lists only the cells that begin in it; a cell spans `first`–`last` and `down` lines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

Role = Literal["title", "caption", "unit", "label", "text", "value", "money", "blank"]
INDENT = 1.5  # character units a running text stands away from its border
Content = str | Decimal | None


@dataclass(frozen=True)
class Cell:
    """One cell of the form; `comment` is shown on the screen and never printed.

    `row` is the key (`assistant.carried.row_keys`) of the indicator whose value stands here, empty for all other cells.
    """

    first: int
    last: int
    content: Content = None
    role: Role = "text"
    down: int = 1
    comment: str = ""
    row: str = ""


@dataclass(frozen=True)
class Line:
    """One row of the form."""

    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """The form: column widths in character units, its lines, the index of the line repeated on every page,
    and the indexes of the lines that begin a new page."""

    widths: tuple[float, ...]
    lines: tuple[Line, ...]
    repeated: int
    breaks: tuple[int, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns are printed."""
        return len(self.widths)

    def width(self, cell: Cell) -> float:
        """Width a (merged) cell has for its text, in character units."""
        return sum(self.widths[cell.first - 1 : cell.last]) - (INDENT if cell.role == "text" else 0)


def map_texts(grid: Grid, change: Callable[[str, str], str]) -> Grid:
    """The grid with every text passed through `change(text, place)`; the place is said in user words."""

    def changed(cell: Cell, place: str) -> Cell:
        content = change(cell.content, place) if isinstance(cell.content, str) else cell.content
        return replace(cell, content=content, comment=change(cell.comment, f"{place}批注"))

    lines = []
    for number, line in enumerate(grid.lines, start=1):
        place = f"表格第{number}行"
        lines.append(Line(tuple(changed(cell, place) for cell in line.cells)))
    return replace(grid, lines=tuple(lines))
