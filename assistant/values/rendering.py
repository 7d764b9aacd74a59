"""A `Value` written in its canonical form, so that reading it again gives an equivalent value."""

from __future__ import annotations

import re

from assistant.values.numerals import plain_number
from assistant.values.value import Recurrence, Value

BETWEEN_PARTS = "；"

_EACH: dict[Recurrence, str] = {"month": "每月", "quarter": "每季度", "year": "每年", "week": "每周", "day": "每天"}
_ISO = re.compile(r"(?P<y>\d{4}|-)(?:-(?P<m>\d\d)|-)?(?:-(?P<d>\d\d))?")
_NOTE = re.compile(r"(?P<name>.*?)(?P<note>\([^()]+\))", re.DOTALL)
# A date is followed by what is to be done by then: 2022年12月完成验收.
_DONE = re.compile("[前全基完到竣结发支拨兑验交投建开启实上提报达通下办正]")


def render(value: Value) -> str:
    """Write a value in canonical form: ≥3.8万人次, 30-320元, 2022年12月31日前, 1600人；200人."""
    if value.kind == "multiple":
        return BETWEEN_PARTS.join(render(part) for part in value.parts)
    if value.kind == "text":
        return value.text if value.text is not None else value.raw.strip()
    if value.kind == "date":
        return _dated(value)
    named = _NOTE.fullmatch(value.text or "")
    name, note = (named["name"], named["note"]) if named else (value.text or "", "")
    return name + _measured(value) + note


def _measured(value: Value) -> str:
    numbers = [plain_number(number) for number in (value.number, value.number_max) if number is not None]
    return ("约" if value.approximate else "") + (value.operator or "") + "-".join(numbers) + (value.unit or "")


def _dated(value: Value) -> str:
    ends = [date_words(date) for date in (value.date, value.date_end) if date]
    each = _EACH[value.recurrence] if value.recurrence else ""
    closing = _closing(value) if len(ends) < 2 else ""
    words = each + "-".join(ends) + closing
    sign = "" if closing else value.operator or ""
    text = value.text or ""
    whole = ("约" if value.approximate else "") + sign + words
    return whole + text if _DONE.match(text) else text + whole


def _closing(value: Value) -> str:
    """The words after a single date that carry its sign: 12月31日前, 12月底前, 2022年内, 12月前, 3月起."""
    date = value.date or ""
    has_day = bool(re.search(r"-\d\d-\d\d$|---\d\d$", date))
    if value.operator == "≤":
        return "前" if has_day else "内" if re.fullmatch(r"\d{4}", date) else "底前"
    if value.operator == "<" and not has_day and date:
        return "前"
    return "起" if value.operator == "≥" else ""


def date_words(date: str) -> str:
    """Write an ISO date in Chinese: 2022-12-31 → 2022年12月31日, --12 → 12月, ---15 → 15日."""
    found = _ISO.fullmatch(date)
    if found is None:
        return date
    units = (("y", "年"), ("m", "月"), ("d", "日"))
    return "".join(f"{int(found[part])}{unit}" for part, unit in units if (found[part] or "-") != "-")
