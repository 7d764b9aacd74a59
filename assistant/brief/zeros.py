"""Targets of nothing: 不发生重大森林火灾, 无人员伤亡, 零事故 – the zero stands in words, not in digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.brief.facts import Fact
from assistant.brief.labels import strip_lead
from assistant.values import parse_value

_NONE = re.compile(
    r"(?:不(?:得)?(?:再)?(?:发生|出现)|杜绝|无|实现无)(?P<a>[\u4e00-\u9fff]{0,18}?(?:火灾|事故|伤亡|投诉|事件|案件|疫情|差错))"
    r"|(?P<b>[\u4e00-\u9fff]{2,10}?(?:火灾|事故|伤亡|投诉|事件|案件|疫情|差错))(?:发生数)?(?:为零|为0(?![.\d])|零发生|零增长)"
)
_UNITS = {"伤亡": "人"}


def zero_facts(text: str) -> Iterator[Fact]:
    """One fact a thing that is not to happen, with the words that say so as its quote."""
    for found in _NONE.finditer(text):
        thing = found["a"] or found["b"]
        thing = strip_lead(thing.rpartition("的")[2])
        if len(thing) < 2:
            continue
        unit = next((unit for word, unit in _UNITS.items() if thing.endswith(word)), "起")
        yield Fact(
            id="",
            kind="quantity",
            label=f"{thing}{'人数' if unit == '人' else '起数'}",
            value=parse_value(f"=0{unit}"),
            quote=found[0],
            start=found.start(),
            end=found.end(),
        )
