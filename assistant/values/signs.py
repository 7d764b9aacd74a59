"""The sign of a value: ≥ ≤ = > < as characters, as words before it (不低于) and as words after it (以上).

以上, 以下, 以内 include the number itself (民法典第一千二百五十九条). 约 and 左右 are no sign.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import get_args

from assistant.values.units import EACH
from assistant.values.value import Operator

_LESS, _MORE = "低于|少于|小于|不足|不到|未满", "高于|大于|多于|超过|超出|突破"
_NOT = "(?:不|未|不得|不能|不应|不可|不宜|不会|不要|没有|无)"
_OR_EQUAL = "或?者?等于"
WORDS_BEFORE: dict[Operator, str] = {
    "≥": rf"{_NOT}(?:低于|少于|小于|下于)|(?:高于|大于|多于){_OR_EQUAL}|达到或者?超过|至少|最少|起码",
    "≤": rf"{_NOT}(?:{_MORE})|不超|(?:低于|少于|小于){_OR_EQUAL}|至多|最多|控制在|控制到|控制为",
    "=": "(?<!不)等于",
    ">": _MORE,
    "<": _LESS,
}
WORDS_AFTER: dict[Operator, str] = {
    "≥": "及其?以上|或者?以上|以上",
    "≤": r"及其?以下|或者?以下|以下|之内|以内|范围内|内(?![部外容涵])",
}
# Not the end of 节约, 预约, 附近
_APPROXIMATE = "大约|大概|(?<![节集条签预违履邀契公])约为?|将近|接近|(?<![附最邻临])近"
_GROUPS: dict[str, Operator] = {"ge": "≥", "le": "≤", "eq": "=", "gt": ">", "lt": "<"}

_BEFORE = re.compile(
    "(?:"
    + "|".join(f"(?P<{name}>{WORDS_BEFORE[operator]})" for name, operator in _GROUPS.items())
    + rf"|(?P<sign>[≥≤=<>])|(?P<approximate>{_APPROXIMATE})|(?P<each>{EACH.pattern}))[ :]*\Z"
)
_AFTER = re.compile(
    " *(?:"
    + "|".join(f"(?P<{name}>{WORDS_AFTER[operator]})" for name, operator in _GROUPS.items() if operator in WORDS_AFTER)
    + r"|(?P<approximate>左右)|之间|\((?:含|含本数)\))"
)
LEADING: dict[str, Operator] = {"至少": "≥", "最少": "≥", "起码": "≥", "至多": "≤", "最多": "≤"}
"""Words that open a clause and govern a number further on: 至少全年完成3次."""

SIGNS = frozenset("≥≤=<>")

# Longest run of words before a number, 不得低于每人每月约, with room to spare.
_WINDOW = 32


@dataclass(frozen=True)
class Sign:
    """What the words around one measure say about it, and where they begin and end."""

    start: int
    end: int
    operator: Operator | None = None
    explicit: bool = False
    approximate: bool = False
    each: str = ""


def read_sign(text: str, start: int, end: int, floor: int = 0) -> Sign:
    """Read the sign words directly around `text[start:end]`, not going back beyond `floor`."""
    operator: Operator | None = None
    explicit, approximate, each = False, False, ""
    while found := _BEFORE.search(text, max(floor, start - _WINDOW), start):
        here = _operator_in(found)
        if here and operator and here != operator:
            break
        operator, explicit = operator or here, explicit or bool(found["sign"])
        approximate, each = approximate or bool(found["approximate"]), (found["each"] or "") + each
        start = found.start()
    # 控制在95%以上: the closing word decides.
    loose = text.startswith("控制", start)
    while found := _AFTER.match(text, end):
        here = _operator_in(found)
        if here and operator and not loose and not _agree(operator, here):
            break
        operator = here if here and (loose or not operator) else operator
        approximate = approximate or bool(found["approximate"])
        end = found.end()
    return Sign(start, end, operator, explicit, approximate, each)


def _operator_in(found: re.Match[str]) -> Operator | None:
    words = found.groupdict()
    if words.get("sign"):
        return next(operator for operator in get_args(Operator) if operator == words["sign"])
    return next((operator for name, operator in _GROUPS.items() if words.get(name)), None)


def _agree(before: Operator, after: Operator) -> bool:
    return before in {"≥": "≥>", "≤": "≤<"}[after]
