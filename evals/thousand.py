"""A thousand past tables and forty-odd briefs made from the example tables, to measure speed at a realistic size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count, islice, product
from pathlib import Path

from assistant.brief import BriefRequest
from assistant.schema import PastTable
from assistant.values import render
from evals.labelled import shipped_tables

_PLACES = "东山 西河 南坪 北塘 青云 白石 龙泉 凤岭 永安 长乐 金沙 银滩 石门 柳林 松坡 竹溪".split()
_PARTS = "片区 新区 开发区 示范区 库区 城关 乡镇".split()
_PREAMBLE = (
    "为深入贯彻落实上级决策部署，坚持以人民为中心的发展思想，围绕中心、服务大局，进一步提升公共服务供给能力和保障水平，"
    "按照统筹规划、突出重点、分步实施、注重实效的原则，由主管部门牵头，会同有关单位成立工作专班，健全工作机制，压实工作责任，"
    "严格资金管理，做到专款专用，确保项目按期保质完成，切实增强群众获得感、幸福感、安全感。项目具体内容如下："
)


def tables(number: int) -> Iterator[dict[str, object]]:
    """Flat past tables whose names, years and money differ, so that nearly every indicator text is distinct."""
    bases = shipped_tables()
    variants = (f"{place}{part}" for part, place in product(("", *_PARTS), _PLACES))
    turns = ((turn, where, past) for turn, where in enumerate(variants) for past in bases)
    for turn, where, past in islice(turns, number):
        yield _variant(past, where, turn)


def _variant(past: PastTable, where: str, turn: int) -> dict[str, object]:
    table = past.table
    budget = past.budget_wan
    return {
        "id": f"{past.id}-{turn}",
        "origin": "example",
        "field": past.field,
        "year": 2020 + turn % 6,
        "region": table.region,
        "project_name": f"{where}{table.project.name or ''}",
        "department": table.project.dept,
        "budget_wan": None if budget is None else str(budget + turn),
        "goal": f"{where}：{past.goal_text or ''}",
        "indicators": [
            {
                "level1": row.level1,
                "level2": row.level2,
                "name": f"{where}{row.name}",
                "value": render(row.value) if row.value else None,
            }
            for row in table.indicators
        ],
    }


def write_tables(folder: Path, number: int) -> None:
    """The tables as files, one a table, as a bureau would hand them over."""
    folder.mkdir(parents=True)
    for place, table in zip(count(), tables(number)):
        (folder / f"{place:05}.json").write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")


def briefs(number: int) -> list[BriefRequest]:
    """Briefs spread over the fields; every fifth rambles first, as long descriptions cost the most."""
    told = [past for past in shipped_tables() if past.goal_text and past.table.project.name]
    step = max(1, len(told) // number)
    return [
        BriefRequest(
            project_name=past.table.project.name or "",
            department=past.table.project.dept or "",
            year=2026,
            budget_wan=past.budget_wan,
            description=(_PREAMBLE if place % 5 == 0 else "") + (past.goal_text or ""),
        )
        for place, past in enumerate(told[::step][:number])
    ]
