"""One PDF page in pdfplumber: its lines as tables, its characters in their cells, the rest as lines of text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from assistant.importers.borderless import DOUBT, Piece, aligned
from assistant.importers.lattice import Drawn, Lattice, Segment, TooManyLines, lattices
from assistant.importers.pages import Item, Line

_THIN = 3.0
"""Points: a filled rectangle no thicker than this is a line; lines this close to each other are one."""
_COLUMN_GAP = 0.9
"""Of a character's size: the least gap between two columns without a border."""
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_NO_TEXT = re.compile(r"\(cid:\d+\)|\ufffd")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")


Turn = Callable[[Any], Any]
"""Gives a drawn thing as it lies on the page turned upright."""


def common_characters(text: str) -> str:
    """The text with radicals, which some fonts give for whole characters that look the same, as those characters."""
    return _RADICALS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def read_drawn_page(page: Any, notes: list[str]) -> list[Item]:
    """A pdfplumber page's tables and lines of text, from top to bottom."""
    number = page.page_number
    chars, shapes = page.chars, _Shapes(page.lines, page.rects, page.curves)
    turn = _turn(chars)
    if turn:
        chars, shapes = [turn(char) for char in chars], shapes.turned(turn)
    try:
        found = lattices(_segments(shapes), _THIN)
    except TooManyLines:
        notes.append(f"第 {number} 页的表格线过多，没有按表格读，只取了文字")
        found = []
    inside: list[dict[int, list[Any]]] = [{} for _ in found]
    outside = []
    for char in chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for lattice, cells in zip(found, inside, strict=True):
            slot = lattice.slot_at(x, y)
            if slot is not None:
                cells.setdefault(slot, []).append(char)
                break
        else:
            outside.append(char)
    placed: list[tuple[float, Item]] = [
        (lattice.ys[0], _drawn(lattice, cells, number, ordinal))
        for ordinal, (lattice, cells) in enumerate(zip(found, inside, strict=True), start=1)
    ]
    placed += _outside(outside, number, len(placed) + 1, shapes)
    return [item for _, item in sorted(placed, key=lambda one: one[0])]


def _outside(chars: Sequence[Any], page: int, ordinal: int, shapes: _Shapes) -> list[tuple[float, Item]]:
    """Lines outside the drawn tables, a table without borders among them as a table."""
    rows = char_rows(chars)
    rules = [one.at for one in _segments(shapes) if one.horizontal]
    table = aligned([_pieces(row) for row in rows], rules)
    lines = [(min(char["top"] for char in row), Line(common_characters(_line(row)))) for row in rows]
    if table is None:
        return [*lines]
    doubts = tuple(DOUBT if text else "" for text in table.texts)
    drawn = Drawn(table.lattice, table.texts, doubts, f"第 {page} 页第 {ordinal} 个表格（无边框）", page)
    return [*lines[: table.first], (table.lattice.ys[0], drawn), *lines[table.end :]]


def _pieces(row: Sequence[Any]) -> list[Piece]:
    """A line cut where a column may end."""
    groups: list[list[Any]] = []
    for char in sorted(row, key=lambda one: one["x0"]):
        if groups and char["x0"] - groups[-1][-1]["x1"] <= char["size"] * _COLUMN_GAP:
            groups[-1].append(char)
        else:
            groups.append([char])
    return [
        Piece(
            common_characters(_line(group)),
            group[0]["x0"],
            min(char["top"] for char in group),
            group[-1]["x1"],
            max(char["bottom"] for char in group),
        )
        for group in groups
    ]


@dataclass(frozen=True)
class _Shapes:
    """What is drawn on a page and may be a rule."""

    lines: list[Any]
    rects: list[Any]
    curves: list[Any]

    def turned(self, turn: Turn) -> _Shapes:
        return _Shapes(*([turn(one) for one in shapes] for shapes in (self.lines, self.rects, self.curves)))


def _turn(chars: Sequence[Any]) -> Turn | None:
    """How to turn a page on whose upright sheet the table lies on its side; None where the text stands upright."""
    up = sum(char["matrix"][1] > abs(char["matrix"][0]) for char in chars)
    down = sum(char["matrix"][1] < -abs(char["matrix"][0]) for char in chars)
    if max(up, down) * 2 <= len(chars):
        return None

    def turn(one: Any) -> Any:
        points = [_turned_point(x, y, up > down) for x, y in [(one["x0"], one["top"]), (one["x1"], one["bottom"])]]
        (x0, x1), (top, bottom) = sorted(x for x, _ in points), sorted(y for _, y in points)
        more = {"pts": [_turned_point(x, y, up > down) for x, y in one["pts"]]} if "pts" in one else {}
        return {**one, "x0": x0, "x1": x1, "top": top, "bottom": bottom, **more}

    return turn


def _turned_point(x: float, y: float, reads_up: bool) -> tuple[float, float]:
    return (-y, x) if reads_up else (y, -x)


def _drawn(lattice: Lattice, cells: dict[int, list[Any]], page: int, ordinal: int) -> Drawn:
    texts = [
        "\n".join(common_characters(_line(row)) for row in char_rows(cells.get(index, ())))
        for index in range(len(lattice.slots))
    ]
    doubts = ["字体里没有文字编码，读出的不是原文" if _NO_TEXT.search(text) else "" for text in texts]
    return Drawn(lattice, tuple(texts), tuple(doubts), f"第 {page} 页第 {ordinal} 个表格", page)


def char_rows(chars: Iterable[Any]) -> list[list[Any]]:
    """Characters by line, from top to bottom."""
    rows: list[list[Any]] = []
    middle = 0.0
    for char in sorted((one for one in chars if one["text"].strip()), key=_middle):
        if rows and _middle(char) - middle <= max(char["bottom"] - char["top"], 1.0) * 0.5:
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = _middle(char)
    return rows


def _middle(char: Any) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _line(row: Sequence[Any]) -> str:
    text, end, before = "", 0.0, None
    for char in sorted(row, key=lambda one: one["x0"]):
        if before and before["text"] == char["text"] and abs(char["x0"] - before["x0"]) < 1:
            continue  # bold made by printing twice
        gap = char["x0"] - end
        both_wide = bool(before and _WIDE.match(before["text"]) and _WIDE.match(char["text"]))
        if before and gap > char["size"] * (1.0 if both_wide else 0.3):
            text += " "
        text += char["text"]
        end, before = char["x1"], char
    return text


def _segments(page: _Shapes) -> list[Segment]:
    """Everything on the page that a reader sees as a straight line across or down."""
    segments: list[Segment] = []
    for line in page.lines:
        segments += _straight(line["x0"], line["top"], line["x1"], line["bottom"])
    for rect in page.rects:
        left, top, right, bottom = rect["x0"], rect["top"], rect["x1"], rect["bottom"]
        if min(right - left, bottom - top) <= _THIN:
            segments += _straight(left, top, right, bottom)
        elif rect["stroke"]:
            segments += [Segment(True, at, left, right) for at in (top, bottom)]
            segments += [Segment(False, at, top, bottom) for at in (left, right)]
    for curve in page.curves:
        points = curve["pts"] if curve["stroke"] else ()
        for (x0, y0), (x1, y1) in pairwise(points):
            segments += _straight(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
    return segments


def _straight(left: float, top: float, right: float, bottom: float) -> list[Segment]:
    """A line or thin rectangle as a segment; slanting lines and dots are none."""
    width, height = right - left, bottom - top
    if height <= _THIN and width > height:
        return [Segment(True, (top + bottom) / 2, left, right)]
    if width <= _THIN and height > width:
        return [Segment(False, (left + right) / 2, top, bottom)]
    return []
