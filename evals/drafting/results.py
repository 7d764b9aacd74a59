"""What was found, by case and system, and the sums over cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from assistant.importers import Failure
from assistant.schema import LEVEL2
from evals.drafting.cases import Case, Cases
from evals.drafting.judging import values
from evals.drafting.scorers import SCORERS
from evals.drafting.systems import BASELINES, OURS, System
from evals.intervals import Estimate, difference, estimate
from evals.journal import Found
from evals.suites import Asked

STOCK = "stock"
"""Stands for the precedents themselves where a score is no system's."""


@dataclass
class Results:
    """Everything one run found; `take` adds an item, the rest sums up."""

    cases: Sequence[Case]
    systems: Mapping[str, System]
    made: Cases
    unread: Sequence[Failure]
    asked: Asked
    found: dict[str, dict[str, dict[str, Found]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )

    def take(self, kind: str, case: str, system: str, found: Found) -> None:
        """Keep what was found of one item."""
        self.found[kind][system][case] = found

    def of(self, system: str) -> list[Found]:
        """What was found of a system, in the order of the cases."""
        return [self.found["case"][system][case.id] for case in self.cases]

    def scores(self, system: str, name: str) -> list[float | None]:
        """One score of a system over what it was asked of: the cases, the repeated ones or the foreign projects."""
        kind = SCORERS[name].asked_of
        items = self.of(system) if kind == "case" else list(self.found[kind][system].values())
        return values(items, name)

    @property
    def ceiling(self) -> Estimate | None:
        """Share of real rows whose name some visible precedent bears."""
        found = values(self.found["ceiling"][STOCK].values(), "ceiling")
        return estimate([value for value in found if value is not None])

    def mean(self, system: str, name: str) -> Estimate | None:
        """The mean of a score with its interval, over the cases it applies to."""
        return estimate([value for value in self.scores(system, name) if value is not None])

    def gain(self, system: str, other: str, name: str) -> Estimate | None:
        """How much higher a system's score is than another's, case by case."""
        return difference(self.scores(system, name), self.scores(other, name))

    @property
    def best_baseline(self) -> str:
        """The simple system with the highest F1."""
        return max(BASELINES, key=lambda name: (getattr(self.mean(name, "f1"), "mean", 0.0), name))

    def recall_by_class(self, system: str) -> dict[str, tuple[int, int]]:
        """Real rows found, and real rows there are, by second level over all cases."""
        sums = {level2: [0, 0] for level2 in LEVEL2}
        for one in self.of(system):
            for level2, (hit, count) in one["classes"].items():
                sums[level2][0] += hit
                sums[level2][1] += count
        return {level2: (hit, count) for level2, (hit, count) in sums.items() if count}

    def cost(self, system: str) -> dict[str, float | None]:
        """Seconds (median, 95th percentile), tokens and calls a draft."""
        found = self.of(system)
        seconds = [one["seconds"] for one in found]
        tokens = [one["tokens"] for one in found if one["tokens"] is not None]
        return {
            "median_seconds": round(float(np.median(seconds)), 4),
            "p95_seconds": round(float(np.percentile(seconds, 95)), 4),
            "tokens": round(float(np.mean(tokens)), 1) if tokens else None,
            "calls": float(np.mean([one["calls"] for one in found])),
        }

    def failures(self) -> list[tuple[str, str, str]]:
        """Case, system and reason of each draft that failed."""
        return [
            (case, system, found["failed"])
            for by_system in self.found.values()
            for system, by_case in by_system.items()
            for case, found in by_case.items()
            if found["failed"]
        ]

    def headline(self) -> dict[str, Estimate]:
        """Jimu's scores a baseline is kept of, all better when higher."""
        found = {name: self._headline(name) for name, scorer in SCORERS.items() if scorer.headline}
        return {name: one for name, one in found.items() if one is not None}

    def _headline(self, name: str) -> Estimate | None:
        told = [value for value in self.scores(OURS, name) if value is not None]
        return estimate([float(value == 0) for value in told] if SCORERS[name].lower_is_better else told)
