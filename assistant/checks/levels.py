"""L: does an indicator stand in the class its content belongs to?"""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.fixes import Fix, Where, move_to, proposed, remove_row
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Row, Table
from assistant.checks.words import (
    BOUNDED,
    COST_WORD,
    COST_WORD_STRONG,
    ECON_TOKEN,
    INPUT_WORD,
    MONEY_AS_RESULT,
    QUALITY_STANDARD,
    QUALITY_TAIL,
    RATE_OF_DONE,
    SATISFIED,
    TIME_IN_VALUE,
    TIME_WORD,
    any_of,
)

_INPUT = re.compile(any_of(INPUT_WORD))
_MONEY_AS_RESULT = re.compile(any_of(MONEY_AS_RESULT))
_COST = re.compile(any_of(COST_WORD))
_COST_STRONG = re.compile(any_of(COST_WORD_STRONG))
_MONEY_WORD = re.compile("成本|费|预算|节|结余|资金|支出|造价|投资|价|利用|概算|决算|经济|贷|息|担保|补|税|利")
_QUALITY = re.compile(f"(?:{any_of(QUALITY_TAIL, BOUNDED - {'执行率', '使用率'})})$")
_TIME = re.compile(any_of(TIME_WORD))
_TIME_IN_VALUE = re.compile(any_of(TIME_IN_VALUE))
_ECONOMIC = re.compile(any_of(ECON_TOKEN))
_STANDARD = re.compile(any_of(QUALITY_STANDARD))
_SATISFIED = re.compile(any_of(SATISFIED))
_SATISFACTION = re.compile("满意(?:度|率|程度)")
_DONE = re.compile(f"(?:{any_of(RATE_OF_DONE)})$")


def _out_of_output(table: Table, where: Where) -> Fix | None:
    to_cost, removed = move_to(("经济成本指标", ""))(table, where), remove_row(table, where)
    return proposed([option for fix in (to_cost, removed) if fix for option in fix.options])


@rule(
    "L01",
    level="error",
    cite=["mof-2021-101#2.2.1"],
    passes=[
        example("待遇资格认证人次", "≥500人次"),
        example("撬动社会资金金额", "≥50万元", level2="经济效益指标"),
        example("设备购置经费", "≤3万元", level2="经济成本指标"),
    ],
    fails=[example("开展养老保险工作所需经费", "3万元"), example("项目资金投入", "≥50万元", level2="社会效益指标")],
    cell="level2",
    reads=("value",),
    single_row=True,
    fix=_out_of_output,
)
def input_is_not_output(table: Table) -> Hits:
    """把投入写成产出"""
    for row in table.of("产出指标", "效益指标"):
        if row.is_economic_cost or not row.is_money or not _INPUT.search(row.name):
            continue
        if not _MONEY_AS_RESULT.search(row.name):
            said = f"“{row.indicator.name}”（{row.raw}）是投入，不是产出或效益；请写这笔钱做成了什么，金额移到成本"
            yield Hit(row, said, quote=row.indicator.name)


@rule(
    "L02",
    level="error",
    cite=["mof-2021-101#2.1", "henan-2022-4#16"],
    passes=[
        example("单张制卡成本", "≤25元/张", level2="经济成本指标"),
        example("成本节约率", "≥5%", level2="经济成本指标"),
        example("施工噪声投诉次数", "≤2次", level2="社会成本指标"),
    ],
    fails=[
        example("养老保险待遇发放率", "100%", level2="经济成本指标"),
        example("宣传活动场次", "≥6场", level2="成本指标", generation="2015"),
    ],
    cell="level2",
    single_row=True,
    fix=move_to(("质量指标", ""), ("时效指标", ""), ("社会效益指标", "")),
)
def cost_row_is_about_cost(table: Table) -> Hits:
    """成本指标里放了非成本内容"""
    for row in table.rows:
        if not row.is_economic_cost:
            continue
        quality = row.family == "比率" and not _COST_STRONG.search(row.name)
        quality = quality and bool(_QUALITY.search(row.name) or not _MONEY_WORD.search(row.name))
        if quality or not (_COST.search(row.name) or row.is_money):
            said = f"“{row.indicator.name}”不是成本；请移到对应的二级指标，这里改写单位成本或分项成本控制数"
            yield Hit(row, said, quote=row.indicator.name)


