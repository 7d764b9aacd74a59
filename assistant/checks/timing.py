"""T: do the deadlines lie inside the project period, and are there any?"""

from __future__ import annotations

import re

from assistant.checks.examples import example
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Row, Table

_FULL = re.compile(r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$")
_LIMIT_IN_NAME = re.compile(
    r"\d+个?(?:工作)?(?:日|天|小时|分钟|个?月)|[半一二三四五六七八九十两]+(?:个工作)?(?:日|天|小时|分钟)|"
    r"每[月季周日天年旬]|每学[期年]|按[月季周日旬]|合同约定|法定|审限|规定(?:时限|时间|期限)|月\d+日前|\d日前|当[日月]|汛期|期内|限内"
)
_WHOLE_TIME = re.compile("时间|时点|日期|时限|期限|工期|周期|频次|频率|时长|进度|节点|用时|耗时|天数|月份|响应|速度")
_YEAR_END = re.compile(r"年底|年末|12月底|12月末|12月31日")
_MONTH_AND_DAY = re.compile(r"(?:年|^|[^\d个])(\d{1,2})月(?:(\d{1,2})[日号])?")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_COARSE = re.compile(r"^(?:20\d\d年)?(?:年底|年末)(?:前|完成|之前|以前)?$|^按时$|^按期$|^全年$|^当年$|^年内$")


@rule(
    "T01",
    level="error",
    cite=["tool#practice"],
    passes=[
        example("认证完成时间", "2026年11月30日前", level2="时效指标"),
        example("待遇发放时间", "每月15日前", level2="时效指标"),
        example(
            "全部竣工时间",
            "2027年6月30日前",
            level2="时效指标",
            project={"period": {"text": "2026-2027", "start": "2026-01-01", "end": "2027-12-31"}},
        ),
    ],
    fails=[
        example("认证完成时间", "2027年6月30日前", level2="时效指标"),
        example("认证完成时间", "2025年12月", level2="时效指标"),
        example("认证完成时间", "2026年2月30日前", level2="时效指标"),
    ],
    reads=("value",),
)
def deadline_lies_in_the_period(table: Table) -> Hits:
    """时限早于或晚于项目期"""
    for row in table.rows:
        if _no_such_day(row.raw):
            yield Hit(row, f"“{row.raw}”没有这一天；请核对日期", quote=row.raw)
    period, year = table.form.project.period, table.form.fiscal_year
    start = period.start or (f"{year}-01-01" if year else None)
    end = period.end or (f"{year}-12-31" if year else None)
    if start is None or end is None or start > end:
        return
    for row in table.rows:
        for date in _dates(row):
            if date + "-99" < start or date > end:
                said = f"“{row.raw}”不在项目期（{start} 至 {end}）内，像是照抄旧表；请核对年份"
                yield Hit(row, said, quote=row.raw)
                break


def _no_such_day(raw: str) -> bool:
    """Tell whether a month or day of the calendar is named that there is not (13月, 2月30日)."""
    for month, day in _MONTH_AND_DAY.findall(raw):
        if not 1 <= int(month) <= 12 or (day and not 1 <= int(day) <= _LONGEST_MONTHS[int(month) - 1]):
            return True
    return False


def _dates(row: Row) -> list[str]:
    """The full dates of a row's own target, as ISO text with the precision they were written in."""
    value = row.value
    if value is None or value.kind != "date":
        return []
    return [date for date in (value.date, value.date_end) if date and _FULL.match(date)]


@rule(
    "T02",
    level="warn",
    cite=["mof-2021-101#2.2.3", "henan-2022-4#16"],
    passes=[
        example("每月15日前发放到账率", "≥98%", level2="时效指标"),
        example("工程按时完工率", "≥95%", level2="时效指标", more=[("时效指标", "全部完工时间", "2026年10月底前")]),
        example("业务办结时长", "≤5个工作日", level2="时效指标"),
    ],
    fails=[
        example("养老金发放及时率", "及时", level2="时效指标"),
        example("工程按时完工率", "≥95%", level2="时效指标"),
        example("认证完成时间", "年底前", level2="时效指标"),
    ],
    reads=("value",),
)
def timeliness_has_a_point_in_time(table: Table) -> Hits:
    """时效没有具体时间点"""
    rows = list(table.of("时效指标"))
    if not rows:
        return  # F07 says it
    coarse = [row for row in rows if _COARSE.match(row.raw)]
    for row in coarse:
        said = f"“{row.raw}”太粗，请细化到月或日：____"
        yield Hit(row, said, quote=row.raw, level="advice")
    if coarse or any(_timed(row) for row in rows):
        return
    first = rows[0]
    rates = all(row.value is not None and row.family == "比率" for row in rows)
    if rates:
        said = f"“{first.indicator.name}”是比率，全表没有整体完成时间；建议写完成的月、日，或每月、每季几日前：____"
        yield Hit(first, said, quote=first.indicator.name, level="advice")
    else:
        said = f"“{first.indicator.name}｜{first.raw}”没有说到什么时候；请写完成日期、周期或时限：____"
        yield Hit(first, said, quote=first.indicator.name)


def _timed(row: Row) -> bool:
    value = row.value
    if value is None:
        return False
    if value.kind == "date" or value.recurrence is not None or row.family == "时长":
        return True
    if re.search("/(?:年|月|季|周|日|天|小时|学期|旬)", value.unit or "") or _LIMIT_IN_NAME.search(row.name):
        return True
    if _LIMIT_IN_NAME.search(row.raw) or re.search(r"\d+\s*月|月底|季度末|20\d\d年", row.raw):
        return True
    return value.kind == "number" and row.family != "比率" and bool(_WHOLE_TIME.search(row.name))


@rule(
    "T03",
    level="advice",
    cite=["mof-2021-101#2.2.3", "tool#default"],
    passes=[
        example(
            "认证完成时间",
            "2026年12月31日前",
            level2="时效指标",
            more=[("时效指标", "宣传完成时间", "2026年9月30日前")],
        ),
        example("认证完成时间", "2026年12月31日前", level2="时效指标"),
    ],
    fails=[
        example(
            "认证完成时间", "2026年12月31日前", level2="时效指标", more=[("时效指标", "宣传完成时间", "2026年底前")]
        )
    ],
    reads=("value",),
)
def deadlines_are_spread(table: Table) -> Hits:
    """年底一刀切"""
    rows = [row for row in table.of("时效指标") if row.value is not None]
    if len(rows) > 1 and all(_at_year_end(row) for row in rows):
        said = f"{len(rows)} 条时效指标都是年底；有关键节点的建议分季度或分阶段写"
        yield Hit(Field("indicators"), said, quote=rows[0].raw)


def _at_year_end(row: Row) -> bool:
    if _YEAR_END.search(row.raw):
        return True
    return any(date.endswith(("-12-31", "-12")) for date in _dates(row))
