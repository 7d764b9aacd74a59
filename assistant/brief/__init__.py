"""From a project description to facts, each with the words it was read from.

`understand(request)` reads the given fields and the free text; nothing is guessed: what the text does not say is
not a fact. Contradictions are reported, not settled.
"""

from assistant.brief.facts import (
    RETURN_PERIOD,
    Brief,
    BriefRequest,
    Conflict,
    Fact,
    FactKind,
    KindOfWork,
    request_from_data,
)
from assistant.brief.reader import in_wan, understand

__all__ = [
    "RETURN_PERIOD",
    "Brief",
    "BriefRequest",
    "Conflict",
    "Fact",
    "FactKind",
    "KindOfWork",
    "in_wan",
    "request_from_data",
    "understand",
]
