"""Scores of the evidence, found by a check of our own: it shares no code with the guard it watches.

The guard (`assistant.drafting.grounding`) reads values with the product's parser. Here a number is just digits with the
character behind them, looked for in the words of the request and in the raw cells of the cited rows. What the two see
differently is a fault of one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

import cn2an

from assistant.drafting import DraftRow
from assistant.precedents import PastRow, plain_name
from evals.drafting.judged import Judged, Score, share

_NUMBER = re.compile(
    r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)\s*(亿|百万|十万|万|千(?!米|瓦|克))?\s*([^\d\s.,，。;；、()（）<>≤≥=]?)"
)
_CHINESE = re.compile(r"[零一二两三四五六七八九十百千万]+(?=[个项次场期人名户家所座处条台套类份年月日天])")
_SCALE = {"": 1, "千": 1_000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "亿": 100_000_000}
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
    """The numbers of a text: digits (a range gives both ends the unit of the last) and plain Chinese numerals."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _RANGE.sub(lambda found: f"{found[1]}{found[2]} ", plain)
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
        yield from _missing(text, f"{given} {' '.join(_cells(row, judged))}")
    rows = " ".join(f"{row.indicator.name} {row.value_text}" for row in judged.suggested.draft.rows)
    goal = judged.suggested.draft.table.goals.annual.text or ""
    yield from (f"目标：{one}" for one in _missing(goal, f"{given} {rows}"))


def _cells(row: DraftRow, judged: Judged) -> Iterator[str]:
    for one in row.evidence:
        past = judged.cited.get(one.ref) if one.kind == "precedent" else None
        if past is not None:
            yield f"{past.name} {past.value.raw if past.value else ''}"


def _missing(text: str, source: str) -> Iterator[str]:
    said = set(numbers_in(source))
    amounts = {one.amount for one in said}
    for number in numbers_in(text):
        nothing = number.amount == 0 and _NOTHING.search(source)
        # At the end of a cell, or before a sign, the character behind a number says nothing.
        known = number in said or (number.amount in amounts and _unit_may_differ(number, said))
        if not known and not nothing:
            yield f"{number.amount.normalize():f}{number.unit}（{text.strip()[:30]}）"


def _unit_may_differ(number: Number, said: Iterable[Number]) -> bool:
    """人/名, 次/场 … stand for each other, and a cell may leave its unit out; a rate is never an amount."""
    others = {one.unit for one in said if one.amount == number.amount}
    rates = ("%", "‰")
    return any(not other or (number.unit in rates) == (other in rates) for other in others)


def _holds(quote: str, value: str | None, past: PastRow | None) -> bool:
    if past is None or plain_name(past.name) not in plain_name(quote):
        return False
    if value is None:
        return True
    raw = past.value.raw if past.value else ""
    here, there = ([one.amount for one in numbers_in(text)] for text in (value, raw))
    return set(here) <= set(there) if here else value.strip() in raw or raw.strip() in value
