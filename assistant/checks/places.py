"""A dotted path as a person reads it: 第3行“参保人数”的指标值, 年度资金总额, 年度绩效目标."""

from __future__ import annotations

import re

from pydantic import BaseModel

from assistant.schema import Funds, Goals, Indicator, PerformanceTable, Project


def place_label(path: str, table: PerformanceTable) -> str:
    """Where a finding lies, in the words of the form."""
    in_row = re.fullmatch(r"indicators\[(.+?)\](?:\.(\w+))?", path)
    if in_row:
        return _row_label(in_row[1], in_row[2], table)
    head, *rest = re.findall(r"[a-z_]+", path) or [path]
    title = _title(PerformanceTable, head)
    last = rest[-1] if rest else ""
    if head == "project" and rest:
        return _title(Project, rest[0])
    if head == "funds" and last:
        return f"{_title(Funds, last)}"
    if head == "goals" and rest:
        return _title(Goals, rest[0])
    return title


def _row_label(key: str, cell: str | None, table: PerformanceTable) -> str:
    rows = table.indicators
    index = next((index for index, row in enumerate(rows) if (row.id or str(index)) == key), None)
    if index is None:
        return "指标"
    part = _title(Indicator, cell) if cell else "整行"
    written = re.fullmatch(r"r([1-9]\d*)", rows[index].id)  # an importer numbers rows as they stand in the file
    number = int(written[1]) if written else index + 1
    return f"第{number}行 {rows[index].level2.removesuffix('指标')} {part}"


def _title(model: type[BaseModel], name: str) -> str:
    field = model.model_fields.get(name)
    return (field.title if field else None) or name
