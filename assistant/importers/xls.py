"""Binary Excel workbooks (.xls, .et) [door: xlrd]: the cells with their formats; macros are never looked at."""

from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.errors import UnreadableFile
from assistant.importers.document import Document
from assistant.importers.number_formats import shown_text
from assistant.importers.sheet_xml import shown_cell
from assistant.importers.sheets import Sheet, SheetCell, parts_of
from assistant.reading_limits import ReadingLimits

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet as BookSheet

_BROKEN = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    AssertionError,
    ArithmeticError,
    struct.error,
    OSError,
    EOFError,
    MemoryError,
    RecursionError,
    NotImplementedError,
)
"""What xlrd raises on damaged files, beside its own errors."""


def read_xls(path: Path, limits: ReadingLimits) -> Document:
    """The sheets of a binary workbook."""
    import xlrd
    from xlrd.compdoc import CompDocError

    try:
        with xlrd.open_workbook(
            str(path), logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
        ) as book:
            sheets = []
            for at in range(book.nsheets):
                sheets.append(_sheet(book, book.sheet_by_index(at), limits))
                book.unload_sheet(at)
    except (xlrd.XLRDError, CompDocError, *_BROKEN) as problem:
        if "encrypted" in str(problem).lower() or "password" in str(problem).lower():
            raise UnreadableFile(path, "文件有密码，请在 Excel 里去掉密码另存后再导入") from problem
        raise UnreadableFile(path, "文件不完整或已损坏，请用原软件重新保存后再导入") from problem
    parts, notes = parts_of(_within(sheets, limits))
    if not parts and any(sheet.cut for sheet in sheets):
        raise UnreadableFile(path, notes[0])
    return Document("xls", parts, "", notes)


def _within(sheets: list[Sheet], limits: ReadingLimits) -> list[Sheet]:
    """The sheets, those beyond the limit of cells of the whole file cut."""
    room = limits.most_cells
    for sheet in sheets:
        room -= len(sheet.cells)
        if room < 0:
            sheet.cut = sheet.cut or 1
            sheet.cells.clear()
    return sheets


def _sheet(book: Book, source: BookSheet, limits: ReadingLimits) -> Sheet:
    sheet = Sheet(source.name, hidden=source.visibility != 0)
    for row in range(source.nrows):
        for column in range(source.row_len(row)):
            cell = _shown(book, source.cell(row, column))
            if cell is not None:
                sheet.cells[row, column] = cell
        if len(sheet.cells) > limits.most_cells:
            sheet.cells.clear()
            sheet.cut = row + 1
            break
    sheet.areas = [(top, left, bottom - top, right - left) for top, bottom, left, right in source.merged_cells]
    sheet.hidden_rows = {row for row, info in source.rowinfo_map.items() if info.hidden}
    sheet.hidden_columns = {column for column, info in source.colinfo_map.items() if info.hidden}
    return sheet


def _shown(book: Book, cell: Any) -> SheetCell | None:
    """A cell as its format shows it; kinds are 0 empty, 1 text, 2 number, 3 date, 4 truth, 5 error, 6 blank."""
    code = _format(book, cell.xf_index)
    match cell.ctype:
        case 1:
            text = str(cell.value).replace("\r\n", "\n").replace("\r", "\n")
            return SheetCell(shown_text(text, code)) if text else None
        case 2 | 3:
            return shown_cell(repr(cell.value), code, epoch_1904=book.datemode == 1)
        case 4:
            return SheetCell("TRUE" if cell.value else "FALSE")
        case 5:
            from xlrd.biffh import error_text_from_code

            return SheetCell(error_text_from_code.get(cell.value, "#N/A"), "公式出错")
    return None


def _format(book: Book, style: int | None) -> str:
    if style is None or not 0 <= style < len(book.xf_list):
        return "General"
    found = book.format_map.get(book.xf_list[style].format_key)
    return str(found.format_str) if found and found.format_str else "General"
