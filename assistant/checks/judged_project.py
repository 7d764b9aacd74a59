"""S, B, P, mode LM: what a chat model is asked of the project as a whole, and the plain pre-filters."""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.money import wan
from assistant.checks.registry import PLEASE_LOOK, Hit, Hits, Question, rule
from assistant.checks.view import Field, Table

_INSIDE = re.compile("本单位|单位职工|干部职工|职工满意|员工|工作人员满意|内部|上级|领导")
_ABOLISHED = {"财预〔2011〕285号": "已由财预〔2020〕10号废止"}
_SWEEPING = re.compile("全民|全县|全区|全市|全体|覆盖率|参保率|生活水平|普及率")
_SMALL_MONEY = 50_000


@rule(
    "S04",
    level="advice",
    mode="LM",
    cite=["mof-2021-101#2.4", "henan-preview#a1-4.quantity"],
    passes=[example("参保人员满意度", "≥90%", level2="服务对象满意度指标")],
    fails=[example("单位职工满意度", "≥90%", level2="服务对象满意度指标")],
    cell="name",
    ask=Question("面向公众的项目是否只设了内部人员的满意度？是的报出。", ("satisfaction", "header"), "项目性质不明"),
)
def satisfaction_is_of_those_served(table: Table) -> Hits:
    """用内部人员满意度代替服务对象"""
    rows = [row for row in table.rows if row.indicator.level2 == "服务对象满意度指标"]
    if table.form.project.project_kind == "面向公众服务" and rows and all(_INSIDE.search(row.name) for row in rows):
        said = f"面向公众的项目只设了“{rows[0].indicator.name}”，请改为直接服务对象的满意度{PLEASE_LOOK}"
        yield Hit(rows[0], said, rows[0].indicator.name)


@rule(
    "S05",
    level="advice",
    mode="LM",
    cite=["mof-2021-101#2.4", "mof-2021-101#3.4", "mof-2021-101#3.5"],
    passes=[example()],
    fails=[],
    ask=Question(
        "表内或方案里有没有说明满意度怎样调查、样本多少？没有的报出。",
        ("satisfaction", "header"),
        "没有附件时只给建议",
        bad="只写≥95%",
        good="问卷，有效样本≥200份",
    ),
)
def satisfaction_is_asked_for(table: Table) -> Hits:  # noqa: ARG001  (no pre-filter)
    """没有满意度调查安排"""
    yield from ()


@rule(
    "B06",
    level="warn",
    mode="LM",
    cite=["mof-2020-10#a2.goal.3", "mof-2020-10#a2.goal.4", "zhengzhou-goal#21.3", "zhengzhou-goal#a2-5.money"],
    passes=[example()],
    fails=[
        example(
            "全区应参保人员参保率",
            "=100%",
            level2="社会效益指标",
            funds={"total": 3, "fiscal": 3},
            text="3万元承诺全区参保率100%",
        )
    ],
    ask=Question("按资金规模，目标是不是过大或过小？引用指标并说明怎样收窄。", ("money", "goal", "rows"), "资金未知"),
)
def goal_fits_the_money(table: Table) -> Hits:
    """小钱大目标，大钱小目标"""
    money = table.yearly_yuan
    if money is None or not 0 < money <= _SMALL_MONEY:
        return
    for row in table.of("效益指标"):
        rate = (
            row.value is not None and row.value.unit == "%" and row.value.number is not None and row.value.number >= 95
        )
        if rate and _SWEEPING.search(row.name):
            said = f"资金只有 {wan(money)}，却承诺“{row.indicator.name}”{row.raw}，难以归因"
            yield Hit(row, f"{said}；请收窄到本项目直接做成的事{PLEASE_LOOK}", row.indicator.name, "advice")


@rule(
    "P01",
    level="advice",
    mode="LM",
    cite=["mof-2021-101#3.4", "mof-2021-101#3.5", "mof-2021-101#3.8"],
    passes=[example()],
    fails=[],
    ask=Question(
        "每条指标能用哪种方法取得完成值、对应哪类佐证？都不行的报出。",
        ("rows",),
        "没有附件时只给建议",
        bad="人民生活水平提高",
        good="人均养老金增幅（社保系统统计）",
    ),
)
def results_can_be_shown(table: Table) -> Hits:  # noqa: ARG001  (no pre-filter)
    """缺数据来源或取值方法"""
    yield from ()


@rule(
    "P02",
    level="warn",
    mode="LM",
    cite=["mof-2020-10#a2.basis", "mof-2020-10#32", "mof-2023-95#9.1"],
    passes=[example(project={"basis": "财预〔2020〕10号"}, text="立项依据：财预〔2020〕10号")],
    fails=[example(project={"basis": "财预〔2011〕285号"}, text="立项依据已废止")],
    ask=Question(
        "立项依据有没有、是否现行、与项目是否相关？有问题的报出，文号核不到的写未核实。", ("header",), "没有立项依据栏"
    ),
)
def basis_is_in_force(table: Table) -> Hits:
    """立项依据缺失或过期"""
    basis = table.form.project.basis or ""
    for number, why in _ABOLISHED.items():
        if re.sub(r"[\[【(（]", "〔", re.sub(r"[\]】)）]", "〕", basis)).find(number) >= 0:
            yield Hit(Field("project.basis"), f"立项依据“{number}”{why}；请改引现行文件：____", number, "warn")


@rule(
    "P03",
    level="warn",
    mode="LM",
    cite=["mof-2021-101#1.2.1"],
    passes=[example()],
    fails=[],
    reads=("goal",),
    ask=Question(
        "目标效果能否归因于本项目的资金？主要由别的政策或资金决定而没有声明的报出。",
        ("money", "goal", "rows"),
        "资金未知",
        bad="3万元→提高人民生活水平",
        good="限定为本项目产出的直接影响",
    ),
)
def effect_comes_from_the_project(table: Table) -> Hits:  # noqa: ARG001  (no pre-filter)
    """效果不能归因"""
    yield from ()
