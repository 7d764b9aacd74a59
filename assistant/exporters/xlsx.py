"""The official form as an Excel workbook [door: openpyxl], with its sources and open matters on further sheets.

The workbook can come back: a hidden sheet carries the table, and a defined name stands on every row's value cell.
Every text is stored as text: `=100%` is everyday content here, and openpyxl would make it a formula.
"""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import cast

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from assistant.carried import CARRIED_SHEET, row_anchor, to_chunks
from assistant.exporters.form import Form
from assistant.exporters.grid import Cell, Content, Grid
from assistant.exporters.heights import MAXIMUM, TITLE, line_height, row_heights
from assistant.exporters.look import amount_format, dress, dress_list, lay_out
from assistant.exporters.pages import Page
from assistant.exporters.paging import on_one_page, paged
from assistant.exporters.prepared import AUTHOR, prepared
from assistant.exporters.texts import escaped

FORM_SHEET = "绩效目标表"
SIGNIFICANT = 15  # digits Excel keeps of a number
COMMENT_LINES = 20


def workbook_bytes(form: Form, layout: str | None = None) -> bytes:
    """The workbook as bytes; `layout` None = the one of the table's dialect."""
    ready = prepared(form, layout)
    book = Workbook()
    _write_form(book, cast(Worksheet, book.active), paged(ready.grid))
    for page in ready.pages:
        _write_page(book.create_sheet(page.title), page)
    _write_carried(book.create_sheet(CARRIED_SHEET), to_chunks(ready.carried))
    book.properties.creator = AUTHOR
    book.properties.title = ready.title
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _write_form(book: Workbook, sheet: Worksheet, grid: Grid) -> None:
    sheet.title = FORM_SHEET
    sheet.sheet_view.showGridLines = False
    for column, width in enumerate(grid.widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, (line, height) in enumerate(zip(grid.lines, row_heights(grid), strict=True), start=1):
        sheet.row_dimensions[number].height = min(height, MAXIMUM)
        for cell in line.cells:
            _write_cell(sheet, number, cell)
            if cell.row:
                name = row_anchor(cell.row)
                place = f"'{FORM_SHEET}'!${get_column_letter(cell.first)}${number}"
                book.defined_names[name] = DefinedName(name, attr_text=place)
    for first in grid.breaks:
        sheet.row_breaks.append(Break(id=first))
    last = f"{get_column_letter(grid.columns)}{len(grid.lines)}"
    lay_out(sheet, area=f"A1:{last}", repeated_row=grid.repeated + 1, one_page=on_one_page(grid))


def _write_cell(sheet: Worksheet, number: int, cell: Cell) -> None:
    below = number + cell.down - 1
    for row in range(number, below + 1):
        for column in range(cell.first, cell.last + 1):
            dress(_at(sheet, row, column), cell.role)
    first = _at(sheet, number, cell.first)
    _put(first, cell.content)
    if cell.comment:
        lines = min(2 + len(cell.comment) // 18, COMMENT_LINES)
        first.comment = Comment(escaped(cell.comment), AUTHOR, height=24 * lines, width=300)
    if (below, cell.last) != (number, cell.first):
        sheet.merge_cells(start_row=number, end_row=below, start_column=cell.first, end_column=cell.last)


def _write_carried(sheet: Worksheet, chunks: tuple[str, ...]) -> None:
    """The table as it was given, where neither a clerk nor a printer sees it."""
    sheet.sheet_state = Worksheet.SHEETSTATE_VERYHIDDEN
    for number, chunk in enumerate(chunks, start=1):
        _put(_at(sheet, number, 1), chunk)


def _write_page(sheet: Worksheet, page: Page) -> None:
    for column, (heading, width) in enumerate(zip(page.columns, page.widths, strict=True), start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
        _put(_at(sheet, 2, column), heading)
        dress_list(_at(sheet, 2, column), heading=True)
    _put(_at(sheet, 1, 1), page.title)
    dress(_at(sheet, 1, 1), "title")
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(page.columns))
    sheet.row_dimensions[1].height = TITLE
    for number, row in enumerate(page.rows, start=3):
        sheet.row_dimensions[number].height = min(line_height(row, page.widths), MAXIMUM)
        for column, text in enumerate(row, start=1):
            _put(_at(sheet, number, column), text)
            dress_list(_at(sheet, number, column), heading=False)
    sheet.freeze_panes = "A3"
    last = f"{get_column_letter(len(page.columns))}{len(page.rows) + 2}"
    lay_out(sheet, area=f"A1:{last}", repeated_row=2, landscape=True)


def _put(cell: SheetCell, content: Content) -> None:
    """Content into a cell: amounts as numbers, every text as text, nothing as an empty cell (never 0)."""
    if content is None or content == "":
        return
    if isinstance(content, Decimal) and len(content.normalize().as_tuple().digits) <= SIGNIFICANT:
        cell.value = content
        cell.number_format = amount_format(content)
        return
    cell.value = escaped(content) if isinstance(content, str) else f"{content:f}"
    cell.data_type = "s"
    cell.quotePrefix = True


def _at(sheet: Worksheet, row: int, column: int) -> SheetCell:
    """A cell that is not yet merged."""
    return cast(SheetCell, sheet.cell(row, column))
