"""Made-up past tables for the tests of the store and the index: number → always the same table."""

from __future__ import annotations

import random
from decimal import Decimal

from assistant.schema import Funds, Goal, Goals, Indicator, PastTable, PerformanceTable, Project
from assistant.values import parse_value

_WORKS = (
    "校舍维修",
    "农村公路养护",
    "桥梁加固",
    "路灯改造",
    "河道清淤",
    "防火巡护",
    "技能培训",
    "疫苗接种",
    "垃圾清运",
    "助学金发放",
)
_THINGS = ("学校", "公里", "座桥", "盏路灯", "村庄", "林区", "学员", "儿童", "社区", "学生")
_WHAT = ("数量", "合格率", "完成时间", "单位成本", "覆盖率")


def indicator(name: str, value: str = "≥95%") -> Indicator:
    return Indicator(level1="产出指标", level2="数量指标", name=name, value=parse_value(value))


def past(number: int, *, rows: int = 6, name: str | None = None, **facts: object) -> PastTable:
    """Table `表<number>`: its project name is unique, its indicator names are partly shared with other tables."""
    chance = random.Random(number)
    work = number % len(_WORKS)
    names = [
        f"{_WORKS[work]}{_THINGS[chance.randrange(10)]}{chance.randrange(40)}{chance.choice(_WHAT)}"
        for _ in range(rows)
    ]
    table = PerformanceTable(
        fiscal_year=2020 + number % 5,
        region=("河南省郑州市", "宁夏回族自治区固原市")[number % 2],
        form_generation=("2015", "2021")[number % 2],
        project=Project(name=name or f"{_WORKS[work]}项目甲{number}号", dept="县级主管局", unit="项目服务中心"),
        funds=(Funds(total=Decimal(number) + Decimal("0.50")),),
        goals=Goals(annual=Goal(text=f"完成{_WORKS[work]}任务第{number}批，群众满意。")),
        indicators=tuple(indicator(one, f"≥{chance.randrange(1, 100)}个") for one in names),
    )
    given: dict[str, object] = {"id": f"表{number}", "field": ("教育", "交通")[number % 2], "table": table}
    return PastTable.model_validate(given | facts)
