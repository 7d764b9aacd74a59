"""OpenDocument spreadsheets (.ods): the text of each cell stands in the file as it is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFile
from assistant.importers.document import Document
from assistant.importers.package import Package
from assistant.importers.placing import MOST_COLUMNS
from assistant.importers.safe_xml import attribute, local, number
from assistant.importers.sheet_xml import NO_RESULT
from assistant.importers.sheets import Sheet, SheetCell, parts_of
from assistant.reading_limits import ReadingLimits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HIDDEN = ("collapse", "filter")
_LAST_ROW = 1_048_576
_SPACES = 1000


def read_ods(path: Path, limits: ReadingLimits) -> Document:
    """The sheets of a spreadsheet."""
    with Package(path, limits) as package:
        if "META-INF/manifest.xml" in package and any(
            local(one.tag) == "encryption-data" for one in package.xml("META-INF/manifest.xml").iter()
        ):
            raise UnreadableFile(path, "文件有密码，请去掉密码另存后再导入")
        content = package.xml("content.xml")
    hidden = _hidden_styles(content)
    room = limits.most_cells
    sheets = []
    for table in (one for one in content.iter() if local(one.tag) == "table"):
        sheet = Sheet(attribute(table, "name"), hidden=attribute(table, "style-name") in hidden)
        _read(table, sheet, room)
        room -= len(sheet.cells)
        sheets.append(sheet)
    parts, notes = parts_of(sheets)
    if not parts and any(sheet.cut for sheet in sheets):
        raise UnreadableFile(path, notes[0])
    return Document("ods", parts, "", notes)


def _hidden_styles(content: Element) -> set[str]:
    return {
        attribute(style, "name")
        for style in content.iter()
        if local(style.tag) == "style"
        for properties in style
        if local(properties.tag) == "table-properties" and attribute(properties, "display") == "false"
    }


def _read(table: Element, sheet: Sheet, room: int) -> None:
    column = 0
    for one in _deep(table, "table-column"):
        times = min(number(attribute(one, "number-columns-repeated"), 1), MOST_COLUMNS)
        if attribute(one, "visibility") in _HIDDEN:
            sheet.hidden_columns.update(range(column, min(column + times, MOST_COLUMNS)))
        column += times
        if column >= MOST_COLUMNS:
            break
    row = 0
    for one in _deep(table, "table-row"):
        times = number(attribute(one, "number-rows-repeated"), 1) or 1
        cells = _row(one, row, sheet)
        if len(cells) * times + len(sheet.cells) > room or (len(cells) and row + times > _LAST_ROW):
            sheet.cells.clear()
            sheet.cut = row + 1
            return
        for again in range(times if cells else 0):
            sheet.cells.update(((row + again, place), cell) for place, cell in cells.items())
            if attribute(one, "visibility") in _HIDDEN:
                sheet.hidden_rows.add(row + again)
        row += times


def _row(row: Element, at: int, sheet: Sheet) -> dict[int, SheetCell]:
    """The filled cells of one row, by column; its merged areas go to the sheet."""
    found: dict[int, SheetCell] = {}
    column = 0
    for one in (cell for cell in row if local(cell.tag) in ("table-cell", "covered-table-cell")):
        times = min(number(attribute(one, "number-columns-repeated"), 1) or 1, MOST_COLUMNS - column)
        cell = _cell(one)
        if cell is not None:
            found.update((column + again, cell) for again in range(times))
        down = number(attribute(one, "number-rows-spanned"), 1)
        wide = number(attribute(one, "number-columns-spanned"), 1)
        if down > 1 or wide > 1:
            sheet.areas.append((at, column, down, wide))
        column += times
        if column >= MOST_COLUMNS:
            break
    return found


def _cell(cell: Element) -> SheetCell | None:
    lines = ["".join(_text(one)) for one in cell if local(one.tag) in ("p", "h")]
    text = "\n".join(lines).strip("\n")
    if text:
        return SheetCell(text)
    value = attribute(cell, "value") or attribute(cell, "date-value") or attribute(cell, "string-value")
    if value:
        return SheetCell(value)
    return SheetCell("", NO_RESULT) if attribute(cell, "formula") and not attribute(cell, "value-type") else None


def _text(element: Element) -> Iterator[str]:
    yield element.text or ""
    for one in element:
        match local(one.tag):
            case "s":
                yield " " * min(number(attribute(one, "c"), 1), _SPACES)
            case "tab":
                yield "\t"
            case "line-break":
                yield "\n"
            case "annotation" | "note" | "ruby-text":
                pass
            case _:
                yield from _text(one)
        yield one.tail or ""


def _deep(table: Element, name: str) -> Iterator[Element]:
    """Rows or columns of a table, through groups and headers, not those of a table inside a cell."""
    for one in table:
        tag = local(one.tag)
        if tag == name:
            yield one
        elif tag.startswith("table-") and tag not in ("table-row", "table-cell", "table-column"):
            yield from _deep(one, name)
