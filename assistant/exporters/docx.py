"""The official form as a Word document [door: python-docx], with its sources and open matters as an appendix.

The same grid as the workbook. The document can come back: a custom XML part carries the table, and a bookmark stands
in every row's value cell.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import count, pairwise

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Pt, Twips

from assistant.carried import carried_json
from assistant.exporters.columns import SIDE
from assistant.exporters.docx_parts import carry, clear_template, page_number, set_fonts
from assistant.exporters.form import Form
from assistant.exporters.grid import Cell, Grid, Line
from assistant.exporters.heights import row_heights
from assistant.exporters.pages import Page
from assistant.exporters.paging import SHRUNK, Sheet, on_one_page, paged, unspread
from assistant.exporters.prepared import AUTHOR, prepared
from assistant.exporters.word_table import CAPTION, GAP, HEADED, TITLE, Paper, content_text, top_line, word_table

A4 = (11906, 16838)  # twips
MARGIN, TOP = 1008, 900
PAGE = 715.0  # points of an A4 page left for the form, a little kept back for other fonts
FONT, SMALLEST = 10.5, 8.5  # points of the text; smaller than that it goes on to another page instead
UNIT = 105  # twips of a character unit at that size


def document_bytes(form: Form, layout: str | None = None) -> bytes:
    """The document as bytes; `layout` None = the one of the table's dialect."""
    ready = prepared(form, layout)
    flowing = unspread(ready.grid)
    narrowing = _half_points(FONT * min(1.0, (A4[0] - 2 * MARGIN) / UNIT / sum(flowing.widths))) / FONT
    sheet = Sheet(PAGE / narrowing, min(SHRUNK, FONT * narrowing / SMALLEST), flowing.repeated)
    grid = paged(flowing, sheet)
    shrinking = min(1.0, sheet.points / sum(row_heights(grid))) if on_one_page(grid, sheet) else 1.0
    size = _half_points(FONT * narrowing * shrinking)
    document = Document()
    clear_template(document)
    set_fonts(document, size)
    _set_up(document.sections[0], landscape=False)
    _write_form(document, grid, size / FONT)
    _write_appendix(document, ready.pages)
    carry(document, carried_json(ready.carried))
    document.core_properties.author = document.core_properties.last_modified_by = AUTHOR
    document.core_properties.title, document.core_properties.comments = ready.title[:255], ""
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _half_points(size: float) -> float:
    return int(size * 2 + 0.001) / 2


def _set_up(section: Section, *, landscape: bool) -> None:
    wide, high = reversed(A4) if landscape else A4
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(wide), Twips(high)
    section.left_margin = section.right_margin = Twips(MARGIN)
    section.top_margin = section.bottom_margin = Twips(TOP)
    section.header_distance = section.footer_distance = Pt(24)
    page_number(section)


def _write_form(document: WordDocument, grid: Grid, scale: float) -> None:
    """Title and captions as paragraphs, the header of the form as one table, the indicators as one table a page."""
    boxed = top_line(grid)
    title, captions = grid.lines[0], grid.lines[boxed - 1]
    document.add_paragraph(content_text(title.cells[0].content), style=TITLE)
    _, middle, right = (content_text(cell.content) for cell in captions.cells)
    document.add_paragraph(f"\t{middle}\t{right}", style=CAPTION)
    heights, widths = row_heights(grid), _fitted(grid.widths, A4[0])
    numbers = count(1)
    starts = sorted({boxed, grid.repeated, *grid.breaks})
    for start, end in pairwise([*starts, len(grid.lines)]):
        if start > boxed:
            _between(document, new_page=start in grid.breaks)
        lines, own = grid.lines[start:end], heights[start:end]
        if start > grid.repeated:
            lines, own = _headed(lines, grid.lines[grid.repeated]), (heights[grid.repeated], *own)
        headings = 0 if start >= grid.repeated else -1
        joined = boxed < start and start not in grid.breaks
        paper = Paper(widths, tuple(height * scale for height in own), joined=joined)
        _add(document, word_table(Grid(grid.widths, lines, headings), paper, numbers))


def _headed(lines: tuple[Line, ...], heading: Line) -> tuple[Line, ...]:
    """The lines of a later page below the headings; 绩效指标 at the left spans both."""
    first, *rest = lines
    side, *cells = first.cells
    above = (replace(side, down=side.down + 1), *(cell for cell in heading.cells if cell.first != SIDE))
    return Line(above), Line(tuple(cells)), *rest


def _between(document: WordDocument, *, new_page: bool) -> None:
    """The paragraph Word needs between two tables, hardly to be seen."""
    paragraph = document.add_paragraph(style=GAP)
    paragraph.paragraph_format.page_break_before = True if new_page else None


def _write_appendix(document: WordDocument, pages: tuple[Page, ...]) -> None:
    """The lists, on pages of their own across."""
    document.add_section(WD_SECTION.NEW_PAGE)
    document.paragraphs[-1].style = document.styles[GAP]
    _set_up(document.sections[-1], landscape=True)
    for number, page in enumerate(pages):
        heading = document.add_paragraph(page.title, style=TITLE)
        heading.paragraph_format.page_break_before = True if number else None
        heading.paragraph_format.keep_with_next = True
        paper = Paper(_fitted(page.widths, A4[1]), headings=HEADED)
        _add(document, word_table(_page_grid(page), paper, count(1)))
    document.add_paragraph(style=GAP)


def _page_grid(page: Page) -> Grid:
    headings = Line(tuple(Cell(number, number, text, "label") for number, text in enumerate(page.columns, start=1)))
    rows = (
        Line(tuple(Cell(number, number, text, "value" if number == 1 else "text") for number, text in numbered))
        for numbered in (enumerate(row, start=1) for row in page.rows)
    )
    return Grid(page.widths, (headings, *rows), 0)


def _fitted(widths: tuple[float, ...], page: int) -> tuple[int, ...]:
    """The widths in twips, together as wide as the page between its margins."""
    room = page - 2 * MARGIN
    return tuple(int(width * room / sum(widths)) for width in widths)


def _add(document: WordDocument, table: BaseOxmlElement) -> None:
    body = document.element.body
    body.insert(len(body) - 1, table)  # the last child holds the page set-up
