"""What precedents agree on: statistics and consensus over comparable values, computed by code, never by a model."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.precedents.store import PastRow
from assistant.values import Operator, Quantity, Value, quantity, unit_family

FEWEST_PROJECTS = 3
"""工具默认: fewer projects than this are examples, not a consensus."""
WIDEST_SPREAD = Decimal(5)
"""工具默认: percentage points between the quartiles up to which the median speaks for all."""


@dataclass(frozen=True)
class Summary:
    """Count, extremes, median and mode of comparable quantities, in `unit`; mode None when no value repeats."""

    n: int
    minimum: Decimal
    median: Decimal
    maximum: Decimal
    mode: Decimal | None
    unit: str


@dataclass(frozen=True)
class Consensus:
    """The value precedents agree on, the rows that hold exactly it, and how many projects were compared."""

    value: Value
    rows: tuple[PastRow, ...]
    projects: int
    agreeing: int


def direction(value: Value) -> Operator | None:
    """≥ and > count as one direction, ≤ and < as another."""
    if value.operator == ">":
        return "≥"
    return "≤" if value.operator == "<" else value.operator


def comparable(rows: Iterable[PastRow]) -> list[tuple[PastRow, Quantity]]:
    """The rows whose values are quantities of the commonest unit family."""
    measured = [(row, found) for row in rows if row.value and (found := quantity(row.value)) is not None]
    families = Counter(unit_family(found.unit) for _, found in measured)
    if not families:
        return []
    commonest = min(families, key=lambda family: (-families[family], family))
    return [(row, found) for row, found in measured if unit_family(found.unit) == commonest]


def summarise(rows: Iterable[PastRow]) -> Summary | None:
    """Statistics over the comparable values of rows, None when there are none."""
    pairs = comparable(rows)
    if not pairs:
        return None
    unit = pairs[0][1].unit
    numbers = sorted(found.number for _, found in pairs if found.unit == unit)
    top, times = Counter(numbers).most_common(1)[0]
    return Summary(len(numbers), numbers[0], statistics.median(numbers), numbers[-1], top if times > 1 else None, unit)


def consensus(rows: Sequence[PastRow]) -> Consensus | None:
    """The percentage precedents agree on; None when too few projects or too much spread.

    One vote a project. The commonest value wins with half the votes or more; otherwise the lower median speaks
    when the middle half lies within `WIDEST_SPREAD` points. The value always stands in a precedent as it is.
    """
    votes: dict[str, tuple[PastRow, Decimal]] = {}
    for row, found in comparable(rows):
        if found.unit in ("%", "‰"):
            votes.setdefault(row.table_id, (row, found.number))
    if len(votes) < FEWEST_PROJECTS:
        return None
    numbers = sorted(number for _, number in votes.values())
    top, times = max(Counter(numbers).items(), key=lambda item: (item[1], -item[0]))
    if 2 * times < len(numbers):
        low, high = numbers[len(numbers) // 4], numbers[(3 * len(numbers)) // 4]
        if high - low > WIDEST_SPREAD:
            return None
        top = statistics.median_low(numbers)
    holding = [row for row, number in votes.values() if number == top]
    chosen = min(holding, key=lambda row: (row.value is None or row.value.operator is None, row.id))
    if chosen.value is None:
        return None
    same = [row for row in holding if row.value and direction(row.value) == direction(chosen.value)]
    return Consensus(chosen.value, tuple(same), len(votes), len(same))
