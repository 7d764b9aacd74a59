"""N: does the name of an indicator say, shortly and once, what is measured?"""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.fixes import remove_row
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Row, Table
from assistant.checks.words import (
    DIRECTION,
    GENERIC_NAME,
    METRIC_TAIL,
    MGMT_REQ,
    NAME_OFFICIAL_EXAMPLE,
    SLOGAN,
    VAGUE_VALUE,
    WEAK_TAIL,
    any_of,
)
from assistant.values import parse_value

_VALUE_IN_NAME = re.compile(
    r"[≥≤≧≦⩾⩽]|\d(?:\.\d+)?[%‰]|\d(?:万|亿|千)?元(?:以内|以下|之内|内)$|\d[日号]前(?:完成|发放|拨付|到位|完工)?$"
    r"|^(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬)?(?:底|末)?(?:之|以)?前(?:完成|建成|竣工|发放)"
    r"|^20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:底|末)?前?(?:完成|建成|竣工|发放)|达到?\d[\d.]*\D{1,4}$"
    r"|[^\d第前每]\d+(?:\.\d+)?[万亿]?(?:个|条|台|套|家|户|人次|人|次|场|期|座|亩|公里|份|项|所|处|辆|件|张|名|吨|平方米|米)"
    r"(?:以上|以内|以下|左右)?$"
    r"|(?:\d年|年底|年末|月底|月末|\d月|\d日)[内前底末]*(?:全部|全面)?(?:建成|完成|完工|竣工)$"
)
_DONE_BEFORE = re.compile(
    "(?:\\d{1,2}[日号]|\\d{1,2}月|[上中下]旬)(?:底|末)?(?:之|以)?前(?:全部|全面|集中)?(?:完成|开工|完工|建成|竣工|发放|拨付|到位|缴)"
)
_TAIL = re.compile(f"(?:{any_of(METRIC_TAIL)}|(?<!经)费)$")
_PER_HEAD = re.compile("人均|户均|亩均|年均|日均|月均|平均|单位[^，]{2,8}(?:消耗|用量|支出)|每[人户亩件次份]")
_NEARLY_MEASURED = re.compile("满意[度率](?:调查|情况)|(?:达标|合格|完成)$")
_ACTING = re.compile(
    "^(?:开展|安装|完成|做好|促进|优化|援助|组织|推进|加强|提升|提高|带动|实施|举办|购置|采购|维护|发放|保障|落实|支持|构建|响应|是否)"
    "|(?:宣传|培训|建设|维护|整治|检查|改造|扩容|采购|购置|安装|治理|维修|发放|救助|奖励|补助|活动|调研|督导|演练|任务|工作|受益|参与|覆盖|就业|增收|达标|提升)$"
)
_STRONG_TAIL = re.compile(f"(?:{any_of(METRIC_TAIL - WEAK_TAIL)})$")
_SLOGAN = re.compile(any_of(SLOGAN))
_MANAGEMENT = re.compile(any_of(MGMT_REQ))
_GENERIC = re.compile(
    "(?:项目|工作|任务|工作任务|年度任务|目标任务|各项任务|各项工作|年度工作|全年任务)(?:按期|按时|及时)?(?:完成|实施|执行)?"
    "(?:率|及时率|时间|时限|质量|数量|合格率|达标率|情况)|(?:按期|按时|及时)(?:完成|办结|完工)率|质量(?:合格|达标)率"
)
_LONG_TERM = re.compile("长效|后续|管护|运维|机制")
_COUNTED = re.compile("(?:次数|数量|人次|人数|户数|场次|份数|家数|个数|件数)$")
_DIRECTION = any_of(DIRECTION)
_DIRECTED = re.compile(f"^(?:{_DIRECTION}|促进|加强|推动)|(?:{_DIRECTION})$")
_DIRECTION_ONLY = re.compile(
    f"(?:{any_of(DIRECTION, VAGUE_VALUE)}|(?:较|比)(?:上年|去年|往年|同期)|[的地得有所、，,])+"
)
# 等 of 等级、高等…, 和 of 和谐…, 及 of 及时…, 与 of 参与… join nothing.
_AND_SO_ON = re.compile("(?<![高中初平同对均相优劣何一二三四五六七八九十特头])等(?![级次额待值于同效高保离])")
_JOINT = re.compile(
    "[,，;；]|、|(?<![总饱共缓温中])和(?![谐解田平睦])|(?<![普涉以顾提触惠波危遍所])及(?![时格早])|(?<!参)与(?![会])|且"
)
_FIXED_TERM = re.compile(
    "[高低][温压氧湿]、[高低][温压氧湿]|政策、法律|法律、法规|政策、法规|经济、社会|人、财、物|产、学、研|农、林、牧|[\u4e00-\u9fff]化、[\u4e00-\u9fff]{1,3}化|安全、稳定"
)
_COMMA = re.compile("[,，;；]")
_MEASURE = re.compile("(?:人数|人次|户数|场次|次数|数量|面积|里程|率|金额|成本|时间|标准|满意度|增加|增大|减少)")
# 两个动作做在同一个对象上（新增和改善灌溉面积）是一件事。
_ACT = (
    "新增|新建|改建|扩建|改善|改造|维修|维护|养护|修缮|购置|采购|安装|建设|更新|管理|运营|运行|保养|设计|施工"
    "|收集|转运|清扫|保洁"
)
_TWO_ACTS = re.compile(f"(?:{_ACT})[、和及与](?=(?:{_ACT}))")
_UNIT_AT_END = re.compile(r"[(（][^()（）]{1,4}[)）]\s*$")
_BRACKETED = re.compile(r"\([^()]*\)|（[^（）]*）|“[^”]*”|《[^》]*》|\"[^\"]*\"")


