"""A grid as a Word table [door: python-docx]: merged cells, borders, repeated headings, a bookmark in every value cell.

Children stand in the order ISO 29500 asks for: Word offers to repair a file where they do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from assistant.carried import row_anchor
from assistant.exporters.grid import Cell, Content, Grid, Line, Role

LABEL, FILLED, HEADED = "表样标签", "表样内容", "清单标题"
"""Paragraph styles: what is printed on the form, what is filled in, headings of the lists."""
TITLE, CAPTION, GAP = "表样标题", "表样说明", "表样间隔"
"""Paragraph styles outside the tables; the last keeps two tables apart."""
TWIPS = 20  # in a point
TALL = 330.0  # points from which a row may run over a page end: it would leave half a page empty
_MARGINS = (("top", 25), ("left", 45), ("bottom", 25), ("right", 45))  # twips between a border and the text
_INDENT = 80
_GREY = "E7E6E6"
_SIDEWAYS: dict[Role, str] = {"text": "left"}
_STYLES: dict[Role, str] = {"label": LABEL}


@dataclass(frozen=True)
class Paper:
    """How a table stands on the page: column widths in twips, row heights in points (None: as the text needs).

    `joined`: it follows another one directly, whose last line is its first.
    """

    widths: tuple[int, ...]
    heights: tuple[float, ...] | None = None
    headings: str = LABEL
    joined: bool = False


def element(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """A `w:` element."""
    made: BaseOxmlElement = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def word_table(grid: Grid, paper: Paper, numbers: count[int]) -> BaseOxmlElement:
    """The table; its line `grid.repeated` is said again on every page it runs over; `numbers` count the bookmarks."""
    table = element("tbl", _table_properties(paper))
    table.append(element("tblGrid", *(element("gridCol", w=width) for width in paper.widths)))
    covering: dict[int, tuple[int, Cell]] = {}
    for number, line in enumerate(grid.lines):
        covering = {column: (left - 1, cell) for column, (left, cell) in covering.items() if left > 1}
        covering |= {cell.first: (cell.down, cell) for cell in line.cells}
        row = element("tr", _row_properties(paper, number, heading=number == grid.repeated))
        for column in sorted(covering):
            cell = covering[column][1]
            row.append(_cell(cell, paper, numbers, begins=cell in line.cells, held=number == grid.repeated))
        table.append(row)
    return table


def content_text(content: Content) -> str:
    """What a cell says; amounts with exactly the decimals they have."""
    if isinstance(content, Decimal):
        return f"{content:f}"
    return content or ""


def text_run(text: str) -> BaseOxmlElement:
    """The text as it stands, whatever it looks like: no field, no link, only line breaks and tabs."""
    run = element("r")
    for number, part in enumerate(text.split("\n")):
        if number:
            run.append(element("br"))
        for place, piece in enumerate(part.split("\t")):
            if place:
                run.append(element("tab"))
            written = element("t")
            written.text = piece
            written.set(qn("xml:space"), "preserve")
            run.append(written)
    return run


def _table_properties(paper: Paper) -> BaseOxmlElement:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    drawn = {side: "nil" if paper.joined and side == "top" else "single" for side in sides}
    lines = (element(side, val=kind, sz=4, space=0, color="000000") for side, kind in drawn.items())
    margins = (element(side, w=width, type="dxa") for side, width in _MARGINS)
    return element(
        "tblPr",
        element("tblW", w=sum(paper.widths), type="dxa"),
        element("jc", val="center"),
        element("tblBorders", *lines),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
    )


def _row_properties(paper: Paper, number: int, *, heading: bool) -> BaseOxmlElement:
    height = paper.heights[number] if paper.heights else 0.0
    found = element("trPr")
    if height < TALL:
        found.append(element("cantSplit"))
    if 0 < height < TALL:
        found.append(element("trHeight", val=round(height * TWIPS), hRule="atLeast"))
    if heading:
        found.append(element("tblHeader"))
    return found


def _cell(cell: Cell, paper: Paper, numbers: count[int], *, begins: bool, held: bool) -> BaseOxmlElement:
    """One cell in one row; the rows below the first of a merged cell only say that it goes on."""
    width = sum(paper.widths[cell.first - 1 : cell.last])
    properties = element("tcPr", element("tcW", w=width, type="dxa"))
    if cell.last > cell.first:
        properties.append(element("gridSpan", val=cell.last - cell.first + 1))
    if cell.down > 1:
        properties.append(element("vMerge", val="restart") if begins else element("vMerge"))
    shade = _GREY if paper.headings == HEADED and held else ""
    if shade:
        properties.append(element("shd", val="clear", color="auto", fill=shade))
    properties.append(element("vAlign", val="center"))
    return element("tc", properties, _paragraph(cell, paper, numbers, begins=begins, held=held))


def _paragraph(cell: Cell, paper: Paper, numbers: count[int], *, begins: bool, held: bool) -> BaseOxmlElement:
    style = paper.headings if held else _STYLES.get(cell.role, FILLED)
    look = element("pPr", element("pStyle", val=style))
    if held:
        look.append(element("keepNext"))
    if cell.role == "text":
        look.append(element("ind", left=_INDENT, right=_INDENT))
    look.append(element("jc", val=_SIDEWAYS.get(cell.role, "center")))
    content = [text_run(content_text(cell.content))] if begins and content_text(cell.content) else []
    return element("p", look, *_marked(content, cell.row, numbers))


def _marked(content: list[BaseOxmlElement], row: str, numbers: count[int]) -> Iterator[BaseOxmlElement]:
    """The content within the bookmark of its row; an empty cell keeps one too."""
    if not row:
        yield from content
        return
    number = next(numbers)
    yield element("bookmarkStart", id=number, name=row_anchor(row))
    yield from content
    yield element("bookmarkEnd", id=number)


def top_line(grid: Grid) -> int:
    """How many lines at the top stand outside the table: title and captions have no border."""
    return next(number for number, line in enumerate(grid.lines) if not _unboxed(line))


def _unboxed(line: Line) -> bool:
    return any(cell.role in ("title", "caption", "unit") for cell in line.cells)
