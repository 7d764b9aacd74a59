"""Means over cases with 95 % bootstrap intervals, and differences between two systems case by case (scipy)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

import numpy as np
from scipy.stats import bootstrap

DRAWS = 5_000
SEED = 20_261_123


@dataclass(frozen=True)
class Estimate:
    """A mean over `n` cases with its interval; the ends are None when fewer than two cases tell it."""

    mean: float
    low: float | None
    high: float | None
    n: int

    def data(self) -> dict[str, float | int | None]:
        """The figures rounded for a file."""
        return {name: _rounded(value) for name, value in asdict(self).items()}

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return f"{self.mean:.3f}"
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def _rounded(value: float | int | None) -> float | int | None:
    return round(value, 4) if isinstance(value, float) else value


def estimate(values: Sequence[float]) -> Estimate | None:
    """The mean of the cases and its percentile bootstrap interval, cases drawn with replacement; None without cases."""
    if not values:
        return None
    if len(values) < 2:
        return Estimate(values[0], None, None, 1)
    drawn = bootstrap(
        (np.asarray(values, dtype=float),),
        np.mean,
        n_resamples=DRAWS,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return Estimate(fmean(values), float(drawn.low), float(drawn.high), len(values))


def difference(ours: Sequence[float | None], theirs: Sequence[float | None]) -> Estimate | None:
    """Ours minus theirs over the cases both have a score for, in the order of the cases."""
    return estimate([a - b for a, b in zip(ours, theirs, strict=True) if a is not None and b is not None])
