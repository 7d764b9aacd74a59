"""绩效指标 on paper: one row per indicator under merged 一级 and 二级 cells, weights where the form has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from assistant.carried import row_keys
from assistant.dialects import LEVELS, Dialect
from assistant.exporters.columns import LEVEL1, SIDE, Columns, Side
from assistant.exporters.form import Form, blank_of, is_blank, period_value_text, value_text
from assistant.exporters.grid import INDENT, Cell, Line
from assistant.exporters.heights import broken, rows_for
from assistant.schema import Indicator

HEADINGS = ("一级指标", "二级指标", "三级指标", "指标值")
FIRST_NAME = "指标1："


@dataclass(frozen=True)
class Section:
    """The rows of one second level, each with its key; an empty section prints one numbered, empty row."""

    level1: str
    level2: str
    rows: tuple[tuple[str, Indicator], ...]


def has_weights(form: Form) -> bool:
    """Whether the form prints a weight column: its dialect has one and some row has a weight."""
    return form.dialect.weight_column and any(row.weight is not None for row in form.table.indicators)


def has_period_values(form: Form) -> bool:
    """Whether some row aims at something for the whole period."""
    return any(period_value_text(row) for row in form.table.indicators)


def sections_of(rows: Iterable[tuple[str, Indicator]], dialect: Dialect, *, with_empty: bool) -> tuple[Section, ...]:
    """The rows by level in the order of the form; levels of another generation follow at the end of theirs."""
    rows = tuple(rows)
    official = [(one, two) for one, twos in LEVELS[dialect.generation].items() for two in twos]
    firsts = tuple(dict.fromkeys([one for one, _ in official] + [row.level1 for _, row in rows]))
    pairs = dict.fromkeys(official + [(row.level1, row.level2) for _, row in rows])
    ordered = sorted(pairs, key=lambda pair: firsts.index(pair[0]))
    placed = {pair: tuple(one for one in rows if (one[1].level1, one[1].level2) == pair) for pair in ordered}
    return tuple(Section(*pair, found) for pair, found in placed.items() if found or with_empty)


def indicator_lines(form: Form, columns: Columns, *, numbered: bool) -> tuple[Line, ...]:
    """The header row and all indicator rows, with a 合计 row where weights are printed."""
    keyed = tuple(zip(row_keys(form.table), form.table.indicators, strict=True))
    sections = sections_of(keyed, form.dialect, with_empty=numbered or not keyed)
    lines: list[Line] = [_heading(columns)]
    for level1, group in groupby(sections, key=lambda section: section.level1):
        parts = [_section_lines(form, section, columns, numbered=numbered) for section in group]
        lines += _led_by(LEVEL1, broken(level1, columns.widths[LEVEL1 - 1]), [line for part in parts for line in part])
    if columns.weight:
        lines.append(_total_line(form, columns, columns.weight))
    return tuple(_led_by(SIDE, "绩效指标", lines))


def _heading(columns: Columns) -> Line:
    one, *others = HEADINGS
    cells = [Cell(LEVEL1, LEVEL1, broken(one, columns.widths[LEVEL1 - 1]), "label")]
    for side in (columns.period, columns.year):
        if side:
            places = ((side.level2, side.level2), (side.name, side.name_end), (side.value, side.value))
            cells += [Cell(*place, text, "label") for place, text in zip(places, others, strict=True)]
    if columns.weight:
        cells.append(Cell(columns.weight, columns.weight, "分值\n权重", "label"))
    if columns.note:
        cells.append(Cell(columns.note, columns.note, "指标值说明", "label"))
    return Line(tuple(cells))


def _section_lines(form: Form, section: Section, columns: Columns, *, numbered: bool) -> list[Line]:
    stated = not section.rows or any(period_value_text(row) for _, row in section.rows)
    period = columns.period if stated else None
    lines: list[Line] = []
    for number, (key, row) in enumerate(section.rows, start=1):
        lines += _row_lines(form, (key, row), f"指标{number}：{row.name}" if numbered else row.name, columns, period)
    lines = lines or [_empty_line(columns)]
    lines = _led_by(columns.year.level2, _level2(section, columns.year, columns), lines)
    if period:
        lines = _led_by(period.level2, _level2(section, period, columns), lines)
    elif columns.period:
        for column in range(columns.period.level2, columns.period.value + 1):
            lines = _led_by(column, "", lines)
    return [Line(tuple(sorted(line.cells, key=lambda cell: cell.first))) for line in lines]


def _level2(section: Section, side: Side, columns: Columns) -> str:
    return broken(section.level2, columns.widths[side.level2 - 1])


def _empty_line(columns: Columns) -> Line:
    """A second level without a row, as the printed form leaves it."""
    cells = [Cell(side.name, side.name_end, FIRST_NAME) for side in (columns.period, columns.year) if side]
    cells += [Cell(side.value, side.value, "", "value") for side in (columns.period, columns.year) if side]
    cells += [Cell(column, column, "", "value") for column in (columns.weight, columns.note) if column]
    return Line(tuple(cells))


def _row_lines(
    form: Form, keyed: tuple[str, Indicator], name: str, columns: Columns, period: Side | None
) -> list[Line]:
    """One indicator; over several merged lines only when its text is higher than a row can be."""
    row, year = keyed[1], columns.year
    down = _lines_for(columns, year, name, value_text(row))
    cells = [_value_cell(form, keyed, year)]
    if period:
        text = period_value_text(row)
        left = name if text else ""
        down = max(down, _lines_for(columns, period, left, text))
        cells += [Cell(period.name, period.name_end, left), Cell(period.value, period.value, text, "value")]
    cells.append(Cell(year.name, year.name_end, name))
    if columns.weight:
        cells.append(Cell(columns.weight, columns.weight, row.weight, "value"))
    if columns.note:
        note = row.explanation or ""
        down = max(down, rows_for(note, columns.widths[columns.note - 1] - INDENT))
        cells.append(Cell(columns.note, columns.note, note))
    return [Line(tuple(replace(cell, down=down) for cell in cells)), *[Line(())] * (down - 1)]


def _lines_for(columns: Columns, side: Side, name: str, value: str) -> int:
    name_width = columns.between(side.name, side.name_end) - INDENT
    return max(rows_for(name, name_width), rows_for(value, columns.widths[side.value - 1]))


def _value_cell(form: Form, keyed: tuple[str, Indicator], side: Side) -> Cell:
    key, row = keyed
    if not is_blank(row):
        return Cell(side.value, side.value, value_text(row), "value", row=key)
    blank = blank_of(form, row)
    asked = f"\n请补充：{blank.question}" if blank.question else ""
    return Cell(side.value, side.value, "", "blank", comment=f"待填：{blank.reason}{asked}", row=key)


def _total_line(form: Form, columns: Columns, weight: int) -> Line:
    total = sum((row.weight for row in form.table.indicators if row.weight is not None), Decimal(0))
    cells = (Cell(LEVEL1, weight - 1, "合计", "label"), Cell(weight, weight, total, "value"))
    return Line((*cells, Cell(weight + 1, columns.last, "", "value")) if columns.last > weight else cells)


def _led_by(column: int, label: str, lines: list[Line]) -> list[Line]:
    """The lines with a label at their left that spans all of them."""
    first, *rest = lines
    return [replace(first, cells=(Cell(column, column, label, "label", len(lines)), *first.cells)), *rest]
