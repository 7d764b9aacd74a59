"""V: can the value of an indicator be compared with what was done?"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.fixes import Fix, Where, automatic, row_at, value_change
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.units import RATE_NAME
from assistant.checks.view import Row, Table, measured_rows
from assistant.checks.words import (
    GRADED,
    MONEY_AS_RESULT,
    ORDINARY_BASELINE,
    PLACEHOLDER,
    VAGUE_JOINT,
    VAGUE_VALUE,
    any_of,
)
from assistant.values import Value, render

_VAGUE_WORD = re.compile(any_of(VAGUE_VALUE))
_VAGUE_ONLY = re.compile(f"(?:{any_of(VAGUE_VALUE, VAGUE_JOINT)}|[、，,。；;\\s])+")
_GRADED = re.compile(any_of(GRADED))
_BASELINE = re.compile(f"{any_of(ORDINARY_BASELINE)}|\\d[%％‰]|/\\d*万")
# 名为“率”而不是比率：频率、效率、功率…；以及按十万分之几统计的死亡率、发病率。
_OTHER_RATE = re.compile("(?:当量率|剂量率|频率|效率|功率|速率|心率|分辨率|容积率|汇率|密度|周转率|斜率)$")
_PER_POPULATION = re.compile("(?:死亡率|发病率|患病率|发案率|万人.{0,4}率|千米.{0,4}率)$")
_PER_MANY = re.compile("/(?:\\d|[千万十百]|人口)|%/|‰/")
_RATE_UNITS = frozenset({"%", "‰", "比例", "个百分点", "倍", "‱"})
_MONEY_AS_RESULT = re.compile(any_of(MONEY_AS_RESULT))
_FULL = Decimal(100)
_COUNT_NAME = re.compile("(?:人数|次数|数量|人次|户数|份数)$")
_PLACEHOLDER = re.compile(rf"[XxＸｘ×]{{2,}}|(?<!\d)\*+|\*+(?!\d)|_+|…|\.{{3,}}|{any_of(PLACEHOLDER)}")
_COVERED = re.compile(r"\*{3,}")
_PLACEHOLDER_NAME = re.compile(r"[XxＸ×]{2,}|\*{1,}|_{1,}|待定|待补充")


@rule(
    "V01",
    level="error",
    mode="DL",
    cite=["mof-2021-101#1.1.3", "mof-2021-101#1.2.3", "zhengzhou-goal#14.2"],
    passes=[
        example("按期认证率", "≥98%", level2="时效指标"),
        example("资料整理质量", "优/良/中/差", level2="质量指标"),
        example("资料整理质量", "良好", level2="质量指标", cells={"scoring": "按好、一般、差分级评定"}),
    ],
    fails=[
        example("资格认证完成时间", "及时", level2="时效指标"),
        example("培训次数", "明显增加"),
        example("资料整理质量", "符合规范", level2="质量指标"),
    ],
    reads=("value",),
    single_row=True,
)
def output_value_is_measurable(table: Table) -> Hits:
    """产出指标用模糊词作值"""
    for row in table.rows:
        if (row.indicator.level1 == "产出指标" or row.is_economic_cost) and is_vague(row):
            said = f"“{row.raw}”无法与实际完成情况比较，请改成数值或日期：____；确实难以量化的，写明好、一般、差怎么判"
            yield Hit(row, said, quote=row.raw)


@rule(
    "V02",
    level="warn",
    cite=["mof-2021-101#1.2.3", "mof-2021-101#3.7.3", "mof-2020-10#16"],
    passes=[
        example("人均月养老金增幅", "≥3%", level2="社会效益指标"),
        example("参保人员生活水平", "显著提升", level2="社会效益指标", cells={"explanation": "分级：显著、一般、较差"}),
    ],
    fails=[example("参保人员生活水平", "稳定提升", level2="社会效益指标")],
    reads=("value",),
    single_row=True,
)
def benefit_value_is_graded(table: Table) -> Hits:
    """效益指标值模糊且无分级"""
    for row in table.of("效益指标", "社会成本指标", "生态环境成本指标"):
        if is_vague(row):
            said = f"“{row.raw}”没有说到什么程度；请改成可统计的数值：____，或写明分级怎么判定"
            yield Hit(row, said, quote=row.raw)


def is_vague(row: Row) -> bool:
    """Tell whether a value is nothing but vague words, with no grades said anywhere in the row."""
    value = row.value
    if value is None or value.kind != "text" or value.grades or not value.text:
        return False
    if not (_VAGUE_ONLY.fullmatch(row.raw) and _VAGUE_WORD.search(row.raw)):
        return False
    more = "".join(filter(None, (row.indicator.explanation, row.indicator.scoring, row.indicator.note)))
    return not _GRADED.search(more)


@rule(
    "V03",
    level="advice",
    cite=["tool#system", "mof-2021-101#3.3"],
    passes=[example(value="≥500人次"), example("资格认证完成时间", "2026年11月30日前", level2="时效指标")],
    fails=[example(value="500人次")],
    reads=("value",),
    single_row=True,
)
def number_has_a_sign(table: Table) -> Hits:
    """定量值缺符号"""
    for row, value in measured_rows(table):
        if value.operator is None and not value.approximate and not row.raw.startswith("每"):
            exact = value.number == 0 or (value.unit == "%" and value.number == _FULL)
            why = f"建议写成“={row.raw}”" if exact else "看不出是下限、上限还是必须正好"
            yield Hit(row, f"“{row.raw}”没有写 ≥、≤ 或 =，{why}", quote=row.raw)


def _with_sign(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    row = row_at(where)
    value = row.value if row else None
    if row is None or value is None or value.approximate or value.operator is None or value.text:
        return None
    return automatic(value_change(row, render(value)))


@rule(
    "V04",
    level="advice",
    cite=["tool#system"],
    passes=[example("单份资料印制成本", "≤2元/份", level2="经济成本指标")],
    fails=[example(value="500人次以上"), example(value="500人次左右")],
    reads=("value",),
    single_row=True,
    fix=_with_sign,
)
def sign_is_a_sign(table: Table) -> Hits:
    """用文字代替符号"""
    for row, value in measured_rows(table):
        if value.approximate:
            said = f"“{row.raw}”里的“约”“左右”无法判定是否完成，请写成 ≥ 或 ≤ 的确定数值"
            yield Hit(row, said, quote=row.raw, level="warn")
        elif value.operator and not value.operator_explicit and row.family != "时长":
            yield Hit(row, f"“{row.raw}”请改用符号“{value.operator}”表示", quote=row.raw)


@rule(
    "V08",
    level="error",
    cite=["tool#system", "mof-2020-10#a2.indicator.2"],
    passes=[
        example("按期认证率", "≥98%", level2="时效指标"),
        example("宣传活动频率", "≥1次/月", level2="时效指标"),
        example("传染病发病率", "≤20/10万", level2="社会效益指标"),
        example("参保续缴率", "不低于上年", level2="社会效益指标"),
    ],
    fails=[example("按期认证率", "及时", level2="时效指标"), example("资格认证完成率", "≥300人", level2="质量指标")],
    reads=("value",),
    single_row=True,
)
def rate_has_a_percentage(table: Table) -> Hits:
    """率类名称配非百分比值"""
    for row in table.rows:
        value = row.value
        if value is None or not RATE_NAME.search(row.name) or _OTHER_RATE.search(row.name):
            continue
        if not _fits_a_rate(row, value):
            said = f"“{row.indicator.name}”是比率，“{row.raw}”不是百分数；请改指标值为百分数：____%，或改名称"
            yield Hit(row, said, quote=row.raw)


def is_unfilled(raw: str) -> bool:
    """Tell whether a value is a placeholder nobody filled in (V12 says it)."""
    return bool(_PLACEHOLDER.search(raw))


def _fits_a_rate(row: Row, value: Value) -> bool:
    if value.kind == "multiple" or _PLACEHOLDER.search(row.raw):
        return True  # V14、V12 say it
    if value.kind == "text":
        return bool(_BASELINE.search(row.raw)) or not value.text
    if value.kind == "date":
        return False
    unit = value.unit or ""
    if unit in _RATE_UNITS or _PER_MANY.search(unit) or (unit and _PER_POPULATION.search(row.name)):
        return True
    return not unit  # without a unit: a share between 0 and 1, else V10 says it


@rule(
    "V09",
    level="error",
    cite=["mof-2021-101#2.2.1", "henan-preview#a1-4.quantity"],
    passes=[example(value="≥500人次"), example("创业担保贷款发放规模", "≥500万元")],
    fails=[example("认证所需费用", "≤3万元"), example("培训人数", "≥95%", level2="社会效益指标")],
    reads=("value",),
    single_row=True,
)
def quantity_is_a_quantity(table: Table) -> Hits:
    """数量指标配了错误量纲"""
    for row in table.rows:
        counted = row.indicator.level2 == "数量指标"
        if not counted and not _COUNT_NAME.search(row.name):
            continue
        if counted and row.family == "金额" and _MONEY_AS_RESULT.search(row.name):
            continue  # 贷款规模、送审金额：钱是工作的对象，不是投入
        if counted and row.family == "比率" and RATE_NAME.search(row.name):
            said = f"数量指标里放了比率“{row.indicator.name}”；能写数量的请改写人数、件数，否则移到质量或时效"
            yield Hit(row, said, quote=row.raw, level="advice")
        elif row.family in ("比率", "金额"):
            shown = "百分数" if row.family == "比率" else "金额"
            fix = "请改成人数、次数、面积等数量，或移到合适的二级指标" if counted else "请把名称和指标值对上"
            yield Hit(row, f"“{row.indicator.name}”应当是数量，指标值“{row.raw}”却是{shown}；{fix}", quote=row.raw)


@rule(
    "V12",
    level="error",
    cite=["tool#system"],
    passes=[example(value="≥500人次")],
    fails=[example(value="≥**人次"), example(value="____人次"), example(value="据实结算"), example("XX宣传活动场次")],
    reads=("value",),
    single_row=True,
)
def nothing_is_left_to_fill_in(table: Table) -> Hits:
    """占位符未填"""
    for row in table.rows:
        if row.raw and _PLACEHOLDER.search(row.raw):
            why = "像是公开时被遮去了，请对照原件" if _COVERED.search(row.raw) else "还没有填定，请写出具体的指标值"
            covered = bool(_COVERED.search(row.raw))
            yield Hit(row, f"“{row.raw}”{why}：____", quote=row.raw, level="warn" if covered else None)
        if _PLACEHOLDER_NAME.search(row.indicator.name):
            filled = row.value is not None and not _PLACEHOLDER.search(row.raw)
            fix = "指标值已填，请把它从名称里删去" if filled else "请补全"
            said = f"名称“{row.indicator.name}”里留有模板的占位符，{fix}"
            yield Hit(row.at("name"), said, quote=row.indicator.name)
