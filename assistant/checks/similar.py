"""When two names mean nearly the same: two-character sequences, names without filler, pure insertions."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

_MARKS = re.compile(r"[\W_]+")
_CORE = re.compile(
    "(?:的|总|年度|全年|当年|年|本年)|(?:覆盖|完成|实际)?(?:总?人次数?|人数|户数|次数|场次|场数|期数|份数|册数|件数|个数|台数|套数|数量|面积|里程|长度|总量|数|率|比例|占比|标准|成本|单价|金额|时间)$"
)
# Words that widen or narrow a name without changing what is counted.
_MODIFIER = re.compile(
    "全区|全县|全市|全省|全民|全员|全部|城乡|居民|群众|本地|辖区|应|项目|实际|累计|总体|综合|整体|的|正常|基本|本项目|每日|每天|每月|每年|全年|年度"
)
_SYNONYM = (
    ("普及率", "覆盖率"),
    ("满意率", "满意度"),
    ("惠及", "受益"),
    ("频次", "次数"),
    ("了解率", "知晓率"),
    ("知晓度", "知晓率"),
    ("比例", "率"),
    ("占比", "率"),
    ("联网", "在线"),
    ("学生", "生"),
    ("场数", "场次"),
    ("人次数", "人次"),
    ("数量", "数"),
    ("家数", "数"),
    ("个数", "数"),
    ("户数", "数"),
    ("下降率", "降幅"),
    ("降低率", "降幅"),
    ("增长率", "增幅"),
)


def bigrams(text: str) -> frozenset[str]:
    """The two-character sequences of each run of letters and digits."""
    return _kept_bigrams(text) if len(text) <= _NAME_LENGTH else _bigrams(text)


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(run[at : at + 2] for run in _MARKS.split(text) for at in range(len(run) - 1))


_NAME_LENGTH = 60
"""Characters up to which a text is worth remembering: names come again and again, goals do not."""
_kept_bigrams = lru_cache(maxsize=50_000)(_bigrams)


def overlap(one: str, other: str) -> float:
    """Jaccard similarity of two texts over their two-character sequences, 0 to 1."""
    first, second = bigrams(one), bigrams(other)
    return len(first & second) / len(first | second) if first and second else 0.0


@lru_cache(maxsize=50_000)
def core(name: str) -> str:
    """What a name counts, without the measure word at its end and filler."""
    return _CORE.sub("", name)


def same_thing(one: str, other: str) -> bool:
    """Tell whether two names differ only in order, synonyms and words that change nothing (全民参保率, 居民参保率)."""
    return _plain(one) == _plain(other)


def nearly_same_thing(one: str, other: str) -> bool:
    """Tell whether one name holds all characters of the other and hardly more, in any order."""
    short, long = sorted((_plain(one), _plain(other)), key=len)
    return len(short) >= _CHARACTERS * len(long) and not Counter(short) - Counter(long)


_CHARACTERS = 0.8


@lru_cache(maxsize=50_000)
def _plain(name: str) -> str:
    text = in_standard_words(_MODIFIER.sub("", name))
    return "".join(sorted(text)) if len(text) >= _SHORTEST else name


_SHORTEST = 3


def in_standard_words(name: str) -> str:
    """A name with one word for each measure (家数, 个数, 数量 → 数)."""
    for variant, standard in _SYNONYM:
        name = name.replace(variant, standard)
    return name


def inserted(one: str, other: str, least: float) -> bool:
    """Tell whether the longer name is the shorter with a little put in, by at most 1 − `least` of its length.

    A replaced word names another thing (县道养护里程, 乡道养护里程); an added one usually the same (待遇足额发放率).
    """
    short, long = sorted((one, other), key=len)
    if not short or len(short) < least * len(long):
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
