"""The sheet 其他内容: what the table holds and the paper form has no box for, so that nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from assistant.carried import OWN_LISTS
from assistant.exporters.form import Form
from assistant.exporters.goals import goal_text, unplaced_goals
from assistant.exporters.in_words import data_in_words
from assistant.exporters.indicator_rows import has_weights
from assistant.exporters.layouts import Layout, attribute_text
from assistant.exporters.money import AMOUNTS, has_money
from assistant.exporters.pages import Page, numbered
from assistant.schema import Funds, Indicator, Project

TITLE = "其他内容"
COLUMNS = OWN_LISTS[TITLE]
WIDTHS = (6.0, 40.0, 20.0, 78.0)
_PRINTED_HEADER = ("name", "dept", "dept_code", "unit", "unit_code")
_PRINTED_ROW = ("id", "level1", "level2", "name", "value")

Rows = list[tuple[str, ...]]


def unprinted_page(form: Form, layout: Layout) -> Page:
    """Header fields, money, goals and row details that the layout does not print."""
    rows = [
        *_header(form),
        *_money(form, layout),
        *_goals(form, layout),
        *(line for row in form.table.indicators for line in _row(form, layout, row)),
        *_rest(form),
    ]
    return Page(TITLE, COLUMNS, WIDTHS, numbered(rows))


def is_public(form: Form) -> bool:
    """A 公开表 goes to the public without its contact persons."""
    return form.table.form_kind == "公开表"


def _header(form: Form) -> Rows:
    project = form.table.project
    printed = [*_PRINTED_HEADER, *(["contact"] if is_public(form) else [])]
    if form.dialect.has_period:
        printed += ["period", "attribute"]
        printed += ["category"] if project.category == attribute_text(project) else []
    return _fields("项目", project, Project, printed)


def _money(form: Form, layout: Layout) -> Rows:
    placed = [block.funds for block in layout.money(form.table, form.dialect)]
    rest = [funds for funds in form.table.funds if has_money(funds) and funds not in placed]
    return [line for funds in rest for line in _amounts(funds)]


def _amounts(funds: Funds) -> Rows:
    place = f"项目资金／{funds.horizon}／{funds.scope}（{funds.unit}）"
    skipped = [name for name in Funds.model_fields if name not in AMOUNTS]
    return _fields(place, funds, Funds, skipped)


def _goals(form: Form, layout: Layout) -> Rows:
    boxes = layout.goals(form.table, form.dialect)
    rest = unplaced_goals(form.table, boxes)
    return [("绩效目标", goal.scope or "", goal_text(goal)) for goal in rest]


def _row(form: Form, layout: Layout, row: Indicator) -> Rows:
    printed = [*_PRINTED_ROW, *(["weight"] if has_weights(form) else []), *(["value_overall"] if layout.paired else [])]
    printed += ["explanation"] if form.dialect.note_column and not layout.paired else []
    printed += ["raw_name"] if (row.raw_name or "").endswith(row.name) else []
    return _fields(row.name, row, Indicator, printed)


def _rest(form: Form) -> Rows:
    table = form.table
    stated = {
        "表种": "" if table.form_kind == "申报表" else table.form_kind,
        "地区": table.region,
        "审核意见": table.review,
        "空白占位行": "\n".join(table.empty_template_rows),
    }
    return [("表", label, data_in_words(value)) for label, value in stated.items() if value]


def _fields(place: str, data: BaseModel, model: type[BaseModel], printed: Iterable[str]) -> Rows:
    """One line per stated field that is not printed, under its Chinese title."""
    skipped = set(printed)
    named = [(name, field.title or name) for name, field in model.model_fields.items() if name not in skipped]
    lines = ((place, title, data_in_words(getattr(data, name))) for name, title in named)
    return [line for line in lines if line[2]]
