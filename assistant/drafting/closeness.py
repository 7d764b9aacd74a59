"""Which past tables are nearest to a project, and how near they are."""

from __future__ import annotations

import re

from assistant.brief import Brief
from assistant.precedents.naming import shares
from assistant.retrieval.search import Searcher, TableHit

TABLES = 16

_NAME_LENGTH = 60
"""Characters of the description that stand for a missing project name."""

BY_SEARCH = 8.0
"""How much the place search gives a table counts beside its own closeness (docs/decisions/007)."""

BY_SUBJECT, BY_DEPARTMENT = 0.15, 0.10
"""What shared wording of the subject adds to the closeness of a table, and the same or another bureau adds or takes."""


def closest_tables(brief: Brief, searcher: Searcher) -> list[tuple[TableHit, float]]:
    """The tables a draft learns from with their closeness, the closest first.

    Asked for twice, by the whole text and by the name alone: a long description can drown what the project is. Search
    says which table is nearer than which, the cosine how near the nearest is; `BY_SEARCH` to one they make the
    closeness, so that it orders tables and can be compared between briefs.
    """
    hits: dict[str, TableHit] = {}
    found: dict[str, float] = {}
    queries = list(dict.fromkeys((brief.text[:600], called(brief))))
    for query in queries:
        for hit in searcher.tables(query, 2 * TABLES):
            kept = hits.get(hit.id)
            hits[hit.id] = hit if kept is None or hit.similarity > kept.similarity else kept
            found[hit.id] = found.get(hit.id, 0.0) + hit.score / len(queries)
    own = {key: _closeness(hit, brief) for key, hit in hits.items()}
    nearest, first = max(own.values(), default=0.0), max(found.values(), default=1.0)
    close = {key: (own[key] + BY_SEARCH * found[key] / first * nearest) / (1 + BY_SEARCH) for key in hits}
    ranked = sorted(hits, key=lambda key: (-close[key], key))[:TABLES]
    return [(hits[key], close[key]) for key in ranked]


def _closeness(hit: TableHit, brief: Brief) -> float:
    """Centred cosine, plus what meaning blurs: rare words in common (宗教, 人防) and the same kind of bureau."""
    subject = brief.subjects[0] if brief.subjects else ""
    bureau = re.sub(r"^.*?[省市县区州](?=.{3})", "", brief.request.department)
    return (
        hit.similarity
        + BY_SUBJECT * (shares(subject, f"{hit.facts.project_name}{hit.facts.unit}") if subject else 0.0)
        + BY_DEPARTMENT * (2 * shares(bureau, hit.facts.department) - 1 if bureau else 0.0)
    )


def called(brief: Brief) -> str:
    """The project's name, without one the first words of its description."""
    return brief.request.project_name or brief.text[:_NAME_LENGTH]
