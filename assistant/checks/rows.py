"""F, row by row: does each row have both halves, a name and a value, and do they say something?"""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Table
from assistant.checks.words import FILLER, NEG, any_of

_ONLY_A_NUMBER = re.compile(r"(?:指标\s*)?[\d一二三四五六七八九十]*\s*[:：.、）)]*[….·]*")
_REVERSE = re.compile(any_of(NEG))


@rule(
    "F10",
    level="warn",
    cite=["tool#practice"],
    passes=[example("安全事故发生次数", "=0次")],
    fails=[
        example("不涉及", "无", level2="生态效益指标"),
        example("生态环境影响程度", "不涉及", level2="生态效益指标", cells={"weight": 5}),
    ],
    cell="name",
    reads=("value",),
    single_row=True,
)
def rows_say_something(table: Table) -> Hits:
    """用“无”“不涉及”充当指标"""
    for row in table.rows:
        named = row.name in FILLER
        if named or (row.raw in FILLER and not (row.raw == "0项" and _REVERSE.search(row.name))):
            quote = row.indicator.name if named else row.raw
            weighted = row.indicator.weight is not None
            more = "，它的权重要并到别的指标" if weighted else ""
            yield Hit(
                row if named else row.at("value"),
                f"“{quote}”不是指标；不涉及就不设，请删去这一行{more}",
                quote=quote,
                level="error" if weighted else "warn",
            )


@rule(
    "F11",
    level="error",
    cite=["mof-2020-10#a2.indicator.2", "tool#system"],
    passes=[example()],
    fails=[example("设备验收合格率", "", level2="质量指标")],
    reads=("value",),
    single_row=True,
)
def every_name_has_a_value(table: Table) -> Hits:
    """有指标名称，没有指标值"""
    for row in table.rows:
        if row.value is None and not _ONLY_A_NUMBER.fullmatch(row.indicator.name):
            yield Hit(row, f"“{row.indicator.name}”没有指标值，请填：____", quote=row.indicator.name)


@rule(
    "F12",
    level="error",
    cite=["tool#system"],
    passes=[example()],
    fails=[example("指标2：", "=100%")],
    cell="name",
    reads=("value",),
    single_row=True,
)
def every_value_has_a_name(table: Table) -> Hits:
    """有指标值，没有指标名称"""
    for row in table.rows:
        if row.value is not None and _ONLY_A_NUMBER.fullmatch(row.indicator.name):
            yield Hit(row, f"“{row.raw}”没有对应的指标名称，请补上名称，或核对是否错行", quote=row.raw)
