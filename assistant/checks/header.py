"""F, the header: period, columns of category and attribute, the goal of the whole period."""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.fixes import Change, Fix, Option, Where, proposed
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Table
from assistant.checks.words import ATTRIBUTE, CATEGORY, any_of

_ATTRIBUTE = re.compile(any_of(ATTRIBUTE))
_CATEGORY = re.compile(any_of(CATEGORY | {"运转类", "特定目标", "公用经费"}))


def _whole_year(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    year, period = table.form.fiscal_year, table.form.project.period
    if year is None or period.start or period.end or "年" not in (period.text or "1年"):
        return None
    text = f"{year}-01-01至{year}-12-31"
    change = Change(field="project.period.text", before=period.text, after=text)
    dates = (
        Change(field="project.period.start", before=None, after=f"{year}-01-01"),
        Change(field="project.period.end", before=None, after=f"{year}-12-31"),
    )
    return proposed([Option(says=f"单年度项目写 {text}（请核对）", changes=(change, *dates))])


@rule(
    "F03",
    level="warn",
    cite=["tool#practice", "ccp-2018-34#5"],
    passes=[example(generation="2015"), example(project={"period": {}}, text="表样没有项目期栏")],
    fails=[
        example(project={"period": {"text": "一年期"}}, generation="2015", text="项目期：一年期"),
        example(
            project={"period": {"text": "2026", "start": "2026-12-31", "end": "2026-01-01"}},
            generation="2015",
            text="开始晚于结束",
        ),
    ],
    fix=_whole_year,
)
def period_has_two_dates(table: Table) -> Hits:
    """项目期不是起止日期"""
    if not table.dialect.has_period:
        return
    period, where = table.form.project.period, Field("project.period")
    if not period.start or not period.end:
        shown = f"“{period.text}”" if period.text else "空着"
        yield Hit(where, f"项目期{shown}，没有起止日期；请写开始和结束的年月日：____", quote=period.text or "")
    elif period.start > period.end:
        said = f"项目期开始（{period.start}）晚于结束（{period.end}），请核对"
        yield Hit(where, said, quote=period.text or period.start)


@rule(
    "F14",
    level="warn",
    cite=["zhengzhou-goal#4.2", "ccp-2018-34#5", "henan-2022-4#5", "mof-2015-88#whole"],
    passes=[
        example(generation="2015"),
        example(
            generation="2015",
            project={"period": {"text": "2025-2027", "start": "2025-01-01", "end": "2027-12-31"}},
            form={"goals": {"annual": {"text": "见年度目标。" * 6}, "overall": {"text": "三年内完成全部认证。"}}},
            text="跨年项目写了总目标",
        ),
    ],
    fails=[
        example(
            generation="2015",
            project={"period": {"text": "2025-2027", "start": "2025-01-01", "end": "2027-12-31"}},
            text="2025—2027年的项目没有总目标",
        )
    ],
    reads=("overall",),
)
def a_long_project_has_an_overall_goal(table: Table) -> Hits:
    """跨年项目缺实施期总目标"""
    if not table.dialect.has_overall_goal:
        return
    period, goals = table.form.project.period, table.form.goals
    overall = goals.overall.text if goals.overall else None
    years = {date[:4] for date in (period.start, period.end) if date}
    where = Field("goals.overall.text")
    if len(years) > 1 and not overall:
        said = f"项目期跨{'—'.join(sorted(years))}年，没有写实施期总目标；请补上全部完成时达到什么：____"
        yield Hit(where, said)
    elif len(years) == 1 and overall and overall == goals.annual.text:
        yield Hit(where, "一年期项目的总目标与年度目标完全相同，总目标可以不写", quote=overall[:40], level="advice")


@rule(
    "F16",
    level="advice",
    cite=["mof-2023-95#6", "mof-2023-95#8", "tool#practice"],
    passes=[
        example(project={"category": "其他运转类", "attribute": "延续项目"}, text="类别：其他运转类；属性：延续项目"),
        example(),
    ],
    fails=[
        example(project={"attribute": "运转类其他项目"}, text="项目属性：运转类其他项目"),
        example(project={"category": "新增项目", "attribute": "延续项目"}, text="项目类别：新增项目"),
    ],
    despite_doubt=True,
)
def category_and_attribute_are_two_things(table: Table) -> Hits:
    """属性栏与类别栏混填"""
    project = table.form.project
    category, attribute = project.category or "", project.attribute or ""
    if _CATEGORY.search(attribute):
        said = f"项目属性填的是类别“{attribute}”；属性请写新增或延续：____，类别另填"
        yield Hit(Field("project.attribute"), said, quote=attribute)
    elif category and not attribute and category not in CATEGORY:
        said = f"“{category}”不是规范的项目类别（{'、'.join(sorted(CATEGORY))}），属性（新增或延续）也没有填：____"
        yield Hit(Field("project.category"), said, quote=category)
    if category and _ATTRIBUTE.search(category) and not _CATEGORY.search(category):
        said = f"项目类别填的是属性“{category}”；类别请从 {'、'.join(sorted(CATEGORY))} 中选"
        yield Hit(Field("project.category"), said, quote=category)
