"""Flat past-table JSON (one object a file, docs/ARCHITECTURE.md) → `PerformanceTable`, for tests of the rules."""

import json
from pathlib import Path

from assistant.dialects import DEFAULT_DIALECT, generation_of, level1_of, level2_of, parents
from assistant.schema import Funds, Goal, Goals, Indicator, PerformanceTable, Project
from assistant.values import parse_value

KINDS = {
    "工程建设": "工程基建",
    "修缮改造": "大型修缮",
    "设备购置": "大型购置",
    "信息化建设": "信息化建设",
    "补助发放": "面向公众服务",
    "公共服务": "面向公众服务",
    "运行保障": "内部管理",
}


def table_from_flat(data: dict) -> PerformanceTable:
    if "table" in data:
        return PerformanceTable.model_validate(data["table"])
    rows = []
    for number, row in enumerate(data["indicators"]):
        level2 = level2_of(row.get("level2") or "")
        level1 = level1_of(row.get("level1") or "") or (level2 and parents(level2)[0])
        if level1 and level2 and row.get("name"):
            value = parse_value(row["value"]) if row.get("value") else None
            rows.append(Indicator(id=f"r{number}", level1=level1, level2=level2, name=row["name"], value=value))
    generation = data.get("generation") or generation_of((row.level1, row.level2) for row in rows)
    budget = data.get("budget_wan")
    return PerformanceTable(
        table_id=data["id"],
        form_kind="公开表",
        form_generation=generation,
        form_dialect=DEFAULT_DIALECT[generation],
        fiscal_year=data.get("year"),
        region=data.get("region"),
        project=Project(
            name=data.get("project_name"),
            dept=data.get("department"),
            unit=data.get("unit"),
            project_kind=KINDS.get(data.get("kind", "")),
        ),
        funds=(Funds(total=budget, fiscal=budget, carryover=0, other=0),) if budget is not None else (),
        goals=Goals(annual=Goal(text=data.get("goal") or data.get("goal_summary"))),
        indicators=tuple(rows),
    )


def load_flat(path: Path) -> PerformanceTable:
    return table_from_flat(json.loads(path.read_text(encoding="utf-8")))
