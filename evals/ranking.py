"""How good a ranked list is: nDCG@10, hit@1 and MRR, averaged over groups, with bootstrap intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

DEPTH = 10
_DRAWS = 2_000
_SEED = 20_261_123

Scores = Mapping[str, Sequence[float]]
"""Group → the scores of its queries. Groups (a field, a concept) weigh alike and are what the bootstrap draws."""


@dataclass(frozen=True)
class Estimate:
    """A mean over groups and its 95 % bootstrap interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def ndcg(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Gain of the relevant keys among the first ten, discounted by place; 1 when they could not stand better."""
    gained = sum(1 / math.log2(place + 2) for place, key in enumerate(ranked[:DEPTH]) if key in relevant)
    return gained / sum(1 / math.log2(place + 2) for place in range(min(DEPTH, len(relevant))))


def hit(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """Whether the first key is relevant."""
    return float(bool(ranked) and ranked[0] in relevant)


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """One over the place of the first relevant key, 0 when there is none."""
    return next((1 / place for place, key in enumerate(ranked, 1) if key in relevant), 0.0)


SCORERS: dict[str, Callable[[Sequence[str], Collection[str]], float]] = {
    "nDCG@10": ndcg,
    "hit@1": hit,
    "MRR": reciprocal_rank,
}


def mean(scores: Scores) -> float:
    """The mean of the groups' means."""
    return fmean(fmean(one) for one in scores.values())


def estimate(scores: Scores) -> Estimate:
    """The mean with its interval, groups drawn with replacement."""
    means = np.array([fmean(one) for one in scores.values()])
    drawn = np.random.default_rng(_SEED).choice(means, (_DRAWS, len(means))).mean(axis=1)
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Estimate(float(means.mean()), float(low), float(high))


def gain(ours: Scores, theirs: Scores) -> Estimate:
    """How much better ours are, query by query; clear when the interval does not hold 0."""
    return estimate({group: [a - b for a, b in zip(ours[group], theirs[group], strict=True)] for group in ours})
