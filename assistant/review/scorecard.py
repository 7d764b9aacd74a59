"""绩效目标审核表: four dimensions, eight items, a suggested grade for each – never more than a suggestion.

Items, points and the rules of combining grades: 郑州市级部门预算绩效目标管理办法 附件2-5、2-6 (a local document; the
four dimensions also in 财预〔2023〕95号 第九条（三）). How findings become the grade of one item is our own default.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from assistant.checks import RULES, Finding
from assistant.schema import PerformanceTable, Strict

Grade = Literal["优", "良", "中", "差"]
GRADES: tuple[Grade, ...] = ("优", "良", "中", "差")
# Share of an item's points by grade (附件2-6): the lower and upper end.
_SHARE: dict[Grade, tuple[float, float]] = {"优": (0.9, 1.0), "良": (0.8, 0.89), "中": (0.6, 0.79), "差": (0.0, 0.59)}


class Item(Strict):
    """One of the eight items, and the rules whose findings count for it."""

    number: int
    dimension: Literal["完整性", "相关性", "适当性", "可行性"]
    name: str
    points: int
    rules: frozenset[str]
    needs_model: bool = False
    """All its rules ask a model: without one a program has not seen it."""


def _item(number: int, dimension: str, name: str, points: int, rules: str) -> Item:
    ids = frozenset(rules.split())
    needs_model = bool(ids) and all(RULES[one].mode == "LM" for one in ids)
    cells = {"number": number, "dimension": dimension, "name": name, "points": points, "rules": ids}
    return Item.model_validate({**cells, "needs_model": needs_model})


ITEMS: tuple[Item, ...] = (
    _item(
        1,
        "完整性",
        "规范完整性",
        10,
        "I01 I02 I03 I04 I05 I06 F01 F02 F03 F04 F05 F06 F09 F10 F11 F12 F13 F14 F16 V10 V12 W01 W03 B01 B04",
    ),
    _item(2, "完整性", "明确清晰性", 10, "G01 G03 G04 G05 G06 G12 G13"),
    _item(3, "相关性", "目标相关性", 15, "G08 G10 G11 P02 X01 X03"),
    _item(
        4,
        "相关性",
        "指标科学性",
        15,
        "F07 F08 F15 G02 G09 G14 N01 N02 N03 N04 N05 N06 N07 N08 N09 N10 N11 V01 V02 V03 V04 V06 V07 V08 V09 V11 V13 "
        "V14 V17 V21 L01 L02 L03 L04 L05 L06 L07 L08 L09 L10 S01 S04 W04 W05",
    ),
    _item(5, "适当性", "绩效合理性", 15, "V05 V15 V16 V18 V19 T01 T02 T03 S02 S03 X02 X04 X05"),
    _item(6, "适当性", "资金匹配性", 15, "G07 C01 C02 C03 C04 C05 C06 C07 C08 B02 B03 B05 B06 P03 W02"),
    _item(7, "可行性", "实现可能性", 10, "N12 V20 P01 S05"),
    _item(8, "可行性", "条件充分性", 10, ""),
)
NOT_GRADED = frozenset({"P04", "P05"})
"""Rules of publication and procedure: reported, but no part of the grade."""
_AT_MOST_MIDDLE = frozenset({"F01", "F05", "F06", "G07", "G08", "X01"})
"""One of these as an error, and the whole is no better than 中 (工具默认)."""
_WORST = 3
"""Errors that make an item 差 (工具默认)."""
_OF_EIGHT = 6


class ScoredItem(Strict):
    """One item: its grade with the findings behind it, or why it was not reviewed."""

    number: int = Field(title="序号")
    dimension: str = Field(title="维度")
    name: str = Field(title="审核内容")
    points: int = Field(title="分值")
    grade: Grade | None = Field(None, title="建议等级", description="None = 未审")
    lowest: float | None = Field(None, title="得分下限")
    highest: float | None = Field(None, title="得分上限")
    findings: tuple[str, ...] = Field((), title="依据的问题", description="规则号与位置")
    why: str = Field(title="理由")


class Scorecard(Strict):
    """The card: items, the span of the suggested grade, and what was not reviewed."""

    items: tuple[ScoredItem, ...] = Field(title="审核内容")
    lowest: Grade | None = Field(None, title="建议等级下限")
    highest: Grade | None = Field(None, title="建议等级上限")
    unreviewed: tuple[str, ...] = Field((), title="未审")
    note: str = Field(title="说明")

    @property
    def label(self) -> str:
        """The suggestion in a few words."""
        if self.lowest is None or self.highest is None:
            return "不评"
        return self.highest if self.lowest == self.highest else f"{self.lowest}至{self.highest}"


def score(table: PerformanceTable, findings: Sequence[Finding], *, with_model: bool = False) -> Scorecard:
    """The card for one table; item 7 is reviewed only when a model answered its questions, item 8 by a person."""
    torn = any(one.rule == "I05" for one in findings) and all(row.value is None for row in table.indicators)
    if torn or not table.indicators:
        why = "指标值没有读到，先补齐原件再评" if torn else "没有指标，无从评起"
        items = tuple(_unreviewed(item, why) for item in ITEMS)
        return Scorecard(items=items, unreviewed=tuple(item.name for item in ITEMS), note=f"不评：{why}")
    items = tuple(_scored(item, findings, with_model=with_model) for item in ITEMS)
    open_items = tuple(item.name for item in items if item.grade is None)
    worst = _combined([item.grade or "差" for item in items])
    best = _combined([item.grade or "优" for item in items])
    capped = any(one.rule in _AT_MOST_MIDDLE and one.level == "error" for one in findings)
    if capped:
        worst, best = max(worst, "中", key=GRADES.index), max(best, "中", key=GRADES.index)
    return Scorecard(
        items=items,
        lowest=worst,
        highest=best,
        unreviewed=open_items,
        note=_note(open_items, capped=capped),
    )


def _note(open_items: Sequence[str], *, capped: bool) -> str:
    text = "建议等级由检查结果折算（工具默认），不是审核结论，由审核人定"
    if open_items:
        text += f"；未审 {len(open_items)} 项（{'、'.join(open_items)}），下限按差、上限按优推算"
    return text + ("；有必须退回的问题，总评不高于中" if capped else "")


def _scored(item: Item, findings: Sequence[Finding], *, with_model: bool) -> ScoredItem:
    if not item.rules:
        return _unreviewed(item, "表内信息不足，由审核人判断")
    mine = [one for one in findings if one.rule in item.rules]
    if item.number == 7 and not with_model and not mine:
        return _unreviewed(item, "要看方案和附件，没有配置模型时不判断")
    errors = sum(one.level == "error" for one in mine)
    warnings = sum(one.level == "warn" for one in mine)
    grade: Grade = "优"
    if errors >= _WORST:
        grade = "差"
    elif errors or warnings > 1:
        grade = "中"
    elif mine:
        grade = "良"
    low, high = (round(item.points * share, 1) for share in _SHARE[grade])
    counted = f"错误 {errors}、警告 {warnings}、建议 {len(mine) - errors - warnings}"
    return ScoredItem(
        number=item.number,
        dimension=item.dimension,
        name=item.name,
        points=item.points,
        grade=grade,
        lowest=low,
        highest=high,
        findings=tuple(f"{one.rule} {one.field}" for one in mine),
        why=counted if mine else "没有发现问题",
    )


def _unreviewed(item: Item, why: str) -> ScoredItem:
    return ScoredItem(number=item.number, dimension=item.dimension, name=item.name, points=item.points, why=why)


def _combined(grades: Sequence[Grade]) -> Grade:
    """一般性项目: at least six items of a grade or better, and none of the grades the form rules out beside them."""
    at_least = {grade: sum(GRADES.index(one) <= GRADES.index(grade) for one in grades) for grade in GRADES}
    if at_least["优"] >= _OF_EIGHT and not {"中", "差"} & set(grades):
        return "优"
    if at_least["良"] >= _OF_EIGHT and "差" not in grades:
        return "良"
    return "中" if at_least["中"] >= _OF_EIGHT else "差"
