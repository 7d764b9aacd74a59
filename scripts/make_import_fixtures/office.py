"""Draw a fixture as a workbook or a Word document, byte for byte the same on every run."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from scripts.make_import_fixtures.drawn import Break, Grid, Part, Placed, Words, placed

_THEN = datetime(2024, 1, 1)
_LINE = Side(style="thin")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_NEEDLESS = ("thumbnail.jpeg", "stylesWithEffects.xml")
"""Parts python-docx's empty document carries that no reader looks at."""
_WIDTH, _LINE_HEIGHT = 12, 13
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write_xlsx(parts: list[Part], path: Path) -> None:
    """A workbook; every `Break` begins a sheet, text lines are merged over the width of the tables."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    width = max((placed(one)[2] for one in parts if isinstance(one, Grid)), default=1)
    row = 1
    for number, part in enumerate(parts):
        if isinstance(part, Break):
            if number:
                sheet, row = book.create_sheet(part.sheet or None), 1
            elif part.sheet:
                sheet.title = part.sheet
        elif isinstance(part, Words):
            for line in part.lines:
                sheet.cell(row, 1, line).data_type = "s"
                sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
                sheet.cell(row, 1).alignment = _MIDDLE
                row += 1
        else:
            row += _on_sheet(part, sheet, row)
    for one in book.worksheets:
        one.page_setup.paperSize = one.PAPERSIZE_A4
        one.page_setup.fitToHeight = 0
        one.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.properties.created = book.properties.modified = _THEN
    stream = BytesIO()
    book.save(stream)
    path.write_bytes(_steady(stream.getvalue()))


def _on_sheet(grid: Grid, sheet: Worksheet, top: int) -> int:
    cells, height, width = placed(grid)
    for row in range(height):
        for column in range(width):
            sheet.cell(top + row, 1 + column).border = _BOX
    for one in cells:
        at = sheet.cell(top + one.row, 1 + one.column)
        if one.cell.number is not None:
            at.value, at.number_format = one.cell.number, one.cell.shown
        elif one.cell.text:
            at.value = one.cell.text
            at.data_type = "s"
        at.alignment, at.font = _MIDDLE, Font(name="宋体", size=10)
        if one.cell.rows > 1 or one.cell.cols > 1:
            sheet.merge_cells(
                start_row=top + one.row,
                end_row=top + one.row + one.cell.rows - 1,
                start_column=1 + one.column,
                end_column=one.column + one.cell.cols,
            )
    for column, size in enumerate(grid.widths or [_WIDTH] * width, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = size
    for row, lines in enumerate(_lines_of(cells, height, grid.widths or [_WIDTH] * width)):
        sheet.row_dimensions[top + row].height = _LINE_HEIGHT * lines + 4
    return height


def _lines_of(cells: list[Placed], height: int, widths: Sequence[int]) -> list[int]:
    """How many lines every row of the sheet needs for its texts to be seen."""
    lines = [1] * height
    for one in sorted(cells, key=lambda one: one.cell.rows):
        room = max(1, int(sum(widths[one.column : one.column + one.cell.cols]) / 2.3))
        needed = sum(-(-max(len(piece), 1) // room) for piece in one.cell.text.split("\n"))
        last = one.row + one.cell.rows - 1
        lines[last] += max(0, needed - sum(lines[one.row : last + 1]))
    return lines


def write_docx(parts: list[Part], path: Path) -> None:
    """A Word document on A4, tables with merged cells and 宋体."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = "宋体", Pt(9)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    for part in parts:
        if isinstance(part, Break):
            document.add_page_break()
        elif isinstance(part, Words):
            for line in part.lines:
                paragraph = document.add_paragraph(line)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if len(line) < 30 else WD_ALIGN_PARAGRAPH.LEFT
        else:
            _in_document(part, document)
    document.core_properties.created = document.core_properties.modified = _THEN
    stream = BytesIO()
    document.save(stream)
    path.write_bytes(_steady(stream.getvalue()))


def _in_document(grid: Grid, document: docx.document.Document) -> None:
    cells, height, width = placed(grid)
    table = document.add_table(height, width, style="Table Grid")
    sizes = grid.widths or [1] * width
    for column, size in zip(table.columns, sizes, strict=True):
        column.width = Mm(174 * size / sum(sizes))
    drawn = [list(row.cells) for row in table.rows]
    for one in cells:
        first = drawn[one.row][one.column]
        if one.cell.rows > 1 or one.cell.cols > 1:
            last = drawn[one.row + one.cell.rows - 1][one.column + one.cell.cols - 1]
            first = first.merge(last)
        first.text = one.cell.text
    for row, rows in enumerate(drawn):
        for column, cell in enumerate(rows):
            cell.width = Mm(174 * sizes[column] / sum(sizes))
        if row in grid.repeat:
            properties = table.rows[row]._tr.get_or_add_trPr()
            properties.append(properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"}))


def _steady(data: bytes) -> bytes:
    """The same archive with fixed times."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith(_NEEDLESS):
                continue
            if name.endswith((".rels", "[Content_Types].xml")):
                text = re.sub(rb"<(?:Relationship|Override) [^>]*(?:thumbnail|stylesWithEffects)[^>]*/>", b"", text)
            if name == "docProps/core.xml":
                text = _fixed_times(text)
            new.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED, 9)
    return stream.getvalue()


def _fixed_times(text: bytes) -> bytes:
    return re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2024-01-01T00:00:00Z", text)
