"""The sheet 待确认事项: all a person still has to settle – blanks, questions, unresolved fields, findings, notes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from assistant.exporters.form import Form, blank_of, is_blank
from assistant.exporters.pages import Page, numbered
from assistant.schema import Indicator, Unresolved

TITLE = "待确认事项"
COLUMNS = ("序号", "类别", "位置", "内容", "需要做什么")
_FIELDS = {
    "fiscal_year": "预算年度",
    "project.name": "项目名称",
    "project.dept": "主管部门",
    "project.unit": "实施单位",
    "funds[0].total": "年度资金总额",
    "funds[0].fiscal": "其中：财政拨款",
    "funds[0].carryover": "上年结转",
    "funds[0].other": "其他资金",
    "goals.annual.text": "年度绩效目标",
}
WIDTHS = (6.0, 14.0, 34.0, 50.0, 40.0)


def open_matters_page(form: Form, notes: Sequence[str]) -> Page:
    """All open matters in one list; `notes` say what the export itself had to change."""
    rows = [
        *_blanks(form),
        *(("需要回答", "", question, "请回答后再定稿") for question in form.questions),
        *(_unresolved(entry) for entry in form.table.unresolved),
        *(("检查发现", "", finding, "请修改或说明") for finding in form.findings),
        *(("导出说明", "", note, "") for note in notes),
    ]
    return Page(TITLE, COLUMNS, WIDTHS, numbered(rows or [("无", "", "没有待确认的事项", "")]))


def _blanks(form: Form) -> list[tuple[str, ...]]:
    rows = form.table.indicators
    empty = [("待填指标值", _place(row), blank_of(form, row)) for row in rows if is_blank(row)]
    shown = {row.id for row in rows if row.id and is_blank(row)}
    named = {row.id: _place(row) for row in rows}
    other = [("待填", named.get(key, key), blank) for key, blank in form.blanks.items() if key not in shown]
    return [(kind, place, blank.reason, blank.question) for kind, place, blank in [*empty, *other]]


def _place(row: Indicator) -> str:
    return f"{row.level1}／{row.level2}／{row.name}"


def _unresolved(entry: Unresolved) -> tuple[str, ...]:
    """An unresolved field with its options, its surplus count and the text that stood there."""
    lines = [entry.issue]
    if entry.surplus_min is not None or entry.surplus_max is not None:
        bounds = (entry.surplus_min, entry.surplus_max)
        lines.append("多余的值：" + "～".join(str(bound) for bound in bounds if bound is not None) + " 个")
    if entry.raw is not None:
        lines.append("原文：" + json.dumps(entry.raw, ensure_ascii=False, default=str))
    options = "请从中选定：" + "、".join(str(option) for option in entry.options) if entry.options else ""
    return ("待确认", _FIELDS.get(entry.field, entry.field), "\n".join(lines), options or "请补充或确认")
