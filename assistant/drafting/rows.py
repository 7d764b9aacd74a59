"""Draft rows from facts and from candidates: the value, why it may stand there, or why it stays blank.

Order of values: a fact of the description → what precedents agree on, for rates, satisfaction and deadlines →
the money of the brief for cost → blank with reason and question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.brief import Brief, Fact
from assistant.brief.words import BENEFIT_WORDS, MEASURE_OF_UNIT, RATE_LEVELS
from assistant.dialects import cost_level
from assistant.drafting.candidates import Candidate, Pool
from assistant.drafting.draft import DraftRow, Evidence, Statistics, ValueBasis
from assistant.drafting.naming import split_name
from assistant.precedents.statistics import Consensus, consensus, summarise
from assistant.precedents.store import PastRow
from assistant.schema import Generation, Indicator, Level1, Level2
from assistant.values import Value, parse_value, render

MOST_EVIDENCE = 5
"""Precedents shown with a row; the statistics count all of them."""
_UNIT_OF_TAIL = {measure: unit for unit, measure in reversed(MEASURE_OF_UNIT.items())}
_STANDS_FOR_ALL = Decimal(100)


HEADER_FACTS = frozenset({"budget", "fiscal", "other_funds", "period"})


def fact_rows(fact: Fact, generation: Generation) -> tuple[DraftRow, ...]:
    """The rows a fact of the description makes: none for facts of the header, two for a standard from … to …."""
    if fact.kind in HEADER_FACTS:
        return ()
    bounds = (fact.value.number, fact.value.number_max)
    if fact.kind == "unit_price" and fact.value.kind == "range" and None not in bounds:
        # 30–320元 says nothing one could check (规则 V13): the ends of the scale are two standards.
        ends = zip(("最低", "最高"), bounds, strict=True)
        return tuple(
            _fact_row(fact, _graded(fact.label, end), _single(fact.value, number), generation) for end, number in ends
        )
    return (_fact_row(fact, fact.label, fact.value, generation),)


def _graded(label: str, end: str) -> str:
    tail = "标准" if label.endswith("标准") else ""
    return f"{label.removesuffix(tail)}{end}{tail or '值'}"


def _single(value: Value, number: Decimal | None) -> Value:
    return parse_value(render(value.model_copy(update={"kind": "number", "number": number, "number_max": None})))


def _fact_row(fact: Fact, name: str, said: Value, generation: Generation) -> DraftRow:
    level1, level2 = fact_level(fact, generation)
    value = with_sign(said, name, level2)
    return DraftRow(
        id="",
        indicator=Indicator(level1=level1, level2=level2, name=name, value=value),
        origin="person",
        evidence=(Evidence(kind="brief", ref=fact.source, quote=fact.quote, value=render(value)),),
        value_basis="预算支出标准" if "成本" in level2 else "计划标准",
    )


def fact_level(fact: Fact, generation: Generation) -> tuple[Level1, Level2]:
    """Where a fact belongs: by its kind, its unit and the words of its name (101号 附件1 二)."""
    label = fact.label
    if fact.kind in ("deadline", "duration"):
        return "产出指标", "时效指标"
    for level2, words in BENEFIT_WORDS.items():
        if any(word in label for word in words) and fact.kind != "rate":
            return "效益指标", level2  # type: ignore[return-value]
    if fact.kind in ("unit_price", "money"):
        return cost_level(generation)
    if fact.kind == "rate":
        for level1, level2, words in RATE_LEVELS:
            if any(word in label for word in words):
                return level1, level2  # type: ignore[return-value]
        return "产出指标", "质量指标"
    return "产出指标", "数量指标"


def with_sign(value: Value, name: str, level2: str) -> Value:
    """The value with a sign: the text's own, else the usual one – costs and limits ≤, standards and 100% =, the rest ≥.

    A range or a date keeps its form. The sign is the convention of the form, the number is never changed.
    """
    if value.operator is not None or value.kind != "number" or value.number is None:
        return parse_value(render(value))
    if value.unit in ("%", "‰") and value.number >= _STANDS_FOR_ALL:
        sign = "="
    elif re.search(r"(标准|待遇)$", name):
        sign = "="
    elif "成本" in level2 or level2 == "时效指标" or re.search(r"(投诉|差错|事故|故障|逾期|死亡|损耗|发生率|违规|漏损)", name):
        sign = "=" if value.number == 0 else "≤"
    else:
        sign = "≥"
    return parse_value(render(value.model_copy(update={"operator": sign, "approximate": False})))


def candidate_row(candidate: Candidate, brief: Brief, pool: Pool) -> DraftRow:
    """The row a precedent concept makes, its value filled by the order above."""
    row = DraftRow(
        id="",
        indicator=Indicator(level1=candidate.level1, level2=candidate.level2, name=candidate.name),
        origin="precedent",
        evidence=_naming(candidate, pool),
        statistics=_statistics(candidate.rows),
    )
    agreed = _agreement(candidate, pool)
    if agreed is not None:
        return _filled(row, agreed, brief, pool)
    deadline = _deadline(candidate, brief)
    if deadline is not None:
        value, evidence = deadline
        return _with_value(row, value, (*evidence, *row.evidence)[: MOST_EVIDENCE + 1], "其他")
    return _blank(row, candidate)


def budget_row(brief: Brief, generation: Generation) -> DraftRow | None:
    """The cost row the money of the brief allows when nothing finer is known; None without money."""
    if brief.budget_wan is None:
        return None
    level1, level2 = cost_level(generation)
    value = parse_value(f"≤{format(brief.budget_wan, 'f')}万元")
    fact = next((one for one in brief.facts if one.kind == "budget"), None)
    given = brief.request.budget_wan is not None
    return DraftRow(
        id="",
        indicator=Indicator(level1=level1, level2=level2, name="项目总成本", value=value),
        origin="person",
        evidence=(
            Evidence(
                kind="brief",
                ref="budget_wan" if given or fact is None else fact.source,
                quote=f"{format(brief.budget_wan, 'f')}万元" if given or fact is None else fact.quote,
                value=render(value),
            ),
        ),
        value_basis="预算支出标准",
        question="能否给出单位成本或分项成本（如每人、每平方米、每场多少元）？只写总额，审核时常被退回",
    )


def blank_row(level1: Level1, level2: Level2, name: str, reason: str, question: str) -> DraftRow:
    """A row the form needs and nothing supports yet."""
    return DraftRow(
        id="",
        indicator=Indicator(level1=level1, level2=level2, name=name),
        origin="precedent",
        blank_reason=reason,
        question=question,
    )


def with_precedents(row: DraftRow, rows: Sequence[PastRow], pool: Pool) -> DraftRow:
    """A fact row with the like-named precedents beside it, for comparison only."""
    shown = tuple(_quote(one, pool, holds_value=False) for one in rows[:3])
    return row.model_copy(update={"evidence": (*row.evidence, *shown), "statistics": _statistics(rows)})


def _agreement(candidate: Candidate, pool: Pool) -> Consensus | None:
    """What precedents agree on: first the concept's own rows, then rows of its level with the same head."""
    own = consensus(candidate.rows)
    if own is not None:
        return own
    head = candidate.parts.head
    if not head or not head.endswith(("率", "度", "比例")):
        return None
    if candidate.level2 == "服务对象满意度指标":
        alike = [row for row in pool.rows if row.level2 == candidate.level2 and row.table_id in pool.closeness]
        near = sorted(alike, key=lambda row: (-pool.closeness[row.table_id], row.id))
        return consensus(near)
    alike = [row for row in pool.rows if split_name(row.name).head == head and row.level2 == _own_level(candidate)]
    return consensus(alike)


