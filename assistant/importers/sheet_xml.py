"""One sheet of an Excel workbook, read as a stream: what a cell shows, where cells are merged, what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from assistant.importers.number_formats import shown_number, shown_text
from assistant.importers.package import Package
from assistant.importers.placing import MOST_COLUMNS
from assistant.importers.safe_xml import BROKEN_XML, broken_xml, local, number, stream_xml
from assistant.importers.sheets import Sheet, SheetCell, place_of, span_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

NO_RESULT = "公式没有保存计算结果"
HIDDEN_BY_FORMAT = "单元格格式把内容藏起来了"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
_MOST_AREAS = 200_000
_MOST_HIDDEN = 1000
_EMPTY_TO_FILLED = 20
"""Sheets are formatted far beyond what is filled: so many times the limit of cells may be looked at."""


@dataclass
class Book:
    """What the cells of all sheets refer to, and how many more of them may be read."""

    strings: list[str]
    formats: list[str]
    epoch_1904: bool
    room: int


def read_sheet(package: Package, part: str, book: Book, sheet: Sheet) -> None:
    """Fill a sheet from its part; with too many cells the sheet is emptied and marked as cut."""
    with package.stream(part) as source:
        try:
            _read(stream_xml(source), book, sheet)
        except BROKEN_XML as problem:
            raise broken_xml(problem, package.path, sheet.place) from problem


def _read(events: Iterator[tuple[str, Element]], book: Book, sheet: Sheet) -> None:
    row = column = -1
    holder: Element | None = None  # the row or sheet data whose read children are dropped
    cells = hidden = 0
    for event, element in events:
        name = local(element.tag)
        if event == "start":
            if name == "row":
                row, column, holder = number(element.get("r", ""), row + 2) - 1, -1, element
                if element.get("hidden") in ("1", "true"):
                    sheet.hidden_rows.add(row)
        elif name == "c":
            place = place_of(element.get("r", "")) or (row, column + 1)
            column = place[1]
            cell = cell_of(element, book)
            if cell is not None and column < MOST_COLUMNS:
                sheet.cells[place] = cell
            cells += 1
            if len(sheet.cells) > book.room or cells > _EMPTY_TO_FILLED * book.room:
                sheet.cells.clear()
                sheet.cut = place[0] + 1
                return
            (element if holder is None else holder).clear()
        elif name == "row":
            element.clear()
        elif name == "mergeCell":
            area = span_of(element.get("ref", ""))
            if area is not None and len(sheet.areas) < _MOST_AREAS:
                sheet.areas.append(area)
        elif name == "col" and element.get("hidden") in ("1", "true") and (hidden := hidden + 1) < _MOST_HIDDEN:
            first, last = number(element.get("min", "")), number(element.get("max", ""))
            sheet.hidden_columns.update(range(max(first, 1) - 1, min(last, MOST_COLUMNS)))
    book.room -= len(sheet.cells)


def cell_of(element: Element, book: Book) -> SheetCell | None:
    """What a cell shows, None when it is empty."""
    written, inline, formula = "", "", False
    for child in element:
        match local(child.tag):
            case "v":
                written = child.text or ""
            case "f":
                formula = True
            case "is":
                inline = rich_text(child)
    kind = element.get("t", "n")
    style = number(element.get("s", ""))
    code = book.formats[style] if style < len(book.formats) else "General"
    if kind == "s":
        position = number(written, -1)
        text = book.strings[position] if 0 <= position < len(book.strings) else ""
    elif kind == "inlineStr":
        text = inline or written
    else:
        return _computed(written, kind, code, book, formula=formula)
    text = unescaped(text)
    return SheetCell(shown_text(text, code)) if text else None


def _computed(written: str, kind: str, code: str, book: Book, *, formula: bool) -> SheetCell | None:
    """A number, date, truth value, error, or a formula's text."""
    if not written:
        return SheetCell("", NO_RESULT) if formula and kind != "str" else None
    if kind == "str":
        return SheetCell(shown_text(unescaped(written), code))
    if kind == "b":
        return SheetCell("TRUE" if written.strip() == "1" else "FALSE")
    if kind == "e" or written in _ERRORS:
        return SheetCell(written, "公式出错")
    if kind == "d":
        return _iso_date(written)
    return shown_cell(written, code, epoch_1904=book.epoch_1904)


def shown_cell(written: str, code: str, *, epoch_1904: bool = False) -> SheetCell:
    """A number as written in the file, as its format shows it."""
    try:
        value = Decimal(written.strip())
        value = Decimal(f"{float(value):.15g}") if len(value.as_tuple().digits) > 15 else value
    except (InvalidOperation, OverflowError):
        return SheetCell(written, "不是有效的数字")
    if not value.is_finite() or abs(value.adjusted()) > 308:
        return SheetCell(written, "不是有效的数字")
    text = shown_number(value, code, epoch_1904=epoch_1904)
    if not text and value:
        return SheetCell(shown_number(value, "General"), HIDDEN_BY_FORMAT)
    return SheetCell(text)


def _iso_date(written: str) -> SheetCell:
    try:
        moment = datetime.fromisoformat(written.strip())
    except ValueError:
        return SheetCell(written)
    day = f"{moment.year}/{moment.month}/{moment.day}"
    return SheetCell(day if not (moment.hour or moment.minute) else f"{day} {moment.hour}:{moment.minute:02d}")


def rich_text(item: Element) -> str:
    """The text of a string item: all its runs, without the phonetic guide."""
    texts = []
    for child in item:
        if local(child.tag) == "t":
            texts.append(child.text or "")
        elif local(child.tag) == "r":
            texts += [one.text or "" for one in child if local(one.tag) == "t"]
    return "".join(texts)


def unescaped(text: str) -> str:
    """Text without the escapes Excel writes for control characters (_x000D_), line ends made plain."""
    plain = _ESCAPED.sub(lambda found: _control(int(found[1], 16)), text)
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _control(code: int) -> str:
    surrogate = 0xD800 <= code < 0xE000
    return "" if surrogate or (code < 0x20 and chr(code) not in "\t\n\r") else chr(code)
