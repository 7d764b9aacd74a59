"""The head of a table – which rows it is, which columns hold what – and whether a further part repeats it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.dialects import level1_of
from assistant.importers.document import Cell, Grid
from assistant.importers.matrix import plain

_PROJECT = re.compile("(?:[一二]级)?(?:项目|专项|政策|部门|单位)(?:[（(].{1,8}[)）])?(?:名称|编码)")
HEAD_WORD = re.compile(
    "[一二三末]级(?:绩效)?指标|指标值|指标名称|指标内容|目标值|指标性质|[计度]量单位|指标解释|指标说明"
)
NAME_WORD = re.compile("[三末]级(?:绩效)?指标|指标名称|指标内容|^三级$")
VALUE_WORD = re.compile("指标值|目标值|预期值|年度数值|绩效标准")
_HEAD_ROWS, _PROJECT_ROWS = 12, 3
TALL = 4
"""Rows; a cell of the head reaching further down is a label of what follows, not part of the head."""

Signature = tuple[tuple[int, str], ...]
"""The columns and texts of a row."""


@dataclass(frozen=True)
class Repeated:
    """How much of a part repeats what the table already has."""

    rows: int = 0
    whole_head: bool = False
    """The rows name the project as well: a head printed on every page."""
    remark: str = ""
    """Said when the repeated row is worded differently."""


@dataclass(frozen=True)
class Layout:
    """Which columns hold names and values; those left of the first name are levels."""

    names: frozenset[int]
    values: frozenset[int]
    first_name: int
    head_row: int


def begins_a_project(grid: Grid) -> bool:
    """Whether the first rows name a project, so that nothing before them belongs to the table."""
    rows = _rows(grid)
    for number in range(_PROJECT_ROWS):
        if any(_PROJECT.match(plain(cell.text)) for cell in rows.get(number, ())):
            return not _is_head(rows[number]) or not layout_of(grid)
    return False


def repeated_rows(table: Grid, following: Grid) -> Repeated:
    """How many first rows of a part repeat head rows of the table."""
    rows, further = _rows(table), _rows(following)
    old = [_signature(row) for _, row in sorted(rows.items())]
    new = [_signature(further.get(row, ())) for row in range(min(_HEAD_ROWS, len(further)))]
    for count in range(len(new), 0, -1):
        if not _is_head(further.get(count - 1, ())):
            continue
        starts = range(len(old) - count + 1)
        if any(all(map(_repeats, old[start : start + count], new[:count])) for start in starts):
            named = any(_PROJECT.match(text) for row in new[:count] for _, text in row)
            return Repeated(count, whole_head=named)
    first, layout = further.get(0, []), layout_of(table)
    if layout and _is_head(first) and _columns(first) == _columns(rows[layout.head_row]):
        words = "、".join(plain(cell.text) for cell in first if cell.text)
        return Repeated(1, remark=f"{following.place}重复的表头与前页写法不同，已略去：{words}")
    return Repeated()


def starts_over(table: Grid, following: Grid, repeated: Repeated) -> bool:
    """Whether a part with a head of its own begins at the first levels again after the table had come to its last."""
    layout = layout_of(table)
    if not repeated.rows or not layout:
        return False
    levels = [level1_of(cell.text) for cell in table.cells if cell.column < layout.first_name]
    again = [level1_of(cell.text) for cell in following.cells if cell.column < layout.first_name]
    known = [level for level in again if level]
    return "满意度指标" in levels and bool(known) and known[0] in ("产出指标", "成本指标")


def _rows(grid: Grid) -> dict[int, list[Cell]]:
    """The cells by the row they begin in."""
    rows: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _is_head(row: Sequence[Cell]) -> bool:
    return sum(bool(HEAD_WORD.search(plain(cell.text))) and len(plain(cell.text)) <= 20 for cell in row) >= 2


def _signature(row: Iterable[Cell]) -> Signature:
    return tuple((cell.column, plain(cell.text)) for cell in row if cell.rows < TALL and plain(cell.text))


def _repeats(old: Signature, new: Signature) -> bool:
    """Whether a row says again what an earlier one says; of a head, the label of all rows below may be missing."""
    if old == new:
        return True
    heads = [{one for one in row if HEAD_WORD.search(one[1])} for row in (old, new)]
    return len(heads[1]) > 1 and heads[0] == heads[1] and set(new) <= set(old)


def _columns(row: Iterable[Cell]) -> set[tuple[int, int]]:
    return {(cell.column, cell.columns) for cell in row if cell.rows < TALL}


def layout_of(grid: Grid) -> Layout | None:
    """The columns by the last head row; None while the table has none."""
    for row, head in sorted(_rows(grid).items(), reverse=True):
        names = [cell for cell in head if NAME_WORD.search(plain(cell.text))]
        if _is_head(head) and names:
            values = [cell for cell in head if VALUE_WORD.search(plain(cell.text)) and cell not in names]
            return Layout(_covered(names), _covered(values), min(cell.column for cell in names), row)
    return None


def _covered(cells: Iterable[Cell]) -> frozenset[int]:
    return frozenset(column for cell in cells for column in range(cell.column, cell.column + cell.columns))
