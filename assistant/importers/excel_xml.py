"""Excel 2003 XML, as budget systems export it under .xls: cells with styles in one XML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import UnreadableFile
from assistant.importers.document import Document
from assistant.importers.placing import MOST_COLUMNS
from assistant.importers.safe_xml import attribute, local, number, parse_xml
from assistant.importers.sheet_xml import NO_RESULT, shown_cell
from assistant.importers.sheets import Sheet, SheetCell, parts_of
from assistant.reading_limits import ReadingLimits

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NAMED = {
    "General Number": "General",
    "Percent": "0.00%",
    "Standard": "#,##0.00",
    "Fixed": "0.00",
    "Currency": "¥#,##0.00",
    "Scientific": "0.00E+00",
    "Short Date": "yyyy/m/d",
    "Medium Date": "d-mmm-yy",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "General Date": "yyyy/m/d h:mm",
    "Short Time": "h:mm",
    "Long Time": "h:mm:ss",
}
"""Formats the file names in words."""


def read_excel_xml(path: Path, limits: ReadingLimits) -> Document:
    """The sheets of an Excel 2003 XML workbook."""
    root = parse_xml(path.read_bytes(), path)
    styles = _styles(root)
    room = limits.most_cells
    sheets = []
    for worksheet in (one for one in root if local(one.tag) == "Worksheet"):
        visible = next((one.text for one in worksheet.iter() if local(one.tag) == "Visible"), "")
        sheet = Sheet(attribute(worksheet, "Name"), hidden=visible in ("SheetHidden", "SheetVeryHidden"))
        for table in (one for one in worksheet if local(one.tag) == "Table"):
            _read(table, styles, sheet, room)
        room -= len(sheet.cells)
        sheets.append(sheet)
    parts, notes = parts_of(sheets)
    if not parts and any(sheet.cut for sheet in sheets):
        raise UnreadableFile(path, notes[0])
    return Document("excel2003", parts, "", notes)


def _styles(root: Element) -> dict[str, str]:
    """The number format of each style, through the style it is based on."""
    own: dict[str, tuple[str, str]] = {}
    for style in (one for one in root.iter() if local(one.tag) == "Style"):
        code = next((attribute(one, "Format") for one in style if local(one.tag) == "NumberFormat"), "")
        own[attribute(style, "ID")] = (_NAMED.get(code, code), attribute(style, "Parent"))
    return {name: code or own.get(parent, ("", ""))[0] or "General" for name, (code, parent) in own.items()}


def _read(table: Element, styles: dict[str, str], sheet: Sheet, room: int) -> None:
    row = column = -1
    for one in table:
        if local(one.tag) == "Column":
            column = max(column + 1, number(attribute(one, "Index"), column + 2) - 1)
            last = min(column + number(attribute(one, "Span")), MOST_COLUMNS)
            if attribute(one, "Hidden") == "1":
                sheet.hidden_columns.update(range(column, last + 1))
            column = last
        elif local(one.tag) == "Row":
            row = max(row + 1, number(attribute(one, "Index"), row + 2) - 1)
            if attribute(one, "Hidden") == "1":
                sheet.hidden_rows.add(row)
            _read_row(one, row, styles, sheet)
            if len(sheet.cells) > room:
                sheet.cells.clear()
                sheet.cut = row + 1
                return
            row += number(attribute(one, "Span"))


def _read_row(element: Element, row: int, styles: dict[str, str], sheet: Sheet) -> None:
    column = -1
    style = attribute(element, "StyleID")
    for one in (cell for cell in element if local(cell.tag) == "Cell"):
        column = number(attribute(one, "Index"), column + 2) - 1
        if column >= MOST_COLUMNS:
            return
        cell = _cell(one, styles.get(attribute(one, "StyleID", style), "General"))
        if cell is not None:
            sheet.cells[row, max(column, 0)] = cell
        wide, down = number(attribute(one, "MergeAcross")), number(attribute(one, "MergeDown"))
        if wide or down:
            sheet.areas.append((row, max(column, 0), down + 1, wide + 1))
        column += wide


def _cell(cell: Element, code: str) -> SheetCell | None:
    data = next((one for one in cell if local(one.tag) == "Data"), None)
    if data is None:
        return SheetCell("", NO_RESULT) if attribute(cell, "Formula") else None
    text = "".join(data.itertext()).replace("\r\n", "\n").replace("\r", "\n")
    if not text:
        return None
    match attribute(data, "Type"):
        case "Number":
            return shown_cell(text, code)
        case "DateTime":
            return _date(text, code)
        case "Boolean":
            return SheetCell("TRUE" if text.strip() == "1" else "FALSE")
        case "Error":
            return SheetCell(text, "公式出错")
    return SheetCell(text)


def _date(text: str, code: str) -> SheetCell:
    """A date in its format; Excel writes it out as 2024-01-01T00:00:00.000."""
    from datetime import datetime

    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return SheetCell(text)
    since = moment.replace(tzinfo=None) - datetime(1899, 12, 30)
    days = since.days + since.seconds / 86400
    return shown_cell(repr(days), code if code != "General" else "yyyy/m/d")
