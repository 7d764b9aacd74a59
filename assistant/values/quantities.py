"""Values as comparable quantities: magnitude applied, and within a family one base unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.values.units import UNITS, canonical_unit, magnitude_of, unit_family
from assistant.values.value import Value

_BASE_UNITS = {unit.family: unit.name for unit in UNITS.values() if unit.worth == 1}


@dataclass(frozen=True)
class Quantity:
    """A number and its unit without magnitude: 3.8万人次 → 38000 人次, 854万 → 8540000 and no unit."""

    number: Decimal
    unit: str


def quantity(value: Value) -> Quantity | None:
    """Return the quantity of a single number, None for ranges, dates, wordings and several values."""
    if value.kind != "number" or value.number is None:
        return None
    scale, unit = magnitude_of(canonical_unit(value.unit or ""))
    return Quantity(value.number * scale, unit)


def in_base_unit(amount: Quantity) -> Quantity:
    """Convert to the base unit of the family (0.565公里 → 565米), so that a family can be compared and averaged.

    What has no fixed worth (个工作日, 个月, 年) comes back unchanged.
    """
    head, stroke, per = amount.unit.partition("/")
    unit = UNITS.get(head)
    if unit is None or unit.worth is None:
        return amount
    return Quantity(amount.number * unit.worth, _BASE_UNITS[unit_family(head)] + stroke + per)
