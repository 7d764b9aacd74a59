"""C07, X05: do price × quantity and the money agree, and parts and their total?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile

from assistant.checks.examples import example
from assistant.checks.money import totals_yuan, wan
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.similar import bigrams
from assistant.checks.view import Row, Table
from assistant.values import Quantity, find_values, in_base_unit

_SHARED = re.compile(
    "配套|分担|承担|全口径|自筹|尾款|首付|进度款|余款|差额|分年|(?:中央|省级?|市级|上级)(?:资金|补助|财政)"
)
_PERIODS = {
    "年": Decimal(1),
    "季": Decimal(4),
    "季度": Decimal(4),
    "学年": Decimal(1),
    "学期": Decimal(2),
}
# 工资、社保费 are paid for the same people, one beside the other.
_PAY_ITEM = re.compile("工资|薪酬|社保|社会保险|公积金|被装|体检费")
_FEW = 2
_MONTHS = re.compile(r"(\d{1,2})\s*个月")
_DAYS = re.compile(r"(\d{1,3})\s*天")
_COUNTED_TOGETHER = {"人次": {"人次", "人"}}
_MEASURE = re.compile(
    "(?:人次|人数|户数|次数|场次|份数|册数|件数|个数|台数|套数|面积|里程|长度|总量|数量|总数|规模|数|量)$"
)


@dataclass(frozen=True)
class _Product:
    price: Row
    quantity: Row
    yuan: Decimal
    shown: str


@rule(
    "C07",
    level="warn",
    mode="DL",
    cite=["mof-2020-10#a2.budget", "mof-2020-10#a2.goal.4", "zhengzhou-goal#21.3"],
    passes=[
        example("单场宣传活动成本", "≤2000元/场", level2="经济成本指标"),
        example(
            "基础养老金标准",
            "=185元/人·月",
            level2="经济成本指标",
            more=[("数量指标", "养老金领取人数", "≥3.8万人")],
            goal="全口径8436万元，其中区级配套30万元，发放养老金3.8万人，按时足额发放率达到100%。",
            text="写明只承担一部分",
        ),
    ],
    fails=[
        example(
            "基础养老金标准",
            "=185元/人·月",
            level2="经济成本指标",
            more=[("数量指标", "养老金领取人数", "≥3.8万人")],
            text="3.8万人×185元/月×12个月，资金30万元",
        )
    ],
    reads=("value", "total"),
)
def price_times_quantity_fits_the_budget(table: Table) -> Hits:
    """单价×数量与预算对不上"""
    budget = max(totals_yuan(table.form.funds, "年度"), default=Decimal(0))  # of this level or of all
    if budget <= 0 or _SHARED.search(table.goal):
        return
    margin = Decimal(table.limits.budget_deviation) / 100
    products = list(_products(table))
    # 书记3600元、副职2100元 are paid to parts of one headcount: which part is whose the form does not say.
    priced = Counter(one.quantity.index for one in products)
    products = [one for one in products if priced[one.quantity.index] == 1 or _PAY_ITEM.search(one.price.name)]
    over = [one for one in products if one.yuan > budget * (1 + margin)]
    for one in over:
        said = f"{one.shown} = {wan(one.yuan)}，比资金 {wan(budget)} 多；请核对口径，只承担一部分的请写明：____"
        yield Hit(one.price, said, quote=one.price.raw)
    together = sum((one.yuan for one in products), Decimal(0))
    if not over and together > budget * (1 + margin):
        sums = "、".join(f"{one.shown} = {wan(one.yuan)}" for one in products)
        said = f"{sums}，合计 {wan(together)}，比资金 {wan(budget)} 多；请核对单价、数量和口径：____"
        yield Hit(products[0].price, said, quote=products[0].price.raw)


def _products(table: Table) -> Iterator[_Product]:
    for price in table.rows:
        if not price.is_economic_cost or price.amount is None or "/" not in price.amount.unit:
            continue
        head, _, per = price.amount.unit.partition("/")
        whose, *rest = re.split("[·/]", per)
        quantity = _quantity_for(table, price, whose)
        if quantity is None or quantity.amount is None:
            continue
        times = _times(table, rest)
        if times is None:
            continue
        yuan = in_base_unit(Quantity(price.amount.number, head)).number
        worth = yuan * quantity.amount.number * times
        shown = f"{price.raw.lstrip('≤=≥<>')} × {quantity.raw.lstrip('≤=≥<>')}"
        if times != 1:
            shown += f" × {times:f}（{rest[0] if rest else '次'}）"
        yield _Product(price, quantity, worth, shown)


def _quantity_for(table: Table, price: Row, whose: str) -> Row | None:
    """The one row that counts what the price is for, by unit and by a shared word; None when it is not clear."""
    counted = [
        row
        for row in table.of("数量指标")
        if row.amount is not None and row.value is not None and row.amount.unit == whose
    ]
    shared = [row for row in counted if _subject(row.name) & _subject(price.name)]
    if len(shared) == 1:
        return shared[0]
    alone = len(counted) == 1 and (len(_subject(price.name)) <= _FEW or bool(_PAY_ITEM.search(price.name)))
    return counted[0] if alone else None


def _subject(name: str) -> frozenset[str]:
    return bigrams(
        re.sub(
            "标准|成本|单价|单位|人均|户均|补助|补贴|平均|每|控制|费用|造价|金额|人数|数量|面积|人次|户数", "，", name
        )
    )


def _times(table: Table, rest: list[str]) -> Decimal | None:
    """How often a year the price is paid; None when nothing in the form says it."""
    if not rest:
        return Decimal(1)
    unit = rest[0]
    if unit in ("月", "个月"):
        stated = _MONTHS.search(table.goal)
        return Decimal(stated[1]) if stated else Decimal(12)
    if unit in ("天", "日"):
        stated = _DAYS.search(table.goal)
        days = [span.number for row in table.rows if "天数" in row.name for span in find_values(row.raw)]
        return Decimal(stated[1]) if stated else (days[0] if len(days) == 1 else None)
    return _PERIODS.get(unit)


@rule(
    "X05",
    level="warn",
    mode="DL",
    cite=["tool#practice"],
    passes=[
        example(
            "参保人数",
            "=19.4万人",
            more=[("数量指标", "缴费人数", "=15.6万人"), ("数量指标", "待遇领取人数", "=3.8万人")],
        ),
        example("培训总人次", "≥300人次", more=[("数量指标", "骨干培训人次", "≥100人次")]),
    ],
    fails=[
        example(
            "参保人数",
            "=19.4万人",
            more=[("数量指标", "缴费人数", "=15.6万人"), ("数量指标", "待遇领取人数", "=4.8万人")],
        ),
        example(
            "培训总人次",
            "≥300人次",
            more=[("数量指标", "骨干培训人次", "≥100人次"), ("数量指标", "新任培训人次", "≥100人次")],
        ),
    ],
    reads=("value",),
)
def parts_make_the_total(table: Table) -> Hits:
    """合计与分项不符"""
    rows = [row for row in table.of("数量指标") if row.amount is not None]
    for total, parts in _sums(rows):
        wanted = total.amount
        amounts = [part.amount for part in parts if part.amount is not None]
        if wanted is None or not amounts:
            continue
        together = sum((amount.number for amount in amounts), Decimal(0))
        if abs(together - wanted.number) > abs(wanted.number) / 100:
            shown = " + ".join(f"{part.indicator.name} {part.raw}" for part in parts)
            said = f"{shown}，与“{total.indicator.name}”的“{total.raw}”对不上；请核对，或写明其余是什么：____"
            yield Hit(total, said, quote=total.raw)


def _of_which(rows: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """A row followed by rows that say they are parts of it (其中：男子组人数)."""
    for index, total in enumerate(rows):
        if total.name.startswith("其中") or total.amount is None:
            continue
        parts = list(takewhile(lambda row: row.name.startswith("其中"), rows[index + 1 :]))
        unit = total.amount.unit
        parts = [row for row in parts if row.amount and row.amount.unit == unit]
        if len(parts) > 1:
            yield total, parts


def _sums(rows: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    by_end = {row.name: row for row in rows}
    insured = [row for name, row in by_end.items() if re.search("(?<!新增)参保(?:总)?人数$", name)]
    paying = [row for name, row in by_end.items() if re.search("缴费人数$", name)]
    drawing = [row for name, row in by_end.items() if re.search("领取(?:待遇)?人数$", name)]
    if len(insured) == len(paying) == len(drawing) == 1:
        trio = (insured[0], paying[0], drawing[0])
        if len({row.amount.unit for row in trio if row.amount}) == 1:
            yield trio[0], list(trio[1:])
    yield from _of_which(rows)
    for total in rows:
        if ("总" not in total.name and "合计" not in total.name) or total.amount is None:
            continue
        subject = bigrams(_MEASURE.sub("", re.sub("总|合计", "", total.name)))
        units = _COUNTED_TOGETHER.get(total.amount.unit, {total.amount.unit})
        parts = [row for row in rows if row is not total and row.amount and row.amount.unit in units]
        parts = [row for row in parts if row.amount and row.amount.number < total.amount.number]
        parts = [row for row in parts if bigrams(row.name) & subject]
        if len(parts) > 1:
            yield total, parts
