"""N, form of the name: short enough, and without numbering and closing marks."""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.fixes import Fix, Where, automatic, name_change, row_at
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Table

_NUMBERED = re.compile(
    r"^\s*(?:指标\s*[\d一二三四五六七八九十]+\s*[:：.、]|[(（]?\d{1,2}[)）.、．:：](?!\d)|[(（][一二三四五六七八九十]{1,2}[)）])\s*"
)
_CLOSING = re.compile("[。；，、;,.]+$")


def _tidy(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    row = row_at(where)
    tidy = _CLOSING.sub("", _NUMBERED.sub("", row.written)).strip() if row else ""
    return automatic(name_change(row, tidy)) if row and tidy else None


@rule(
    "N03",
    level="advice",
    cite=["mof-2021-101#3.1.1", "tool#default"],
    passes=[example("待遇领取人员保障率", "=100%", level2="社会效益指标")],
    fails=[
        example(
            "年满六十周岁并且符合待遇领取条件的全区城乡居民养老保险参保人员终身保障率", "=100%", level2="社会效益指标"
        )
    ],
    cell="name",
    single_row=True,
)
def name_is_short(table: Table) -> Hits:
    """名称过长"""
    limits = table.limits
    for row in table.rows:
        length = len(row.name)
        if length > limits.long_name:
            too_long = length > limits.longest_name
            limit = limits.told("longest_name" if too_long else "long_name", "不超过")
            said = f"指标名称有 {length} 个字，请压缩（{limit} 字），口径写到指标解释里"
            yield Hit(row, said, quote=row.indicator.name, level="error" if too_long else None)


@rule(
    "N04",
    level="advice",
    cite=["tool#practice"],
    passes=[example("社保卡制卡数量", "≥500张"), example("24小时响应率", "≥95%", level2="时效指标")],
    fails=[
        example("1.社保卡制卡数量", "≥500张"),
        example("社保卡制卡数量。", "≥500张"),
        example("社保卡制卡数量", "≥500张", cells={"raw_name": "指标1：社保卡制卡数量"}),
    ],
    cell="name",
    fix=_tidy,
)
def name_is_tidy(table: Table) -> Hits:
    """名称带句末标点或编号残留"""
    for row in table.rows:
        if row.is_placeholder:
            continue
        if _NUMBERED.search(row.written) or _CLOSING.search(row.written):
            found = "编号" if _NUMBERED.search(row.written) else "句末标点"
            said = f"“{row.written}”带着{found}，请去掉" + ("，编号由系统生成" if found == "编号" else "")
            yield Hit(row, said, quote=row.written)
