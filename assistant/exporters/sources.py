"""The sheet 依据与来源: one line per indicator and piece of evidence, so that every value can be traced."""

from __future__ import annotations

from assistant.carried import OWN_LISTS
from assistant.exporters.form import Form, Source, is_blank, value_text
from assistant.exporters.in_words import place_in_words
from assistant.exporters.pages import Page, numbered
from assistant.schema import Indicator

TITLE = "依据与来源"
COLUMNS = OWN_LISTS[TITLE]
KINDS = {"brief": "项目说明", "precedent": "先例", "policy": "政策依据"}
WIDTHS = (6.0, 24.0, 18.0, 12.0, 36.0, 34.0, 16.0)


def sources_page(form: Form) -> Page:
    """Every indicator with its evidence; evidence of another place (goal, money) follows under that place."""
    rows = [line for row in form.table.indicators for line in _of_row(form, row)]
    known = {row.id for row in form.table.indicators if row.id}
    rows += [
        _line(place_in_words(source.row_id, form.table), "", source)
        for source in form.sources
        if source.row_id not in known
    ]
    return Page(TITLE, COLUMNS, WIDTHS, numbered(rows))


def _of_row(form: Form, row: Indicator) -> list[tuple[str, ...]]:
    value = "（待填）" if is_blank(row) else value_text(row)
    found = [_line(row.name, value, source) for source in form.sources if row.id and source.row_id == row.id]
    return found or [(row.name, value, "未附依据", "", "", "")]


def _line(name: str, value: str, source: Source) -> tuple[str, ...]:
    return (name, value, KINDS.get(source.kind, source.kind), source.ref, source.quote, source.value)
