"""Numbers in digits and in Chinese numerals, as exact decimals; the door to cn2an (MIT)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

CHINESE_DIGITS = "零〇一二两三四五六七八九"
_DIGITS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_CHINESE = re.compile(rf"[{CHINESE_DIGITS}十][{CHINESE_DIGITS}十百千万亿]{{0,20}}(?:点[{CHINESE_DIGITS}]{{1,9}})?")
# 两三个, 五六十人 are vague, not 23 and 560.
_VAGUE = re.compile(r"[一二两三四五六七八九]{2}")
_WHOLE_MAGNITUDE = re.compile(r"([^万亿]+)(?:万亿|[万亿])")


def read_digits(text: str, at: int) -> tuple[Decimal, int] | None:
    """Read 1,234.5 at a place of a plain text: the number and where it ends."""
    found = _DIGITS.match(text, at)
    return found and (Decimal(found[0].replace(",", "")), found.end())


def read_chinese(text: str, at: int) -> tuple[Decimal, int] | None:
    """Read 三十 or 三点五 at a place; a final 万 or 亿 is left to the unit, so 一百五十万元 reads 150 (万元)."""
    found = _CHINESE.match(text, at)
    if found is None:
        return None
    words, end = found[0], found.end()
    if whole := _WHOLE_MAGNITUDE.fullmatch(words):
        words, end = whole[1], found.start(0) + len(whole[1])
    number = chinese_number(words)
    return None if number is None else (number, end)


@lru_cache(maxsize=4096)
def chinese_number(words: str) -> Decimal | None:
    """Return the number that Chinese numerals say, None if they say none exactly (两三, 十十)."""
    import cn2an  # 0.15 s that most runs need not pay

    whole, _, fraction = words.partition("点")
    if _VAGUE.search(whole):
        return None
    try:
        number = Decimal(str(cn2an.cn2an(whole, "normal")))
        digits = "".join(str(cn2an.cn2an(digit, "normal")) for digit in fraction)
    except (ValueError, KeyError, IndexError):
        return None
    return Decimal(f"{number}.{digits}") if digits else number


def plain_number(number: Decimal) -> str:
    """Write a decimal without exponent, grouping or trailing zeros: 100.00 → 100."""
    written = format(number, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written
