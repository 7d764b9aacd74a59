"""Chinese numerals that count nothing: 一次性, 一期工程, 三公经费, 十四五, 一户一策, 第一."""

from __future__ import annotations

import re

_FIXED = re.compile(
    "一次性|一站式|一体|一批|一定|一般|一张(?:网|图)|一本(?:账|通)|一件事|一类|一条(?:龙|心|街)|一份力|一家亲"
    "|[一二两三四五]期(?=工程|项目|建设)|[一二三]次(?=产业|供水|污染|元件|分配|消毒|创业|加工)|三公|三农|三支一扶|五个一|三个代表"
    "|两个(?=维护|确立|结合)|四个(?=意识|自信|全面)|十分(?!钟)|十[二三四五]五(?=规划|时期|期间|末|[”])|十[四五]五"
    "|一个(?=都|样|也)|一度|一日三餐|一元化|一口价|一分钱|一笔勾销|一天一|三天两头|七台河|一[一-鿿]一[一-鿿]"
)
_NEVER_AFTER = frozenset("第几数周初百千万亿统唯之")
# 三级, 一类, 二线 name a rank more often than an amount.
_RANKS = frozenset([*"级类分层字口眼面门市区省县乡村生斤头段档", "档次", "比例"])


def idiom_places(text: str) -> frozenset[int]:
    """Return the places of a text that belong to a fixed expression."""
    return frozenset(place for found in _FIXED.finditer(text) for place in range(*found.span()))


def counts(unit: str, before: str) -> bool:
    """Tell whether a Chinese numeral with this unit, after this character, is a count and no rank or ordinal."""
    return unit != "" and unit not in _RANKS and before not in _NEVER_AFTER
