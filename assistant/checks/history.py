"""H: against last year's table and the spending standards; these rules keep silent when none is supplied."""

from __future__ import annotations

from decimal import Decimal

from assistant.checks.beside import SpendingStandard, place_key
from assistant.checks.examples import example
from assistant.checks.money import totals_yuan
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.signs import is_bad_thing
from assistant.checks.view import Field, Row, Table
from assistant.schema import Indicator, PerformanceTable
from assistant.values import Quantity, Value, canonical_unit, equivalent, in_base_unit, quantity

_STANDARD = SpendingStandard(words=("培训", "成本"), most=Decimal(550), unit="元/人·天", source="某地培训费管理办法")
_MONEY_CHANGED = Decimal("0.1")


@rule(
    "V18",
    level="warn",
    mode="H",
    cite=["mof-2021-101#3.3", "mof-2021-101#1.1.3", "mof-2020-10#15", "mof-2020-10#16", "tool#default"],
    passes=[
        example(value="≥520人次", last_year=example(value="≥500人次"), text="上年500人次，今年520人次"),
        example(value="≥400人次"),
    ],
    fails=[example(value="≥400人次", last_year=example(value="≥500人次"), text="上年500人次，今年400人次")],
    reads=("value",),
)
def target_is_not_below_last_year(table: Table) -> Hits:
    """目标值低于上年"""
    if table.beside.last_year is None and not any(row.indicator.last_actual for row in table.rows):
        return
    before = {place_key(row): row for row in (table.beside.last_year or PerformanceTable()).indicators}
    for row in table.rows:
        was = _reference(row, before.get(place_key(row.indicator)))
        now = in_base_unit(row.amount) if row.amount else None
        if was is None or now is None or was[0].unit != now.unit or not was[0].number:
            continue
        change = (now.number - was[0].number) / was[0].number * 100
        less_is_better = row.is_cost or is_bad_thing(row.name) or (row.value and row.value.operator in ("≤", "<"))
        worse = change if less_is_better else -change
        if worse > table.limits.below_last_year:
            said = (
                f"“{row.indicator.name}”上年是“{was[1]}”，今年“{row.raw}”，要求放松了"
                f"（{table.limits.told('below_last_year')}% 以内不提示）；请写明原因：____"
            )
            yield Hit(row, said, quote=row.raw)


def _reference(row: Row, last: Indicator | None) -> tuple[Quantity, str] | None:
    """What the target is held against, and as written: last year's result, else last year's target."""
    values = (row.indicator.last_actual, last.last_actual if last else None, last.value if last else None)
    for value in values:
        found = quantity(value) if value else None
        if value is not None and found is not None:
            return in_base_unit(found), value.raw
    return None


@rule(
    "V19",
    level="warn",
    mode="H",
    cite=["zhengzhou-transfer#21.3", "zhengzhou-transfer#a3-5", "tool#default"],
    passes=[
        example(last_year=example(value="≥450人次", funds={"total": 20}), text="逐条更新"),
        example(last_year=example(), text="资金没有变化"),
    ],
    fails=[example(last_year=example(funds={"total": 20}), text="资金由20万元增到30万元，指标一条没改")],
)
def table_is_not_copied_from_last_year(table: Table) -> Hits:
    """整表照抄上年"""
    last = table.beside.last_year
    if last is None or not table.rows:
        return
    before = {place_key(row): row for row in last.indicators}
    same = [
        row
        for row in table.rows
        if (was := before.get(place_key(row.indicator)))
        and was.value
        and row.value
        and equivalent(was.value, row.value)
    ]
    if len(same) * 100 < table.limits.copied_from_last_year * len(table.rows):
        return
    money = next(iter(totals_yuan(last.funds, "年度")), None)
    now = table.yearly_yuan
    if money is None or now is None or abs(now - money) > _MONEY_CHANGED * abs(money):
        said = f"{len(table.rows)} 条指标里有 {len(same)} 条与上年完全相同，资金却变了；请按今年的任务逐条更新"
        yield Hit(Field("indicators"), said, quote=f"{len(same)}/{len(table.rows)}")


@rule(
    "C08",
    level="error",
    mode="H",
    cite=["mof-2021-101#3.3", "henan-2022-4#18"],
    passes=[
        example(
            "培训人均成本",
            "≤400元/人·天",
            level2="经济成本指标",
            standards=(_STANDARD,),
            text="≤400元/人·天，标准550元",
        ),
        example("培训人均成本", "≤800元/人·天", level2="经济成本指标", text="没有提供支出标准，不判断"),
    ],
    fails=[
        example(
            "培训人均成本",
            "≤800元/人·天",
            level2="经济成本指标",
            standards=(_STANDARD,),
            text="≤800元/人·天，标准550元",
        )
    ],
    reads=("value",),
)
def cost_is_within_the_standard(table: Table) -> Hits:
    """成本高于支出标准"""
    for row in table.rows if table.beside.standards else ():
        if not row.is_economic_cost or row.amount is None:
            continue
        fitting = [
            one
            for one in table.beside.standards
            if all(word in row.name for word in one.words) and _limit(one).unit == in_base_unit(row.amount).unit
        ]
        most = max((len(one.words) for one in fitting), default=0)
        fitting = [one for one in fitting if len(one.words) == most]
        if len(fitting) == 1 and in_base_unit(row.amount).number > _limit(fitting[0]).number:
            said = f"“{row.raw}”超过支出标准 {fitting[0].most:f}{fitting[0].unit}（{fitting[0].source}）；请核对或降低"
            yield Hit(row, said, quote=row.raw)


def _limit(standard: SpendingStandard) -> Quantity:
    """A standard in the base unit, so that 4万元/公里 and 40000元/公里 are one."""
    amount = quantity(Value(raw="", kind="number", number=standard.most, unit=canonical_unit(standard.unit)))
    return in_base_unit(amount) if amount else Quantity(standard.most, standard.unit)
