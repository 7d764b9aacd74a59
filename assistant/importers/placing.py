"""Cells to their places: spans kept, no two cells overlapping, an upper bound on how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.errors import UnreadableFile
from assistant.importers.document import Cell
from assistant.reading_limits import ReadingLimits

MOST_COLUMNS = 16_384
_CHEAP_STEPS = 64
"""Taken places a cell may be moved over for nothing; more count as cells, so that no span makes a reading endless."""
Span = tuple[int, int, int, int]
"""Row, column, rows, columns."""


@dataclass
class Budget:
    """How many more cells a file may have; shared by all its tables."""

    path: Path
    limits: ReadingLimits
    used: int = 0

    def take(self, count: int = 1) -> None:
        """Count cells; raises `UnreadableFile` when there are too many."""
        self.used += count
        if self.used > self.limits.most_cells:
            reason = f"表格超过 {self.limits.most_cells} 个单元格，请只保留绩效目标表所在的部分再导入"
            raise UnreadableFile(self.path, reason)

    def column(self, column: int) -> int:
        """The column, when a sheet can have so many; raises `UnreadableFile` for more."""
        if column >= MOST_COLUMNS:
            reason = f"有一行超过 {MOST_COLUMNS} 列，不像表格，请检查分隔符，或另存为 xlsx 后再导入"
            raise UnreadableFile(self.path, reason)
        return column


@dataclass
class Rows:
    """A table given row by row, as HTML and Word do: a cell goes to the next free place of its row."""

    budget: Budget
    cells: list[Cell] = field(default_factory=list)
    row: int = -1
    _column: int = 0
    _taken: dict[int, int] = field(default_factory=dict)
    """For each column the first row below the cell that reaches down through it."""

    def next_row(self, row: int | None = None) -> None:
        """Begin the next row, or one further down."""
        self.row = self.row + 1 if row is None else max(row, self.row + 1)
        self._column = 0

    def skip(self, columns: int) -> None:
        """Leave places of this row empty."""
        self._column = min(self._column + columns, MOST_COLUMNS)

    def put(self, cell: Cell) -> None:
        """Place a cell; its own row and column are where it would be, at the earliest, and may be moved right."""
        self.budget.take()
        column = max(self._column, cell.column)
        while self._taken.get(column, 0) > self.row:
            column += 1
        self.budget.take((column - self._column) // _CHEAP_STEPS)
        width = 1
        while width < min(cell.columns, MOST_COLUMNS) and self._taken.get(column + width, 0) <= self.row:
            width += 1
        self.budget.take(width - 1)
        if cell.rows > 1:
            self._taken.update((place, self.row + cell.rows) for place in range(column, column + width))
        self.cells.append(replace(cell, row=self.row, column=column, columns=width))
        self._column = column + width

    def clipped(self) -> tuple[Cell, ...]:
        """The cells, none reaching below the last row or right of the last one that holds a text."""
        return clip(self.cells)


def clip(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    """Cells without the empty ones outside the used part, spans cut at its edge: people merge out to column XFD."""
    all_cells = list(cells)
    filled = [one for one in all_cells if _says(one)]
    if not filled:
        return ()
    last_row = max(one.row for one in filled)
    last_column = max(one.column for one in filled)
    rows_end = max((one.row for one in all_cells if one.column <= last_column), default=last_row)
    kept = (one for one in all_cells if _says(one) or (one.row <= rows_end and one.column <= last_column))
    return tuple(
        replace(
            one,
            rows=min(one.rows, max(rows_end, last_row) - one.row + 1),
            columns=max(1, min(one.columns, last_column - one.column + 1)),
        )
        for one in kept
    )


def _says(cell: Cell) -> bool:
    return bool(cell.text or cell.anchor or cell.doubt)


@dataclass(frozen=True)
class Merged:
    """The merged areas of a sheet that do not overlap, and the places they cover."""

    spans: Mapping[tuple[int, int], Span]
    """By their first place."""
    covered: frozenset[tuple[int, int]]

    @staticmethod
    def of(areas: Iterable[Span], filled: Mapping[tuple[int, int], object]) -> Merged:
        """Merged areas cut to the used part of a sheet; an area that overlaps an earlier one is left out."""
        last_row = max((row for row, _ in filled), default=0)
        last_column = max((column for _, column in filled), default=0)
        spans: dict[tuple[int, int], Span] = {}
        covered: set[tuple[int, int]] = set()
        room = 4 * len(filled) + 10_000  # merged areas beyond the filled cells: enough for any form, bounded
        for row, column, rows, columns in areas:
            high = min(rows, last_row - row + 1) if row <= last_row else 0
            wide = min(columns, last_column - column + 1) if column <= last_column else 0
            room -= high * wide if high > 0 and wide > 0 else 0
            if high < 1 or wide < 1 or high * wide == 1 or room < 0:
                continue
            places = {(row + down, column + right) for down in range(high) for right in range(wide)}
            if places & covered or places & spans.keys():
                continue
            spans[row, column] = (row, column, high, wide)
            covered |= places - {(row, column)}
        return Merged(spans, frozenset(covered))
