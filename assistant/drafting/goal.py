"""The yearly goal as text, composed from what the rows and the brief state: outputs, quality, time, cost, effect.

101号 附件1 一: a goal is the expected output and effect within a period and the cost control that goes with them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.brief import Brief
from assistant.drafting.draft import DraftRow
from assistant.drafting.fact_rows import WHOLE_COST
from assistant.precedents.naming import split_name
from assistant.values import Value, find_values, render

_HAPPENS = re.compile(r"(完工|竣工|交付|发放|拨付|兑付|开工|投用|上线|到账|验收)$")
_AIM = re.compile(
    r"^(为)?(消除|促进|改善|提升|提高|稳定|保持|保障|维护|解决|增强|增加|减轻|推进|推动|确保|防止|避免|加强|保证|实现|维持|方便|带动|引导|满足|缓解|减少|降低)[\u4e00-\u9fff、“”]{4,28}$"
)
MOST_OUTPUTS = 8
_WORDS_OF_SIGN = {"≥": "不低于", "≤": "不超过", ">": "超过", "<": "低于", "=": ""}


def goal_text(brief: Brief, rows: Sequence[DraftRow]) -> str:
    """One paragraph of facts; nothing in it that the rows and the brief do not hold."""
    opening = _opening(brief)
    purpose = _purpose(brief)
    outputs = _clauses(row for row in rows if row.indicator.level2 == "数量指标")
    quality = _clauses(row for row in rows if row.indicator.level2 == "质量指标")
    time = _clauses(row for row in rows if row.indicator.level2 == "时效指标")
    cost = _clauses(row for row in rows if "成本" in row.indicator.level2 and row.indicator.name != WHOLE_COST)
    effect = _clauses(row for row in rows if row.indicator.level1 == "效益指标")
    content = _clauses(row for row in rows if row.indicator.level1 == "满意度指标")
    sentences = [
        "，".join(part for part in (opening, purpose) if part),
        f"计划完成：{'、'.join(outputs[:MOST_OUTPUTS])}" if outputs else "",
        "，".join((*quality[:4], *time[:2])),
        f"成本控制：{'，'.join(cost[:3])}" if cost else "",
        "，".join((*effect[:3], *content[:2])),
        _aims(brief),
    ]
    return "。".join(sentence for sentence in sentences if sentence) + "。"


def _opening(brief: Brief) -> str:
    year = f"{brief.year}年度" if brief.year else "本年度"
    name = re.sub(rf"^{brief.year or ''}年(度)?", "", brief.request.project_name) or "本项目"
    name = re.sub(r"^(全面)?(实施|开展|推进)", "", name)
    money = f"资金{_plain(brief)}万元" if brief.budget_wan is not None else ""
    if re.search(r"(经费|资金|补助|补贴|专项|费用?)$", name):
        return f"{year}安排{name}{money.removeprefix('资金')}"
    done = "实施" if re.search(r"(项目|工程|行动|计划|建设|改造|治理|整治|提升)(（[^）]*）)?$", name) else "用于"
    return f"{year}安排{money}，{done}{name}" if money else f"{year}{'开展' if done == '用于' else done}{name}"


def _plain(brief: Brief) -> str:
    return format(brief.budget_wan, "f") if brief.budget_wan is not None else ""


def _aims(brief: Brief) -> str:
    """Up to two clauses of the description that say what it is all for, in the unit's own words."""
    clauses = re.split(r"[，,。；;！\n]", brief.request.description)
    found = [
        clause.strip().removeprefix("为")
        for clause in clauses
        if _AIM.match(clause.strip()) and not find_values(clause)
    ]
    return "，".join(found[:2])


def _purpose(brief: Brief) -> str:
    """The clause of the description that says what the money is for, when it is short and holds no number."""
    # 其余用于… says where the rest goes, not what the money is for.
    found = re.search(r"(?<![余分元])((?:主要)?用于[^，。；\n\d]{4,40})", brief.request.description)
    return found[1] if found else ""


def _clauses(rows: Iterable[DraftRow]) -> list[str]:
    return [
        clause for row in rows if row.indicator.value and (clause := _clause(row.indicator.name, row.indicator.value))
    ]


def _clause(name: str, value: Value) -> str:
    if value.kind == "date":
        what = re.sub(r"(完成)?时间$", "", name)
        if not split_name(name).head.endswith("时间"):
            return f"{name}为{render(value)}"
        return f"{render(value)}{'' if _HAPPENS.search(what) else '完成'}{what}"
    if value.kind == "number" and value.operator:
        number = render(value.model_copy(update={"operator": None}))
        exact = "达到" if value.unit == "%" else "为" if value.number == 0 else ""
        reached = exact if value.operator == "=" else _WORDS_OF_SIGN[value.operator]
        return f"{name}{reached}{number}"
    return f"{name}{render(value)}" if value.kind in ("number", "range", "multiple") else ""
