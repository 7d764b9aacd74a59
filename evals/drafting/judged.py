"""What a scorer looks at and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assistant.precedents import PastRow
from assistant.schema import Indicator
from evals.drafting.cases import Case
from evals.drafting.matching import Match, match
from evals.drafting.systems import Suggested


@dataclass(frozen=True)
class Score:
    """One answer with its reason; `value` None = the question does not apply to this case."""

    value: float | None
    why: str


@dataclass(frozen=True)
class Judged:
    """A suggestion beside the real table; `cited` are the past rows its evidence refers to, by id."""

    case: Case
    suggested: Suggested
    cited: Mapping[str, PastRow]

    @property
    def rows(self) -> tuple[Indicator, ...]:
        """The suggested rows."""
        return self.suggested.draft.table.indicators

    @property
    def real(self) -> tuple[Indicator, ...]:
        """The rows of the hidden table."""
        return self.case.past.table.indicators

    @cached_property
    def matches(self) -> tuple[Match, ...]:
        """Suggested rows that stand for real ones."""
        return match(self.rows, self.real)

    @cached_property
    def matches_in_class(self) -> tuple[Match, ...]:
        """The same within the second level."""
        return match(self.rows, self.real, within_class=True)


@dataclass(frozen=True)
class Scorer:
    """One question about a suggestion: its Chinese title, what it says to a reader, its group, and who answers it.

    `judge` is None for what needs drafts of its own (`evals.drafting.judging`); `asked_of` says of what. `headline`:
    the baseline keeps it; of a score that is better when lower it keeps the share of cases at 0.
    """

    title: str
    says: str
    group: str
    judge: Callable[[Judged], Score] | None
    lower_is_better: bool = False
    headline: bool = False
    asked_of: Literal["case", "stable", "foreign"] = "case"


def share(part: float, whole: float, why: str) -> Score:
    """A share with its reason; does not apply when there is nothing to share."""
    return Score(part / whole if whole else None, why)
