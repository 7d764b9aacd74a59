"""The sheet 待确认事项: all a person still has to settle – blanks, questions, unresolved fields, findings, notes."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.carried import OWN_LISTS
from assistant.exporters.form import Form, blank_of, is_blank
from assistant.exporters.in_words import data_in_words, place_in_words, row_in_words
from assistant.exporters.pages import Page, numbered
from assistant.schema import PerformanceTable, Unresolved

TITLE = "待确认事项"
COLUMNS = OWN_LISTS[TITLE]
WIDTHS = (6.0, 14.0, 34.0, 50.0, 40.0)


def open_matters_page(form: Form, notes: Sequence[str]) -> Page:
    """All open matters in one list; `notes` say what the export itself had to change."""
    rows = [
        *_blanks(form),
        *(("需要回答", "", question, "请回答后再定稿") for question in form.questions),
        *(_unresolved(entry, form.table) for entry in form.table.unresolved),
        *(("检查发现", "", finding, "请修改或说明") for finding in form.findings),
        *(("导出说明", "", note, "") for note in notes),
    ]
    return Page(TITLE, COLUMNS, WIDTHS, numbered(rows or [("无", "", "没有待确认的事项", "")]))


def _blanks(form: Form) -> list[tuple[str, ...]]:
    rows = form.table.indicators
    empty = [("待填指标值", row_in_words(row), blank_of(form, row)) for row in rows if is_blank(row)]
    shown = {row.id for row in rows if row.id and is_blank(row)}
    rest = ((key, blank) for key, blank in form.blanks.items() if key not in shown)
    other = [("待填", place_in_words(key, form.table), blank) for key, blank in rest]
    return [(kind, place, blank.reason, blank.question) for kind, place, blank in [*empty, *other]]


def _unresolved(entry: Unresolved, table: PerformanceTable) -> tuple[str, ...]:
    """An unresolved field with its options, its surplus count and the text that stood there."""
    lines = [entry.issue]
    if entry.surplus_min is not None or entry.surplus_max is not None:
        bounds = (entry.surplus_min, entry.surplus_max)
        lines.append("多余的值：" + "～".join(str(bound) for bound in bounds if bound is not None) + " 个")
    if entry.raw:
        lines.append("原文：" + data_in_words(entry.raw))
    options = "请从中选定：" + "、".join(str(option) for option in entry.options) if entry.options else ""
    return ("待确认", place_in_words(entry.field, table), "\n".join(lines), options or "请补充或确认")
