"""Dates as a spreadsheet shows them: days since 1900 (or 1904) in a format such as yyyy"年"m"月"d"日"."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hmsHMS]+\])[^\]]*\]', re.DOTALL)
_PART = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[(?P<elapsed>[hms]+)\]|\[[^\]]*\]'
    r"|(?P<half>AM/PM|A/P|上午/下午)|(?P<part>y+|e+|m+|d+|h+|s+|aaaa?)|(?P<fraction>\.0+)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_LAST_DAY = 2_958_465  # 9999-12-31
_WEEKDAYS = "一二三四五六日"
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_SECONDS = {"h": 3600, "m": 60, "s": 1}


def is_date_format(code: str) -> bool:
    """Tell whether a format shows a date or time: letters of dates outside literal text."""
    plain = re.sub("general|g/通用格式", "", _LITERAL.sub("", code), flags=re.IGNORECASE)
    return bool(re.search(r"[ymdhs]|aaa|(?<![0#?.])e(?![+-])", plain, re.IGNORECASE)) and "@" not in plain


def shown_date(value: Decimal, code: str, *, epoch_1904: bool = False) -> str:
    """A day number in a date format; empty when the number is no date."""
    if not 0 <= value <= _LAST_DAY:
        return ""
    moment = _moment(value, epoch_1904=epoch_1904)
    parts = list(_PART.finditer(code.rstrip(";@").rstrip(";")))
    halves = any(one["half"] for one in parts)
    return "".join(_shown(parts, at, moment, value, halves=halves) for at in range(len(parts))).strip()


def _moment(value: Decimal, *, epoch_1904: bool) -> datetime:
    seconds = round(float(value % 1) * 86400)
    days = int(value)
    if epoch_1904:
        return datetime(1904, 1, 1) + timedelta(days=min(days, _LAST_DAY - 1462), seconds=seconds)
    # Day 60 is 29 February 1900, which never was: the days before it lie one later.
    start = datetime(1899, 12, 30) if days >= 60 else datetime(1899, 12, 31)
    return start + timedelta(days=min(days, _LAST_DAY - 1), seconds=seconds)


def _shown(parts: list[re.Match[str]], at: int, moment: datetime, value: Decimal, *, halves: bool) -> str:
    one = parts[at]
    if one["quoted"] is not None or one["escaped"] is not None:
        return one["quoted"] or one["escaped"] or ""
    if one["elapsed"]:
        return str(int(value * 86400) // _SECONDS[one["elapsed"][0].lower()])
    if one["half"]:
        return ("上午" if moment.hour < 12 else "下午") if "午" in one["half"] else ("AM" if moment.hour < 12 else "PM")
    if one["part"]:
        letters = one["part"].lower()
        if letters[0] == "m" and len(letters) <= 2 and _is_minutes(parts, at):
            return f"{moment.minute:0{len(letters)}d}"
        return _field(letters, moment, halves=halves)
    if one["fraction"]:
        return "." + "0" * (len(one["fraction"]) - 1)
    return one["other"] or ""


def _is_minutes(parts: list[re.Match[str]], at: int) -> bool:
    """An m is minutes right after hours or right before seconds, else a month."""

    def beside(step: int) -> str:
        place = at + step
        while 0 <= place < len(parts):
            found = parts[place]["part"] or parts[place]["elapsed"]
            if found:
                return found[0].lower()
            place += step
        return ""

    return beside(-1) == "h" or beside(1) == "s"


def _field(letters: str, moment: datetime, *, halves: bool) -> str:
    size = len(letters)
    match letters[0]:
        case "y":
            return f"{moment.year % 100:02d}" if size <= 2 else str(moment.year)
        case "e":
            return str(moment.year)
        case "m":
            return f"{moment.month:0{size}d}" if size <= 2 else _MONTHS[moment.month - 1]
        case "d":
            return f"{moment.day:0{size}d}" if size <= 2 else f"星期{_WEEKDAYS[moment.weekday()]}"
        case "a":
            weekday = _WEEKDAYS[moment.weekday()]
            return weekday if size == 3 else f"星期{weekday}"
        case "h":
            return f"{(moment.hour - 1) % 12 + 1 if halves else moment.hour:0{min(size, 2)}d}"
        case _:
            return f"{moment.second:0{min(size, 2)}d}"