@rule(
    "N01",
    level="error",
    cite=["mof-2021-101#3.1.1"],
    passes=[
        example("资格认证完成时间", "2026年12月31日前", level2="时效指标"),
        example("24小时响应率", "≥95%", level2="时效指标"),
        example("2026年新增参保人数", "≥200人"),
    ],
    fails=[
        example("2026年底完成", "", level2="时效指标"),
        example("参保率≥95%", "≥95%", level2="社会效益指标"),
        example("12月10日前发放", "及时", level2="时效指标"),
    ],
    cell="name",
    single_row=True,
)
def name_is_not_a_value(table: Table) -> Hits:
    """名称里写的是指标值"""
    for row in table.rows:
        promise = _DONE_BEFORE.search(row.name) and not _STRONG_TAIL.search(row.name)
        if promise or _VALUE_IN_NAME.search(row.name) or _is_value(row.name):
            said = f"“{row.indicator.name}”写的是指标值；名称只写衡量什么，数字和日期移到指标值栏"
            yield Hit(row, said, quote=row.indicator.name)


def _is_value(name: str) -> bool:
    if not name[:1].isdigit():
        return False
    value = parse_value(name)
    return value.kind in ("number", "range", "date") and not value.text


@rule(
    "N02",
    level="warn",
    mode="DL",
    cite=["mof-2021-101#3.1.1"],
    passes=[example("社保稽核宣传活动场次", "≥4场"), example("新闻宣传(篇)", "≥50篇")],
    fails=[example("社保稽核宣传", "≥4场"), example("带动全民参保", "≥95%", level2="经济效益指标")],
    cell="name",
    single_row=True,
)
def name_can_be_measured(table: Table) -> Hits:
    """名称不是可度量的名词短语"""
    for row in table.rows:
        # 新闻宣传(篇)：单位写在括号里，量的是什么已经清楚。
        said_by_unit = _UNIT_AT_END.search(row.indicator.name) or _counted_noun(row)
        aid = _MONEY_TAIL.search(row.name) and not row.is_money and row.value is not None
        if aid or (
            not _TAIL.search(row.name)
            and not _PER_HEAD.search(row.name)
            and row.name not in NAME_OFFICIAL_EXAMPLE
            and not said_by_unit
        ):
            said = f"从“{row.indicator.name}”看不出量的是什么；请以人数、次数、面积、率、时间、成本等度量词结尾"
            plain = _NEARLY_MEASURED.search(row.name) and row.family == "比率"
            yield Hit(row, said, quote=row.indicator.name, level="advice" if plain else None)


_MONEY_TAIL = re.compile("(?:补差|补助|补贴|津贴|奖金|抚恤金|补助金|助学金|养老金|贴息|价款|票款)$")


def _counted_noun(row: Row) -> bool:
    """A plain thing that is counted (车辆｜283辆), or a property (制度健全性): no measure word is missing."""
    if _ACTING.search(row.name) or _COMMA.search(row.name):
        return False
    if row.name.endswith("性") and not row.is_cost:
        return True
    counted = row.value is not None and row.value.kind == "number" and bool(row.value.unit)
    return counted and row.family not in ("比率", "") and not row.is_money


