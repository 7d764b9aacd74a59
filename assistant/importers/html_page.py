"""Web pages, and HTML saved under .xls or .doc: tables as drawn, tables used for layout taken apart, text around them.

[door: selectolax – a browser's own rules for broken markup]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.importers.document import Cell, Document, Grid, Text
from assistant.importers.encodings import read_decoded
from assistant.importers.placing import MOST_COLUMNS, Budget, Rows
from assistant.importers.safe_xml import number
from assistant.reading_limits import ReadingLimits

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SILENT = frozenset("script style noscript template head svg math object iframe".split())
_FIELDS = frozenset("input select textarea".split())
_NOT_TYPED = frozenset("hidden button submit reset image file password range color".split())
_BOXES = {True: "☑", False: "□"}
_BLOCKS = frozenset(
    "p div section article header footer main aside nav ul ol li dl dt dd h1 h2 h3 h4 h5 h6 center form fieldset "
    "blockquote pre address figure figcaption caption hr tr table tbody thead tfoot td th body html".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_MOST_ROWS_DOWN = 65_534


def read_html(path: Path, limits: ReadingLimits) -> Document:
    """The tables and texts of a page."""
    decoded = read_decoded(path)
    parts, notes = parts_of_html(decoded.text, Budget(path, limits))
    return Document("html", parts, "", (*decoded.notes, *notes))


def parts_of_html(markup: str, budget: Budget, first_table: int = 1) -> tuple[tuple[Grid | Text, ...], tuple[str, ...]]:
    """The parts of a piece of HTML, its tables counted from `first_table`."""
    from selectolax.lexbor import LexborHTMLParser

    page = _Page(budget, tables=first_table - 1)
    root = LexborHTMLParser(markup.replace("\0", "")).root
    if root is not None:
        _walk(root, page)
    page.end_text()
    return tuple(page.parts), tuple(page.notes())


@dataclass
class _Page:
    budget: Budget
    tables: int = 0
    parts: list[Grid | Text] = field(default_factory=list)
    line: str = ""
    lines: list[str] = field(default_factory=list)
    in_cell: bool = False
    hidden_rows: int = 0
    hidden_columns: int = 0
    hidden_text: list[str] = field(default_factory=list)

    def end_line(self) -> None:
        # Text of a cell keeps the line ends that are not the source's own folding: extracted tables have no <br>.
        pieces = re.split(r"\r?\n(?![ \t])", self.line) if self.in_cell else [self.line]
        self.lines += [_one_line(piece) for piece in pieces if piece.strip()]
        self.line = ""

    def end_text(self) -> None:
        self.end_line()
        if self.lines:
            self.parts.append(Text(tuple(self.lines), f"正文第 {len(self.parts) + 1} 部分"))
            self.lines = []

    def notes(self) -> list[str]:
        notes = [f"有 {self.hidden_rows} 行表格是隐藏的，也读了"] if self.hidden_rows else []
        notes += [f"有 {self.hidden_columns} 列表格是隐藏的，也读了"] if self.hidden_columns else []
        if self.hidden_text:
            shown = "、".join(f"“{one[:20]}”" for one in self.hidden_text[:3])
            notes.append(f"有 {len(self.hidden_text)} 处隐藏内容没有读取：{shown}")
        return notes


def _walk(node: LexborNode, page: _Page) -> None:
    """Text and tables below a node, in reading order."""
    for one in _children(node):
        tag = one.tag or ""
        if tag == "-text":
            page.line += one.text_content or ""
        elif tag in _SILENT or tag.startswith(("-", "_", "!")):
            continue
        elif _is_hidden(one):
            _leave_out(one, page)
        elif tag in _FIELDS:
            page.line += _filled_in(one)
        elif tag == "br":
            page.end_line()
        elif tag == "table":
            _table(one, page)
        elif tag in _BLOCKS:
            page.end_line()
            _walk(one, page)
            page.end_line()
        else:
            _walk(one, page)


def _table(table: LexborNode, page: _Page) -> None:
    """A table of data becomes a grid; one that only arranges a page is walked through."""
    if _is_layout(table):
        page.end_line()
        _walk(table, page)
        page.end_line()
        return
    page.end_text()
    page.tables += 1
    at = len(page.parts)
    rows = Rows(page.budget)
    page.hidden_columns += sum(_is_hidden(one) for one in table.css("col"))
    for caption in (one for one in _children(table) if one.tag == "caption"):
        page.parts.append(Text((_one_line(caption.text()),), f"第 {page.tables} 个表格的标题"))
        at += 1
    for row in _rows(table):
        rows.next_row()
        page.hidden_rows += _is_hidden(row) and bool(row.text().strip())
        for cell in (one for one in _children(row) if one.tag in ("td", "th")):
            if _is_hidden(cell):
                _leave_out(cell, page)
                continue
            rows.put(_cell(cell, page))
    page.parts.insert(at, Grid(rows.clipped(), f"第 {page.tables} 个表格"))


def _cell(node: LexborNode, page: _Page) -> Cell:
    """A cell; a table inside it becomes a part of its own, after this one."""
    inside = _Page(page.budget, tables=page.tables, in_cell=True)
    _walk(node, inside)
    inside.end_line()
    page.tables = inside.tables
    page.hidden_rows += inside.hidden_rows
    page.hidden_columns += inside.hidden_columns
    page.hidden_text += inside.hidden_text
    texts = [line for part in inside.parts if isinstance(part, Text) for line in part.lines] + inside.lines
    page.parts += [part for part in inside.parts if isinstance(part, Grid)]
    attributes = node.attributes
    wide = number(attributes.get("colspan") or "", 1, most=MOST_COLUMNS) or 1
    down = number(attributes.get("rowspan") or "", 1, most=_MOST_ROWS_DOWN) or 1
    return Cell("\n".join(texts), 0, 0, rows=down, columns=wide)


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for one in _children(table):
        if one.tag == "tr":
            yield one
        elif one.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in _children(one) if row.tag == "tr")


def _is_layout(table: LexborNode) -> bool:
    """Tell whether a table only arranges a page: it holds tables, and no row of its own has two cells with words."""
    if all(one.mem_id == table.mem_id for one in table.css("table")):
        return False
    for row in _rows(table):
        own = [cell for cell in _children(row) if cell.tag in ("td", "th") and _own_words(cell)]
        if len(own) > 1:
            return False
    return True


def _own_words(cell: LexborNode) -> bool:
    """Tell whether a cell says something outside the tables inside it."""
    for one in _children(cell):
        if one.tag == "-text":
            if (one.text_content or "").strip():
                return True
        elif one.tag not in (*_SILENT, "table") and _own_words(one):
            return True
    return False


def _filled_in(field: LexborNode) -> str:
    """What a field of a saved web form shows: the typed text, the chosen entry, a ticked box."""
    attributes = field.attributes
    if field.tag == "textarea":
        return field.text()
    if field.tag == "select":
        entries = field.css("option")
        chosen = [one for one in entries if "selected" in one.attributes] or entries[:1]
        return "、".join(one.text() for one in chosen)
    kind = (attributes.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return _BOXES["checked" in attributes]
    return "" if kind in _NOT_TYPED else attributes.get("value") or ""


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def _leave_out(node: LexborNode, page: _Page) -> None:
    """Remember what is hidden from a reader; a hidden row is read by its table."""
    text = _one_line(node.text())
    if text:
        page.hidden_text.append(text)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    one = node.first_child
    while one is not None:
        yield one
        one = one.next


def _one_line(text: str) -> str:
    return re.sub(r"[ \t\r\n\f\u00a0]+", " ", text).strip()
