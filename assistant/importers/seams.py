"""Two parts of one table made one: which rows repeat the head, whether a row was cut in two, how far levels reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.dialects import level1_of, level2_of
from assistant.importers.document import Cell, Grid

_PROJECT = re.compile("(?:[一二]级)?(?:项目|专项|政策|部门|单位)(?:[（(].{1,8}[)）])?(?:名称|编码)")
_HEAD = re.compile("[一二三末]级(?:绩效)?指标|指标值|指标名称|指标内容|目标值|指标性质|[计度]量单位|指标解释|指标说明")
_NAME = re.compile("[三末]级(?:绩效)?指标|指标名称|指标内容|^三级$")
_VALUE = re.compile("指标值|目标值|预期值|年度数值|绩效标准")
_VALUE_TAIL = re.compile(r"(?:\d{0,2}[年月日]|[%‰）)，、。前内止底]|以[前内上下]).{0,8}")
"""What no value begins with."""
_HEAD_ROWS, _PROJECT_ROWS = 12, 3
_TALL = 4
"""Rows; a cell of the head reaching further down is a label of what follows, not part of the head."""
_USUAL = 0.7
_LONG = 15
"""Characters; a single line of text as long as this may be a line that goes on."""
_BLANKS = re.compile(r"\s+")

Signature = tuple[tuple[int, str], ...]
"""The columns and texts of a row."""


def squashed(text: str) -> str:
    """The text without blanks and line breaks."""
    return _BLANKS.sub("", text)


@dataclass(frozen=True)
class Repeated:
    """How much of a part repeats what the table already has."""

    rows: int = 0
    whole_head: bool = False
    """The rows name the project as well: a head printed on every page."""
    remark: str = ""
    """Said when the repeated row is worded differently."""


@dataclass(frozen=True)
class _Layout:
    """Which columns hold names and values; those left of the first name are levels."""

    names: frozenset[int]
    values: frozenset[int]
    first_name: int
    head_row: int


def begins_a_project(grid: Grid) -> bool:
    """Whether the first rows name a project, so that nothing before them belongs to the table."""
    for cell in grid.cells:
        if cell.row < _PROJECT_ROWS and _PROJECT.match(squashed(cell.text)):
            return not _is_head(_row(grid, cell.row)) or not _layout(grid)
    return False


def repeated_rows(table: Grid, following: Grid) -> Repeated:
    """How many first rows of a part repeat head rows of the table."""
    old = [_signature(_row(table, row)) for row in range(_height(table))]
    new = [_signature(_row(following, row)) for row in range(min(_HEAD_ROWS, _height(following)))]
    for count in range(len(new), 0, -1):
        if not _is_head(_row(following, count - 1)):
            continue
        starts = range(len(old) - count + 1)
        if any(all(map(_repeats, old[start : start + count], new[:count])) for start in starts):
            named = any(_PROJECT.match(text) for row in new[:count] for _, text in row)
            return Repeated(count, whole_head=named)
    first, layout = _row(following, 0), _layout(table)
    if layout and _is_head(first) and _columns(first) == _columns(_row(table, layout.head_row)):
        words = "、".join(squashed(cell.text) for cell in first if cell.text)
        return Repeated(1, remark=f"{following.place}重复的表头与前页写法不同，已略去：{words}")
    return Repeated()


def starts_over(table: Grid, following: Grid, repeated: Repeated) -> bool:
    """Whether a part with a head of its own begins at the first levels again after the table had come to its last."""
    layout = _layout(table)
    if not repeated.rows or not layout:
        return False
    levels = [level1_of(cell.text) for cell in table.cells if cell.column < layout.first_name]
    again = [level1_of(cell.text) for cell in following.cells if cell.column < layout.first_name]
    known = [level for level in again if level]
    return "满意度指标" in levels and bool(known) and known[0] in ("产出指标", "成本指标")


def joined(table: Grid, following: Grid) -> tuple[Grid, str]:
    """The table with its next part below, and a remark where a differing head was left out."""
    repeated = repeated_rows(table, following)
    upper, lower = list(table.cells), _without_rows(following.cells, repeated.rows)
    layout = _layout(table)
    first_name = layout.first_name if layout else _leading_blanks(lower)
    torn = _is_torn(upper, lower, layout)
    upper, lower = _level_texts(upper, lower, first_name, torn)
    if torn:
        upper = _with_tail(upper, [cell for cell in lower if cell.row == 0])
        lower = _without_rows(lower, 1)
    upper, lower = _reaching_down(upper, lower, first_name)
    below = max(cell.row + cell.rows for cell in table.cells)
    moved = (replace(cell, row=cell.row + below) for cell in lower)
    cells = tuple(sorted([*upper, *moved], key=lambda cell: (cell.row, cell.column)))
    return replace(table, cells=cells), repeated.remark


def _height(grid: Grid) -> int:
    return max((cell.row + cell.rows for cell in grid.cells), default=0)


def _row(grid: Grid, row: int) -> list[Cell]:
    return [cell for cell in grid.cells if cell.row == row]


def _is_head(row: Sequence[Cell]) -> bool:
    return sum(bool(_HEAD.search(squashed(cell.text))) and len(squashed(cell.text)) <= 20 for cell in row) >= 2


def _signature(row: Iterable[Cell]) -> Signature:
    return tuple((cell.column, squashed(cell.text)) for cell in row if cell.rows < _TALL and squashed(cell.text))


def _repeats(old: Signature, new: Signature) -> bool:
    """Whether a row says again what an earlier one says; of a head, the label of all rows below may be missing."""
    if old == new:
        return True
    heads = [{one for one in row if _HEAD.search(one[1])} for row in (old, new)]
    return len(heads[1]) > 1 and heads[0] == heads[1] and set(new) <= set(old)


def _columns(row: Iterable[Cell]) -> set[tuple[int, int]]:
    return {(cell.column, cell.columns) for cell in row if cell.rows < _TALL}


def _layout(grid: Grid) -> _Layout | None:
    """The columns by the last head row; None while the table has none."""
    for row in range(_height(grid) - 1, -1, -1):
        head = _row(grid, row)
        names = [cell for cell in head if _NAME.search(squashed(cell.text))]
        if _is_head(head) and names:
            values = [cell for cell in head if _VALUE.search(squashed(cell.text)) and cell not in names]
            return _Layout(_covered(names), _covered(values), min(cell.column for cell in names), row)
    return None


def _covered(cells: Iterable[Cell]) -> frozenset[int]:
    return frozenset(column for cell in cells for column in range(cell.column, cell.column + cell.columns))


def _without_rows(cells: Iterable[Cell], count: int) -> list[Cell]:
    """The cells below the first rows; one that reaches further keeps its rest."""
    kept = []
    for cell in cells:
        cut = min(max(count - cell.row, 0), cell.rows)
        if cut < cell.rows:
            kept.append(replace(cell, row=cell.row + cut - count, rows=cell.rows - cut))
    return kept


def _leading_blanks(lower: Iterable[Cell]) -> int:
    """The first column with a text in the first row."""
    return min((cell.column for cell in lower if cell.row == 0 and cell.text.strip()), default=0)


def _last_row(upper: Sequence[Cell]) -> dict[int, Cell]:
    """The cells that end with the table's last row, by column."""
    end = max(cell.row + cell.rows for cell in upper)
    return {cell.column: cell for cell in upper if cell.row + cell.rows == end}


