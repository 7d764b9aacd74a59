"""The typed 指标值: what one cell of the form says, beside the text it was read from."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, PlainSerializer

from assistant.values.units import canonical_unit

Operator = Literal["≥", "≤", "=", ">", "<"]
Kind = Literal["number", "range", "date", "text", "multiple"]
Recurrence = Literal["month", "quarter", "year", "week", "day"]


def _plain_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


# At most 15 significant digits are ever read from a cell, so a float in JSON loses nothing.
Number = Annotated[Decimal, PlainSerializer(_plain_number, return_type=int | float, when_used="json-unless-none")]


class Value(BaseModel):
    """One 指标值 (财预〔2021〕101号 附件1 三（三）): a number, range, date, wording, or several of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    raw: str
    """The text as it stood, untouched."""
    kind: Kind
    operator: Operator | None = None
    operator_explicit: bool = False
    """True if a sign stood there in any script (≥ >= ≧ `$\\geq$` ═); False if told by words (不低于) or absent."""
    number: Number | None = None
    """As written: 3.8万人次 → 3.8; the lower bound of a range."""
    number_max: Number | None = None
    unit: str | None = None
    """Canonical, with its magnitude and denominators: 万人次, %, 元/人·月, 个工作日."""
    date: str | None = None
    """ISO 8601 with the stated precision: 2022-12-31, 2022-12, 2022; year unstated --12-31, --12; day only ---15."""
    date_end: str | None = None
    recurrence: Recurrence | None = None
    """每月15日前 → month; 每年12月 → year."""
    approximate: bool = False
    """约, 左右, 余; never turned into a sign."""
    text: str | None = None
    """The wording of a qualitative value; for the others, what stood around the value (指标名, 达标, a note)."""
    grades: tuple[str, ...] | None = None
    """The steps of a grading scale the cell names: 优/良/中/差, 高中低."""
    parts: tuple[Value, ...] = ()


def equivalent(a: Value, b: Value) -> bool:
    """Tell whether two values say the same, however they were written (`raw` and `operator_explicit` aside)."""
    return (
        _meaning(a) == _meaning(b)
        and len(a.parts) == len(b.parts)
        and all(equivalent(one, other) for one, other in zip(a.parts, b.parts, strict=True))
    )


def _meaning(value: Value) -> tuple[object, ...]:
    return (
        value.kind,
        value.operator,
        value.number,
        value.number_max,
        canonical_unit(value.unit or ""),
        value.date,
        value.date_end,
        value.recurrence,
        value.approximate,
        value.text or "",
        value.grades or (),
    )
