"""The official layouts of 项目支出绩效目标表: `annual` (中央通用式, 河南) and `two_column` (宁夏公开表).

Both stand on the same columns, so that labels, money, goals and indicators line up on paper:
标签 | 一级 | 二级 | 三级 (two columns wide) | 指标值 | 分值权重 (only where printed).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.dialects import Dialect
from assistant.errors import BadInput
from assistant.exporters.form import Form
from assistant.exporters.goals import GoalBox, annual_goals, two_column_goals
from assistant.exporters.grid import INDENT, Cell, Grid, Line
from assistant.exporters.heights import rows_for
from assistant.exporters.indicator_rows import has_weights, indicator_lines
from assistant.exporters.money import MoneyBlock, annual_money, two_column_money
from assistant.schema import PerformanceTable, Project

WIDTHS = (10.0, 10.0, 14.0, 20.0, 15.0, 23.0)
WEIGHTED_WIDTHS = (10.0, 10.0, 14.0, 18.0, 15.0, 19.0, 7.0)
HALF = 4  # the last column of the left half of the form
DEPT_LABELS = {"central_2015": "主管部门\n及代码", "central_2021": "主管部门\n及代码"}


@dataclass(frozen=True)
class Layout:
    """One official layout: what it puts into its money and goal boxes, and how it writes names."""

    name: str
    label: str
    money: Callable[[PerformanceTable, Dialect], tuple[MoneyBlock, ...]]
    goals: Callable[[PerformanceTable, Dialect], tuple[GoalBox, ...]]
    numbered: bool = False  # 指标1：… and an empty row for every second level without rows
    always_period: bool = False


LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout("annual", "年度单栏式", annual_money, annual_goals),
        Layout("two_column", "双栏公开式", two_column_money, two_column_goals, numbered=True, always_period=True),
    )
}


def layout_of(form: Form, name: str | None = None) -> Layout:
    """The layout asked for, else the one of the table's dialect; raises `BadInput` for an unknown name."""
    wanted = name or form.dialect.layout
    if wanted not in LAYOUTS:
        known = "、".join(f"{layout.name}（{layout.label}）" for layout in LAYOUTS.values())
        raise BadInput(f"没有名为“{wanted}”的版式，可以选 {known}")
    return LAYOUTS[wanted]


def with_period(form: Form, layout: Layout) -> bool:
    """Whether the header prints 项目属性 and 项目期."""
    return layout.always_period or form.dialect.has_period


def form_grid(form: Form, layout: Layout) -> Grid:
    """The whole form on paper: title, header, money, goals, indicators."""
    widths = WEIGHTED_WIDTHS if has_weights(form) else WIDTHS
    top = (
        *_title_lines(form, len(widths)),
        *_header_lines(form, layout, len(widths)),
        *_money_lines(layout.money(form.table, form.dialect), form.dialect.money_unit, len(widths)),
        *_goal_lines(layout.goals(form.table, form.dialect), widths),
    )
    return Grid(widths, (*top, *indicator_lines(form, widths, numbered=layout.numbered)), len(top))


def attribute_text(project: Project) -> str:
    """项目属性; 宁夏公开表 writes the category there (FORM.md 2)."""
    return project.attribute or project.category or ""


def period_text(project: Project) -> str:
    """项目期 as written, else its dates."""
    dates = "至".join(date for date in (project.period.start, project.period.end) if date)
    return project.period.text or dates


def _with_code(name: str | None, code: str | None) -> str:
    return f"{name or ''}（{code}）" if code else name or ""


def _title_lines(form: Form, last: int) -> tuple[Line, ...]:
    year = form.table.fiscal_year or "    "
    captions = (
        Cell(1, 2, "", "unit"),
        Cell(3, last - 1 if last == len(WIDTHS) else HALF + 1, f"（{year}年度）", "caption"),
        Cell(last if last == len(WIDTHS) else HALF + 2, last, f"金额单位：{form.dialect.money_unit}", "unit"),
    )
    return Line((Cell(1, last, form.table.title, "title"),)), Line(captions)


def _header_lines(form: Form, layout: Layout, last: int) -> tuple[Line, ...]:
    project = form.table.project
    dept = "主管部门" if layout.numbered else DEPT_LABELS.get(form.dialect.name, "主管部门")
    dept_text = _with_code(project.dept, project.dept_code)
    pairs = [(dept, dept_text, "实施单位", _with_code(project.unit, project.unit_code))]
    if with_period(form, layout):
        pairs.append(("项目属性", attribute_text(project), "项目期", period_text(project)))
    name = Line((Cell(1, 1, "项目名称", "label"), Cell(2, last, project.name or "", "value")))
    return (name, *(_pair_line(*pair, last=last) for pair in pairs))


def _pair_line(label: str, text: str, label2: str, text2: str, *, last: int) -> Line:
    left = Cell(1, 1, label, "label"), Cell(2, HALF, text, "value")
    return Line((*left, Cell(HALF + 1, HALF + 1, label2, "label"), Cell(HALF + 2, last, text2, "value")))


def _money_lines(blocks: tuple[MoneyBlock, ...], unit: str, last: int) -> tuple[Line, ...]:
    lines = []
    for rows in zip(*(block.rows for block in blocks), strict=True):
        (label, amount), *right = rows
        cells = [Cell(2, 3, label, "label"), Cell(HALF, HALF if right else last, amount, "money")]
        for label2, amount2 in right:
            cells += [Cell(HALF + 1, HALF + 1, label2, "label"), Cell(HALF + 2, last, amount2, "money")]
        lines.append(Line(tuple(cells)))
    side = Cell(1, 1, f"项目资金\n（{unit}）", "label", down=len(lines))
    return (Line((side, *lines[0].cells)), *lines[1:])


def _goal_lines(boxes: tuple[GoalBox, ...], widths: tuple[float, ...]) -> tuple[Line, ...]:
    """Two boxes stand side by side under their headings; a box that is alone has its heading at the left."""
    lines: list[Line] = []
    for start in range(0, len(boxes), 2):
        pair = boxes[start : start + 2]
        lines += _single_goal(pair[0], widths) if len(pair) == 1 else _goals_side_by_side(pair[0], pair[1], widths)
    return tuple(lines)


def _single_goal(box: GoalBox, widths: tuple[float, ...]) -> list[Line]:
    down = rows_for(box.text, sum(widths[1:]) - INDENT)
    heading = box.heading.replace("绩效目标", "\n绩效目标")
    cells = Cell(1, 1, heading, "label", down), Cell(2, len(widths), box.text, "text", down)
    return [Line(cells), *[Line(())] * (down - 1)]


def _goals_side_by_side(left: GoalBox, right: GoalBox, widths: tuple[float, ...]) -> list[Line]:
    last = len(widths)
    left_width, right_width = sum(widths[1:HALF]) - INDENT, sum(widths[HALF:]) - INDENT
    down = max(rows_for(left.text, left_width), rows_for(right.text, right_width))
    heads = Cell(2, HALF, left.heading, "label"), Cell(HALF + 1, last, right.heading, "label")
    texts = Cell(2, HALF, left.text, "text", down), Cell(HALF + 1, last, right.text, "text", down)
    return [Line((Cell(1, 1, "绩效目标", "label", down + 1), *heads)), Line(texts), *[Line(())] * (down - 1)]
