"""Values that look misread – ≥ taken for 2, a sign lost in a scan: suggestions for a person, never corrections."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.schema import Indicator, Unresolved

_RATE = re.compile(r"(率|度|比例|占比|比重)$")
_TWO_FOR_SIGN = re.compile(r"^\s*2(\d{2,}(?:\.\d+)?)\s*([%％‰]|[\u4e00-\u9fff]{1,3})\s*$")
_LETTER_FOR_DIGIT = re.compile(r"^\s*[工lI|]\s*(\d+(?:\.\d+)?\s*[%％])\s*$")
_MISREAD = "可能是扫描识别错误（“≥”常被认成“2”），没有改动，请对照原件"
_LATEX = re.compile(r"[$\\]")


def suspicion(row: Indicator, rows: Sequence[Indicator]) -> Unresolved | None:
    """What a person should look at in a row's value, with the likely reading as an option; None for most rows.

    `rows` are those of the same table: a count that begins with 2 is doubtful only where the others bear signs.
    """
    field = f"indicators[{row.id}].value"
    doubt = str((row.provenance or {}).get("doubt") or "")
    if row.value is None:
        return Unresolved(field=field, issue=doubt) if doubt else None
    raw = row.value.raw
    two = _TWO_FOR_SIGN.match(raw)
    number = row.value.number
    if two and number is not None and _too_large(row, two[2], number > 100, rows):
        return Unresolved(field=field, issue=_MISREAD, options=(f"≥{two[1]}{two[2]}", raw), raw={"value": raw})
    letter = _LETTER_FOR_DIGIT.match(raw)
    if letter:
        return Unresolved(field=field, issue=_MISREAD, options=(f"≥{letter[1]}", raw), raw={"value": raw})
    if _LATEX.search(raw):
        return Unresolved(field=field, issue="值里有排版符号，原文已保留，请核对", raw={"value": raw})
    return Unresolved(field=field, issue=doubt, raw={"value": raw}) if doubt else None


def _too_large(row: Indicator, unit: str, above_hundred: bool, rows: Sequence[Indicator]) -> bool:
    """Whether a number beginning with 2 may be a misread sign: 292% of a rate, 2280次 among values with signs."""
    if unit in ("%", "％"):
        return above_hundred and _RATE.search(row.name) is not None
    numbers = [one.value for one in rows if one.value is not None and one.value.kind == "number" and one is not row]
    signed = sum(one.operator_explicit for one in numbers)
    return len(numbers) >= 3 and signed * 3 >= len(numbers) * 2
