"""Every number a reader sees in running Chinese text, with its unit and sign words, at its place in the original."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from assistant.values.characters import plain_characters
from assistant.values.measures import Measure, read_measures
from assistant.values.value import Operator

_NO_UNIT_FOLLOWS = r"(?!\.?[0-9]| *[万亿元人%‰])"
_NOT_VALUES = tuple(
    re.compile(pattern)
    for pattern in (
        # 财预〔2021〕101号
        r"[〔\[【(] *[0-9]{4} *[〕\]】)] *第? *[0-9]+ *号",
        rf"(?<![0-9.])(?:1[3-9][0-9]{{9}}|0[0-9]{{2,3}}-[0-9]{{7,8}}|400-?[0-9]{{3}}-?[0-9]{{4}}){_NO_UNIT_FOLLOWS}",
        # Identity card, social credit code
        rf"(?<![0-9A-Za-z.])(?:[0-9]{{17}}[0-9Xx]|(?=[0-9A-Z]*[A-Z])[0-9A-HJ-NPQRTUWXY]{{18}})(?![0-9A-Za-z]){_NO_UNIT_FOLLOWS}",
    )
)


@dataclass(frozen=True)
class NumberSpan:
    """A number at `text[start:end]`, sign words included (不少于600人次).

    `unit` is canonical, "" for a bare number; for a date `number` is the first number written in it.
    """

    start: int
    end: int
    text: str
    number: Decimal
    number_max: Decimal | None
    unit: str
    operator: Operator | None
    kind: Literal["number", "range", "date"]
    date: str | None


def find_values(text: str) -> tuple[NumberSpan, ...]:
    """Find every number, amount, rate, range and date in a text.

    Chinese numerals count when they carry a unit (三十个行政村), not in fixed words (一次性). Document numbers
    (财预〔2021〕101号), telephone and identity numbers are no values; any other digit lies in exactly one span.
    """
    plain = plain_characters(text)
    skipping = {place for pattern in _NOT_VALUES for found in pattern.finditer(plain) for place in range(*found.span())}
    return tuple(_span(text, measure) for measure in read_measures(plain, skipping))


def _span(text: str, measure: Measure) -> NumberSpan:
    return NumberSpan(
        start=measure.start,
        end=measure.end,
        text=text[measure.start : measure.end],
        number=measure.number,
        number_max=measure.number_max,
        unit=measure.unit,
        operator=measure.operator,
        kind=measure.kind,
        date=measure.date,
    )
