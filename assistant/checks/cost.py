"""C: do cost indicators control cost? Rows are found where either generation keeps them."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Table
from assistant.values import quantity

_PRICE_NAME = re.compile("(?<!高)标准(?!化|厂房|间|件|地)|单价|人均|户均|亩均|单位(?:成本|造价|面积|价|费用)")
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
    if amount.number == funds.total * (Decimal(10000) if funds.unit == "万元" else 1):
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
)
def unit_price_has_its_denominator(table: Table) -> Hits:
    """标准类成本缺分母"""
    for row in table.rows:
        if not row.is_economic_cost or row.family != "金额":
            continue
        if _PRICE_NAME.search(row.name) and not _PER_IN_NAME.search(row.indicator.name):
            said = f"“{row.raw}”没有说是每什么；请补上分母，如 元/人、元/人·月、元/平方米"
            yield Hit(row, said, quote=row.indicator.name)
