"""What every spreadsheet format has in common: a sheet's cells, merged areas and hidden parts become one grid."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.importers.document import Cell, Grid, Text
from assistant.importers.placing import Merged, Span, clip

Place = tuple[int, int]
_MOST_NAMED = 5


@dataclass
class SheetCell:
    """A filled cell as a person sees it."""

    text: str
    doubt: str = ""


@dataclass
class Sheet:
    """One sheet as it was read; places count from 0."""

    name: str
    hidden: bool = False
    cells: dict[Place, SheetCell] = field(default_factory=dict)
    areas: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    anchors: dict[Place, str] = field(default_factory=dict)
    cut: int = 0
    """The sheet was left out at this row, because it had too many cells."""

    @property
    def place(self) -> str:
        """The sheet for a person."""
        return f"工作表“{self.name}”"


def parts_of(sheets: Iterable[Sheet]) -> tuple[tuple[Grid | Text, ...], tuple[str, ...]]:
    """A grid for each sheet that holds anything, and notes on what a person would not see or expect."""
    parts: list[Grid | Text] = []
    notes: list[str] = []
    for sheet in sheets:
        if sheet.cut:
            notes.append(f"{sheet.place}到第 {sheet.cut} 行已超过单元格上限，整张没有读取；若目标表在里面，请单独另存")
            continue
        if not any(cell.text or cell.doubt for cell in sheet.cells.values()):
            continue
        grid, said = _grid(sheet)
        parts.append(grid)
        notes += said
    return tuple(parts), tuple(notes)


def _grid(sheet: Sheet) -> tuple[Grid, list[str]]:
    filled = {place: cell for place, cell in sheet.cells.items() if cell.text or cell.doubt}
    merged = Merged.of(sheet.areas, filled)
    under = [place for place in filled if place in merged.covered]
    cells = []
    for place in sorted({*filled, *merged.spans, *sheet.anchors} - merged.covered):
        row, column, rows, columns = merged.spans.get(place, (*place, 1, 1))
        cell = filled.get(place, SheetCell(""))
        anchor = sheet.anchors.get(place, "")
        cells.append(Cell(cell.text, row, column, rows, columns, anchor=anchor, doubt=cell.doubt))
    return Grid(clip(cells), sheet.place), _notes(sheet, filled, under)


def _notes(sheet: Sheet, filled: dict[Place, SheetCell], under: list[Place]) -> list[str]:
    notes = []
    if sheet.hidden:
        notes.append(f"{sheet.place}是隐藏的，也读了")
    rows = sorted({row for row, _ in filled} & sheet.hidden_rows)
    if rows:
        notes.append(f"{sheet.place}有 {len(rows)} 行是隐藏的（第 {_named(str(row + 1) for row in rows)} 行），也读了")
    columns = sorted({column for _, column in filled} & sheet.hidden_columns)
    if columns:
        shown = _named(column_letters(column) for column in columns)
        notes.append(f"{sheet.place}有 {len(columns)} 列是隐藏的（{shown} 列），也读了")
    if under:
        where = _named(f"{column_letters(column)}{row + 1}“{filled[row, column].text[:20]}”" for row, column in under)
        notes.append(f"{sheet.place}有 {len(under)} 处文字被合并单元格遮住，没有读取：{where}")
    return notes


def _named(names: Iterable[str]) -> str:
    every = list(names)
    return "、".join(every[:_MOST_NAMED]) + ("等" if len(every) > _MOST_NAMED else "")


def column_letters(column: int) -> str:
    """A column's letters: 0 is A, 27 is AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(reference: str) -> Place | None:
    """The place of a reference such as $AB$12, None when it is none."""
    plain = reference.replace("$", "").strip().upper()
    letters = plain.rstrip("0123456789")
    digits = plain[len(letters) :]
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3 and 0 < len(digits) <= 7):
        return None
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return (int(digits) - 1, column - 1) if int(digits) else None


def span_of(reference: str) -> Span | None:
    """The area of a reference such as A1:C3, None when it is none."""
    first, _, last = reference.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None or end[0] < start[0] or end[1] < start[1]:
        return None
    return (*start, end[0] - start[0] + 1, end[1] - start[1] + 1)
