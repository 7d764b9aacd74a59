"""V over the whole table: are all rates 100 %, are too many values wording, are units of one class alike?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from assistant.checks.examples import example
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Row, Table

_SAME_MEASURE = (
    ("元", "万元", "亿元"),
    ("人", "万人"),
    ("人次", "万人次"),
    ("亩", "公顷", "万亩", "万公顷", "平方公里", "亩次", "万亩次"),
)
# 不低于上年 can be compared; 是、否 and what is still to be set are not gradings.
_COMPARABLE = re.compile("上年|去年|同期|往年|持平|^[是否有无]$|确定|据实|待定")
_GROUP = {unit: index for index, units in enumerate(_SAME_MEASURE) for unit in units}


@rule(
    "V16",
    level="warn",
    cite=["mof-2021-101#1.1.3", "tool#default"],
    passes=[example()],
    fails=[
        example(
            "资格认证信息准确率",
            "=100%",
            level2="质量指标",
            more=[
                ("质量指标", "档案整理完好率", "=100%"),
                ("时效指标", "待遇按月发放及时率", "=100%"),
                ("社会效益指标", "应参保人员登记率", "=100%"),
                ("社会效益指标", "待遇领取人员公示率", "=100%"),
            ],
        )
    ],
    reads=("value",),
)
def rates_are_not_all_full(table: Table) -> Hits:
    """清一色100%"""
    rates = [row for row in table.rows if row.value and row.value.kind == "number" and row.value.unit == "%"]
    full = [row for row in rates if row.value and row.value.number == 100]
    if len(rates) >= table.limits.fewest_rates and len(full) * 100 >= table.limits.full_rates * len(rates):
        said = (
            f"{len(rates)} 条百分比指标里有 {len(full)} 条是 100%；不一定错，但要逐条写明依据，"
            f"没有依据的按历史情况定（{table.limits.told('full_rates')}%）"
        )
        yield Hit(Field("indicators"), said, quote=f"{len(full)}/{len(rates)}")


@rule(
    "V17",
    level="warn",
    cite=["mof-2021-101#1.2.3", "zhengzhou-goal#14.2", "tool#default"],
    passes=[example("档案管理水平", "显著提升", level2="社会效益指标")],
    fails=[
        example(
            "档案管理水平",
            "好/一般/差",
            level2="社会效益指标",
            more=[
                ("社会效益指标", "政策知晓程度", "好/一般/差"),
                ("社会效益指标", "窗口服务便利程度", "好/一般/差"),
                ("社会效益指标", "经办队伍稳定程度", "好/一般/差"),
            ],
        )
    ],
    reads=("value",),
)
def most_values_are_measured(table: Table) -> Hits:
    """定性指标偏多"""
    filled = [row for row in table.rows if row.value is not None]
    worded = [row for row in filled if _worded(row)]
    if len(worded) >= 2 and len(worded) * 100 > table.limits.most_qualitative * len(filled):
        shown = "、".join(row.indicator.name for row in worded[:4])
        said = (
            f"{len(filled)} 条指标里有 {len(worded)} 条是定性的（{shown}），能量化的请量化"
            f"（{table.limits.told('most_qualitative', '不超过')}%）：____"
        )
        yield Hit(Field("indicators"), said, quote=f"{len(worded)}/{len(filled)}")


def _worded(row: Row) -> bool:
    value = row.value
    return value is not None and value.kind == "text" and value.recurrence is None and not _COMPARABLE.search(row.raw)


@rule(
    "V21",
    level="advice",
    cite=["tool#practice"],
    passes=[
        example(value="≥500人次"),
        example("单场活动成本", "≤2000元/场", level2="经济成本指标", more=[("经济成本指标", "设备采购成本", "≤3万元")]),
    ],
    fails=[
        example("宣传品印制成本", "≤3万元", level2="经济成本指标", more=[("经济成本指标", "场地租用成本", "≤2000元")]),
        example("参保人数", "≥1.2万人", more=[("数量指标", "领取待遇人数", "≥3800人")]),
    ],
    reads=("value",),
)
def one_class_uses_one_unit(table: Table) -> Hits:
    """同类指标单位不一致"""
    classes: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
    for row in table.rows:
        head, _, per = (row.value.unit or "" if row.value else "").partition("/")
        if head in _GROUP and row.value and row.value.kind == "number":
            classes[row.indicator.level2, _GROUP[head], per].append(row)
    for (level2, _, _), rows in classes.items():
        units = list(dict.fromkeys(row.value.unit for row in rows if row.value))
        if len(units) > 1:
            shown = "、".join(row.raw for row in rows[:4])
            said = f"{level2}里混用{'和'.join(str(unit) for unit in units)}（{shown}），请统一成一个单位"
            counts = Counter(row.value.unit for row in rows if row.value)
            odd = min(rows, key=lambda row: counts[row.value.unit if row.value else None])
            yield Hit(odd, said, quote=odd.raw)
