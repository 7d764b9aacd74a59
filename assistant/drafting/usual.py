"""What tables about the same work usually have: concepts several of the nearest tables share, named for this project.

A concept is a pattern with a slot (〈对象〉补助发放及时率). The project's own people or subject fill it; what has no
slot, or nothing to fill it with, keeps the name most of the nearest tables use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.brief import Brief
from assistant.drafting.adapting import COUNTED, may_be_offered
from assistant.precedents.concepts import Concept, ConceptLibrary
from assistant.precedents.naming import shares, split_name
from assistant.precedents.patterns import Pattern
from assistant.precedents.store import PastRow, PastTables

FEWEST_TABLES = 2.0
"""Nearest tables that must share a concept; one half as close as the nearest counts 0.7 (docs/decisions/010)."""
_TOUCHED = 0.3
"""Share of a counted thing's wording the description must have: how many of another thing is no suggestion."""
_LONGEST_THING = 10
_SHORTEST_NAME = 4


@dataclass(frozen=True)
class Usual:
    """A concept several near tables share: its name here, its rows there, how many tables speak for it."""

    name: str
    adapted_from: str | None
    rows: tuple[PastRow, ...]
    tables: float


def usual_concepts(
    rows: Sequence[PastRow], closeness: Mapping[str, float], brief: Brief, store: PastTables
) -> list[Usual]:
    """Concepts of the rows of the nearest tables, those most of them share first."""
    near = [row for row in rows if closeness.get(row.table_id, 0.0) > 0]
    library = ConceptLibrary(store)
    known = library.of_texts(row.text_key for row in near)
    mine: dict[str, list[PastRow]] = defaultdict(list)
    for row in near:
        if concept_id := known.get((row.text_key, row.level2)):
            mine[concept_id].append(row)
    nearest = max(closeness.values(), default=0.0)
    weight = {table: (max(close, 0.0) / nearest) ** 0.5 for table, close in closeness.items()} if nearest > 0 else {}
    tables = {one: sum(weight[table] for table in {row.table_id for row in its}) for one, its in mine.items()}
    shared = [one for one in mine if tables[one] >= FEWEST_TABLES]
    found = []
    for concept in library.get(shared):
        name, adapted = _for_project(concept, mine[concept.id], weight, brief)
        if name:
            found.append(Usual(name, adapted, tuple(mine[concept.id]), tables[concept.id]))
    return sorted(found, key=lambda one: (-one.tables, one.name))


def _for_project(
    concept: Concept, rows: Sequence[PastRow], weight: Mapping[str, float], brief: Brief
) -> tuple[str, str | None]:
    """The name of a concept in this project and what it was made from; "" where it does not fit."""
    votes: dict[str, float] = defaultdict(float)
    for row in rows:
        votes[row.name] += weight[row.table_id]
    name = max(votes, key=lambda one: (votes[one] + 0.5 * _touched(one, brief), -len(one), one))
    first = next(row for row in rows if row.name == name)
    if not may_be_offered(name, brief) or (first.level2 in COUNTED and _touched(name, brief) < _TOUCHED):
        return "", None
    if split_name(name).generic or _touched(name, brief) >= _TOUCHED:
        return name, None
    if not concept.pattern.slot:
        return "", None
    bare = concept.pattern.before + concept.pattern.after
    if own := fillings(concept.pattern, brief):
        return own[0], name
    return (bare, name) if len(bare) >= _SHORTEST_NAME else ("", None)


def fillings(pattern: Pattern, brief: Brief) -> list[str]:
    """A pattern with the project's own things in its slot: its people, else what it is about or counts."""
    if not pattern.slot:
        return []
    things = (split_name(fact.label).thing for fact in brief.facts)
    own = dict.fromkeys((*(brief.beneficiaries if pattern.slot == "对象" else brief.subjects), *filter(None, things)))
    rest = pattern.before + pattern.after
    fitting = [thing for thing in own if len(thing) <= _LONGEST_THING and thing not in rest]
    return [pattern.before + thing + pattern.after for thing in fitting]


def _touched(name: str, brief: Brief) -> float:
    return shares(split_name(name).thing or name, brief.text)
