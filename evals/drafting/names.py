"""Whether two indicator names mean the same: a measure of characters, with a threshold calibrated on labelled pairs.

It shares nothing with the retrieval it judges: no embedding, no index. Two names are folded (brackets, numbering, words
that only say "of the project", spellings of one thing), then compared as sets of characters, by the mean of the overlap
coefficient and the Dice coefficient: half for the whole name, half for the thing measured. A name of nothing in
particular (群众满意度, 资金及时率) stands for any with the same measure, except for counts and money. Names that
measure different kinds of thing (a rate, a day, an amount …) are never the same. `labels/name_pairs.json` holds the
pairs the threshold was calibrated on.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

SAME = 0.60
"""Likeness from which two names count as the same indicator: the best F1 on the labelled pairs."""

_BRACKETS = re.compile(r"\(.*?\)")
_NUMBERING = re.compile(r"^(?:指标)?[\d①-⑳]{1,2}[.、::)]\s*(?=\D)")
_OF_THE_PROJECT = re.compile(r"年度|当年|全年|本年|项目|工程(?=竣工|验收|质量)")
# Spellings of one thing; whole groups of people come first, so that 受益群众 does not become 受益 + a shorter word.
_ONE_SPELLING = {
    "受益群众": "群众",
    "受益对象": "群众",
    "服务对象": "群众",
    "社会公众": "群众",
    "公众": "群众",
    "人民群众": "群众",
    "满意程度": "满意度",
    "满意率": "满意度",
    "知晓度": "知晓率",
    "及时性": "及时率",
    "准确性": "准确率",
    "抽验": "抽检",
    "敷设": "铺设",
    "参训": "培训",
    "受训": "培训",
    "拨付": "发放",
    "兑付": "发放",
    "支付": "发放",
    "下达": "发放",
    "按时": "及时",
    "按期": "及时",
}
_SPELLINGS = re.compile("|".join(sorted(_ONE_SPELLING, key=len, reverse=True)))

_MEASURES = {
    "satisfaction": re.compile(r"满意"),
    "rate": re.compile(r"(率|占比|比例|合格|程度|度|性)$"),
    "day": re.compile(r"(时间|时限|日期|期限|时长)$"),
    "money": re.compile(r"(成本|单价|造价|标准|费用|费|均价|额|支出|金额)$"),
    "years": re.compile(r"年限$"),
    "count": re.compile(r"(数|量|人次|面积|长度|里程|场次|批次|户|次|册|份)$"),
}
_TAIL = re.compile(
    r"(满意度|[合及准知覆完达][格时确晓盖成好标]率|率|完成时间|时间|时限|人均成本|单位成本|成本|单价|造价|补助标准|标准|"
    r"人数|人次|数量|面积|长度|里程|场次|批次|户数|次数|个数|台数|年限|数)$"
)
_OF_ONE_THING = frozenset({"count", "money"})
"""Measures of which a general name says nothing: 受益人数 is not 药品监管企业数, 成本 not 户均改造成本."""
_ANYTHING = frozenset("群众 资金 补助 补贴 补助资金 补贴资金 工程 项目 政策 任务 设备 设施 服务 工作 对象".split()) | {
    ""
}


@lru_cache(maxsize=50_000)
def folded(name: str) -> str:
    """A name without what does not change its meaning; never empty."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    text = _NUMBERING.sub("", _BRACKETS.sub("", text)) or text
    text = _SPELLINGS.sub(lambda found: _ONE_SPELLING[found[0]], text)
    return _OF_THE_PROJECT.sub("", text) or text


@lru_cache(maxsize=50_000)
def measure(name: str) -> str | None:
    """What kind of thing a name measures, by its ending; None when the ending does not tell."""
    text = folded(name)
    return next((kind for kind, ending in _MEASURES.items() if ending.search(text)), None)


def likeness(one: str, other: str) -> float:
    """0–1; 0 for names that measure different kinds of thing."""
    kind, other_kind = measure(one), measure(other)
    if kind and other_kind and kind != other_kind:
        return 0.0
    whole = _overlap(folded(one), folded(other))
    (thing, tail), (other_thing, other_tail) = _split(one), _split(other)
    if thing in _ANYTHING or other_thing in _ANYTHING:
        if measure(one) in _OF_ONE_THING and folded(one) != folded(other):
            return whole / 2
        return (whole + (1.0 if tail == other_tail else whole)) / 2
    return (whole + _overlap(thing, other_thing)) / 2


@lru_cache(maxsize=50_000)
def _split(name: str) -> tuple[str, str]:
    """The thing and what is measured of it; without a known measure all is thing."""
    text = folded(name)
    found = _TAIL.search(text)
    return (text[: found.start()], found[0]) if found else (text, "")


@lru_cache(maxsize=50_000)
def _characters(text: str) -> frozenset[str]:
    return frozenset(text)


def _overlap(one: str, other: str) -> float:
    """Mean of shared characters of the shorter (overlap coefficient) and of both (Dice)."""
    first, second = _characters(one), _characters(other)
    shared = len(first & second)
    return (shared / min(len(first), len(second)) + 2 * shared / (len(first) + len(second))) / 2
