"""A table copied out as one cell a line: 一级指标 / 二级指标 / 三级指标 / 指标值 below each other, then the cells.

The cells are put back into columns by what they are: a level's name opens a level, what follows is a name and as many
further cells as the heading has.
"""

from __future__ import annotations

from assistant.dialects import level1_of, level2_of
from assistant.importers.document import Cell, Grid, Text
from assistant.importers.labels import label_of
from assistant.importers.matrix import plain
from assistant.schema import LEVEL2

_HEADINGS = ("一级指标", "二级指标", "三级指标")
_AFTER_NAME = ("指标值", "年度指标值", "目标值", "预期指标值", "实际完成值", "分值", "权重", "得分", "备注")


def as_grid(part: Text) -> tuple[Text, Grid] | None:
    """The text above and the table, None when the lines are no such table."""
    lines = [line.strip() for line in part.lines if line.strip()]
    flat = [plain(line) for line in lines]
    start = next((at for at in range(len(flat) - 3) if tuple(flat[at : at + 3]) == _HEADINGS), None)
    if start is None:
        return None
    first = start + 3
    while first < len(flat) and flat[first] in _AFTER_NAME:
        first += 1
    further = first - start - 3
    cells = _cells(lines[first:], further) if further else []
    if not cells:
        return None
    headings = [Cell(text, 0, column) for column, text in enumerate(lines[start:first])]
    return Text(_labelled(lines[:start]), part.place, part.page), Grid((*headings, *cells), part.place, part.page)


def _cells(lines: list[str], further: int) -> list[Cell]:
    """The cells of the rows under the headings; a row is complete with its name and `further` cells after it."""
    cells: list[Cell] = []
    row, pending = 1, 0
    at = 0
    while at < len(lines):
        text = plain(lines[at])
        joined = text + plain(lines[at + 1]) if at + 1 < len(lines) else text
        if pending == 0 and level1_of(text) and not level2_of(joined):
            cells.append(Cell(text, row, 0))
        elif pending == 0 and joined in LEVEL2:
            cells.append(Cell(joined, row, 1))
            at += 1
        elif pending == 0 and level2_of(text):
            cells.append(Cell(text, row, 1))
        elif pending == 0 and label_of(text) is not None:
            break
        else:
            cells.append(Cell(lines[at], row, 2 + pending))
            pending = (pending + 1) % (1 + further)
            row += pending == 0
        at += 1
    return cells


def _labelled(lines: list[str]) -> tuple[str, ...]:
    """项目名称 / 通村道路硬化 on two lines as one: 项目名称：通村道路硬化."""
    made: list[str] = []
    for line in lines:
        above = made[-1] if made else ""
        if above and label_of(above) is not None and label_of(line) is None:
            made[-1] = f"{plain(above)}：{line}"
        else:
            made.append(line)
    return tuple(made)
