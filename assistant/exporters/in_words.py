"""Places and data as a clerk reads them: no path and no JSON comes to paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import get_args

from pydantic import BaseModel

from assistant.schema import Funds, Goal, Indicator, PerformanceTable, Project
from assistant.values import Value

_STEP = re.compile(r"\[([^\]]*)\]|([^.\[\]]+)")
_SILENT = ("project", "goals", "text", "*")  # the box below them says enough: 实施单位, 年度绩效目标
_ALL_VALUES = re.compile(r"values\b")

_MODELS: tuple[type[BaseModel], ...] = (Goal, Funds, Project, Indicator)
_LABELS: dict[str, str] = {
    **{name: str(field.title) for model in _MODELS for name, field in model.model_fields.items()},
    "left": "左半页",
    "right": "右半页",
    "row": "原行",
    "name_line": "名称所在行",
    "value_line": "值所在行",
    "value_lines": "值所在行",
    "alignment_confidence": "对齐把握",
    "file": "文件",
    "sheet": "工作表",
    "page": "页码",
    "column": "列",
    "place": "位置",
    "region": "地区",
    "year": "年度",
    "layout": "版式",
}


def row_in_words(row: Indicator) -> str:
    """Where a row stands on the form."""
    return f"{row.level1}／{row.level2}／{row.name}"


def place_in_words(path: str, table: PerformanceTable) -> str:
    """A path of the table (`indicators[r03].value`, `project.unit / project.period`) by the labels of the form.

    A row id alone is a path too; what is no path of the table stands as it is.
    """
    return "、".join(_place(part.strip(), table) for part in path.split(" / "))


def data_in_words(value: object) -> str:
    """Any piece of data as one text; empty when there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Value):
        return value.raw.strip()
    if isinstance(value, BaseModel):
        return "，".join(data_in_words(part) for part in value.model_dump(exclude_none=True).values())
    if isinstance(value, Mapping):
        parts = ((str(key), data_in_words(part)) for key, part in value.items())
        return "；".join(f"{_LABELS.get(key, key)}：{said}" for key, said in parts if said)
    if isinstance(value, list | tuple):
        return "、".join(data_in_words(part) for part in value)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _place(path: str, table: PerformanceTable) -> str:
    row = _row(path, table)
    if row:
        return row_in_words(row)
    if _ALL_VALUES.match(path):
        return "指标值"
    words = list(_words(path, table))
    known = [word for word in words if word]
    return "／".join(known) if known and None not in words else path


def _words(path: str, table: PerformanceTable) -> Iterator[str | None]:
    """One word a step of the path, empty where it needs none, None where the table has no such step."""
    model: type[BaseModel] | None = PerformanceTable
    steps = _STEP.findall(path)
    for number, (index, name) in enumerate(steps):
        following = steps[number + 1][0] if number + 1 < len(steps) else ""
        if index:
            yield _part(index, steps[number - 1][1], table)
            continue
        field = model.model_fields.get(name) if model else None
        if name in _SILENT:
            yield ""
        elif field is None:
            yield None
        else:
            yield "" if name == "indicators" and _row(following, table) else str(field.title or name)
        model = next(_models(field.annotation), None) if field else None


def _part(index: str, of: str, table: PerformanceTable) -> str:
    """What stands in brackets: a row, a money block, or one of those by its place in the file it came from."""
    row = _row(index, table) if of == "indicators" else None
    if row or index == "*":
        return row_in_words(row) if row else ""
    if of == "funds" and index.isdecimal() and int(index) < len(table.funds):
        funds = table.funds[int(index)]
        return f"{funds.horizon}（{funds.scope}）"
    return f"原文第{int(index) + 1}行" if index.isdecimal() else index


def _row(row_id: str, table: PerformanceTable) -> Indicator | None:
    return next((row for row in table.indicators if row.id and row.id == row_id), None)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """The models an annotation speaks of, through optional and tuple."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)