def _is_torn(upper: Sequence[Cell], lower: Sequence[Cell], layout: _Layout | None) -> bool:
    """Whether the first row below is the rest of the last row above."""
    last = _last_row(upper)
    rest = {cell.column: cell for cell in lower if cell.row == 0 and cell.text.strip()}
    if not rest or any(column not in last or last[column].columns != cell.columns for column, cell in rest.items()):
        return False
    if layout is None:
        return 0 not in rest and all(_is_cut(last[column], upper, lower) for column in rest)
    levels = {column for column in rest if column < layout.first_name}
    if any(last[column].text and not _is_level(last[column].text + rest[column].text) for column in levels):
        return False
    return len(levels) == len(rest) or _is_rest_of_row(last, rest, layout, (upper, lower))


def _is_rest_of_row(
    last: dict[int, Cell], rest: dict[int, Cell], layout: _Layout, both: tuple[Sequence[Cell], Sequence[Cell]]
) -> bool:
    """By what a row must have: a row without a name is none; one without a value, where values are usual, is half."""

    def filled(row: dict[int, Cell], columns: frozenset[int]) -> list[Cell]:
        return [cell for column, cell in row.items() if column in columns and cell.text.strip()]

    name, value = filled(rest, layout.names), filled(rest, layout.values)
    above, value_above = filled(last, layout.names), filled(last, layout.values)
    if not above or not name:
        return bool(above)
    if not all(_is_cut(last[cell.column], *both) for cell in name):
        return False
    usual = _values_are_usual(both, layout)
    if not value:
        return usual and bool(value_above)
    if not value_above:
        return usual
    tails = [cell for cell in value if _VALUE_TAIL.fullmatch(squashed(cell.text)) and _is_cut(last[cell.column], *both)]
    return len(tails) == len(value)


