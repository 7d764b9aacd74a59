"""C: do cost indicators control cost? Rows are found where either generation keeps them."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.fixes import ask
from assistant.checks.money import total_yuan, totals_yuan, wan
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.signs import turn_sign
from assistant.checks.values import is_vague
from assistant.checks.view import Field, Row, Table
from assistant.values import in_base_unit, quantity

_PRICE_NAME = re.compile("(?<!高)标准(?!化|厂房|间|件|地)|单价|人均|户均|亩均|单位(?:成本|造价|面积|价|费用)")
_SAVING = re.compile(
    "节约|节省|下降|降低|压减|控制率|减少|回收|收入|核减|审减|补助|补贴|救助|奖励|待遇|津贴|工资|薪|保障标准|供养|伙食"
)
_TOTAL = re.compile(
    "^(?:本?(?:项目|工程)|年度|全年|本年)?(?:建设|实施|资金)?(?:总成本|总投资|总额|总费用|总造价|总支出|概算|预算|成本|成本总额|控制数|投资)|总概算|预算控制"
)
_PROMISE = re.compile(
    "不超|不高于|严格|控制在|按.{0,14}(?:标准|规定|合同|预算|要求|执行|控制|支付|价)|符合|以内$|合理|规定标准|据实|节约|低于市场|不突破|在预算|达标"
)
_LONGEST_PROJECT = 20
"""Years; a whole-period total beyond this many yearly ones is 元 written for 万元 (B02)."""
_PER_IN_NAME = re.compile("每|/|单[次场份人张户套]")


@rule(
    "C01",
    level="warn",
    cite=["mof-2021-101#2.1", "henan-2022-4#16"],
    passes=[
        example("单份资料印制成本", "≤2元/份", level2="经济成本指标"),
        example("项目总成本", "≤30万元", level2="经济成本指标", more=[("经济成本指标", "单份资料印制成本", "≤2元/份")]),
    ],
    fails=[
        example("项目总成本", "≤30万元", level2="经济成本指标"),
        example("项目总成本", "≤300000元", level2="成本指标", generation="2015"),
    ],
    reads=("value", "total"),
)
def cost_says_more_than_the_budget(table: Table) -> Hits:
    """成本指标只抄预算总数"""
    rows = [row for row in table.rows if row.is_economic_cost]
    if len(rows) != 1 or table.main_funds is None or rows[0].family != "金额" or rows[0].value is None:
        return
    amount, funds = quantity(rows[0].value), table.main_funds[1]
    if amount is None or funds.total is None or rows[0].value.kind != "number":
        return
    if amount.number == total_yuan(funds):
        said = f"“{rows[0].raw}”只是把预算总数抄了一遍；请写单位成本，或主要支出的分项成本控制数：____"
        yield Hit(rows[0], said, quote=rows[0].indicator.name)


@rule(
    "C05",
    level="warn",
    cite=["tool#practice", "mof-2021-101#3.1.2"],
    passes=[
        example("基础养老金标准", "=185元/人·月", level2="经济成本指标"),
        example("每人每月补助标准", "=185元", level2="经济成本指标"),
        example("标准化车间改造成本", "≤20万元", level2="经济成本指标"),
        example("高标准农田建设成本", "≤400万元", level2="经济成本指标"),
    ],
    fails=[
        example("基础养老金标准", "185元", level2="经济成本指标"),
        example("培训人均成本", "≤300元", level2="成本指标", generation="2015"),
    ],
    reads=("value",),
    single_row=True,
    despite_doubt=True,
)
def unit_price_has_its_denominator(table: Table) -> Hits:
    """标准类成本缺分母"""
    for row in table.rows:
        if not row.is_economic_cost or row.family != "金额":
            continue
        if _PRICE_NAME.search(row.name) and not _PER_IN_NAME.search(row.indicator.name):
            said = f"“{row.raw}”没有说是每什么；请补上分母，如 元/人、元/人·月、元/平方米"
            yield Hit(row, said, quote=row.indicator.name)


@rule(
    "C02",
    level="error",
    cite=["tool#practice"],
    passes=[
        example("宣传品印制成本", "≤3万元", level2="经济成本指标"),
        example("人均救助成本", "≤50万元/人", level2="经济成本指标"),
    ],
    fails=[example("设备采购成本", "≤200万元", level2="经济成本指标")],
    reads=("value", "total"),
)
def cost_is_within_the_budget(table: Table) -> Hits:
    """成本超过预算"""
    budget = _budget(table)
    for row in table.rows if budget else ():
        yuan = _total_yuan(row)
        if yuan is not None and budget is not None and yuan > budget * Decimal("1.001"):
            said = f"“{row.indicator.name}”是“{row.raw}”，比年度资金总额（{_shown(table)}）还多；请核对金额和单位"
            yield Hit(row, said, quote=row.raw)


@rule(
    "C03",
    level="error",
    cite=["mof-2021-101#2.1"],
    passes=[
        example("单份印制成本", "≤2元/份", level2="经济成本指标"),
        example("成本节约率", "≥5%", level2="经济成本指标"),
        example("困难群众补助标准", "≥600元/人·月", level2="经济成本指标"),
    ],
    fails=[example("单份印制成本", "≥2元/份", level2="经济成本指标")],
    reads=("value",),
    single_row=True,
    fix=turn_sign,
)
def cost_is_an_upper_limit(table: Table) -> Hits:
    """成本指标用了下限符号"""
    for row in table.rows:
        value = row.value
        if not row.is_cost or value is None or value.operator not in ("≥", ">") or _SAVING.search(row.name):
            continue
        if row.is_money:
            said = f"成本是上限控制，“{row.raw}”写成了下限；请把符号改成 ≤"
            yield Hit(row, said, quote=row.raw)


@rule(
    "C04",
    level="error",
    cite=["mof-2021-101#1.1.3", "mof-2021-101#2.1"],
    passes=[
        example("单份印制成本", "≤2元/份", level2="经济成本指标"),
        example("认证补助成本", "上年水平的95%", level2="经济成本指标"),
    ],
    fails=[
        example("认证成本控制率", "不超预算", level2="经济成本指标"),
        example("印制成本", "严格按照标准执行", level2="成本指标", generation="2015"),
    ],
    reads=("value",),
    single_row=True,
    fix=ask("单位成本或分项成本控制数是多少：____ 元/____"),
)
def cost_is_a_figure(table: Table) -> Hits:
    """成本值是文字承诺"""
    for row in table.rows:
        value = row.value
        if (
            not row.is_economic_cost
            or value is None
            or value.kind != "text"
            or value.grades
            or re.search(r"\d", row.raw)
        ):
            continue
        if _PROMISE.search(row.raw) or is_vague(row):
            yield Hit(row, f"成本写“{row.raw}”，没有数，无法核对；请写单位成本或分项控制数：____", quote=row.raw)


@rule(
    "C06",
    level="error",
    cite=["tool#practice", "mof-2020-10#a2.budget"],
    passes=[
        example("设备采购成本", "≤20万元", level2="经济成本指标", more=[("经济成本指标", "场地租用成本", "≤10万元")]),
        example("项目总成本", "≤30万元", level2="经济成本指标", more=[("经济成本指标", "场地租用成本", "≤10万元")]),
    ],
    fails=[
        example("设备采购成本", "≤20万元", level2="经济成本指标", more=[("经济成本指标", "场地租用成本", "≤20万元")])
    ],
    reads=("value", "total"),
)
def parts_of_cost_fit_the_total(table: Table) -> Hits:
    """分项成本之和超过总额"""
    budget = _budget(table)
    parts = [(row, _total_yuan(row)) for row in table.rows if not _TOTAL.search(row.name)]
    costs = [(row, yuan) for row, yuan in parts if yuan is not None]
    if budget is None or len(costs) < 2 or any(yuan > budget for _, yuan in costs):
        return
    together = sum((yuan for _, yuan in costs), Decimal(0))
    if together > budget * Decimal("1.01"):
        sums = " + ".join(row.raw for row, _ in costs)
        said = f"分项成本 {sums} = {wan(together)}，超过年度资金总额 {_shown(table)}；请核对"
        yield Hit(Field("indicators"), said, quote=costs[0][0].raw)


def _total_yuan(row: Row) -> Decimal | None:
    """The 元 of a cost row that is a sum and no unit price."""
    if not row.is_economic_cost or row.value is None or row.family != "金额" or row.value.kind != "number":
        return None
    if row.value.operator in ("≥", ">") or _PRICE_NAME.search(row.name) or _PER_IN_NAME.search(row.indicator.name):
        return None
    amount = quantity(row.value)
    return in_base_unit(amount).number if amount else None


def _budget(table: Table) -> Decimal | None:
    """The 元 a cost may draw on: the yearly total; of a project of several years the whole, where that is plausible."""
    yearly = table.yearly_yuan
    whole = next(iter(totals_yuan(table.form.funds, "实施期")), None)
    if yearly is None or yearly <= 0:
        return None
    return whole if whole is not None and yearly < whole <= yearly * _LONGEST_PROJECT else yearly


def _shown(table: Table) -> str:
    budget = _budget(table)
    return wan(budget) if budget is not None else ""
