"""The official layouts of 项目支出绩效目标表: one entry in `LAYOUTS` each.

A table of another generation or province is printed as the layout's own variant of the form asks (`on_paper`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from assistant.dialects import DIALECTS, Dialect, translate_level
from assistant.errors import BadInput
from assistant.exporters.columns import Columns, paired_columns, single_columns
from assistant.exporters.form import Form
from assistant.exporters.goals import GoalBox, annual_goals, period_and_year_goals, two_column_goals
from assistant.exporters.grid import INDENT, Cell, Grid, Line
from assistant.exporters.heights import rows_for
from assistant.exporters.indicator_rows import has_period_values, has_weights, indicator_lines
from assistant.exporters.money import MoneyBlock, annual_money, period_and_year_money, two_column_money
from assistant.schema import Indicator, PerformanceTable, Project

DEPT_LABELS = {"central_2015": "主管部门\n及代码", "central_2021": "主管部门\n及代码"}


@dataclass(frozen=True)
class Layout:
    """One official layout: what it puts into its money and goal boxes, and how it writes names.

    `dialect`: the variant a table of another variant is printed in; None = the table's own, whichever it is.
    """

    name: str
    label: str
    dialect: str | None
    money: Callable[[PerformanceTable, Dialect], tuple[MoneyBlock, ...]]
    goals: Callable[[PerformanceTable, Dialect], tuple[GoalBox, ...]]
    paired: bool = False  # the indicators of the whole period stand at the left of those of the year
    numbered: bool = False  # 指标1：… and an empty row for every second level without rows


LAYOUTS: dict[str, Layout] = {
    layout.name: layout
    for layout in (
        Layout(
            "central_2015",
            "中央式2015：实施期、年度并排，成本在产出下",
            "central_2015",
            period_and_year_money,
            period_and_year_goals,
            paired=True,
        ),
        Layout("central_2021", "中央式2021：成本指标在前", "central_2021", annual_money, annual_goals),
        Layout(
            "two_column",
            "宁夏双栏公开式",
            "ningxia_public_2col",
            two_column_money,
            two_column_goals,
            numbered=True,
        ),
        Layout("annual", "单栏年度式", None, annual_money, annual_goals),
    )
}


def layout_of(form: Form, name: str | None = None) -> Layout:
    """The layout asked for, else the one of the table's dialect; raises `BadInput` for an unknown name."""
    wanted = name or form.dialect.layout
    if wanted not in LAYOUTS:
        known = "、".join(f"{layout.name}（{layout.label}）" for layout in LAYOUTS.values())
        raise BadInput(f"没有名为“{wanted}”的版式，可以选 {known}")
    return LAYOUTS[wanted]


def on_paper(form: Form, layout: Layout) -> Form:
    """The form as the layout prints it: rows of another generation under the levels this one has for them."""
    if layout.dialect is None or form.dialect.layout == layout.name:
        return form
    dialect = DIALECTS[layout.dialect]
    rows = tuple(_translated(row, dialect) for row in form.table.indicators)
    changed = {"form_dialect": dialect.name, "form_generation": dialect.generation, "indicators": rows}
    return replace(form, table=form.table.model_copy(update=changed))


def _translated(row: Indicator, dialect: Dialect) -> Indicator:
    level1, level2 = translate_level(row.level2, dialect.generation)
    return row.model_copy(update={"level1": level1, "level2": level2})


def form_grid(form: Form, layout: Layout) -> Grid:
    """The whole form on paper: title, header, money, goals, indicators."""
    columns = _columns(form, layout)
    top = (
        *_title_lines(form, columns),
        *_header_lines(form, layout, columns),
        *_money_lines(layout.money(form.table, form.dialect), form.dialect.money_unit, columns),
        *_goal_lines(layout.goals(form.table, form.dialect), columns),
    )
    return Grid(columns.widths, (*top, *indicator_lines(form, columns, numbered=layout.numbered)), len(top))


def _columns(form: Form, layout: Layout) -> Columns:
    weighted = has_weights(form)
    if not layout.paired:
        return single_columns(weighted=weighted, noted=form.dialect.note_column)
    overall = form.table.goals.overall
    stated = bool(overall and overall.text) or has_period_values(form) or not form.table.indicators
    return paired_columns(weighted=weighted, period_stated=stated)


def attribute_text(project: Project) -> str:
    """项目属性; 宁夏公开表 writes the category there (FORM.md 2)."""
    return project.attribute or project.category or ""


