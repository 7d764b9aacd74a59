"""V: does the sign point the right way, and is the target one that can be missed?"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.fixes import Fix, Option, Where, automatic, proposed, row_at, value_change
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Row, Table
from assistant.checks.words import BOUNDED, NEG, NEG_FLIP, any_of
from assistant.values import render

BOUNDED_RATE = re.compile(
    f"(?:{any_of(BOUNDED)}|[合及准齐完达](?:格|时|确|全|好|标)率|应.尽.率|满意率|受益率|配备率|签到率)$"
)
_SHARE = re.compile("(?<!增长)(?<!产出)(?<!同比)(?:比例|占比|比重)$")
# 投诉率、事故起数、设备故障次数：坏事放在末尾，后面至多是度量词；投诉处理率、事故演练次数不是。
_BAD = re.compile(
    f"(?:{any_of(NEG - {'成本', '费用', '单价', '造价'})}"
    "|差评|返修|缺陷|漏洞|舆情|信访|瞒报|漏报|发病|死亡|辍学|流失)"
    "(?:发生)?(?:案件|事件|人员|人口)?(?:率|比例|起数|次数|数量|件数|人数|数|量|强度|时间|指数|增长率|浓度|总量|面积)?$"
)
_BAD_MORE = re.compile(
    "(?:改判发回率|发回重审率|成灾率|发病率|死亡率|辍学率|退货率|误报率|漏检率|破损率|污染指数|返贫率|差错率|空置率|缺勤率|漏损率|损耗率|病害率|事故率|病死率|淘汰率|感染率|超标率|失业率|延误率|闲置率|拥堵指数)$"
)
# 不合格率、未达标率；响应时间、办结时限：越短越好。
_WAIT = re.compile(
    "(?:不|未)[\u4e00-\u9fff]{2,3}率$"
    "|(?:响应|处置|到场|办结|办理|修复|抢修|等候|候诊|排队|审批|拨付|送达|出警)(?:平均)?(?:时间|时长|时限|用时|耗时)$"
)
_FLIP = re.compile(any_of(NEG_FLIP))
_FLIPPED_SIGN = {"≥": "≤", ">": "<", "≤": "≥", "<": ">"}
_LEAST_RATE = Decimal(1)


def is_bad_thing(name: str) -> bool:
    """Tell whether less of what the name counts is better (投诉率), and nothing turns it round (投诉处理率)."""
    return bool(_BAD.search(name) or _BAD_MORE.search(name) or _WAIT.search(name)) and not _FLIP.search(name)


def turn_sign(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    """Propose the sign turned round."""
    row = row_at(where)
    value = row.value if row else None
    if row is None or value is None or value.operator not in _FLIPPED_SIGN or not value.operator_explicit:
        return None
    after = render(value.model_copy(update={"operator": _FLIPPED_SIGN[value.operator]}))
    return (
        proposed([Option(says=f"符号反过来：{after}（数值也请核对）", changes=(value_change(row, after),))])
        if after != row.raw
        else None
    )


@rule(
    "V05",
    level="error",
    cite=["mof-2020-10#a2.goal.3", "tool#practice"],
    passes=[
        example("有效投诉率", "≤2%", level2="服务对象满意度指标"),
        example("投诉处理率", "≥98%", level2="质量指标"),
        example("安全事故应急演练次数", "≥2次"),
    ],
    fails=[
        example("有效投诉率", "≥5%", level2="服务对象满意度指标"),
        example("资格认证覆盖率", "≤95%", level2="社会效益指标"),
    ],
    reads=("value",),
    single_row=True,
    fix=turn_sign,
)
def sign_points_the_right_way(table: Table) -> Hits:
    """符号方向与指标性质相反"""
    for row in table.rows:
        value = row.value
        if value is not None and value.kind == "date" and value.operator in ("≥", ">"):
            yield Hit(row, f"“{row.raw}”把完成期限写成了下限；请写“……前”", quote=row.raw)
        if value is None or value.kind != "number" or value.operator not in _FLIPPED_SIGN:
            continue
        bad = is_bad_thing(row.name)
        if bad and value.operator in ("≥", ">"):
            said = f"“{row.indicator.name}”越低越好，却写“{row.raw}”；请把符号改成 ≤"
            yield Hit(row, said, quote=row.raw)
        elif not bad and value.operator in ("≤", "<") and row.family == "比率" and BOUNDED_RATE.search(row.name):
            said = f"“{row.indicator.name}”越高越好，却写“{row.raw}”；请把符号改成 ≥"
            yield Hit(row, said, quote=row.raw)


@rule(
    "V06",
    level="error",
    cite=["tool#practice"],
    passes=[
        example("资格认证覆盖率", "≥95%", level2="社会效益指标"),
        example("进度偏差完成比", "≥110%", level2="时效指标"),
    ],
    fails=[example("参保人员满意度", "≥290%", level2="服务对象满意度指标")],
    reads=("value",),
    single_row=True,
)
def bounded_rate_is_at_most_100(table: Table) -> Hits:
    """有界比率超过100%"""
    for row in table.rows:
        number = _percent(row)
        if number is not None and number > 100 and (BOUNDED_RATE.search(row.name) or _SHARE.search(row.name)):
            said = f"“{row.indicator.name}”不会超过百分之百，现在是“{row.raw}”；请核对是否录错"
            yield Hit(row, said, quote=row.raw)


def _exactly_100(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    row = row_at(where)
    if row is None or row.value is None or row.value.text:
        return None
    return automatic(value_change(row, "=100%"))


@rule(
    "V07",
    level="advice",
    cite=["tool#practice"],
    passes=[example("资格认证覆盖率", "=100%", level2="社会效益指标")],
    fails=[example("资格认证覆盖率", "≥100%", level2="社会效益指标")],
    reads=("value",),
    single_row=True,
    fix=_exactly_100,
)
def full_rate_is_written_plainly(table: Table) -> Hits:
    """≥100% 写法"""
    for row in table.rows:
        number = _percent(row)
        if number == 100 and row.value and row.value.operator in ("≥", ">") and BOUNDED_RATE.search(row.name):
            yield Hit(row, f"“{row.raw}”等于 =100%，请写“=100%”", quote=row.raw)


@rule(
    "V15",
    level="warn",
    cite=["mof-2021-101#1.1.3", "mof-2020-10#a2.goal.3"],
    passes=[
        example("投诉处理率", "≥98%", level2="质量指标"),
        example("安全事故发生次数", "≤0次", level2="社会效益指标"),
        example("贫困发生率降幅", "≥1个百分点", level2="社会效益指标"),
        example("人均收入增长率", "≥1%", level2="经济效益指标"),
    ],
    fails=[
        example("投诉处理率", "≥1%", level2="质量指标"),
        example(value="≥0人次"),
        example("资料差错率", "≤100%", level2="质量指标"),
    ],
    reads=("value",),
    single_row=True,
)
def target_can_be_missed(table: Table) -> Hits:
    """目标值形同虚设"""
    for row in table.rows:
        value = row.value
        if value is None or value.kind != "number" or value.number is None or value.operator is None:
            continue
        if _always_met(row, value.number, value.operator):
            said = f"“{row.raw}”几乎不可能达不到，没有约束；请按上年完成情况定一个要努力的值：____"
            yield Hit(row, said, quote=row.raw)


def _always_met(row: Row, number: Decimal, operator: str) -> bool:
    if operator in ("≥", ">"):
        rate = row.family == "比率" and BOUNDED_RATE.search(row.name) and row.value and row.value.unit == "%"
        rate = rate or (row.family == "比率" and bool(re.search("处理率|整改率|办结率|满意", row.name)))
        return number == 0 or (bool(rate) and number <= _LEAST_RATE)
    percent = row.value is not None and row.value.unit == "%"
    return operator in ("≤", "<") and percent and number >= 100 and bool(re.search("率$|比例$|占比$|满意度$", row.name))


def _percent(row: Row) -> Decimal | None:
    if row.value is None or row.value.kind != "number" or row.value.unit != "%":
        return None
    return row.value.number
