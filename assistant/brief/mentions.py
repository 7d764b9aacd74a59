"""The numbers of a description that state something, each with the words of its clause before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.brief.labels import has_tail, strip_reach
from assistant.brief.words import DURATION_UNITS
from assistant.values import NumberSpan, find_values

_STOP = re.compile(r"[，,。；;、：:！!？?\n\r（）()《》]")

_SENTENCE = re.compile(r"[。；;！!？?\n\r]")

_CLAUSE_OPENING = re.compile(r"[，,。；;：:！!？?\n\r（）()《》]")

_LIST_NUMBERS = re.compile(r"((?:^|[。；;，,：:\n\r]))\s*(?:\d{1,2}[.．、](?=\D|\d+[A-Za-z])|[（(]\d{1,2}[）)])")

CLAUSE_MARK = re.compile(r"[，,。；;！!？?\n\r]|(?<!\d)[：:]|[：:](?!\d)")
"""What ends a clause, and thereby the words that speak of one number."""

_FROM, _TO = (
    re.compile(r"[由从][^，。；\d]{0,8}$"),
    re.compile(r"(提高|提升|增加|增长|上升|下降|降低|减少|压减|压降|扩大)[到至为]"),
)

_RATIO = re.compile(r"\d\s*[:：×xX*]\s*\d")
"""7×24小时 and 8:2 are no amounts."""
_ALL_DAY = re.compile(r"自助|值班|值守|不间断|不打烊|在线|监控|监测|监护|看护|运行|运转|开放|服务|营业|便民|热线|供")
"""What 24小时 says how long something is open, not how fast: 24小时自助服务区."""
_ASPECTS = re.compile(r"(维度|方面|层面|环节|角度|层级)(?!工程)")
"""从四个维度开展: how the work is divided, not how much of it there is."""
_NOT_TARGETS = frozenset({"岁", "周岁", "年级", "年期", "届", "次全会", "学期"})
"""Units of ages and ordinals: they describe whom or what, they are no target."""


@dataclass(frozen=True)
class Mention:
    """A number in the text with the words before and after it in its clause."""

    span: NumberSpan
    before: str
    after: str
    start: int
    sentence: int


def clause_start(text: str, before: int) -> int:
    """Where the clause begins that ends at, or holds, the place `before`."""
    return max((match.end() for match in CLAUSE_MARK.finditer(text, 0, max(before, 0))), default=0)


def mentions(text: str) -> Iterator[Mention]:
    """Every target number of a text, in order."""
    spans = targets(text)
    for index, span in enumerate(spans):
        floor = spans[index - 1].end if index else 0
        ceiling = spans[index + 1].start if index + 1 < len(spans) else len(text)
        # 、 parts numbers from each other (1座、消防水池1座) but joins the words of one thing (独居、空巢老人).
        parts = [match.end() for match in _CLAUSE_OPENING.finditer(text, floor, span.start)]
        start = parts[-1] if parts else floor
        if not parts and index and text[floor : span.start].startswith("、"):
            start = floor + 1
        listed = text[start : span.start].split("、")
        if any(has_tail(member.strip()) for member in listed[:-1]):
            start = span.start - len(listed[-1])
        stop = _STOP.search(text, _past_remark(text, span.end), ceiling)
        after = text[span.end : stop.start() if stop else ceiling]
        yield Mention(span, text[start : span.start], after, start, len(_SENTENCE.findall(text, 0, span.start)))


def _past_remark(text: str, at: int) -> int:
    """1000名脱贫（监测）人口: a short remark in brackets belongs to the thing."""
    remark = re.match(r"[\u4e00-\u9fff]{1,8}（[\u4e00-\u9fff、]{1,6}）", text[at : at + 20])
    return at + remark.end() if remark else at


def targets(text: str) -> list[NumberSpan]:
    """The numbers that state something, without those that only belong to a name or tell when and whence.

    1250KVA变压器 is a thing, 森林火灾24小时扑灭率 a rate, 60周岁 an age, 三年累计造林4.5万亩 a period,
    由41.2%提高到43% starts from 41.2%, 县委十三届八次全会 is policy: the number stays in the words around it.
    """
    spans = [_per_time_apart(span) for span in find_values(without_list_numbers(text))]
    kept = []
    for index, span in enumerate(spans):
        following = spans[index + 1] if index + 1 < len(spans) else None
        between = text[span.end : following.start] if following is not None else ""
        same_clause = following is not None and not _STOP.search(between)
        belongs_to_words = (
            _names_a_rate(span, following, between, same_clause)
            or _only_a_period(text, span, same_clause)
            or (same_clause and bool(_FROM.search(text[: span.start])) and bool(_TO.match(between)))
            or _is_model(span, text)
            or (same_clause and _tells_where(span, text))
            or span.unit in _NOT_TARGETS
            or _is_ratio(text, span)
            or text[span.end : span.end + 1] == "岁"
            or _is_policy(text, span)
            or _is_all_day(text, span)
            or _ASPECTS.match(text, span.end) is not None
        )
        if not belongs_to_words:
            kept.append(span)
    return kept


def _tells_where(span: NumberSpan, text: str) -> bool:
    """在3个乡镇12个村改厕420户: places, not what is done."""
    if re.match(r"(行政|自然|中心)?(乡镇|镇|乡|村|街道|社区|县|市|区)", text[span.end :]) is None:
        return False
    return re.search(r"[于在](\d+个[乡镇村街道社区县市]{1,4}的?)*$", text[: span.start]) is not None


def _is_ratio(text: str, span: NumberSpan) -> bool:
    """1:100, 7×24: either number of a ratio or product."""
    around = _RATIO.finditer(text, max(0, span.start - 4), span.end + 4)
    return any(found.start() < span.end and span.start < found.end() for found in around)


def _is_model(span: NumberSpan, text: str) -> bool:
    """64排CT and 1250KVA变压器 name a thing; 存储500TB states how much."""
    unit, behind = span.unit or "", text[span.end : span.end + 2]
    if re.fullmatch(r"[A-Za-z]{2,4}", unit):
        return re.match(r"[A-Za-z\u4e00-\u9fff]", behind) is not None
    if unit in ("车", "户", "孔") and behind[:1] in ("道", "型", "径"):  # 双向4车道
        return True
    return re.match(r"[排级号型代核寸]?[A-Za-z]", unit + behind) is not None


def _per_time_apart(span: NumberSpan) -> NumberSpan:
    """村支书215人每月3000元: 每月 belongs to the money that follows, not to the people."""
    found = re.search(r"每(月|年|天|日|季度)$", span.text)
    base = (span.unit or "").partition("/")[0]
    if found is None or base.endswith(("元", "次", "场", "期", "批")):
        return span
    cut = len(found[0])
    return replace(span, text=span.text[:-cut], end=span.end - cut, unit=(span.unit or "").rpartition("/")[0])


def without_list_numbers(text: str) -> str:
    """The text with 1. 2、 （3） at the head of an item blanked out, all places kept."""
    return _LIST_NUMBERS.sub(lambda match: match[1] + " " * (len(match[0]) - len(match[1])), text)


def states_something(text: str, span: NumberSpan) -> bool:
    """Whether a number could be a target at all: no age, no bare year or span of time, nothing a project follows."""
    if span.kind == "date" or span.unit in (*_NOT_TARGETS, "年") or text[span.end : span.end + 1] == "岁":
        return False
    return not _is_policy(text, span) and not _is_all_day(text, span)


def _is_all_day(text: str, span: NumberSpan) -> bool:
    return span.number == 24 and span.unit == "小时" and _ALL_DAY.match(text, span.end) is not None


def _names_a_rate(span: NumberSpan, following: NumberSpan | None, between: str, same_clause: bool) -> bool:
    return (
        same_clause
        and following is not None
        and span.unit in (*DURATION_UNITS, "年")
        and following.unit in ("%", "‰")
        and has_tail(strip_reach(between))
    )


def _only_a_period(text: str, span: NumberSpan, same_clause: bool) -> bool:
    """三年累计…, 连续五年…: a span of years before another number says over which time, not how much."""
    if span.unit != "年" or span.operator is not None or text.startswith("一遇", span.end):
        return False
    running = re.search(r"(连续|近|每|未来|今后|以来)$", text[: span.start])
    return same_clause or running is not None or text.startswith(("累计", "行动", "内"), span.end)


def _is_policy(text: str, span: NumberSpan) -> bool:
    """Numbers in what a project follows (按照…, 根据…, “五个一”) are no targets; a standard to pay by is."""
    quoted = re.search(r"“[^”]{0,6}$", text[max(0, span.start - 8) : span.start])
    if quoted and "”" in text[span.end : span.end + 6]:
        return True
    opening = max((match.end() for match in _CLAUSE_OPENING.finditer(text, 0, span.start)), default=0)
    clause = text[opening : span.end + 12]
    follows = re.match(r"\s*(按照|根据|依据|贯彻|落实|围绕|为深入|深入贯彻|认真落实|坚持|学习)", clause)
    return follows is not None and "元" not in (span.unit or "") and not re.search(r"标准|万分", clause)
