"""Dates and deadlines: 2022年12月31日前, 2022年底, 12月底, 每月15日前, 1-12月, 第三季度.

ISO 8601 with the precision that was stated, and no day invented: 底, 末 and 旬 leave the month as it is, 年底 is
December. 底前 and 内 make a deadline that includes what is named (≤), 前 alone one that ends before it (<) unless it is
a day; 起 and 后 make a start (≥).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date as calendar_date

from assistant.values.numerals import chinese_number
from assistant.values.value import Operator, Recurrence

_N = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = "(?:(?:19|20)[0-9]{2}|[一二][〇零九][〇零一二三四五六七八九]{2})"
_Y = rf"(?:(?P<y>{_YEAR}) *年度? *)"
DASH = r" *(?:-|~|至|到)+ *"

_POINTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<y>(?:19|20)[0-9]{2})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})(?![0-9]|(?P=s)[0-9]{1,2}(?![0-9]))",
        r"(?P<y>(?:19|20)[0-9]{2})[-/](?P<m>0?[1-9]|1[0-2])(?![0-9]|[-/.][0-9]|月)",
        rf"{_Y}?(?P<m>{_N}) *月(?![龄嫂饼供])(?: *(?P<d>{_N}) *[日号])?",
        rf"{_Y}?(?P<span>第? *[一二三四1-4] *个?季度|[上下]半年)",
        rf"(?P<y>{_YEAR}) *年(?: *年?(?P<december>[底末终])|全年|(?P<within>内)|度)?",
        rf"(?P<d>{_N}) *[日号]",
    )
)
# The first end of a range may lack its own 年, 月 or 日.
_RANGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<y>{_YEAR}) *年?{DASH}(?P<y2>{_YEAR}) *年(?! *{_N} *月)",
        rf"{_Y}?(?P<m>{_N}) *月?{DASH}(?P<m2>{_N}) *月(?:份|底|末)?(?! *{_N} *[日号])",
        rf"{_Y}?(?P<m>{_N}) *月 *(?P<d>{_N}) *[日号]?{DASH}(?P<d2>{_N}) *[日号]",
    )
)
_DAYS = re.compile(rf"(?P<d>{_N}) *[日号]?{DASH}(?P<d2>{_N}) *[日号]")
_DASH = re.compile(DASH)
_PART_OF_MONTH = re.compile(r" *(?:[底末初]|[上中下]旬|份|(?P<within>内(?![部外容涵])))")
_ENDS = frozenset({"底", "末", "下旬"})
_CLOSING = re.compile(
    r" *(?:(?P<deadline>之前|以前|前(?![期景提列0-9一二三四五六七八九十]))|(?P<opening>以后|之后|起(?![草来]))|止)"
)
_BEFORE = re.compile(r"(?:每个?(?P<each>月|年)|(?P<next>次月|当月|本月)|当年|本年度?|今年)[的度]? *\Z")

_EACH: dict[str, Recurrence] = {
    **{"年": "year", "季度": "quarter", "季": "quarter", "月": "month"},
    **{"周": "week", "天": "day", "日": "day"},
}
_SPANS = {"上半年": (1, 6), "下半年": (7, 12), **{f"{n}季度": (3 * i + 1, 3 * i + 3) for i, n in enumerate("一二三四")}}
_WORDS = tuple(
    (re.compile(pattern), first, last)
    for pattern, first, last in (
        (r"每个?(?P<each>月|季度|季|年|周|天|日)(?:[底末]?(?P<deadline>之前|以前|前)|[底末])?(?=[ 。]*\Z)", None, None),
        (r"[当本今]?年年?[底末终](?P<deadline>之前|以前|前)?", "--12", None),
        (r"[当本今]?年(?P<deadline>内)", "--12", None),
        (r"全年(?=[ 。]*\Z)", "--01", "--12"),
    )
)


@dataclass(frozen=True)
class DateRead:
    """A date found in a plain text, with what its words say."""

    start: int
    end: int
    date: str | None
    date_end: str | None = None
    operator: Operator | None = None
    recurrence: Recurrence | None = None


@dataclass(frozen=True)
class _Point:
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_month: int | None = None
    within: bool = False
    to_the_end: bool = False
    """年底, 12月31日: a deadline there lies at the end of what is named."""

    def iso(self) -> str | None:
        return iso_date(self.year, self.month, self.day)


def read_date(text: str, at: int, *, floor: int = 0, signed: bool = False) -> DateRead | None:
    """Read a date or a range of dates at a place of a plain text; 每月 may stand before it, not before `floor`.

    `signed`: a sign stands before it, so that 12月 alone is twelve months and no date.
    """
    before = _BEFORE.search(text, max(floor, at - 6), at)
    start = before.start() if before else at
    recurrence: Recurrence | None = None
    if before:
        recurrence = _EACH[before["each"]] if before["each"] else "month" if before["next"] else None
    if span := _read_span(text, at, monthly=recurrence == "month"):
        end, first, last = span
        return DateRead(start, end, first, last, recurrence=recurrence)
    point = _read_point(text, at)
    return None if point is None else _read_around(text, point, start, recurrence, signed=signed and not before)


def read_date_words(cell: str) -> DateRead | None:
    """Read words that begin a cell and name a time without any number: 年底前, 全年, 每季度."""
    for pattern, first, last in _WORDS:
        if found := pattern.match(cell):
            words = found.groupdict()
            recurrence = _EACH[words["each"]] if words.get("each") else None
            return DateRead(0, found.end(), first, last, "≤" if words.get("deadline") else None, recurrence)
    return None


def iso_date(year: int | None, month: int | None, day: int | None) -> str | None:
    """Join the stated parts of a date in ISO 8601 (--12-31 without a year); None if the calendar has no such date."""
    try:
        # 2000 is a leap year: 2月29日 without a year exists.
        calendar_date(year or 2000, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        return None
    if month is None and day is not None:
        return f"---{day:02}"
    return (f"{year:04}" if year else "-") + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")


def _read_around(
    text: str, point: _Point, start: int, recurrence: Recurrence | None, *, signed: bool
) -> DateRead | None:
    end, operator = _read_closing(text, point)
    if point.month is None and point.year is None and not (recurrence == "month" or operator == "≤"):
        return None  # 15日 alone counts days
    alone = end == point.end and point.year is None and point.day is None and point.last_month is None
    if signed and alone:
        return None
    if point.last_month is None:
        return DateRead(start, end, point.iso(), None, operator, recurrence)
    last_date = iso_date(point.year, point.last_month, None)
    if operator:
        return DateRead(start, end, last_date, None, operator, recurrence)
    return DateRead(start, end, point.iso(), last_date, None, recurrence)


def _read_point(text: str, at: int) -> _Point | None:
    for pattern in _POINTS:
        found = pattern.match(text, at)
        if found is None:
            continue
        words = found.groupdict()
        year, month, day = (_integer(words.get(name)) for name in "ymd")
        point = _Point(found.end(), year, month, day, within=bool(words.get("within")))
        if words.get("december"):
            point = replace(point, month=12, to_the_end=True)
        if span := words.get("span"):
            first, last = _SPANS[_span_name(span)]
            point = replace(point, month=first, last_month=last)
        return point if point.iso() else None
    return None


def _read_span(text: str, at: int, *, monthly: bool) -> tuple[int, str, str] | None:
    for pattern in (*_RANGES, _DAYS) if monthly else _RANGES:
        if found := pattern.match(text, at):
            words = found.groupdict()
            year, month, day = (_integer(words.get(name)) for name in "ymd")
            year2, month2, day2 = (_integer(words.get(f"{name}2")) for name in "ymd")
            return _ordered(found.end(), iso_date(year, month, day), iso_date(year2 or year, month2 or month, day2))
    first = _read_point(text, at)
    dash = _DASH.match(text, first.end) if first and first.last_month is None else None
    last = _read_point(text, dash.end()) if dash else None
    if first is None or last is None or last.last_month is not None:
        return None
    last = replace(last, year=last.year or first.year, month=last.month or first.month)
    return _ordered(last.end, first.iso(), last.iso())


def _ordered(end: int, first: str | None, last: str | None) -> tuple[int, str, str] | None:
    return (end, first, last) if first and last and len(first) == len(last) and first < last else None


def _read_closing(text: str, point: _Point) -> tuple[int, Operator | None]:
    """Where a date ends, and its sign: 12月底前, 12月31日前 include that time (≤), 12月前, 2022年前 do not (<)."""
    end, to_the_end = point.end, point.to_the_end or point.day is not None or point.last_month is not None
    within = point.within
    part = _PART_OF_MONTH.match(text, end) if point.month and not point.day else None
    if part:
        end, within = part.end(), within or bool(part["within"])
        to_the_end = to_the_end or part[0].strip() in _ENDS
    closing = _CLOSING.match(text, end)
    if closing is None:
        return end, "≤" if within else None
    if closing["deadline"]:
        return closing.end(), "≤" if to_the_end or within else "<"
    return closing.end(), "≤" if within else "≥" if closing["opening"] else None


def _span_name(words: str) -> str:
    return words.lstrip("第 ").replace("个", "").replace(" ", "").translate(str.maketrans("1234", "一二三四"))


def _integer(words: str | None) -> int | None:
    if words is None:
        return None
    if words[0] in "0123456789":
        return int(words)
    if "十" not in words:  # 二〇二二 is spelt digit by digit
        return int("".join(str(chinese_number(word)) for word in words))
    return int(chinese_number(words) or 0)  # 十十 becomes 0, which no calendar has
