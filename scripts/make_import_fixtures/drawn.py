"""What a fixture file shows: tables with merged cells, lines of text and page breaks, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class C:
    """A cell. `number` is what a spreadsheet holds under the text, `shown` the format that makes the text of it."""

    text: str = ""
    cols: int = 1
    rows: int = 1
    number: float | date | None = None
    shown: str = "General"


Row = Sequence[C | str]


@dataclass(frozen=True)
class Grid:
    """A drawn table. Rows leave out the places spanned from above or from the left, as in HTML."""

    rows: Sequence[Row]
    widths: Sequence[int] = ()
    """Relative column widths; equal when empty."""
    repeat: Sequence[int] = ()
    """Rows drawn again at the head of every further page."""


@dataclass(frozen=True)
class Words:
    """Lines of running text."""

    lines: Sequence[str]


@dataclass(frozen=True)
class Break:
    """A new page; in a workbook a new sheet of this name."""

    sheet: str = ""


Part = Grid | Words | Break


@dataclass(frozen=True)
class Placed:
    """A cell at its place."""

    cell: C
    row: int
    column: int


def placed(grid: Grid) -> tuple[list[Placed], int, int]:
    """Every cell with its place, and the number of rows and columns."""
    taken: set[tuple[int, int]] = set()
    cells: list[Placed] = []
    for at, row in enumerate(grid.rows):
        column = 0
        for one in row:
            cell = one if isinstance(one, C) else C(one)
            while (at, column) in taken:
                column += 1
            taken |= {(at + down, column + right) for down in range(cell.rows) for right in range(cell.cols)}
            cells.append(Placed(cell, at, column))
            column += cell.cols
    height = max(len(grid.rows), 1 + max((row for row, _ in taken), default=0))
    return cells, height, 1 + max((column for _, column in taken), default=0)


def written_rows(grid: Grid) -> Iterator[list[str]]:
    """The texts row by row, a merged cell's text at its first place only."""
    cells, height, width = placed(grid)
    lines = [[""] * width for _ in range(height)]
    for one in cells:
        lines[one.row][one.column] = one.cell.text
    yield from lines
