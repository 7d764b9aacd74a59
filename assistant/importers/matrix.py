"""A grid as rows and columns: what stands at a place, merged cells included, and a row read from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from assistant.importers.document import Cell, Grid


def plain(text: str) -> str:
    """The text without any white space: labels and names are compared and kept like this."""
    return re.sub(r"\s+", "", text)


def one_line(text: str) -> str:
    """The text on one line: no white space beside Chinese characters, single blanks between other words."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text)).strip()


class Matrix:
    """Look-up by place over one grid; rows that hold nothing are left out of `rows`."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._at: dict[tuple[int, int], Cell] = {}
        for cell in grid.cells:
            for row in range(cell.row, cell.row + cell.rows):
                for column in range(cell.column, cell.column + cell.columns):
                    self._at[(row, column)] = cell

    @cached_property
    def rows(self) -> tuple[int, ...]:
        """The numbers of the rows in which a cell with text begins or goes on, in order."""
        return tuple(sorted({row for (row, _), cell in self._at.items() if cell.text.strip()}))

    @cached_property
    def width(self) -> int:
        """Number of columns up to the last cell with text."""
        filled = [cell.column + cell.columns for cell in self.grid.cells if cell.text.strip()]
        return max(filled, default=0)

    def at(self, row: int, column: int) -> Cell | None:
        """The cell that covers a place, None when there is none."""
        return self._at.get((row, column))

    def text(self, row: int, column: int) -> str:
        """The text at a place, empty without a cell."""
        cell = self._at.get((row, column))
        return cell.text.strip() if cell is not None else ""

    def across(self, row: int) -> tuple[Cell, ...]:
        """The different cells with text of a row, from left to right."""
        return tuple(self._distinct(row, range(self.width)))

    def between(self, row: int, first: int, last: int) -> tuple[Cell, ...]:
        """The different cells with text of a row from one column to another (excluded)."""
        return tuple(self._distinct(row, range(first, last)))

    def _distinct(self, row: int, columns: range) -> Iterator[Cell]:
        before = None
        for column in columns:
            cell = self._at.get((row, column))
            if cell is not None and cell is not before and cell.text.strip():
                yield cell
            before = cell