def _own_level(candidate: Candidate) -> str:
    return candidate.rows[0].level2


def _filled(row: DraftRow, agreed: Consensus, brief: Brief, pool: Pool) -> DraftRow:
    evidence = tuple(_quote(one, pool, holds_value=True) for one in agreed.rows[:MOST_EVIDENCE])
    own_unit = bool(brief.request.unit) and all(
        pool.tables[one.table_id].unit == brief.request.unit for one in agreed.rows if one.table_id in pool.tables
    )
    filled = _with_value(row, parse_value(render(agreed.value)), evidence, "历史标准" if own_unit else "其他")
    return filled.model_copy(update={"statistics": _statistics(agreed.rows) or row.statistics})


def _with_value(row: DraftRow, value: Value, evidence: tuple[Evidence, ...], basis: ValueBasis) -> DraftRow:
    indicator = row.indicator.model_copy(update={"value": value})
    return row.model_copy(update={"indicator": indicator, "evidence": evidence, "value_basis": basis})


def _deadline(candidate: Candidate, brief: Brief) -> tuple[Value, tuple[Evidence, ...]] | None:
    """A deadline of the project's own text; precedents' dates are never carried into another year."""
    if not candidate.name.endswith(("时间", "时限", "日期")):
        return None
    for fact in brief.facts:
        if fact.kind == "deadline" and _same_event(fact.label, candidate.name):
            value = fact.value
            return value, (Evidence(kind="brief", ref=fact.source, quote=fact.quote, value=render(value)),)
    return None


