"""Drafts of a performance-target table: composed from precedent, grounded, checked."""

from assistant.drafting.draft import Draft, DraftRow, Engine, Evidence, Rejected, Statistics
from assistant.drafting.grounding import Ground, guard, holds
from assistant.drafting.offline import draft_offline

__all__ = [
    "Draft",
    "DraftRow",
    "Engine",
    "Evidence",
    "Ground",
    "Rejected",
    "Statistics",
    "draft_offline",
    "guard",
    "holds",
]