@rule(
    "L03",
    level="error",
    cite=["mof-2021-101#2.2.3"],
    passes=[
        example("宣传活动完成时间", "2026年9月30日前", level2="时效指标"),
        example("业务办结", "≤5个工作日", level2="时效指标"),
        example("宣传活动", "每季度1次", level2="时效指标"),
    ],
    fails=[example("宣传覆盖率", "≥95%", level2="时效指标")],
    cell="level2",
    reads=("value",),
    single_row=True,
    fix=move_to(("社会效益指标", ""), ("质量指标", ""), ("数量指标", "")),
)
def timeliness_row_is_about_time(table: Table) -> Hits:
    """时效指标里没有时间含义"""
    for row in table.of("时效指标"):
        if not _TIME.search(row.name) and not _says_when(row):
            said = f"“{row.indicator.name}”看不出时间要求；请写完成时间、周期或及时率，或移到别的二级指标"
            yield Hit(row, said, quote=row.indicator.name)


def _says_when(row: Row) -> bool:
    value = row.value
    if value is None:
        return False
    timed = value.kind == "date" or value.recurrence is not None or row.family == "时长"
    return (
        timed
        or bool(re.search("/(?:年|月|季|周|日|天|学期)", value.unit or ""))
        or bool(_TIME_IN_VALUE.search(row.raw))
    )


@rule(
    "L04",
    level="warn",
    mode="DL",
    cite=["mof-2021-101#2.3"],
    passes=[
        example("年节省办公费用", "≥2万元", level2="经济效益指标"),
        example("减轻群众负担", "≥30万元", level2="经济效益指标"),
    ],
    fails=[example("带动全民参保", "≥95%", level2="经济效益指标")],
    cell="level2",
    single_row=True,
    fix=move_to(("社会效益指标", "")),
)
def economic_benefit_is_economic(table: Table) -> Hits:
    """经济效益里没有经济内容"""
    for row in table.of("经济效益指标"):
        if not _ECONOMIC.search(row.name) and not row.is_money:
            said = f"“{row.indicator.name}”看不出经济效益；属于社会效益的请移过去，没有经济效益的不必设"
            yield Hit(row, said, quote=row.indicator.name)


@rule(
    "L08",
    level="advice",
    cite=["mof-2021-101#2.2.2", "henan-preview#a1-4.quantity"],
    passes=[example("参保信息登记准确率", "≥98%", level2="质量指标")],
    fails=[example("参保登记覆盖率", "≥98%", level2="质量指标")],
    cell="level2",
    single_row=True,
    fix=move_to(("时效指标", ""), ("社会效益指标", "")),
)
def quality_row_is_about_quality(table: Table) -> Hits:
    """质量指标里放的是完成率、覆盖率"""
    for row in table.of("质量指标"):
        if _DONE.search(row.name) and not _STANDARD.search(row.name):
            said = f"“{row.indicator.name}”说的是做了多少，不是做得多好；可改为准确率、合格率一类，或移到时效、效益"
            yield Hit(row, said, quote=row.indicator.name)


@rule(
    "L09",
    level="error",
    cite=["mof-2021-101#2.4", "zhengzhou-goal#a2-2.satisfaction"],
    passes=[
        example("家长满意度", "≥90%", level2="服务对象满意度指标"),
        example("有效投诉率", "≤1%", level2="服务对象满意度指标"),
    ],
    fails=[
        example("家长满意度", "≥90%", level2="社会效益指标"),
        example("资格认证完成率", "≥90%", level2="服务对象满意度指标"),
    ],
    cell="level2",
    single_row=True,
    fix=move_to(("服务对象满意度指标", ""), ("社会效益指标", "")),
)
def satisfaction_stands_in_its_level(table: Table) -> Hits:
    """满意度错层"""
    for row in table.rows:
        in_level = row.indicator.level1 == "满意度指标" or row.indicator.level2 == "服务对象满意度指标"
        if in_level and not _SATISFIED.search(row.name) and not row.is_placeholder:
            said = f"“{row.indicator.name}”不是满意度；请移到对应的二级指标，这里写服务对象的满意度"
            yield Hit(row, said, quote=row.indicator.name)
        elif not in_level and _SATISFACTION.search(row.name) and "验证" not in row.name:
            said = f"“{row.indicator.name}”放在{row.indicator.level2}下；请移到满意度指标"
            yield Hit(row, said, quote=row.indicator.name)