def _same_event(one: str, other: str) -> bool:
    return split_name(one).head == split_name(other).head and split_name(one).thing in (split_name(other).thing, "", "项目")


def _blank(row: DraftRow, candidate: Candidate) -> DraftRow:
    name = candidate.name
    summary = summarise(candidate.rows)
    seen = ""
    if summary is not None:
        unit = summary.unit
        spread = (
            f"{_short(summary.minimum)}{unit}"
            if summary.minimum == summary.maximum
            else f"{_short(summary.minimum)}–{_short(summary.maximum)}{unit}"
        )
        seen = f"（先例 {candidate.projects} 个，取值 {spread}，仅供参考）"
    if candidate.level2 == "时效指标" and not name.endswith("率"):
        reason, question = "描述中没有写完成期限", f"“{name}”：计划在哪一天之前完成，或多长时间内完成？"
    elif name.endswith(("率", "度", "比例")):
        reason = f"可比先例不足 3 个项目或差异过大，不能代定{seen}"
        question = f"“{name}”的目标是百分之多少？依据是什么（上年实绩、行业标准或计划）？"
    elif "成本" in candidate.level2:
        reason, question = f"描述中没有单价或分项成本{seen}", f"“{name}”是多少？请写明单位（如 元/人·月）和依据文件"
    else:
        unit = next((unit for tail, unit in _UNIT_OF_TAIL.items() if name.endswith(tail)), "")
        reason = f"描述中没有这个数，数量只能由单位提供{seen}"
        question = f"“{name}”计划是多少{f'（单位：{unit}）' if unit and unit != '个' else ''}？"
    return row.model_copy(update={"blank_reason": reason, "question": question})


def _naming(candidate: Candidate, pool: Pool) -> tuple[Evidence, ...]:
    rows = sorted(candidate.rows, key=lambda row: (-pool.closeness.get(row.table_id, 0.0), row.id))
    return tuple(_quote(row, pool, holds_value=False) for row in rows[:MOST_EVIDENCE])


def _quote(row: PastRow, pool: Pool, *, holds_value: bool) -> Evidence:
    facts = pool.tables.get(row.table_id)
    value = render(row.value) if row.value else ""
    where = f"{facts.project_name}（{facts.year or '年份不详'}）" if facts else row.table_id
    return Evidence(
        kind="precedent",
        ref=row.id,
        quote=f"{where}：{row.name} {value}".strip(),
        value=value if holds_value and value else None,
    )


def _statistics(rows: Iterable[PastRow]) -> Statistics | None:
    found = summarise(rows)
    if found is None:
        return None
    return Statistics(
        n=found.n, min=found.minimum, median=found.median, max=found.maximum, mode=found.mode, unit=found.unit
    )


def _short(number: Decimal) -> str:
    return format(number.normalize() + 0, "f")
