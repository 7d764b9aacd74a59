"""What only the unit can answer, most basic first, each once."""

from __future__ import annotations

from assistant.brief import Brief, in_wan
from assistant.checks.words import SAT_GENERIC
from assistant.drafting.candidates import Pool
from assistant.drafting.draft import Draft


def questions(draft: Draft, brief: Brief, pool: Pool) -> tuple[str, ...]:
    """What only the unit can answer, most basic first, each once."""
    asked = []
    if not pool.has_anything_similar:
        asked.append(
            "先例库中没有找到足够接近的项目，表中只列了描述里写明的内容；能否提供本单位往年的目标表或同类项目的表？"
        )
    basics = {
        "fiscal_year": "这是哪个预算年度的项目？",
        "project.name": "预算项目的名称是什么？",
        "project.dept": "主管部门的全称是什么？",
        "project.unit": "实施单位的全称是什么？",
        "funds[0].total": "项目预算是多少万元？",
        "funds[0].fiscal": "资金中财政拨款、上年结转、其他资金各多少？",
    }
    asked += [basics[one.field] for one in draft.table.unresolved if one.field in basics]
    asked += [conflict.question for conflict in brief.conflicts]
    asked += [row.question for row in draft.rows if row.question]
    given, said = brief.request.budget_wan, [fact for fact in brief.facts if fact.kind == "budget"]
    settled = brief.total_investment_wan is not None
    if given is not None and said and not settled and all(in_wan(fact.value) != given for fact in said):
        asked.append(f"预算填的是 {format(given, 'f')} 万元，描述中写的是“{said[0].quote}”，以哪个为准？")
    total = brief.total_investment_wan
    if total is not None and brief.budget_wan is not None:
        asked.append(f"总投资 {format(total, 'f')} 万元、本年度 {format(brief.budget_wan, 'f')} 万元，这样理解对吗？")
    asked += [
        f"“{row.indicator.name}”指的是哪些人？{_suggestion(brief)}"
        for row in draft.rows
        if row.indicator.name in SAT_GENERIC
    ]
    return tuple(dict.fromkeys(asked))


def _suggestion(brief: Brief) -> str:
    return f"例如“{brief.beneficiaries[0]}满意度”" if brief.beneficiaries else "请写明直接的服务对象"
