"""Every amount, range and date of a plain text, with the sign words around it.

The one scanner behind cells and mentions.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.values.dates import DASH, DateRead, read_date
from assistant.values.idioms import counts, idiom_places
from assistant.values.numerals import CHINESE_DIGITS, read_chinese, read_digits
from assistant.values.signs import SIGNS, read_sign
from assistant.values.units import MAGNITUDES, priced_per, read_unit, unit_family
from assistant.values.value import Operator, Recurrence

_ANCHOR = re.compile(
    rf"[0-9]|[百千]分之|第 *[一二三四] *季度|[上下]半年|[{CHINESE_DIGITS}十][{CHINESE_DIGITS}十百千万亿]*"
)
_DASH = re.compile(DASH)
_FRACTION = re.compile(r"(?P<of>[百千])分之 *")
_FRACTION_UNITS = {"百": "%", "千": "‰"}
_MORE = re.compile(" *[余多]")
_TENTHS = re.compile(" *成(?![一-鿿])| *成(?=以上|以下|以内|左右|的)")


@dataclass(frozen=True)
class Measure:
    """One amount, range or date at `text[start:end]`, its sign words included."""

    start: int
    end: int
    kind: Literal["number", "range", "date"]
    number: Decimal
    number_max: Decimal | None = None
    unit: str = ""
    operator: Operator | None = None
    explicit: bool = False
    approximate: bool = False
    chinese: bool = False
    """Written in Chinese numerals."""
    date: str | None = None
    date_end: str | None = None
    recurrence: Recurrence | None = None


@dataclass(frozen=True)
class _Amount:
    end: int
    number: Decimal
    unit: str = ""
    number_max: Decimal | None = None
    more: bool = False


def read_measures(text: str, skipping: Set[int] = frozenset()) -> tuple[Measure, ...]:
    """Read all measures of a plain text from left to right; none begins at a place in `skipping`."""
    idioms = idiom_places(text)
    measures: list[Measure] = []
    at = 0
    while anchor := _ANCHOR.search(text, at):
        here = anchor.start()
        if here in skipping or (here in idioms and not anchor[0].isascii()):
            at = here + 1
            continue
        measure = _read_measure(text, here, floor=measures[-1].end if measures else 0)
        if measure:
            measures.append(measure)
        at = measure.end if measure else anchor.end()
    return tuple(measures)


def _read_measure(text: str, at: int, floor: int) -> Measure | None:
    signed = text[max(floor, at - 4) : at].rstrip(" ")[-1:] in SIGNS
    if text[at - 1 : at] != "前" and (found := read_date(text, at, floor=floor, signed=signed)):
        return dated(text, found, floor)
    amount = _read_amount(text, at)
    if amount is None:
        return None
    negative = _is_negative(text, at, floor)
    sign = read_sign(text, at - negative, amount.end, floor)
    each = sign.each if amount.unit else ""
    # 近3年 is the last three years, not about three.
    about = sign.approximate and not (unit_family(amount.unit) == "时长" and text.startswith("近", sign.start))
    return Measure(
        start=sign.start,
        end=sign.end,
        kind="number" if amount.number_max is None else "range",
        number=-amount.number if negative else amount.number,
        number_max=amount.number_max,
        unit=priced_per(amount.unit, each) if each else amount.unit,
        operator=sign.operator,
        explicit=sign.explicit,
        approximate=about or amount.more,
        chinese=not text[at].isascii(),
    )


def dated(text: str, found: DateRead, floor: int = 0) -> Measure:
    """Return a date as a measure, with the sign that stands before it."""
    sign = read_sign(text, found.start, found.end, floor)
    return Measure(
        start=sign.start,
        end=sign.end,
        kind="date",
        number=Decimal(next((part for part in (found.date or "").split("-") if part), 0)),
        operator=sign.operator or found.operator,
        explicit=sign.explicit,
        approximate=sign.approximate,
        date=found.date,
        date_end=found.date_end,
        recurrence=found.recurrence,
    )


def _read_amount(text: str, at: int) -> _Amount | None:
    if fraction := _FRACTION.match(text, at):
        number = _read_number(text, fraction.end()) or _whole(text, fraction)
        return number and _Amount(number[1], number[0], _FRACTION_UNITS[fraction["of"]])
    number = _read_number(text, at)
    if number is None:
        return None
    first = _with_unit(text, *number)
    amount = _read_range(text, first) or first
    counted = text[at].isascii() or counts(amount.unit, text[at - 1 : at])
    return amount if counted else None


def _read_number(text: str, at: int) -> tuple[Decimal, int] | None:
    return read_digits(text, at) or read_chinese(text, at)


def _whole(text: str, fraction: re.Match[str]) -> tuple[Decimal, int] | None:
    """百分之百"""
    whole = fraction["of"] == "百" and text.startswith("百", fraction.end())
    return (Decimal(100), fraction.end() + 1) if whole else None


def _with_unit(text: str, number: Decimal, end: int) -> _Amount:
    if tenths := _TENTHS.match(text, end):
        return _Amount(tenths.end(), number * 10, "%")
    more = _MORE.match(text, end)
    unit = read_unit(text, more.end() if more else end)
    if unit is None:
        return _Amount(end, number)
    inner = _MORE.match(text, unit[1]) if unit[0] in MAGNITUDES else None  # 5万余人
    if inner and (counted := read_unit(text, inner.end())):
        return _Amount(counted[1], number, unit[0] + counted[0], more=True)
    return _Amount(unit[1], number, unit[0], more=more is not None)


def _read_range(text: str, first: _Amount) -> _Amount | None:
    dash = _DASH.match(text, first.end)
    number = _read_number(text, dash.end()) if dash else None
    if number is None or first.more:
        return None
    last = _with_unit(text, *number)
    same_unit = first.unit in ("", last.unit) or (first.unit in MAGNITUDES and last.unit.startswith(first.unit))
    if not same_unit or last.number < first.number or (last.unit == "" and first.unit):
        return None
    return _Amount(last.end, first.number, last.unit, last.number)


def _is_negative(text: str, at: int, floor: int) -> bool:
    return at > floor and text[at - 1] == "-" and (at == 1 or text[at - 2] in SIGNS)
