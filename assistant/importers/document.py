"""What a format reader hands on: the tables of a file as they are drawn, and the text around them, in reading order.

Readers know formats and nothing of the form; `grid.py` knows the form and nothing of formats.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from assistant.carried import ROW_ANCHOR

__all__ = ["ROW_ANCHOR", "Cell", "Document", "Grid", "Text"]


@dataclass(frozen=True)
class Cell:
    """One drawn cell: a merged cell is one cell with its span. Places count from 0 within the grid."""

    text: str
    """As a reader sees it – 0.95 with the format 0% is 95% –, line breaks kept as \\n, nothing corrected."""
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    anchor: str = ""
    """The name of ours the cell bears, see `assistant.carried`."""
    doubt: str = ""
    """Why the text may be wrong (Chinese; recognised with little confidence, a formula without a value), else empty."""


@dataclass(frozen=True)
class Grid:
    """A table as it is drawn: no two cells overlap, places without a cell are empty."""

    cells: tuple[Cell, ...]
    place: str
    """Where in the file, for a person: 工作表“附表3”, 第 3 页, 第 2 个表格."""
    page: int | None = None


@dataclass(frozen=True)
class Text:
    """Running text between tables, one entry a line or paragraph."""

    lines: tuple[str, ...]
    place: str
    page: int | None = None


@dataclass(frozen=True)
class Document:
    """One file's content in reading order."""

    format: str
    """xlsx, docx, pdf …: the format found by content, whatever the suffix said."""
    parts: tuple[Grid | Text, ...]
    carried: str = ""
    """The table we exported, as JSON, when the file is one of ours; as hostile as any other text."""
    notes: tuple[str, ...] = field(default=())
    """What a person should know about the reading (Chinese, one line each): pages without text, sheets left out."""


_NO_CHARACTER = re.compile("[\ud800-\udfff]")


def in_characters(parts: tuple[Grid | Text, ...]) -> tuple[Grid | Text, ...]:
    """The parts with halves of characters, which no text may hold, shown as the sign for an unreadable one (U+FFFD)."""
    return tuple(_clean(part) for part in parts)


def _clean(part: Grid | Text) -> Grid | Text:
    if isinstance(part, Text):
        return replace(part, lines=tuple(_NO_CHARACTER.sub("\ufffd", line) for line in part.lines))
    if not any(_NO_CHARACTER.search(cell.text) for cell in part.cells):
        return part
    return replace(part, cells=tuple(replace(cell, text=_NO_CHARACTER.sub("\ufffd", cell.text)) for cell in part.cells))
