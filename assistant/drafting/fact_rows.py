"""Draft rows from what the description says: the unit's own figures, under the class and sign they belong to."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.brief import RETURN_PERIOD, Brief, Fact, in_wan
from assistant.brief.words import BENEFIT_WORDS, RATE_LEVELS
from assistant.dialects import cost_level
from assistant.drafting.draft import DraftRow, Evidence
from assistant.schema import Generation, Indicator, Level1, Level2
from assistant.values import Operator, Value, parse_value, render

_TO_KEEP_LOW = re.compile(
    r"(投诉|差错|错误|事故|故障|逾期|死亡|损耗|流失|违规|漏损|发生|受害|成灾)(率|量|数|次数|件数|起数|人数)?$"
)

_ACCIDENTS = re.compile(r"(事故|伤亡|投诉)(发生)?(起|件|次|人)?数$")

_LIMIT = re.compile(r"(额度|限额|上限|编制|封顶)")

_GIVEN = re.compile(r"^(租期|合同期|服务期|实有|现有|在册)")

_STANDS_FOR_ALL = Decimal(100)

WHOLE_COST = "项目总成本"
"""The name of the cost row that only repeats the money of the brief."""

HEADER_FACTS = frozenset({"budget", "fiscal", "other_funds", "total_investment", "source", "period"})
"""Facts that belong to the head of the form, not to a row."""


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


def fact_level(fact: Fact, generation: Generation) -> tuple[Level1, Level2]:
    """Where a fact belongs: by its kind, its unit and the words of its name (101号 附件1 二)."""
    label = fact.label
    if fact.value.unit == RETURN_PERIOD:  # 城区排涝标准 20年一遇
        return "产出指标", "质量指标"
    if label.endswith(("质保期", "保修期", "质保年限")):
        return "产出指标", "质量指标"
    if label.endswith(("使用年限", "设计年限", "使用寿命")):
        return ("效益指标", "可持续影响指标") if generation == "2015" else ("产出指标", "质量指标")
    if fact.kind in ("deadline", "duration"):
        return "产出指标", "时效指标"
    if fact.kind == "rate":
        return _rate_level(label)
    benefit = _benefit_level(fact)
    if benefit is not None:
        return "效益指标", benefit
    return cost_level(generation) if fact.kind in ("unit_price", "money") else ("产出指标", "数量指标")


def _rate_level(label: str) -> tuple[Level1, Level2]:
    for level1, level2, words in RATE_LEVELS:
        if any(word in label for word in words):
            return level1, level2
    return "产出指标", "质量指标"


def _benefit_level(fact: Fact) -> Level2 | None:
    """The class of effect a figure is, None when it is an output or a cost."""
    if fact.kind == "quantity" and _ACCIDENTS.search(fact.label):
        return "社会效益指标"
    for level2, words in BENEFIT_WORDS.items():
        # 受益学生每人每天5元 is a cost, whoever benefits; only earnings per head are an effect.
        priced = fact.kind == "unit_price" and level2 != "经济效益指标"
        if any(word in fact.label for word in words) and not priced:
            return level2
    return None


def with_sign(value: Value, name: str, level2: str) -> Value:
    """The value with a sign: the text's own, else the usual one – costs and limits ≤, standards and 100% =, the rest ≥.

    A range or a date keeps its form. The sign is the convention of the form, the number is never changed; `raw`
    becomes the canonical text, as the form shows it.
    """
    if value.operator is None and value.kind == "number" and value.number is not None:
        value = value.model_copy(update={"operator": _usual_sign(value, name, level2), "approximate": False})
    return value.model_copy(update={"raw": render(value), "operator_explicit": value.operator is not None})


def _usual_sign(value: Value, name: str, level2: str) -> Operator:
    bought = level2 == "数量指标" and re.search(r"(购置|采购|配备|租赁)数量$", name)
    standard = re.search(r"(标准|待遇)$", name) and value.unit != RETURN_PERIOD
    whole = value.unit in ("%", "‰") and value.number is not None and value.number >= _STANDS_FOR_ALL
    if value.number == 0 or whole or standard or bought or _GIVEN.search(name):
        return "="
    if _LIMIT.search(name) or "成本" in level2 or level2 == "时效指标" or _TO_KEEP_LOW.search(name):
        return "≤"
    return "≥"


def budget_row(brief: Brief, generation: Generation) -> DraftRow | None:
    """The cost row the money of the brief allows when nothing finer is known; None without money."""
    if brief.budget_wan is None:
        return None
    level1, level2 = cost_level(generation)
    value = parse_value(f"≤{format(brief.budget_wan, 'f')}万元")
    said = [one for one in brief.facts if one.kind in ("budget", "total_investment")]
    fact = next((one for one in said if in_wan(one.value) == brief.budget_wan), None)
    given = brief.request.budget_wan == brief.budget_wan
    return DraftRow(
        id="",
        indicator=Indicator(level1=level1, level2=level2, name=WHOLE_COST, value=value),
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


def _graded(label: str, end: str) -> str:
    tail = "标准" if label.endswith("标准") else ""
    return f"{label.removesuffix(tail)}{end}{tail or '值'}"


def _single(value: Value, number: Decimal | None) -> Value:
    return parse_value(render(value.model_copy(update={"kind": "number", "number": number, "number_max": None})))


def _fact_row(fact: Fact, name: str, said: Value, generation: Generation) -> DraftRow:
    level1, level2 = fact_level(fact, generation)
    value = with_sign(said, name, level2)
    open_unit = fact.kind == "unit_price" and value.unit in ("元", "万元")
    return DraftRow(
        id="",
        indicator=Indicator(level1=level1, level2=level2, name=name, value=value),
        origin="person",
        evidence=(Evidence(kind="brief", ref=fact.source, quote=fact.quote, value=render(value)),),
        value_basis="预算支出标准" if "成本" in level2 else "计划标准",
        question=f"“{name}”{render(value).lstrip('=≤≥')}是每什么的（如每人每月、每亩）？依据哪个文件？"
        if open_unit
        else None,
    )