def period_text(project: Project) -> str:
    """项目期 as written, else its dates."""
    dates = "至".join(date for date in (project.period.start, project.period.end) if date)
    return project.period.text or dates


def _with_code(name: str | None, code: str | None) -> str:
    return f"{name or ''}（{code}）" if code else name or ""


def _title_lines(form: Form, columns: Columns) -> tuple[Line, ...]:
    """The title, and the year in the middle between two equal margins, the right one with the unit."""
    year, last = form.table.fiscal_year or "    ", columns.last
    captions = (
        Cell(1, 2, "", "unit"),
        Cell(3, columns.half + 1, f"（{year}年度）", "caption"),
        Cell(columns.half + 2, last, f"金额单位：{form.dialect.money_unit}", "unit"),
    )
    return Line((Cell(1, last, form.table.title, "title"),)), Line(captions)


def _header_lines(form: Form, layout: Layout, columns: Columns) -> tuple[Line, ...]:
    project = form.table.project
    dept = "主管部门" if layout.numbered else DEPT_LABELS.get(form.dialect.name, "主管部门")
    dept_text = _with_code(project.dept, project.dept_code)
    pairs = [(dept, dept_text, "实施单位", _with_code(project.unit, project.unit_code))]
    if form.dialect.has_period:
        pairs.append(("项目属性", attribute_text(project), "项目期", period_text(project)))
    name = Line((Cell(1, 1, "项目名称", "label"), Cell(2, columns.last, project.name or "", "value")))
    return (name, *(_pair_line(*pair, columns=columns) for pair in pairs))


def _pair_line(label: str, text: str, label2: str, text2: str, *, columns: Columns) -> Line:
    half, last = columns.half, columns.last
    left = Cell(1, 1, label, "label"), Cell(2, half, text, "value")
    return Line((*left, Cell(half + 1, half + 1, label2, "label"), Cell(half + 2, last, text2, "value")))


def _money_lines(blocks: tuple[MoneyBlock, ...], unit: str, columns: Columns) -> tuple[Line, ...]:
    lines = []
    label_end, right_end, half, last = columns.money_label, columns.money_label_right, columns.half, columns.last
    for rows in zip(*(block.rows for block in blocks), strict=True):
        (label, amount), *right = rows
        cells = [Cell(2, label_end, label, "label"), Cell(label_end + 1, half if right else last, amount, "money")]
        for label2, amount2 in right:
            cells += [Cell(half + 1, right_end, label2, "label"), Cell(right_end + 1, last, amount2, "money")]
        lines.append(Line(tuple(cells)))
    side = Cell(1, 1, f"项目资金\n（{unit}）", "label", down=len(lines))
    return (Line((side, *lines[0].cells)), *lines[1:])


def _goal_lines(boxes: tuple[GoalBox, ...], columns: Columns) -> tuple[Line, ...]:
    """Two boxes stand side by side under their headings; a box that is alone has its heading at the left."""
    lines: list[Line] = []
    for start in range(0, len(boxes), 2):
        pair = boxes[start : start + 2]
        lines += _single_goal(pair[0], columns) if len(pair) == 1 else _goals_side_by_side(pair[0], pair[1], columns)
    return tuple(lines)


def _single_goal(box: GoalBox, columns: Columns) -> list[Line]:
    down = rows_for(box.text, columns.between(2, columns.last) - INDENT)
    ending = "绩效目标" if box.heading.endswith("绩效目标") else "目标"
    heading = f"{box.heading.removesuffix(ending)}\n{ending}"
    cells = Cell(1, 1, heading, "label", down), Cell(2, columns.last, box.text, "text", down)
    return [Line(cells), *[Line(())] * (down - 1)]


def _goals_side_by_side(left: GoalBox, right: GoalBox, columns: Columns) -> list[Line]:
    half, last = columns.half, columns.last
    left_width, right_width = columns.between(2, half) - INDENT, columns.between(half + 1, last) - INDENT
    down = max(rows_for(left.text, left_width), rows_for(right.text, right_width))
    heads = Cell(2, half, left.heading, "label"), Cell(half + 1, last, right.heading, "label")
    texts = Cell(2, half, left.text, "text", down), Cell(half + 1, last, right.text, "text", down)
    return [Line((Cell(1, 1, "绩效目标", "label", down + 1), *heads)), Line(texts), *[Line(())] * (down - 1)]
