"""Scores of the evidence, found by a check of our own: it shares no code with the guard it watches.

The guard (`assistant.drafting.grounding`) reads values with the product's parser. Here a number is just digits with the
character behind them, looked for in the words of the request and in the raw cells of the cited rows. What the two see
differently is a fault of one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import cn2an

from assistant.drafting import DraftRow
from assistant.precedents import PastRow, plain_name
from evals.drafting.judged import Judged, Score, share

_NUMBER = re.compile(
    r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(亿|百万|十万|万|千(?!米|瓦|克))?\s*([^\d\s.,，。;；、()（）<>≤≥=]?)"
)
_CHINESE = re.compile(r"[零一二两三四五六七八九十百千万]+(?=[个项次场期人名户家所座处条台套类份年月日天元吨亩米%])")
_PERCENT = re.compile(r"百分之([零一二三四五六七八九十百]+)")
_DOTTED = re.compile(r"(20\d\d)[./-](\d{1,2})(?!\d)")
_SPELLINGS = {
    "公斤": "千克",
    "kg": "千克",
    "m2": "平方米",
    "平米": "平方米",
    "km": "公里",
    "百分比": "%",
    "年底": "年12月底",
    "年末": "年12月底",
}
_LIST_NUMBER = re.compile(r"(?:^|(?<=[\s。；;]))\d{1,2}\s*[.、](?!\d)")
_ALIKE = ("人名户位家", "个项次场期座处条台套件份批间所辆站村")
"""Counting words that stand for each other."""
_SCALE = {"": 1, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "亿": 100_000_000}
_SIGNS = {
    "least": re.compile(r"[≥≧＞>]|不低于|不少于|以上|至少"),
    "most": re.compile(r"[≤≦＜<]|不超过|不高于|不大于|以内|以下|前"),
    "exactly": re.compile(r"[=＝═]"),
}
_NOTHING = re.compile(r"[不无零未]|杜绝")
_RANGE = re.compile(r"(\d[\d,.]*)\s*[-—–~～至到]\s*(?=\d[\d,.]*\s*([^\d\s.,]))")


@dataclass(frozen=True)
class Number:
    """An amount with its magnitude worked in, and the character that followed ("" at an end)."""

    amount: Decimal
    unit: str


def numbers_without_evidence(judged: Judged) -> Score:
    """How many numbers of values, names and goal stand nowhere in the request or in the cited rows."""
    stray = list(_stray(judged))
    return Score(float(len(stray)), "、".join(stray[:5]) or "每个数都有出处")


def citations_hold(judged: Judged) -> Score:
    """Cited past rows that exist, are named in the quote, and hold the value they are cited for."""
    cites = [one for row in judged.suggested.draft.rows for one in row.evidence if one.kind == "precedent"]
    broken = [one.quote for one in cites if not _holds(one.quote, one.value, judged.cited.get(one.ref))]
    return share(len(cites) - len(broken), len(cites), f"{len(cites)} 处引用；不成立：{'；'.join(broken[:3]) or '无'}")


def values_cited(judged: Judged) -> Score:
    """Rows with a value that say where it comes from, of all rows with a value."""
    valued = [row for row in judged.suggested.draft.rows if row.indicator.value is not None]
    told = sum(any(one.value is not None for one in row.evidence) for row in valued)
    return share(told, len(valued), f"{len(valued)} 个值中 {told} 个注明出处")


def numbers_in(text: str) -> Iterator[Number]:
    """The numbers of a text: digits (a range gives both ends the unit of the last) and plain Chinese numerals.

    The number of a point of a list (4.存量…) is none.
    """
    plain = unicodedata.normalize("NFKC", text).replace("\\", "")  # 95\\% of a formula
    for spelling, unit in _SPELLINGS.items():
        plain = plain.replace(spelling, unit)
    plain = _PERCENT.sub(lambda found: f"{found[1]}%", _DOTTED.sub(r"\1年\2月", plain))
    plain = _RANGE.sub(lambda found: f"{found[1]}{found[2]} ", _LIST_NUMBER.sub(" ", plain))
    for found in _NUMBER.finditer(plain):
        yield Number(Decimal(found[1].replace(",", "")) * _SCALE[found[2] or ""], found[3])
    for found in _CHINESE.finditer(plain):
        try:
            amount = cn2an.cn2an(found[0], "smart")
        except ValueError:
            continue
        yield Number(Decimal(str(amount)), plain[found.end() : found.end() + 1])


def _stray(judged: Judged) -> Iterator[str]:
    request = judged.case.request
    told = [request.project_name, request.department, request.unit, request.description]
    told += [f"{request.year}年"] if request.year is not None else []
    told += [f"{request.budget_wan}万元"] if request.budget_wan is not None else []
    given = " ".join(told)
    for row in judged.suggested.draft.rows:
        text = f"{row.indicator.name} {row.value_text}"
        yield from _missing(text, given, " ".join(_cells(row, judged)))
    rows = " ".join(f"{row.indicator.name} {row.value_text}" for row in judged.suggested.draft.rows)
    goal = judged.suggested.draft.table.goals.annual.text or ""
    yield from (f"目标：{one}" for one in _missing(goal, f"{given} {rows}"))


def _cells(row: DraftRow, judged: Judged) -> Iterator[str]:
    for one in row.evidence:
        past = judged.cited.get(one.ref) if one.kind == "precedent" else None
        if past is not None:
            yield f"{past.name} {past.value.raw if past.value else ''}"


def _missing(text: str, told: str, cells: str = "") -> Iterator[str]:
    """Numbers of a text that stand neither in what was told, with a like unit, nor in the cells, where it may lack."""
    said, borne = list(numbers_in(told)), list(numbers_in(cells))
    for number in numbers_in(text):
        nothing = number.amount == 0 and _NOTHING.search(f"{told} {cells}")
        known = any(_same(number, one) for one in said) or any(
            _same(number, one) or (one.amount == number.amount and not one.unit) for one in borne
        )
        if not known and not nothing:
            yield f"{number.amount.normalize():f}{number.unit}（{text.strip()[:30]}）"


def _same(one: Number, other: Number) -> bool:
    bare = not one.unit and other.unit not in ("%", "‰", "元")  # 覆盖1.86万农村人口 shown as 1.86万
    alike = one.unit == other.unit or any(one.unit in words and other.unit in words for words in _ALIKE if one.unit)
    return one.amount == other.amount and (alike or bare)


def _holds(quote: str, value: str | None, past: PastRow | None) -> bool:
    if past is None or plain_name(past.name) not in plain_name(quote):
        return False
    if value is None:
        return True
    raw = past.value.raw if past.value else ""
    here, there = (list(numbers_in(text)) for text in (value, raw))
    if here:
        held = all(
            any(_same(one, other) or (one.amount == other.amount and not other.unit) for other in there) for one in here
        )
        return held and not _against(value, raw)
    return bool(raw.strip()) and (value.strip() in raw or raw.strip() in value)


def _against(value: str, raw: str) -> bool:
    """Whether the cell says at most where the citation says at least, or the other way round."""
    signs = [{name for name, words in _SIGNS.items() if words.search(text)} for text in (value, raw)]
    return all(signs) and not signs[0] & signs[1]
