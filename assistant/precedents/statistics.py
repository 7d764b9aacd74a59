"""What precedents agree on: statistics and consensus over comparable values, computed by code, never by a model."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.precedents.records import PastRow
from assistant.precedents.spread import Summary, counted, direction, in_one_unit, spread
from assistant.values import Quantity, Value

FEWEST_PROJECTS = 3
"""工具默认: fewer projects than this are examples, not a consensus."""
WIDEST_SPREAD = Decimal(5)
"""工具默认: percentage points between the quartiles up to which the median speaks for all."""


@dataclass(frozen=True)
class Consensus:
    """The value precedents agree on, the rows that hold exactly it, and how many projects were compared."""

    value: Value
    rows: tuple[PastRow, ...]
    projects: int
    agreeing: int


def comparable(rows: Iterable[PastRow]) -> list[tuple[PastRow, Quantity]]:
    """The rows whose values are quantities of the commonest unit family, in the unit they share or in its base."""
    numbered = [(row, one) for row in rows if (one := counted(row.value))]
    shared = in_one_unit(Counter(one for _, one in numbered))
    return [(row, shared[one]) for row, one in numbered if one in shared]


def summarise(rows: Iterable[PastRow]) -> Summary | None:
    """Statistics over the comparable values of rows, None when there are none."""
    return spread(Counter(one for row in rows if (one := counted(row.value))))


def consensus(rows: Sequence[PastRow]) -> Consensus | None:
    """The percentage precedents agree on; None when too few projects or too much spread.

    One vote a project, its first row in the order given. The commonest value wins with half the votes or more;
    otherwise the lower median speaks when the middle half lies within `WIDEST_SPREAD` points. The value always
    stands in a precedent as it is.
    """
    votes = _votes(rows)
    numbers = sorted(number for _, number in votes)
    if len(numbers) < FEWEST_PROJECTS:
        return None
    top, times = max(Counter(numbers).items(), key=lambda item: (item[1], -item[0]))
    if 2 * times < len(numbers):
        low, high = _middle(numbers)
        if high - low > WIDEST_SPREAD:
            return None
        top = statistics.median_low(numbers)
    return _held(votes, top, len(numbers))


def supported(own: Sequence[PastRow], kin: Sequence[PastRow]) -> Consensus | None:
    """The nearest own value, when it is also what kindred rows say most often, at least three projects of them.

    The rows that hold it are all named, so that a reader sees what bears it out.
    """
    mine, others = _votes(own), _votes([*own, *kin])
    if not mine:
        return None
    first = mine[0][1]
    counts = Counter(number for _, number in others)
    most = max(counts.values(), default=0)
    if counts[first] < max(most, FEWEST_PROJECTS):
        return None
    return _held(others, first, len(others))


def deadline_consensus(rows: Sequence[PastRow]) -> Consensus | None:
    """The day of the year, or of every month, at least three projects and half of all name; None otherwise.

    The value is the nearest project's own, with its year: whoever uses it puts the year of the new project in place.
    """
    votes: dict[str, PastRow] = {}
    for row in rows:
        if row.value and row.value.kind == "date" and row.value.operator == "≤" and _day(row.value):
            votes.setdefault(row.table_id, row)
    days = Counter(_day(row.value) for row in votes.values() if row.value)
    if not days:
        return None
    top, times = max(days.items(), key=lambda item: (item[1], item[0]))
    if times < FEWEST_PROJECTS or 2 * times < len(votes):
        return None
    holding = [row for row in votes.values() if row.value and _day(row.value) == top]
    value = holding[0].value
    return None if value is None else Consensus(value, tuple(holding), len(votes), times)


def _day(value: Value) -> str:
    """--12-31 of 2023-12-31, ---15 of every month's 15th; empty when no day or month is named."""
    date = value.date or ""
    return date if date.startswith("-") else f"-{date[4:]}" if len(date) > 4 else ""


def _votes(rows: Sequence[PastRow]) -> list[tuple[PastRow, Decimal]]:
    votes: dict[str, tuple[PastRow, Decimal]] = {}
    for row, found in comparable(rows):
        if found.unit in ("%", "‰"):
            votes.setdefault(row.table_id, (row, found.number))
    return list(votes.values())


def _middle(numbers: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    return numbers[len(numbers) // 4], numbers[(3 * len(numbers)) // 4]


def _held(votes: Sequence[tuple[PastRow, Decimal]], number: Decimal, projects: int) -> Consensus | None:
    holding = [row for row, said in votes if said == number]
    chosen = min(holding, key=lambda row: row.value is None or row.value.operator is None)  # stable: nearest first
    if chosen.value is None:
        return None
    same = [row for row in holding if row.value and direction(row.value) in (direction(chosen.value), None)]
    return Consensus(chosen.value, (chosen, *(row for row in same if row is not chosen)), projects, len(same))
