"""What only the unit can answer, most basic first, each once."""

from __future__ import annotations

from assistant.brief import Brief, in_wan
from assistant.drafting.candidates import Pool
from assistant.drafting.draft import Draft

NOTHING_SIMILAR = 0.30
"""Closeness of the nearest table below which precedents are not used at all."""


def questions(draft: Draft, brief: Brief, pool: Pool) -> tuple[str, ...]:
    """What only the unit can answer, most basic first, each once."""
    asked = []
    if pool.nearest < NOTHING_SIMILAR:
        asked.append("先例库中没有同类项目，表中只列了描述里写明的内容；能否提供本单位往年的目标表或同类项目的表？")
    basics = {
        "fiscal_year": "这是哪个预算年度的项目？",
        "project.name": "预算项目的名称是什么？",
        "project.dept": "主管部门的全称是什么？",
        "project.unit": "实施单位的全称是什么？",
        "funds[0].total": "项目预算是多少万元？",
        "funds[0].fiscal": "资金中财政拨款、其他资金各多少？",
    }
    asked += [basics[one.field] for one in draft.table.unresolved if one.field in basics]
    asked += [conflict.question for conflict in brief.conflicts]
    asked += [row.question for row in draft.rows if row.question]
    given, said = brief.request.budget_wan, [fact for fact in brief.facts if fact.kind == "budget"]
    if given is not None and said and all(in_wan(fact.value) != given for fact in said):
        asked.append(f"预算填的是 {format(given, 'f')} 万元，描述中写的是“{said[0].quote}”，以哪个为准？")
    return tuple(dict.fromkeys(asked))
