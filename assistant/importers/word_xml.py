"""The body of a Word document: paragraphs and tables in reading order, for .docx and Word 2003 XML alike.

Read from the elements themselves: python-docx leaves out text in content controls and tracked insertions, which forms
filled in by several hands are full of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.importers.document import ROW_ANCHOR, Cell, Grid, Text
from assistant.importers.placing import MOST_COLUMNS, Budget, clip
from assistant.importers.safe_xml import attribute, local, number
from assistant.importers.word_numbers import Numbers

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NOT_SHOWN = frozenset(
    "del moveFrom instrText delText delInstrText Fallback pPr rPr tblPr tcPr trPr sdtPr sectPr rt".split()
)
_OFF = ("0", "false", "off", "none")


@dataclass
class Body:
    """What has been read of a document so far."""

    budget: Budget
    numbers: Numbers
    parts: list[Grid | Text] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    tables: int = 0
    label: str = ""
    """The automatic number of the last paragraph."""

    def end_text(self) -> None:
        """Close the running text before a table."""
        if self.lines:
            self.parts.append(Text(tuple(self.lines), f"正文第 {len(self.parts) + 1} 部分"))
            self.lines = []


def read_body(body: Element, budget: Budget, numbers: Numbers) -> tuple[tuple[Grid | Text, ...], tuple[str, ...]]:
    """The parts of a document's body, and notes."""
    read = Body(budget, numbers)
    _blocks(body, read)
    read.end_text()
    struck = sum(local(one.tag) in ("del", "moveFrom") and bool(_all_text(one)) for one in body.iter())
    hidden = sum(local(one.tag) == "r" and _is_hidden(one) and bool(_all_text(one)) for one in body.iter())
    notes = [f"有 {struck} 处修订删除的文字没有读取"] if struck else []
    notes += [f"有 {hidden} 处隐藏文字没有读取"] if hidden else []
    return tuple(read.parts), tuple(notes)


def _blocks(holder: Element, read: Body) -> None:
    """Paragraphs and tables of a body, a section, a content control."""
    for one in holder:
        name = local(one.tag)
        if name == "p":
            _paragraph(one, read)
        elif name == "tbl":
            read.end_text()
            read.tables += 1
            at = len(read.parts)
            grid = _table(one, read, f"第 {read.tables} 个表格")
            read.parts.insert(at, grid)  # before the tables inside it
        elif name not in _NOT_SHOWN:
            _blocks(one, read)


def _paragraph(paragraph: Element, read: Body) -> None:
    read.label = read.numbers.label(paragraph)
    text = read.label + paragraph_text(paragraph)
    if text.strip():
        read.lines += [line.rstrip() for line in text.split("\n") if line.strip()]
    for box in _text_boxes(paragraph):
        _blocks(box, read)


def paragraph_text(paragraph: Element) -> str:
    """The visible text of a paragraph, with breaks and tabs, without text boxes and what was struck out."""
    return "".join(_pieces(paragraph))


def _pieces(element: Element) -> Iterator[str]:
    for one in element:
        match local(one.tag):
            case "t":
                yield one.text or ""
            case "tab" | "ptab":
                yield "\t"
            case "br" | "cr":
                yield "\n"
            case "noBreakHyphen":
                yield "-"
            case "sym":
                yield _symbol(one)
            case name if name in _NOT_SHOWN or name in ("txbxContent", "tbl"):
                continue
            case "r" if _is_hidden(one):
                continue
            case _:
                yield from _pieces(one)


def _is_hidden(run: Element) -> bool:
    properties = next((one for one in run if local(one.tag) == "rPr"), None)
    return properties is not None and any(
        local(one.tag) == "vanish" and attribute(one, "val", "1") not in _OFF for one in properties
    )


_SYMBOLS = {0xF0B3: "≥", 0xF0A3: "≤", 0xF0B1: "±", 0xF0B4: "×", 0xF0FE: "☑", 0xF0A8: "□", 0xF06F: "□", 0xF052: "☑"}
"""Signs of the Symbol and Wingdings fonts that stand in forms."""


def _symbol(element: Element) -> str:
    try:
        code = int(attribute(element, "char"), 16)
    except ValueError:
        return "\ufffd"
    return _SYMBOLS.get(code, "\ufffd" if code >= 0xE000 or code == 0 else chr(code))