def _values_are_usual(both: tuple[Sequence[Cell], Sequence[Cell]], layout: _Layout) -> bool:
    rows = [cell for cell in both[0] if cell.column in layout.values and cell.row > layout.head_row]
    rows += [cell for cell in both[1] if cell.column in layout.values]
    return len(rows) > 2 and sum(bool(cell.text.strip()) for cell in rows) >= _USUAL * len(rows)


def _is_cut(cell: Cell, upper: Sequence[Cell], lower: Sequence[Cell]) -> bool:
    """Whether a text may go on: its last line is as long as lines of its column get, and no sentence ends there."""
    lines = cell.text.strip().split("\n")
    if not lines[-1] or lines[-1][-1] in "。；;！":
        return False
    column = [one for one in (*upper, *lower) if (one.column, one.columns) == (cell.column, cell.columns)]
    wrapped = [_breadth(line) for one in column for line in one.text.strip().split("\n")[:-1]]
    if wrapped:
        return _breadth(lines[-1]) >= max(wrapped) - 2
    others = [_breadth(one.text) for one in column if one != cell]
    return _breadth(lines[-1]) >= _LONG or (bool(others) and _breadth(lines[-1]) > max(others))


def _breadth(line: str) -> int:
    """The width of a line in half characters, two to a Chinese one."""
    return sum(1 if char.isascii() else 2 for char in line)


def _is_level(text: str) -> bool:
    return bool(level1_of(text) or level2_of(text))


def _level_texts(
    upper: Sequence[Cell], lower: Sequence[Cell], first_name: int, torn: bool
) -> tuple[list[Cell], list[Cell]]:
    """Level names that a page break cut, or that stand on the second page only, at their beginning."""
    last = _last_row(upper)
    above, below = list(upper), list(lower)
    for cell in lower:
        if cell.row or cell.column >= first_name or not cell.text.strip() or cell.column not in last:
            continue
        old = last[cell.column]
        whole = old.text.strip() + ("\n" if old.text.strip() else "") + cell.text.strip()
        repeats = squashed(old.text) == squashed(cell.text) and cell.rows >= _TALL and not _is_level(cell.text)
        moved_up = not old.text.strip() and (old.rows > 1 or torn)
        cut = bool(old.text.strip()) and _is_level(whole) and (torn or not _stands_alone(old, cell, upper))
        if repeats or moved_up or cut:
            above[above.index(old)] = replace(old, text=old.text if repeats else whole)
            below[below.index(cell)] = replace(cell, text="")
    return above, below


def _stands_alone(old: Cell, new: Cell, upper: Sequence[Cell]) -> bool:
    """Whether a level is one of its own and not the rest of the one above, 服务对象 | 满意度指标."""
    if not _is_level(new.text):
        return False
    column = [squashed(cell.text) for cell in upper if cell.column == old.column and _is_level(cell.text)]
    styled = any(text.endswith("指标") for text in column)
    return squashed(old.text).endswith("指标") or not squashed(new.text).endswith("指标") or not styled


def _with_tail(upper: Sequence[Cell], tail: Sequence[Cell]) -> list[Cell]:
    """The last row with the rest of its texts."""
    last = _last_row(upper)
    cells = list(upper)
    for rest in tail:
        old = last.get(rest.column)
        if old is None or not rest.text.strip():
            continue
        text = f"{old.text}\n{rest.text}" if old.text.strip() else rest.text
        doubt = "；".join(dict.fromkeys(one for one in (old.doubt, rest.doubt) if one))
        cells[cells.index(old)] = replace(old, text=text, doubt=doubt)
    return cells


def _reaching_down(upper: Sequence[Cell], lower: Sequence[Cell], first_name: int) -> tuple[list[Cell], list[Cell]]:
    """Level cells of the last row extended over the nameless cells below them."""
    last = _last_row(upper)
    above, below = list(upper), list(lower)
    for column in sorted(column for column in last if column < first_name):
        old = last[column]
        if not old.text.strip():
            continue
        under = next((cell for cell in lower if cell.row == 0 and cell.column == column), None)
        if under is not None and (under.text.strip() or under.columns != old.columns):
            continue
        free = under.rows if under else _free_rows(lower, range(column, column + old.columns))
        if under is not None:
            below.remove(under)
        above[above.index(old)] = replace(old, rows=old.rows + free)
    return above, below


def _free_rows(lower: Sequence[Cell], columns: range) -> int:
    """How many first rows have nothing in some columns."""
    taken = [cell.row for cell in lower if cell.column < columns.stop and columns.start < cell.column + cell.columns]
    return min(taken, default=max((cell.row + cell.rows for cell in lower), default=0))
