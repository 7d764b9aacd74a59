"""Review of a submitted table: the official scorecard over the findings of the checks."""

from assistant.review.scorecard import ITEMS, Scorecard, ScoredItem, score

__all__ = ["ITEMS", "Scorecard", "ScoredItem", "score"]