def _text_boxes(element: Element) -> Iterator[Element]:
    for one in element:
        name = local(one.tag)
        if name == "txbxContent":
            yield one
        elif name not in _NOT_SHOWN and name != "tbl":
            yield from _text_boxes(one)


def _all_text(element: Element) -> str:
    return "".join(one.text or "" for one in element.iter() if local(one.tag) in ("t", "delText")).strip()


def _table(table: Element, read: Body, place: str) -> Grid:
    """A table: gridSpan and vMerge become spans, rows in content controls count too, inner tables follow."""
    cells: list[Cell] = []
    open_cells: dict[int, int] = {}
    for row_number, row in enumerate(_inner(table, "tr")):
        column = _skipped(row)
        for one in _inner(row, "tc"):
            properties = next((item for item in one if local(item.tag) == "tcPr"), None)
            width = min(number(_value(properties, "gridSpan"), 1) or 1, MOST_COLUMNS - column) or 1
            merge = _value(properties, "vMerge", "vmerge", absent="-", empty="continue")
            text, anchor = _cell_content(one, read)
            above = open_cells.get(column)
            sideways = _value(properties, "hMerge", "hmerge", absent="-", empty="continue")
            if sideways == "continue" and cells and cells[-1].row == row_number:
                cells[-1] = replace(cells[-1], columns=cells[-1].columns + width, text=_joined(cells[-1].text, text))
            elif merge == "continue" and above is not None and _reaches(cells[above], row_number, width):
                cell = cells[above]
                cells[above] = replace(cell, rows=row_number - cell.row + 1, text=_joined(cell.text, text))
            else:
                read.budget.take()
                open_cells.pop(column, None)
                if merge in ("restart", "continue"):
                    open_cells[column] = len(cells)
                cells.append(Cell(text, row_number, column, columns=width, anchor=anchor))
            column += width
    return Grid(clip(cells), place)


def _reaches(above: Cell, row: int, width: int) -> bool:
    """Tell whether a cell ends just above a row and is as wide as the one that goes on."""
    return above.row + above.rows == row and above.columns == width


def _joined(above: str, below: str) -> str:
    return "\n".join(filter(None, (above, below)))


def _inner(holder: Element, name: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through content controls and tracked insertions, not those of inner tables."""
    for one in holder:
        tag = local(one.tag)
        if tag == name and not (name == "tr" and _is_deleted(one)):
            yield one
        elif tag not in _NOT_SHOWN and tag not in ("tbl", "tr", "tc", "p"):
            yield from _inner(one, name)


def _is_deleted(row: Element) -> bool:
    properties = next((one for one in row if local(one.tag) == "trPr"), None)
    return properties is not None and any(local(one.tag) == "del" for one in properties)


def _skipped(row: Element) -> int:
    properties = next((one for one in row if local(one.tag) == "trPr"), None)
    return min(number(_value(properties, "gridBefore")), MOST_COLUMNS - 1)


def _value(properties: Element | None, *names: str, absent: str = "", empty: str = "") -> str:
    """The value of a property; `empty` when it is there without one."""
    found = next((one for one in properties if local(one.tag) in names), None) if properties is not None else None
    return absent if found is None else attribute(found, "val", empty)


def _cell_content(cell: Element, read: Body) -> tuple[str, str]:
    """A cell's text, a paragraph a line, and our bookmark in it; tables inside it become parts of their own."""
    inside = Body(read.budget, read.numbers, tables=read.tables)
    _blocks(cell, inside)
    read.tables = inside.tables
    read.parts += [part for part in inside.parts if isinstance(part, Grid)]
    lines = [line for part in inside.parts if isinstance(part, Text) for line in part.lines] + inside.lines
    if len(lines) == 1 and inside.lines and lines[0] != inside.label:
        # The number of a cell's only paragraph counts the cells; it is no part of what the cell says.
        lines = [lines[0].removeprefix(inside.label)]
    marks = (attribute(one, "name") for one in cell.iter() if local(one.tag) == "bookmarkStart")
    return "\n".join(lines), next((one for one in marks if one.startswith(ROW_ANCHOR)), "")
