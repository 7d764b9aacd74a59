"""Which suggested row stands for which real one: the assignment with the most matches, then the greatest likeness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from assistant.dialects import translate_level
from assistant.schema import Indicator, Level2
from evals.drafting.names import SAME, likeness


@dataclass(frozen=True)
class Match:
    """Places of a suggested and a real row that mean the same."""

    suggested: int
    real: int


def match(
    suggested: Sequence[Indicator], real: Sequence[Indicator], *, within_class: bool = False
) -> tuple[Match, ...]:
    """One-to-one matches (Kuhn 1955, scipy's `linear_sum_assignment`) of names alike enough, by place suggested.

    `within_class` also asks for the same second level; cost counts as one class in both generations of the form.
    """
    if not suggested or not real:
        return ()
    alike = np.array([[likeness(one.name, other.name) for other in real] for one in suggested])
    if within_class:
        alike *= np.array([[class_of(one) == class_of(other) for other in real] for one in suggested])
    enough = alike >= SAME
    # One more match outweighs any gain in likeness: there are fewer rows than this weight.
    worth = np.where(enough, 1_000 + alike, 0.0)
    rows, columns = linear_sum_assignment(worth, maximize=True)
    pairs = sorted((int(row), int(column)) for row, column in zip(rows, columns, strict=True) if enough[row, column])
    return tuple(Match(row, column) for row, column in pairs)


def class_of(row: Indicator) -> Level2:
    """The second level, the same for both generations of the form."""
    return translate_level(row.level2, "2021")[1]
