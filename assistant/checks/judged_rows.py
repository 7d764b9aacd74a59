"""N, V, L, mode LM: what a chat model is asked of the rows, and the plain pre-filters that speak without one."""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.registry import PLEASE_LOOK, Hit, Hits, Question, rule
from assistant.checks.view import Field, Table
from assistant.checks.words import FILLER

_DOING = re.compile(
    "(?:发放|印制|印刷|检查|培训|宣传|开展|举办|购置|巡查|走访).{0,8}(?:份数|册数|次数|场次|期数|人次|数量|批次)$"
)
_ECOLOGY = re.compile(
    "排放|能耗|污染|水质|空气|绿化|植被|碳|垃圾|生态|环境|节水|节能|用水|低温|低剂量|绿色|减量|排水|粉尘|防治|虫害|无害化|热耗|化学需氧|氨氮|总磷|鸟类|颗粒物|污水|雨污|黄土|灌溉|病死|降尘|积尘|林|草|湖|渔|土壤|森林|湿地|水土|噪声|扬尘|废|秸秆|化肥|农药|粪污|优良天数"
    "|PM|pm|绿色|资源|降解|回收|用电|用纸|电能|能源|清洁|卫生|水体|草原|成活|沙|保护|物种|生物|耕地|地下水|河道|火灾|减排"
)
_LASTING = re.compile("年限|寿命|期限|运营|使用年|服务年|机制|制度|续|长效|管护|持续|后续|每年|年均|稳定|留存|巩固")
_SLOGAN_VALUE = re.compile("^(?:长期|持续|提高|提升|增强|长效|可持续|不断提高|持续提升|长期有效)$")
_GOOD_WORDS = re.compile("效益|提升|改善|满意|受益|覆盖率|合格率|知晓率")
_KINDS_THAT_LAST = frozenset({"工程基建", "大型修缮", "大型购置"})


@rule(
    "N12",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#3.1.2", "mof-2021-101#3.4", "henan-2022-4#a1"],
    passes=[example()],
    fails=[],
    cell="name",
    ask=Question(
        "量化的指标是否写明算法、统计口径、数据来源？没有写的报出。",
        ("rows",),
        "无",
        bad="覆盖率（未写分母）",
        good="参保人数/应参保人数×100%",
    ),
)
def indicators_are_explained(table: Table) -> Hits:
    """指标缺解释或口径"""
    column = sum(bool(row.indicator.explanation) for row in table.rows) * 2 > len(table.rows)
    for row in table.rows if column else ():
        if row.family == "比率" and not row.indicator.explanation and row.name.endswith("率"):
            yield Hit(row, f"“{row.indicator.name}”没有写分子分母和数据来源{PLEASE_LOOK}", row.indicator.name, "advice")


@rule(
    "V20",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#3.3", "henan-2022-4#18", "mof-2020-10#15"],
    passes=[example()],
    fails=[],
    ask=Question(
        "每个指标值能归入计划、行业、历史、预算支出、其他标准中的哪一类？找不到依据的报出。",
        ("rows", "header"),
        "没有附件时只给建议",
        bad="≥95%（无依据）",
        good="≥95%（2021年完成94.6%）",
    ),
)
def targets_have_a_basis(table: Table) -> Hits:  # noqa: ARG001  (no pre-filter)
    """目标值缺设定依据"""
    yield from ()


@rule(
    "L05",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#2.2", "mof-2021-101#2.3"],
    passes=[example("待遇领取人员知晓率", "≥85%", level2="社会效益指标"), example("宣传资料发放份数", "≥500份")],
    fails=[example("宣传资料发放份数", "≥5000份", level2="社会效益指标")],
    cell="level2",
    ask=Question(
        "效益指标里有没有只是工作量的，产出里有没有写成效果的？报出并说明应属哪一类。",
        ("rows", "header"),
        "项目性质不明",
    ),
)
def benefit_is_not_output(table: Table) -> Hits:
    """效益写成产出"""
    for row in table.of("效益指标"):
        if _DOING.search(row.name):
            yield Hit(
                row,
                f"“{row.indicator.name}”像是工作量，应放产出；效益写带来的变化{PLEASE_LOOK}",
                row.indicator.name,
                "advice",
            )


@rule(
    "L06",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#2.3", "mof-2020-10#a2.benefit"],
    passes=[example("污水达标排放率", "≥95%", level2="生态效益指标")],
    fails=[example("控制基建成本影响程度", "=100%", level2="生态效益指标")],
    cell="name",
    ask=Question("每条生态效益指标与项目有没有关系？无关的报出。", ("benefit", "header"), "项目性质不明"),
)
def ecology_belongs_to_the_project(table: Table) -> Hits:
    """生态效益与项目无关"""
    for row in table.of("生态效益指标"):
        if not _ECOLOGY.search(row.name) and not row.is_placeholder and row.name not in FILLER:
            yield Hit(
                row,
                f"“{row.indicator.name}”看不出生态影响，无关的不设，放错的移到别的指标{PLEASE_LOOK}",
                row.indicator.name,
                "advice",
            )


@rule(
    "L07",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#2.3", "ccp-2018-34#7", "mof-2013-53#a1", "zhengzhou-goal#a2-2.lasting"],
    passes=[example("设备使用年限", "≥6年", level2="可持续影响指标", generation="2015")],
    fails=[
        example("经办服务影响", "长期", level2="可持续影响指标", generation="2015"),
        example(project={"project_kind": "大型购置"}, text="大型购置项目没有写使用期内的效益"),
    ],
    cell="name",
    ask=Question(
        "可持续影响写的是不是持续期限、后续运行、长效机制？不是的报出。", ("benefit", "header"), "项目性质不明"
    ),
)
def lasting_effect_lasts(table: Table) -> Hits:
    """可持续影响缺长效机制或期限"""
    for row in table.of("可持续影响指标"):
        if _SLOGAN_VALUE.fullmatch(row.raw) and not _LASTING.search(row.name):
            said = f"“{row.indicator.name}｜{row.raw}”没有说影响持续多久、靠什么机制：____{PLEASE_LOOK}"
            yield Hit(row, said, row.indicator.name, "advice")
    kind = table.form.project.project_kind
    benefits = list(table.of("效益指标"))
    if kind in _KINDS_THAT_LAST and benefits and not any(_LASTING.search(row.name + row.raw) for row in benefits):
        said = f"{kind}类项目要写明使用期内的效益（使用年限、运营期），效益指标里没有：____"
        yield Hit(Field("indicators"), said, kind, "warn")


@rule(
    "L10",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#2.1", "henan-2022-4#16"],
    passes=[example("施工噪声投诉次数", "≤2次", level2="社会成本指标")],
    fails=[
        example("社会投入资金", "≤50万元", level2="社会成本指标"),
        example("绿化覆盖率", "≥40%", level2="生态环境成本指标"),
    ],
    cell="level2",
    ask=Question(
        "社会成本、生态环境成本写的是不是可能的负面影响？写成效益或支出的报出。", ("cost", "header"), "项目性质不明"
    ),
)
def social_cost_is_harm(table: Table) -> Hits:
    """社会成本、生态环境成本误用"""
    for row in table.of("社会成本指标", "生态环境成本指标"):
        if row.family == "金额" or _GOOD_WORDS.search(row.name):
            said = f"“{row.indicator.name}”不是负面影响；支出移到经济成本，成效移到效益{PLEASE_LOOK}"
            yield Hit(row, said, row.indicator.name, "advice")
