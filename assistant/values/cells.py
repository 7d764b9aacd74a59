"""One 指标值 cell → `Value`: the whole cell is understood as a number, range, date or several, or it is text."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from assistant.values.characters import plain_characters
from assistant.values.dates import read_date_words
from assistant.values.measures import Measure, dated, read_measures
from assistant.values.remainder import around
from assistant.values.rendering import render
from assistant.values.several import Place, firm_pieces, loose_cuts
from assistant.values.units import EACH, priced_per
from assistant.values.value import Value, equivalent
from assistant.values.wording import grades_of, is_placeholder, is_scale, without_marker

LONGEST_CELL = 2_000
_MOST_DIGITS = 15
_NUMERIC = re.compile(r"[0-9０-９一二两三四五六七八九十零〇百千]|年|每|季度")
_TEMPLATE_LABEL = re.compile(r" *(?:(?:目标|指标|任务) *[0-9]{1,2} *[:：]|\(?[0-9]{1,2}[.、)](?! *[0-9])|[①-⑳]) *")
_NOTE = re.compile(r"(?P<value>.*[^( ]) *(?P<note>\([^()]+\))[。;；]*", re.DOTALL)


@lru_cache(maxsize=16_384)
def parse_value(raw: str) -> Value:
    """Read a 指标值 cell; any text gives a value, at worst of kind "text".

    A reading that cannot be written back and read again the same is no understanding, so it too becomes text.
    """
    cell = raw.strip()
    if len(cell) > LONGEST_CELL:
        return Value(raw=raw, kind="text", text=cell)
    if is_placeholder(cell):
        return Value(raw=raw, kind="text", text="")
    if _NUMERIC.search(cell):
        plain = plain_characters(cell)
        value = _read_single(raw, plain) or _read_several(raw, cell, plain)
        if value and _is_stable(value, plain):
            return value
    return _read_wording(raw, cell)


def _is_stable(value: Value, cell: str) -> bool:
    written = render(value)
    if written == cell:
        return True
    plain = plain_characters(written)
    again = _read_single(written, plain) or _read_several(written, written, plain)
    return again is not None and equivalent(again, value)


def _read_wording(raw: str, cell: str) -> Value:
    bare = without_marker(cell)
    if bare != cell and (value := parse_value(bare)).kind == "text":
        return value.model_copy(update={"raw": raw})
    return Value(raw=raw, kind="text", text=cell, grades=grades_of(cell))


def _read_single(raw: str, plain: str) -> Value | None:
    cell = plain.replace("\n", " ")
    if label := _TEMPLATE_LABEL.match(cell):
        cell = cell[label.end() :]
    value = _read_plain(raw, cell)
    if value is None and (noted := _NOTE.fullmatch(cell)):
        value = _read_plain(raw, noted["value"])
        text = (value.text or "") + noted["note"] if value else ""
        return value and value.model_copy(update={"text": text})
    return value


def _read_plain(raw: str, cell: str) -> Value | None:
    measures = read_measures(cell)
    if not measures and (words := read_date_words(cell.strip())):
        cell, measures = cell.strip(), (dated(cell.strip(), words),)
    amounts = [measure for measure in measures if measure.kind != "date"]
    # A date before the number says when (2022年底前完成95%); alone, it is the value.
    measure = measures[-1] if measures and (len(measures) == 1 or amounts == [measures[-1]]) else None
    rest = around(cell, measure) if measure and _is_writable(measure) else None
    if measure is None or rest is None:
        return None
    return _value(raw, measure, text=rest.text or None, operator=rest.operator, unit=rest.unit)


def _is_writable(measure: Measure) -> bool:
    return all(
        len(number.as_tuple().digits) <= _MOST_DIGITS and abs(number.adjusted()) <= _MOST_DIGITS
        for number in (measure.number, measure.number_max or Decimal(0))
    )


def _value(raw: str, measure: Measure, *, text: str | None, operator: str | None, unit: str) -> Value:
    is_date = measure.kind == "date"
    return Value.model_validate(
        {
            "raw": raw,
            "kind": measure.kind,
            "operator": measure.operator or operator,
            "operator_explicit": measure.explicit,
            "number": None if is_date else measure.number,
            "number_max": measure.number_max,
            "unit": None if is_date else unit or measure.unit or None,
            "date": measure.date,
            "date_end": measure.date_end,
            "recurrence": measure.recurrence,
            "approximate": measure.approximate,
            "text": text,
        }
    )


def _read_several(raw: str, cell: str, plain: str) -> Value | None:
    parts = _read_firm(cell, plain) or _read_loose(cell, plain)
    if not parts:
        return None
    names = tuple(part.text or "" for part in parts)
    return Value(raw=raw, kind="multiple", parts=parts, grades=names if is_scale(names) else None)


def _read_firm(cell: str, plain: str) -> tuple[Value, ...]:
    pieces = firm_pieces(plain)
    if len(pieces) < 2:
        return ()
    parts: list[Value] = []
    for place in pieces:
        piece, plain_piece = cell[slice(*place)], plain[slice(*place)]
        single = _read_single(piece.strip(), plain_piece)
        several = () if single else _read_loose(piece, plain_piece)
        parts.extend(several or (single or _read_wording(piece.strip(), piece.strip()),))
    return tuple(parts) if any(part.kind != "text" for part in parts) else ()


def _read_loose(cell: str, plain: str) -> tuple[Value, ...]:
    for pieces in loose_cuts(plain, read_measures(plain)):
        parts = _read_all(cell, plain, pieces)
        if parts:
            return _priced_alike(plain, parts)
    return ()


def _read_all(cell: str, plain: str, pieces: list[Place]) -> tuple[Value, ...]:
    parts: list[Value] = []
    for start, end in pieces:
        part = _read_single(cell[start:end].strip(), plain[start:end])
        if part is None:
            return ()
        parts.append(part)
    return tuple(parts)


def _priced_alike(plain: str, parts: tuple[Value, ...]) -> tuple[Value, ...]:
    """Carry 每生每年 from the first of several prices to the others: 每生每年2800元、1900元、900元."""
    each, head = EACH.match(plain), (parts[0].unit or "").partition("/")[0]
    if each is None:
        return parts
    return tuple(
        part.model_copy(update={"unit": priced_per(head, each[0])}) if part.unit == head else part for part in parts
    )
