"""Two parts of one table made one: whether a row was cut in two, and how far the levels of the page before reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.importers.document import Cell, Grid
from assistant.importers.levels import goes_with, is_level
from assistant.importers.matrix import plain
from assistant.importers.table_head import TALL, Layout, layout_of, repeated_rows

_VALUE_TAIL = re.compile(r"(?:\d{0,2}[年月日]|[%‰）)，、。前内止底]|以[前内上下]).{0,8}")
"""What no value begins with."""
_SURE_TAIL = re.compile(r"[/／%‰）)].{0,6}")
"""What no value is on its own: the rest of a unit price or a rate."""
_GOAL = re.compile("(?:本?年度|实施期|中期|总体|项目){0,2}(?:总体|绩效){0,2}目标.{0,8}")
"""The label of the one long text a form has."""
_USUAL = 0.7
_LONG = 15
"""Characters; a single line of text as long as this may be a line that goes on."""


def joined(table: Grid, following: Grid) -> tuple[Grid, str]:
    """The table with its next part below, and a remark where a differing head was left out."""
    repeated = repeated_rows(table, following)
    upper, lower = list(table.cells), _without_rows(following.cells, repeated.rows)
    layout = layout_of(table)
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


def _is_torn(upper: Sequence[Cell], lower: Sequence[Cell], layout: Layout | None) -> bool:
    """Whether the first row below is the rest of the last row above."""
    last = _last_row(upper)
    rest = {cell.column: cell for cell in lower if cell.row == 0 and cell.text.strip()}
    if not rest or any(column not in last or last[column].columns != cell.columns for column, cell in rest.items()):
        return False
    if layout is None:
        label = last[0].text + rest.pop(0).text if 0 in rest else ""
        goal = not label or bool(_GOAL.fullmatch(plain(label)))
        return goal and all(_is_cut(last[column], upper, lower) for column in rest)
    levels = {column for column in rest if column < layout.first_name}
    if any(last[column].text and not is_level(last[column].text + rest[column].text) for column in levels):
        return False
    return len(levels) == len(rest) or _is_rest_of_row(last, rest, layout, (upper, lower))


def _is_rest_of_row(
    last: dict[int, Cell], rest: dict[int, Cell], layout: Layout, both: tuple[Sequence[Cell], Sequence[Cell]]
) -> bool:
    """By what a row must have: a row without a name is none; one without a value, where values are usual, is half."""

    def filled(row: dict[int, Cell], columns: frozenset[int]) -> list[Cell]:
        return [cell for column, cell in row.items() if column in columns and cell.text.strip()]

    name, value = filled(rest, layout.names), filled(rest, layout.values)
    above, value_above = filled(last, layout.names), filled(last, layout.values)
    if not above or not name:
        return bool(above)
    if value and value_above and all(_SURE_TAIL.fullmatch(plain(cell.text)) for cell in value):
        return True
    if not all(_is_cut(last[cell.column], *both) for cell in name):
        return False
    usual = _values_are_usual(both, layout)
    if not value:
        return usual and bool(value_above)
    if not value_above:
        return usual
    tails = [cell for cell in value if _VALUE_TAIL.fullmatch(plain(cell.text)) and _is_cut(last[cell.column], *both)]
    return len(tails) == len(value)


def _values_are_usual(both: tuple[Sequence[Cell], Sequence[Cell]], layout: Layout) -> bool:
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
        repeats = plain(old.text) == plain(cell.text) and cell.rows >= TALL and not is_level(cell.text)
        moved_up = not old.text.strip() and (old.rows > 1 or torn)
        cut = bool(old.text.strip()) and is_level(whole) and (torn or not _stands_alone(old, cell, upper))
        if repeats or moved_up or cut:
            above[above.index(old)] = replace(old, text=old.text if repeats else whole)
            below[below.index(cell)] = replace(cell, text="")
    return above, below


def _stands_alone(old: Cell, new: Cell, upper: Sequence[Cell]) -> bool:
    """Whether a level is one of its own and not the rest of the one above, 服务对象 | 满意度指标."""
    if not is_level(new.text):
        return False
    column = [plain(cell.text) for cell in upper if cell.column == old.column and is_level(cell.text)]
    styled = any(text.endswith("指标") for text in column)
    return plain(old.text).endswith("指标") or not plain(new.text).endswith("指标") or not styled


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
        beside = (cell for cell in lower if cell.row == 0 and column < cell.column < first_name)
        if not all(goes_with(old.text, cell.text) for cell in beside):
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
