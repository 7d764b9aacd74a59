"""Statistics over comparable values: numbers of one unit family, counted, in the unit they share or in its base."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from assistant.values import Operator, Quantity, Value, in_base_unit, quantity, unit_family

_DIGITS = Decimal("0.0001")
"""Quartiles are worked out to four places: more is not in the data."""


class Counted(NamedTuple):
    """A value that is one number, as written: the number, its unit ("" without) and its direction ("" without)."""

    number: Decimal
    unit: str
    direction: str


@dataclass(frozen=True)
class Summary:
    """Count, extremes, quartiles, median and mode of comparable values, in `unit`; mode None when no value repeats.

    Quartiles by linear interpolation between neighbours (type 7 of Hyndman & Fan 1996).
    """

    n: int
    minimum: Decimal
    lower: Decimal
    median: Decimal
    upper: Decimal
    maximum: Decimal
    mode: Decimal | None
    unit: str


def direction(value: Value) -> Operator | None:
    """≥ and > count as one direction, ≤ and < as another."""
    if value.operator == ">":
        return "≥"
    return "≤" if value.operator == "<" else value.operator


def counted(value: Value | None) -> Counted | None:
    """What is counted of a value; None for ranges, dates, wordings and several values."""
    if value is None or value.kind != "number" or value.number is None:
        return None
    return Counted(value.number, value.unit or "", direction(value) or "")


def in_one_unit(counts: Mapping[Counted, int]) -> dict[Counted, Quantity]:
    """The values of the commonest unit family, in the unit they share as written, else in the family's base unit."""
    measured = {one: _quantity(one.number, one.unit) for one in counts}
    families = Counter[str]()
    for one, found in measured.items():
        families[unit_family(found.unit)] += counts[one]
    if not families:
        return {}
    commonest = min(families, key=lambda family: (-families[family], family))
    kept = {one: found for one, found in measured.items() if unit_family(found.unit) == commonest}
    written = {one.unit for one in kept}
    if len(written) == 1 and "" not in written:
        return {one: Quantity(one.number, one.unit) for one in kept}
    if len({found.unit for found in kept.values()}) == 1:
        return kept
    return {one: in_base_unit(found) for one, found in kept.items()}


def spread(counts: Mapping[Counted, int]) -> Summary | None:
    """Statistics over the comparable ones of counted values, None when there are none."""
    shared = in_one_unit(counts)
    if not shared:
        return None
    units = Counter[str]()
    for one, found in shared.items():
        units[found.unit] += counts[one]
    unit = min(units, key=lambda name: (-units[name], name))
    times = Counter[Decimal]()
    for one, found in shared.items():
        if found.unit == unit:
            times[found.number] += counts[one]
    numbers = sorted(times)
    top = min(times, key=lambda number: (-times[number], number))
    return Summary(
        n=times.total(),
        minimum=numbers[0],
        lower=_quantile(times, Decimal("0.25")),
        median=_quantile(times, Decimal("0.5")),
        upper=_quantile(times, Decimal("0.75")),
        maximum=numbers[-1],
        mode=top if times[top] > 1 else None,
        unit=unit,
    )


def _quantile(times: Counter[Decimal], share: Decimal) -> Decimal:
    place = (times.total() - 1) * share
    below = int(place)
    low, high = _at(times, below), _at(times, min(below + 1, times.total() - 1))
    if low == high:
        return low
    return (low + (high - low) * (place - below)).quantize(_DIGITS, ROUND_HALF_UP).normalize() + 0


def _at(times: Counter[Decimal], place: int) -> Decimal:
    passed = 0
    for number in sorted(times):
        passed += times[number]
        if passed > place:
            return number
    raise IndexError(place)


@lru_cache(maxsize=20_000)
def _quantity(number: Decimal, unit: str) -> Quantity:
    found = quantity(Value(raw="", kind="number", number=number, unit=unit or None))
    if found is None:
        raise ValueError(f"{number}{unit}")
    return found
