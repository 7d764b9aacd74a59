"""Draft rows from precedent: the value where precedents agree or the description says it, else blank with a question.

Order of values: a fact of the description → what precedents agree on, for rates, satisfaction and deadlines →
the money of the brief for cost (`fact_rows.budget_row`) → blank with reason and question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from assistant.brief import Brief
from assistant.drafting.agreement import Agreed, agreement, nearest_first
from assistant.drafting.candidates import Candidate, Pool
from assistant.drafting.draft import DraftRow, Evidence, Statistics, ValueBasis
from assistant.drafting.fact_rows import with_sign
from assistant.precedents.naming import split_name
from assistant.precedents.spread import Summary
from assistant.precedents.statistics import summarise
from assistant.precedents.store import PastRow
from assistant.schema import ORIGIN_LABELS, Indicator, Level1, Level2
from assistant.values import Value, parse_value, render

MOST_EVIDENCE = 5
"""Precedents shown with a row; the statistics count all of them."""


def candidate_row(candidate: Candidate, brief: Brief, pool: Pool) -> DraftRow:
    """The row a precedent concept makes, its value filled by the order above."""
    row = DraftRow(
        id="",
        indicator=Indicator(level1=candidate.level1, level2=candidate.level2, name=candidate.name),
        origin="precedent",
        evidence=_naming(candidate, pool),
        statistics=_statistics(candidate.rows),
    )
    said = _deadline(candidate, brief)
    if said is not None:
        value, evidence = said
        return _with_value(row, value, (*evidence, *row.evidence)[: MOST_EVIDENCE + 1], "计划标准")
    borrowed_day = candidate.level2 == "时效指标" and brief.runs_on
    agreed = agreement(candidate, pool) if candidate.sure and not borrowed_day else None
    if agreed is not None:
        return _filled(row, agreed, brief, pool)
    return _blank(row, candidate)


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


def _filled(row: DraftRow, agreed: Agreed, brief: Brief, pool: Pool) -> DraftRow:
    holding = agreed.consensus.rows[:MOST_EVIDENCE]
    held = {one.id for one in holding}
    naming = [one for one in row.evidence if one.ref not in held]
    evidence = (*(_quote(one, pool, holds_value=True) for one in holding), *naming[: MOST_EVIDENCE - len(holding)])
    own_unit = bool(brief.request.unit) and all(
        pool.tables[one.table_id].unit == brief.request.unit for one in holding if one.table_id in pool.tables
    )
    value = _of_this_year(agreed.consensus.value, brief.year)
    value = with_sign(value, row.indicator.name, row.indicator.level2)
    filled = _with_value(row, value, evidence, "历史标准" if own_unit else "其他")
    return filled.model_copy(update={"statistics": _statistics(agreed.compared) or row.statistics})


def _of_this_year(value: Value, year: int | None) -> Value:
    """A precedent's deadline in the year of the brief, or without any year; other values as they are."""
    if value.kind != "date" or not value.date or value.date.startswith("-"):
        return parse_value(render(value))
    moved = f"{year}{value.date[4:]}" if year else f"-{value.date[4:]}"
    return parse_value(render(value.model_copy(update={"date": moved, "text": None})))


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
    return split_name(one).head == split_name(other).head and split_name(one).thing in (
        split_name(other).thing,
        "",
        "项目",
    )


def _blank(row: DraftRow, candidate: Candidate) -> DraftRow:
    name, summary = candidate.name, summarise(candidate.rows)
    unit = summary.unit if summary is not None else ""
    seen = f"（先例 {candidate.projects} 个，取值 {_spread(summary)}，仅供参考）" if summary is not None else ""
    asked = f"（单位如 {unit}）" if unit else ""
    if candidate.level2 == "时效指标" and not name.endswith("率"):
        reason = f"描述中没有写完成期限{seen}"
        question = f"“{name}”：计划在哪一天之前完成，或多长时间内完成？"
    elif re.search(r"(率|满意度|比例|占比)$", name):
        reason = f"可比先例不足 3 个项目或差异过大，不能代定{seen}"
        question = f"“{name}”的目标是百分之多少？依据是什么（上年实绩、行业标准或计划）？"
    elif "成本" in candidate.level2:
        reason = f"描述中没有单价或分项成本{seen}"
        question = f"“{name}”是多少{asked}？依据哪个文件或合同？"
    else:
        reason, question = f"描述中没有这个数，数量只能由单位提供{seen}", f"“{name}”计划是多少{asked}？"
    if not candidate.sure:
        reason = f"同类先例设有这一指标，描述中没有提到；不适用请删去{seen}"
    return row.model_copy(update={"blank_reason": reason, "question": question})


def _spread(summary: Summary) -> str:
    low, high = _short(summary.minimum), _short(summary.maximum)
    return f"{low}{summary.unit}" if low == high else f"{low}–{high}{summary.unit}"


def _naming(candidate: Candidate, pool: Pool) -> tuple[Evidence, ...]:
    rows = nearest_first(candidate.rows, pool)
    return tuple(_quote(row, pool, holds_value=False) for row in rows[:MOST_EVIDENCE])


def _quote(row: PastRow, pool: Pool, *, holds_value: bool) -> Evidence:
    facts = pool.tables.get(row.table_id)
    value = render(row.value) if row.value else ""
    label = ORIGIN_LABELS.get(facts.origin, facts.origin) if facts else "先例"
    where = f"{label}《{facts.project_name}》（{facts.year or '年份不详'}）" if facts else row.table_id
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