@rule(
    "N05",
    level="warn",
    mode="DL",
    cite=["mof-2021-101#1.2.3", "mof-2021-101#3.1.2"],
    passes=[
        example("养老保险参保登记及时率", "≥98%", level2="时效指标"),
        example("普及活动参与人数", "≥300人"),
        example("农村公路(县、乡道)养护里程", "≥30公里"),
        example("新增和改善灌溉面积", "≥500亩"),
        example("独居、空巢老人数", "≥48人"),
    ],
    fails=[
        example("参保,登记,认证等及时率", "≥98%", level2="时效指标"),
        example("培训人数和培训场次", "≥300人"),
        example("道路、桥梁养护率", "≥98%", level2="质量指标"),
    ],
    cell="name",
    single_row=True,
)
def name_holds_one_thing(table: Table) -> Hits:
    """一个指标装了多件事"""
    for row in table.rows:
        name = _TWO_ACTS.sub("", _BRACKETED.sub("", row.name))
        joint, vague_end = _JOINT.search(name), _AND_SO_ON.search(name)
        if not joint and not vague_end:
            continue
        # 两个对象共用一个度量词（道路、桥梁养护率）有时确是一件事，只作建议。
        certain = vague_end or _COMMA.search(name) or len(_MEASURE.findall(name)) > 1 or row.has_several_targets
        one_count = row.value is not None and row.value.kind == "number" and row.family != "比率" and not row.is_money
        several = len(_JOINT.findall(name)) > 1
        if (one_count and not certain and not several) or _FIXED_TERM.search(name):
            continue  # 几个修饰语共用一个中心词、一个数（独居、空巢老人数｜48人）是一件事
        said = "里的“等”范围不清，请写明包括哪些，或逐项分列" if vague_end else "装了不止一件事；能分别统计的请拆成几行"
        yield Hit(row, f"“{row.indicator.name}”{said}", quote=row.indicator.name, level=None if certain else "advice")


@rule(
    "N06",
    level="warn",
    cite=["tool#practice"],
    passes=[example("新增参保人数", "≥200人"), example("提高标准涉及人数", "≥300人")],
    fails=[example("参保人数增加", "增加", level2="社会效益指标"), example("提高参保意识", "", level2="社会效益指标")],
    cell="name",
    reads=("value",),
    single_row=True,
)
def name_is_neutral(table: Table) -> Hits:
    """方向词写进名称"""
    for row in table.rows:
        if _DIRECTED.search(row.name) and (row.value is None or _DIRECTION_ONLY.fullmatch(row.raw)):
            said = f"“{row.indicator.name}”把方向写进了名称；请改成中性的名词，方向用 ≥ 或 ≤ 表示，写明基期：____"
            yield Hit(row, said, quote=row.indicator.name)


@rule(
    "N07",
    level="warn",
    mode="DL",
    cite=["mof-2021-101#1.2.3", "tool#practice"],
    passes=[example("助力贷款发放户数", "≥30户")],
    fails=[example("响应国家政策，提高人民生活水平", "提高", level2="社会效益指标")],
    cell="name",
    single_row=True,
)
def name_is_no_slogan(table: Table) -> Hits:
    """口号当指标"""
    for row in table.rows:
        slogan = _SLOGAN.search(row.name)
        if slogan and not _STRONG_TAIL.search(row.name):
            said = f"“{row.indicator.name}”是口号，无法衡量；请换成能统计的结果"
            yield Hit(row, said, quote=row.indicator.name)


@rule(
    "N10",
    level="advice",
    cite=["tool#practice", "tool#default"],
    passes=[
        example("老旧电梯更新完成率", "≥95%", level2="质量指标"),
        example("验收合格率", "=100%", level2="质量指标"),
    ],
    fails=[example("任务完成率", "≥95%", level2="质量指标")],
    cell="name",
    single_row=True,
)
def name_belongs_to_this_project(table: Table) -> Hits:
    """名称过于笼统"""
    for row in table.rows:
        if row.name in GENERIC_NAME or _GENERIC.fullmatch(row.name):
            yield Hit(row, f"“{row.indicator.name}”放到哪个项目都行，请加上项目做的是什么", quote=row.indicator.name)


@rule(
    "N11",
    level="warn",
    cite=["mof-2021-101#1.2.1", "mof-2021-101#3.6", "henan-2022-4#15"],
    passes=[
        example("单张制卡成本", "≤25元/张", level2="经济成本指标"),
        example("政府采购合规性检查次数", "≥12次"),
    ],
    fails=[example("严格按照预算执行，不超过预算", "≤30万元", level2="经济成本指标"), example("资金到位率", "=100%")],
    cell="name",
    single_row=True,
    fix=remove_row,
)
def name_is_no_management_requirement(table: Table) -> Hits:
    """把管理要求当绩效指标"""
    for row in table.rows:
        lasting = row.indicator.level2 == "可持续影响指标" and _LONG_TERM.search(row.name)
        if lasting or _COUNTED.search(row.name):
            continue
        if _MANAGEMENT.search(row.name) or "严格按照预算" in row.name:
            said = f"“{row.indicator.name}”是日常管理要求，不是绩效；请删去，或换成单位成本、实际产出"
            yield Hit(row, said, quote=row.indicator.name)
