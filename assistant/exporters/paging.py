"""Where the form goes on to the next page: never inside a row, and with its 一级 and 二级 labels said again there.

A merged label that runs over a page end is printed cut in two, or not at all, so it is split at the break.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.exporters.grid import Cell, Grid
from assistant.exporters.heights import row_heights

PAGE = 740.0  # points an A4 page holds between the margins, a little kept back for rounding
SHRUNK = 1.2  # a form this little too long is printed smaller, on one page, as clerks do by hand


@dataclass(frozen=True)
class Sheet:
    """What a page of a format can do: the points it holds, how often that much may be shrunk to it, and the first line
    of the form a page may begin with (what is above flows by itself)."""

    points: float = PAGE
    shrunk: float = SHRUNK
    first: int = 1


def paged(grid: Grid, sheet: Sheet = Sheet()) -> Grid:
    """The grid with its page breaks, labels split at each of them."""
    breaks = page_breaks(grid, sheet)
    lines: list[list[Cell]] = [[] for _ in grid.lines]
    for number, line in enumerate(grid.lines):
        for cell in line.cells:
            for start, piece in _pieces(cell, number, breaks):
                lines[start].append(piece)
    placed = (replace(line, cells=tuple(cells)) for line, cells in zip(grid.lines, lines, strict=True))
    return replace(grid, lines=tuple(placed), breaks=breaks)


def page_breaks(grid: Grid, sheet: Sheet = Sheet()) -> tuple[int, ...]:
    """The indexes of the lines that begin a new page; a row higher than a page is left to the printer."""
    heights, allowed = row_heights(grid), [place for place in _allowed(grid) if place >= sheet.first]
    if on_one_page(grid, sheet):
        return ()
    breaks: list[int] = []
    used, start = 0.0, 0
    for number, height in enumerate(heights):
        used += height
        if used <= sheet.points:
            continue
        fitting = [place for place in allowed if start < place <= number]
        if fitting:
            start = fitting[-1]
            breaks.append(start)
            again = heights[grid.repeated] if start > grid.repeated else 0.0
            used = again + sum(heights[start : number + 1])
        else:
            used -= sheet.points
    return tuple(breaks)


def on_one_page(grid: Grid, sheet: Sheet = Sheet()) -> bool:
    """Whether the form is printed on one page, shrunk if need be."""
    return sum(row_heights(grid)) <= sheet.points * sheet.shrunk


def unspread(grid: Grid) -> Grid:
    """The grid for a program whose rows may be of any height: lines that only make room for the one above are gone."""
    empty = [not line.cells for line in grid.lines]
    lines = []
    for number, line in enumerate(grid.lines):
        if line.cells:
            cells = (replace(cell, down=cell.down - sum(empty[number : number + cell.down])) for cell in line.cells)
            lines.append(replace(line, cells=tuple(cells)))
    return replace(grid, lines=tuple(lines), repeated=grid.repeated - sum(empty[: grid.repeated]))


def _allowed(grid: Grid) -> list[int]:
    """Lines a page may begin with: no row runs across, neither the headings nor the last row stand alone."""
    held = {grid.repeated + 1, len(grid.lines) - 1}
    for number, line in enumerate(grid.lines):
        for cell in line.cells:
            if not _splits(cell, number, grid):
                held.update(range(number + 1, number + cell.down))
    return [number for number in range(1, len(grid.lines)) if number not in held]


def _splits(cell: Cell, number: int, grid: Grid) -> bool:
    """Only the labels at the left of the indicators may be split."""
    return cell.role == "label" and number >= grid.repeated


def _pieces(cell: Cell, first: int, breaks: tuple[int, ...]) -> list[tuple[int, Cell]]:
    """The cell, or one cell with the same text for each page it runs over."""
    end = first + cell.down
    starts = [first, *(place for place in breaks if first < place < end)]
    ends = [*starts[1:], end]
    return [(start, replace(cell, down=stop - start)) for start, stop in zip(starts, ends, strict=True)]
