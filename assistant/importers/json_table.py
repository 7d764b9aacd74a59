"""Past tables in JSON: the flat format of the contract, and whole `PerformanceTable`s.

Flat: {"id", "source", "year", "region", "project_name", "department", "unit", "attribute", "budget_wan",
"goal_summary"|"goal", "indicators": [{"level1", "level2", "name", "value"}]}; every key but `indicators` may be
missing.
A row whose level is unknown, or that has no name, is kept under `unresolved` with the reason.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from assistant.dialects import detect_dialect, form_kind_of, generation_of
from assistant.errors import BadTable, UnreadableFile
from assistant.importers.levels import place_of
from assistant.importers.matrix import one_line
from assistant.importers.whole_table import table_from_whole
from assistant.schema import (
    Funds,
    Goal,
    Goals,
    Indicator,
    PastTable,
    PerformanceTable,
    Project,
    Unresolved,
    chinese_problems,
)
from assistant.values import parse_value

NO_SUCH_CELL = "这种文件没有这一栏"
"""Issue of a field the flat format cannot hold; nothing a person has to settle on import."""

_NUMBERING = re.compile(r"^\s*(?:指标\s*\d+\s*[:：]|[（(]?\d{1,2}[）).、．]\s*)\s*")
_PLACEHOLDER_NAME = re.compile(r"^[\s.…。/—-]*$")
_SOURCES = ("fiscal", "carryover", "other", "special_account", "unit_fund")
_NOT_IN_FLAT = (*(f"funds[0].{one}" for one in _SOURCES), "project.period", "goals.overall.text")
# A key left out is a label nobody read, not a cell the unit left empty (that is an empty text).
_KEYS_OF_HEADER = {
    "project_name": "project.name",
    "department": "project.dept",
    "unit": "project.unit",
    "budget_wan": "funds",
}
_EMPTY_ROW = "空白占位行"
_SUMMARY_CONFIDENCE = 0.5
"""A goal given as a summary is not the unit's wording: rules on its wording keep silent."""
_FLAT_KEYS = frozenset(
    (
        "id source origin author field kind generation year region region_level project_name department unit attribute "
        "budget_wan budget_as_published goal goal_summary indicators form_title layout note truncated"
    ).split()
)


def read_json(text: str, path: Path) -> Iterable[PastTable]:
    """The tables of a JSON file: one object, or a list of them."""
    try:
        data = json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as problem:
        raise UnreadableFile(path, f"不是有效的 JSON（{why_not_json(problem)}）") from problem
    objects = data if isinstance(data, list) else [data]
    return [table_from_json(one, path, index if isinstance(data, list) else None) for index, one in enumerate(objects)]


def read_json_lines(text: str, path: Path) -> Iterator[PastTable]:
    """The tables of a JSON Lines file, one object a line."""
    for number, line in enumerate(text.splitlines()):
        if not line.strip():
            continue
        try:
            data = json.loads(line, parse_constant=_no_constant)
        except (ValueError, RecursionError) as problem:
            raise UnreadableFile(path, f"第 {number + 1} 行不是有效的 JSON（{why_not_json(problem)}）") from problem
        yield table_from_json(data, path, number)


def table_from_json(data: object, path: Path, index: int | None = None) -> PastTable:
    """One past table from parsed JSON; raises `BadTable` naming file, place and problem."""
    where = str(path) if index is None else f"{path} 第 {index + 1} 张表"
    if not isinstance(data, Mapping):
        raise BadTable(where, ["应当是一个 JSON 对象"])
    name = path.stem if index is None else f"{path.stem}-{index + 1}"
    try:
        if is_draft(data):
            return PastTable(id=name, table=table_from_whole(data["table"]))
        if "table" in data and isinstance(data["table"], Mapping):
            return PastTable.model_validate({"id": name, **data, "table": table_from_whole(data["table"])})
        if "form_generation" in data:
            return PastTable(id=str(data.get("table_id") or name), table=table_from_whole(data))
        return _flat(data, name)
    except ValidationError as problem:
        raise BadTable(where, chinese_problems(problem)) from problem
    except ValueError as problem:
        raise BadTable(where, [str(problem)]) from problem


def is_draft(data: object) -> bool:
    """Tell whether parsed JSON is a draft of our own, not a table."""
    return isinstance(data, Mapping) and isinstance(data.get("table"), Mapping) and "engine" in data and "rows" in data


