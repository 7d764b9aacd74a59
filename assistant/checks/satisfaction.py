"""S: whose satisfaction is it, and could a questionnaire give the value?"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.fixes import Fix, Where, row_at
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.signs import turn_sign
from assistant.checks.values import is_unfilled
from assistant.checks.view import Table
from assistant.checks.words import SAT_GENERIC

_SCORE = re.compile("评分|得分|表扬|好评")
_GENERIC_SATISFACTION = re.compile(
    "(?:广大|相关|社会|人民|全体|有关|各方|各类)(?:群众|对象|公众|人员|人民群众)(?:的)?满意(?:度|率)"
)
_SOMEBODY = re.compile("受益|补助对象|补贴对象")


@rule(
    "S01",
    level="warn",
    cite=["mof-2021-101#2.4", "zhengzhou-goal#a2-2.satisfaction"],
    passes=[
        example("养老待遇领取人员满意度", "≥90%", level2="服务对象满意度指标"),
        example("展览观众满意度", "≥90%", level2="服务对象满意度指标"),
    ],
    fails=[example("群众满意度", "≥95%", level2="服务对象满意度指标")],
    cell="name",
    single_row=True,
)
def satisfaction_says_whose(table: Table) -> Hits:
    """满意度对象不明"""
    for row in table.rows:
        if row.name in SAT_GENERIC or _GENERIC_SATISFACTION.fullmatch(row.name):
            said = f"“{row.indicator.name}”没有说是谁的满意度，请写明直接的服务对象，如参训学员、待遇领取人员"
            # 受益群众 is hardly vaguer than 补贴对象, which 101号 itself gives as an example.
            yield Hit(row, said, quote=row.indicator.name, level="advice" if _SOMEBODY.search(row.name) else None)


def _upwards(table: Table, where: Where) -> Fix | None:
    row = row_at(where)
    downwards = row is not None and row.value is not None and row.value.operator in ("≤", "<")
    return turn_sign(table, where) if downwards else None


@rule(
    "S02",
    level="error",
    cite=["mof-2021-101#3.7.4", "zhengzhou-goal#a2-2.satisfaction"],
    passes=[
        example("待遇领取人员满意度", "≥90%", level2="服务对象满意度指标"),
        example("有效投诉次数", "≤3次", level2="服务对象满意度指标"),
        example("待遇领取人员满意度评分", "≥90分", level2="服务对象满意度指标"),
    ],
    fails=[
        example("参保人员满意度", "满意", level2="服务对象满意度指标"),
        example("参保人员满意度", "≤90%", level2="服务对象满意度指标"),
    ],
    reads=("value",),
    single_row=True,
    fix=_upwards,
)
def satisfaction_is_a_percentage(table: Table) -> Hits:
    """满意度值形式错误"""
    for row in table.of("满意度指标", "服务对象满意度指标"):
        value = row.value
        if value is None or "投诉" in row.name or _SCORE.search(row.name) or is_unfilled(row.raw):
            continue
        if value.operator in ("≤", "<"):
            yield Hit(row, f"满意度越高越好，却写“{row.raw}”；请把符号改成 ≥", quote=row.raw)
        elif (
            value.kind != "number" or value.unit not in ("%", None) or (value.unit is None and not _share(value.number))
        ):
            yield Hit(row, f"满意度写“{row.raw}”，问卷得不出；请写百分比：≥____%", quote=row.raw)


def _share(number: Decimal | None) -> bool:
    return number is not None and 0 <= number <= 1


@rule(
    "S03",
    level="warn",
    cite=["tool#default", "mof-2021-101#3.7.4", "mof-2021-101#1.1.3", "zhengzhou-goal#21.3"],
    passes=[example("待遇领取人员满意度", "≥90%", level2="服务对象满意度指标")],
    fails=[
        example("待遇领取人员满意度", "≥60%", level2="服务对象满意度指标"),
        example("待遇领取人员满意度", "=100%", level2="服务对象满意度指标"),
        example("待遇领取人员满意度", "≥85%", level2="服务对象满意度指标"),
    ],
    reads=("value",),
)
def satisfaction_is_neither_too_low_nor_full(table: Table) -> Hits:
    """满意度取值异常"""
    limits = table.limits
    for row in table.of("满意度指标", "服务对象满意度指标"):
        value = row.value
        if value is None or value.kind != "number" or value.number is None or "投诉" in row.name or value.unit != "%":
            continue
        if value.operator in ("≤", "<"):
            continue  # S02 says it
        if value.number < limits.lowest_satisfaction:
            said = f"满意度“{row.raw}”偏低（{limits.told('lowest_satisfaction', '不低于')}%）；请说明理由"
            yield Hit(row, said, quote=row.raw)
        elif value.number == 100:
            yield Hit(row, f"满意度“{row.raw}”很难做到；请按往年调查结果定：____%", quote=row.raw)
        elif value.number < limits.usual_satisfaction:
            said = f"满意度“{row.raw}”低于提示线（{limits.told('usual_satisfaction')}%）；有往年结果的请核对"
            yield Hit(row, said, quote=row.raw, level="advice")
