"""V, form of a value: a unit, a proper unit, one value in one cell."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.fixes import Fix, Option, Where, automatic, proposed, row_at, value_change
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Table, measured_rows
from assistant.checks.words import any_of

RATE_NAME = re.compile("(?:率|比例|占比|比重)$")
_NO_UNIT_NEEDED = re.compile("(?:指数|系数|pH值?|PH值?|容积率|比值|评分|得分|分值|排名|名次|位次|等级)")
_UNIT_IN_NAME = re.compile(r"[(（]\s*(?:单位[:：])?[^()（）]{1,8}[)）]\s*$")
_UNIT_AS_TAIL = re.compile("(?:人次|场次|批次|台次|辆次|户次|学时|课时|工时|品种|班次)(?=数?$)")
_NATURAL_RANGE = re.compile("温度|湿度|浓度|pH|PH|年龄|压力|水位|库容|含量|剂量|[℃°]|勒克斯|分贝|帕")
# 区域表一格写各县的数，分档标准一格写各档：不是几个指标挤在一起。
_ONE_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}[县区市旗州镇乡][^\d]{0,3}\d[\d.]*[^\d]{0,6}")
_TIERS = re.compile("档|最高|最低|一等|二等|一级|二级|类地区")
_IMPROPER_UNITS = {
    **dict.fromkeys(("百分比", "百分率"), "%"),
    **dict.fromkeys(("KM", "Km", "km"), "公里"),
    "人/次": "人次",
    "平米": "平方米",
    "万方": "万立方米",
    "方": "立方米",
}
_LETTERS = re.compile(r"(?<=/)(?:KM|Km|km)(?![A-Za-z])|百分之(?=\s*\d)")
_IMPROPER = re.compile(r"(?<=[\d.万千亿个每])(?:" + any_of(_IMPROPER_UNITS) + r")(?![A-Za-z\d/·\u4e00-\u9fff])")
_QUALITATIVE = frozenset({"定性", "定量（其他）", "不适用"})


def _with_unit(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    row = row_at(where)
    unit = _UNIT_AS_TAIL.search(row.name) if row else None
    if row is None or unit is None:
        return None
    return proposed([Option(says=f"补上单位：{row.raw}{unit[0]}", changes=(value_change(row, row.raw + unit[0]),))])


@rule(
    "V10",
    level="error",
    cite=["tool#system"],
    passes=[example("宣传资料份数", "≥5000份"), example("绿化覆盖系数", "≥0.3", level2="质量指标")],
    fails=[example("宣传资料份数", "≥5000")],
    reads=("value",),
    single_row=True,
    fix=_with_unit,
)
def number_has_a_unit(table: Table) -> Hits:
    """定量值缺计量单位"""
    for row, value in measured_rows(table):
        if value.unit or row.indicator.nature in _QUALITATIVE or _NO_UNIT_NEEDED.search(row.name):
            continue
        share = RATE_NAME.search(row.name) and value.number is not None and Decimal(0) <= value.number <= Decimal(1)
        if share or _UNIT_IN_NAME.search(row.indicator.name):
            continue
        unit = _UNIT_AS_TAIL.search(row.name)
        said = f"“{row.raw}”没有计量单位，请补上" + (f"，按名称应是“{unit[0]}”" if unit else "")
        yield Hit(row, said, quote=row.raw, level="advice" if unit else None)


def _with_proper_unit(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    row = row_at(where)
    if row is None:
        return None
    return automatic(value_change(row, _IMPROPER.sub(lambda found: _IMPROPER_UNITS[found[0]], row.raw)))


@rule(
    "V11",
    level="advice",
    cite=["tool#practice"],
    passes=[
        example("按期认证率", "=100%", level2="时效指标"),
        example("苗木采购单价", "≤20元/公斤", level2="经济成本指标"),
    ],
    fails=[example("按期认证率", "=100百分比", level2="时效指标"), example(value="≥500人/次")],
    reads=("value",),
    single_row=True,
    fix=_with_proper_unit,
)
def unit_is_written_properly(table: Table) -> Hits:
    """计量单位不规范"""
    for row, _ in measured_rows(table):
        found = _IMPROPER.search(row.raw) or _LETTERS.search(row.raw)
        if found:
            said = f"计量单位“{found[0]}”请写成“{_IMPROPER_UNITS.get(found[0], '%')}”"
            yield Hit(row, said, quote=row.raw)


@rule(
    "V13",
    level="warn",
    mode="DL",
    cite=["tool#system", "tool#default"],
    passes=[
        example("最低档补贴标准", "=30元/人·年", level2="经济成本指标"),
        example("冷库温度", "2-8℃", level2="质量指标"),
    ],
    fails=[example("个人缴费补贴标准", "30-320元/人·年", level2="经济成本指标")],
    reads=("value",),
    single_row=True,
)
def value_is_not_a_range(table: Table) -> Hits:
    """区间值"""
    for row in table.rows:
        if row.value is None or row.value.kind != "range" or _NATURAL_RANGE.search(row.name + row.raw):
            continue
        if row.indicator.direction == "适度":
            continue
        said = f"“{row.raw}”是区间，做到多少算完成不明确；请写成一个下限或上限，分档的标准请按档拆行"
        yield Hit(row, said, quote=row.raw)


def _split(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    row = row_at(where)
    parts = row.value.parts if row and row.value else ()
    if row is None or not parts:
        return None
    options = [Option(says=f"只留 {part.raw}，其余另立指标", changes=(value_change(row, part.raw),)) for part in parts]
    return proposed(options)


def _by_place(raw: str) -> bool:
    """Tell whether a cell lists the counts of several counties."""
    parts = [part.strip() for part in re.split("[，,；;、]", raw) if part.strip()]
    return len(parts) > 1 and all(_ONE_PLACE.fullmatch(part) for part in parts)


@rule(
    "V14",
    level="warn",
    cite=["tool#system"],
    passes=[example(value="≥500人次")],
    fails=[example(value="≥300人；≥20场")],
    reads=("value",),
    single_row=True,
    fix=_split,
)
def one_cell_holds_one_value(table: Table) -> Hits:
    """一格多值"""
    for row in table.rows:
        if not row.has_several_targets or _by_place(row.raw):
            continue
        tiers = bool(_TIERS.search(row.raw))
        said = f"“{row.raw}”一格里有两个以上的目标值，" + ("请写清各档的对象" if tiers else "请拆成几行，一行一个")
        yield Hit(row, said, quote=row.raw, level="advice" if tiers else None)