def _flat(data: Mapping[str, Any], name: str) -> PastTable:
    rows = data.get("indicators")
    if not isinstance(rows, list) or not rows:
        raise ValueError("没有 indicators（指标行），不是绩效目标表")
    unresolved = [
        Unresolved(field=key, issue="不认识的字段，原样保留", raw={key: data[key]})
        for key in sorted(set(data) - _FLAT_KEYS)
    ]
    # The flat format has no such cells: they are unknown, not left empty by the unit.
    absent = [path for key, path in _KEYS_OF_HEADER.items() if data.get(key) is None]
    unresolved += [Unresolved(field=one, issue=NO_SUCH_CELL) for one in (*_NOT_IN_FLAT, *absent)]
    if data.get("truncated"):
        unresolved.append(Unresolved(field="indicators", issue="原文只有表的一部分，缺的行不能算漏填"))
    indicators: list[Indicator] = []
    empty_rows: list[str] = []
    for position, row in enumerate(rows):
        read = _row(row, position)
        if isinstance(read, Indicator):
            indicators.append(read)
        elif read.issue == _EMPTY_ROW:
            levels = (str((read.raw or {}).get(cell) or "") for cell in ("level1", "level2", "name"))
            empty_rows.append("/".join(filter(None, levels)))
        else:
            unresolved.append(read)
    if not indicators:
        why = dict.fromkeys(one.issue for one in unresolved if one.field.startswith("indicators["))
        raise ValueError("没有一行能辨认出一级、二级指标和名称：" + "；".join(list(why)[:3]))
    generation = data.get("generation") or generation_of((one.level1, one.level2) for one in indicators)
    budget = _amount(data.get("budget_wan"))
    text = data.get("goal") or data.get("goal_summary")
    summarised = bool(data.get("goal_summary")) and not data.get("goal")
    if data.get("goal") is None and data.get("goal_summary") is None:
        unresolved.append(Unresolved(field="goals.annual.text", issue=NO_SUCH_CELL))
    identity = str(data.get("id") or name)
    return PastTable(
        id=identity,
        origin=data.get("origin") or ("published" if data.get("source") else "unit"),
        source=data.get("source"),
        author=data.get("author"),
        field=data.get("field"),
        kind=data.get("kind"),
        region_level=data.get("region_level"),
        table=PerformanceTable(
            table_id=identity,
            form_generation=generation,
            form_kind=form_kind_of(str(data.get("form_title") or "")),
            form_dialect=detect_dialect(str(generation), str(data.get("region") or "")),
            fiscal_year=_year(data.get("year")),
            region=data.get("region"),
            title=data.get("form_title") or "项目支出绩效目标表",
            project=Project(
                name=data.get("project_name"),
                dept=data.get("department"),
                unit=data.get("unit"),
                attribute=data.get("attribute"),
            ),
            funds=(Funds(total=budget),) if budget is not None else (),
            goals=Goals(annual=Goal(text=text, confidence=_SUMMARY_CONFIDENCE if summarised else None)),
            indicators=tuple(indicators),
            empty_template_rows=tuple(empty_rows),
            unresolved=tuple(unresolved),
        ),
    )


def _row(row: object, position: int) -> Indicator | Unresolved:
    field = f"indicators[{position}]"
    if not isinstance(row, Mapping):
        return Unresolved(field=field, issue="这一行不是对象，没有读入", raw={"row": row})
    raw = dict(row)
    written = str(row.get("name") or "")
    name = one_line(_NUMBERING.sub("", written))
    if _PLACEHOLDER_NAME.match(name):
        empty = row.get("value") in (None, "")
        issue = _EMPTY_ROW if empty else "没有指标名称"
        return Unresolved(field=field, issue=issue, raw=raw)
    place = place_of(str(row.get("level1") or ""), str(row.get("level2") or ""))
    if isinstance(place, str):
        return Unresolved(field=field, issue=place, raw=raw)
    level1, level2 = place
    value = row.get("value")
    return Indicator(
        id=f"r{position + 1}",
        level1=level1,
        level2=level2,
        name=name[:200],
        raw_name=written if written != name else None,
        value=parse_value(str(value)) if value not in (None, "") else None,
        weight=_weight(row.get("weight")),
        explanation=str(row["explanation"]) if row.get("explanation") else None,
        provenance={key: raw[key] for key in raw if key not in _ROW_KEYS} or None,
    )


_ROW_KEYS = frozenset(("level1", "level2", "name", "value", "weight", "explanation"))


def _weight(value: object) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        return Decimal(str(value).strip().removesuffix("分").removesuffix("%"))
    except InvalidOperation as problem:
        raise ValueError(f"weight 应当是数，现在是 {str(value)[:40]!r}") from problem


def _year(value: object) -> object:
    """2025, "2025", "2025年" and "2025年度" are one; anything else is left for the schema to refuse."""
    found = re.fullmatch(r"\s*(20\d\d)\s*(?:年度?)?\s*", value) if isinstance(value, str) else None
    return int(found[1]) if found else value


def _amount(value: object) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        amount = Decimal(str(value).replace(",", ""))
    except InvalidOperation as problem:
        raise ValueError(f"budget_wan 应当是数（万元），现在是 {str(value)[:40]!r}") from problem
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"budget_wan 不能是负数或无穷，现在是 {str(value)[:40]!r}")
    return amount


def why_not_json(problem: ValueError | RecursionError) -> str:
    """What is wrong with a JSON text, in Chinese."""
    if isinstance(problem, json.JSONDecodeError):
        return f"第 {problem.lineno} 行第 {problem.colno} 列附近写得不对"
    if "integer string conversion" in str(problem):
        return "里面有一个数长得不像话"
    return "嵌套太深" if isinstance(problem, RecursionError) else str(problem)


def _no_constant(name: str) -> float:
    raise ValueError(f"不允许出现 {name}")
