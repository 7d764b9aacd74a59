"""绩效指标 on paper: one row per indicator under merged 一级 and 二级 cells, weights where the form has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from assistant.dialects import LEVELS, Dialect
from assistant.exporters.form import Form, blank_of, is_blank, value_text
from assistant.exporters.grid import INDENT, Cell, Line
from assistant.exporters.heights import rows_for
from assistant.schema import Indicator

# Columns of the form: 绩效指标 | 一级 | 二级 | 三级 (two columns wide) | 指标值 | 分值权重.
SIDE, LEVEL1, LEVEL2, NAME, NAME_END, VALUE, WEIGHT = 1, 2, 3, 4, 5, 6, 7
UNFILLED = "待填"
"""Stands in a value cell that is still open; visible on black-and-white paper too."""
HEADINGS = ("一级指标", "二级指标", "三级指标", "指标值")


@dataclass(frozen=True)
class Section:
    """The rows of one second level; an empty section prints one numbered, empty row."""

    level1: str
    level2: str
    rows: tuple[Indicator, ...]


def has_weights(form: Form) -> bool:
    """Whether the form prints a weight column: its dialect has one and some row has a weight."""
    return form.dialect.weight_column and any(row.weight is not None for row in form.table.indicators)


def sections_of(rows: Iterable[Indicator], dialect: Dialect, *, with_empty: bool) -> tuple[Section, ...]:
    """The rows by level in the order of the form; levels of another generation follow at the end of theirs."""
    rows = tuple(rows)
    official = [(one, two) for one, twos in LEVELS[dialect.generation].items() for two in twos]
    firsts = tuple(dict.fromkeys([one for one, _ in official] + [row.level1 for row in rows]))
    pairs = dict.fromkeys(official + [(row.level1, row.level2) for row in rows])
    ordered = sorted(pairs, key=lambda pair: firsts.index(pair[0]))
    found = (Section(one, two, tuple(r for r in rows if (r.level1, r.level2) == (one, two))) for one, two in ordered)
    return tuple(section for section in found if section.rows or with_empty)


def indicator_lines(form: Form, widths: tuple[float, ...], *, numbered: bool) -> tuple[Line, ...]:
    """The header row and all indicator rows, with a 合计 row where weights are printed."""
    sections = sections_of(form.table.indicators, form.dialect, with_empty=numbered or not form.table.indicators)
    weighted = has_weights(form)
    lines: list[Line] = [_heading(weighted=weighted)]
    for level1, group in groupby(sections, key=lambda section: section.level1):
        parts = [_section_lines(form, section, widths, numbered=numbered) for section in group]
        lines += _led_by(LEVEL1, level1, [line for part in parts for line in part])
    if weighted:
        lines.append(_total_line(form))
    return tuple(_led_by(SIDE, "绩效指标", lines))


def _heading(*, weighted: bool) -> Line:
    one, two, name, value = HEADINGS
    cells = [Cell(LEVEL1, LEVEL1, one, "label"), Cell(LEVEL2, LEVEL2, two, "label")]
    cells += [Cell(NAME, NAME_END, name, "label"), Cell(VALUE, VALUE, value, "label")]
    return Line((*cells, Cell(WEIGHT, WEIGHT, "分值\n权重", "label")) if weighted else tuple(cells))


def _section_lines(form: Form, section: Section, widths: tuple[float, ...], *, numbered: bool) -> list[Line]:
    if not section.rows:
        cells = (Cell(NAME, NAME_END, "指标1："), Cell(VALUE, len(widths), "", "value"))
        return _led_by(LEVEL2, section.level2, [Line(cells)])
    lines: list[Line] = []
    for number, row in enumerate(section.rows, start=1):
        name = f"指标{number}：{row.name}" if numbered else row.name
        lines += _row_lines(form, row, name, widths)
    return _led_by(LEVEL2, section.level2, lines)


def _row_lines(form: Form, row: Indicator, name: str, widths: tuple[float, ...]) -> list[Line]:
    """One indicator; over several merged lines only when its text is higher than a row can be."""
    text = value_text(row)
    name_width = sum(widths[NAME - 1 : NAME_END]) - INDENT
    down = max(rows_for(name, name_width), rows_for(text, widths[VALUE - 1]))
    cells = [Cell(NAME, NAME_END, name, down=down), _value_cell(form, row, down)]
    if has_weights(form):
        cells.append(Cell(WEIGHT, WEIGHT, row.weight, "value", down))
    return [Line(tuple(cells), row.id), *[Line(())] * (down - 1)]


def _value_cell(form: Form, row: Indicator, down: int) -> Cell:
    if not is_blank(row):
        return Cell(VALUE, VALUE, value_text(row), "value", down)
    blank = blank_of(form, row)
    asked = f"\n请补充：{blank.question}" if blank.question else ""
    return Cell(VALUE, VALUE, UNFILLED, "blank", down, f"待填：{blank.reason}{asked}")


def _total_line(form: Form) -> Line:
    total = sum((row.weight for row in form.table.indicators if row.weight is not None), Decimal(0))
    return Line((Cell(LEVEL1, VALUE, "合计", "label"), Cell(WEIGHT, WEIGHT, total, "value")))


def _led_by(column: int, label: str, lines: list[Line]) -> list[Line]:
    """The lines with a label at their left that spans all of them."""
    first, *rest = lines
    return [replace(first, cells=(Cell(column, column, label, "label", len(lines)), *first.cells)), *rest]
