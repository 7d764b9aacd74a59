"""The numbers of a description that state something, each with the words of its clause before and after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.brief.labels import has_tail, strip_reach
from assistant.brief.words import DURATION_UNITS
from assistant.values import NumberSpan, find_values

_STOP = re.compile(r"[，,。；;、：:！!？?\n\r（）()《》]")

_SENTENCE = re.compile(r"[。；;！!？?\n\r]")

_CLAUSE_OPENING = re.compile(r"[，,。；;：:！!？?\n\r（）()《》]")

_NOT_TARGETS = frozenset({"岁", "周岁", "年级", "年期"})
"""Units of ages and ordinals: they describe whom or what, they are no target."""


@dataclass(frozen=True)
class Mention:
    """A number in the text with the words before and after it in its clause."""

    span: NumberSpan
    before: str
    after: str
    start: int
    sentence: int


def mentions(text: str) -> Iterator[Mention]:
    """Every target number of a text, in order."""
    spans = targets(text)
    for index, span in enumerate(spans):
        floor = spans[index - 1].end if index else 0
        ceiling = spans[index + 1].start if index + 1 < len(spans) else len(text)
        # 、 parts numbers from each other (1座、消防水池1座) but joins the words of one thing (伤残、死亡家庭).
        parts = [match.end() for match in _CLAUSE_OPENING.finditer(text, floor, span.start)]
        start = parts[-1] if parts else floor
        if not parts and index and text[floor : span.start].startswith("、"):
            start = floor + 1
        listed = text[start : span.start].split("、")
        if any(has_tail(member.strip()) for member in listed[:-1]):
            start = span.start - len(listed[-1])
        stop = _STOP.search(text, span.end, ceiling)
        after = text[span.end : stop.start() if stop else ceiling]
        yield Mention(span, text[start : span.start], after, start, len(_SENTENCE.findall(text, 0, span.start)))


def targets(text: str) -> list[NumberSpan]:
    """The numbers that state something, without those that only belong to a name.

    1250KVA变压器 is a thing, 森林火灾24小时扑灭率 a rate, 60周岁 an age: the number stays in the words around it.
    """
    spans = find_values(text)
    kept = []
    for index, span in enumerate(spans):
        following = spans[index + 1] if index + 1 < len(spans) else None
        between = text[span.end : following.start] if following is not None else ""
        names_a_rate = (
            following is not None
            and span.unit in DURATION_UNITS
            and following.unit in ("%", "‰")
            and not _STOP.search(between)
            and has_tail(strip_reach(between))
        )
        model_number = re.match(r"[A-Za-z]", text[span.end : span.end + 1] or (span.unit or "")) is not None
        age = span.unit in _NOT_TARGETS or text[span.end : span.end + 1] == "岁"
        if not (names_a_rate or model_number or age):
            kept.append(span)
    return kept
