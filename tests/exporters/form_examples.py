"""Forms the exporter tests share: a full table of sixteen rows for either layout, and small variations of it."""

from __future__ import annotations

from typing import Any

from assistant.exporters import Blank, Form, Source
from assistant.schema import (
    Funds,
    Goal,
    Goals,
    Indicator,
    Level1,
    Level2,
    PerformanceTable,
    Period,
    Project,
    Unresolved,
)
from assistant.values import parse_value

LONG_NAME = (
    "灌溉排水设施建成后由乡镇水利站和村级管护组织按照县级工程运行管护办法"
    "持续开展日常巡查维修养护并长期稳定发挥效益的年限情况说明"
)
GOAL = "在3个乡镇集中连片建设高标准农田2万亩，配套机井180眼，10月底前完工，亩均投资不超过1950元；" * 6

_ROWS: tuple[tuple[Level2, str, str | None], ...] = (
    ("数量指标", "建设高标准农田面积", "≥2万亩"),
    ("数量指标", "新打配套机井数量", "=180眼"),
    ("数量指标", "铺设地埋管道长度", "≥150公里"),
    ("数量指标", "新修机耕路里程", None),
    ("质量指标", "单项工程验收合格率", "=100%"),
    ("质量指标", "田间道路通达度", "100%"),
    ("质量指标", "灌溉设计保证率", "≥75%"),
    ("时效指标", "主体工程完工时间", "2023年10月31日前"),
    ("时效指标", "县级验收完成时间", "2023年12月20日前"),
    ("成本指标", "亩均建设投资标准", "≤1950元/亩"),
    ("成本指标", "机耕路单位造价", "≤40万元/公里"),
    ("经济效益指标", "新增粮食综合生产能力", "≥200万公斤"),
    ("社会效益指标", "项目区受益农户户数", None),
    ("生态效益指标", "年节约灌溉用水量", "≥100万立方米"),
    ("可持续影响指标", LONG_NAME, "≥15年"),
    ("服务对象满意度指标", "受益农户满意度", "≥90%"),
)


def indicator(
    level2: Level2 = "数量指标", name: str = "新建机井数量", value: str | None = "≥20眼", **more: Any
) -> Indicator:
    """One row; its first level follows from the second (成本指标 under 产出指标, as in 2015)."""
    level1: Level1 = "效益指标" if "效益" in level2 or "影响" in level2 else "产出指标"
    level1 = "满意度指标" if "满意度" in level2 else "成本指标" if level2 == "经济成本指标" else level1
    parsed = None if value is None else parse_value(value)
    return Indicator(**{"level1": level1, "level2": level2, "name": name, "value": parsed, **more})


def full_table(dialect: str = "ningxia_public_2col") -> PerformanceTable:
    """Sixteen rows, two of them 待填, a long goal and a name of sixty characters."""
    generation = "2021" if dialect in ("central_2021", "henan") else "2015"
    rows = []
    for number, (level2, name, value) in enumerate(_ROWS, start=1):
        own: Level2 = "经济成本指标" if generation == "2021" and level2 == "成本指标" else level2
        rows.append(indicator(own, name, value, id=f"r{number:02d}"))
    return PerformanceTable(
        form_generation=generation,
        form_dialect=dialect,
        fiscal_year=2023,
        project=Project(
            name="2023年高标准农田建设项目",
            dept="县农业农村局",
            unit="县农田建设服务中心",
            attribute="一次性项目",
            period=Period(text="2023年1月-2023年12月"),
        ),
        funds=(Funds(total=3900, fiscal=3500),),
        goals=Goals(annual=Goal(text=GOAL)),
        indicators=tuple(rows),
        unresolved=(Unresolved(field="立项依据", issue="文号不完整", options=("1号", "11号"), raw={"left": "农建发"}),),
    )


def full_form(dialect: str = "ningxia_public_2col") -> Form:
    """The full table with reasons, evidence, a question and a finding."""
    return Form(
        full_table(dialect),
        blanks={
            "r04": Blank("材料里没有里程", "计划新修多少公里？"),
            "r13": Blank("材料里没有户数", "受益农户多少户？"),
        },
        sources=(
            Source("r01", "brief", "项目说明第1段", "建设高标准农田2万亩", "2万亩"),
            Source("r01", "precedent", "example-07", "建设高标准农田面积 ≥1.5万亩", "≥1.5万亩"),
            Source("goals.annual", "brief", "项目说明第2段", "10月底前完工"),
        ),
        questions=("项目是否跨年？",),
        findings=("V01 第5行的指标值无法衡量",),
    )


def small_form(*rows: Indicator, **table: Any) -> Form:
    """A form with these rows and nothing else."""
    return Form(PerformanceTable(indicators=rows or (indicator(),), **table))
