"""Which precedent rows could serve a project: gathered, refused where they break rules, merged, adapted, scored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.brief import Brief
from assistant.checks import row_findings
from assistant.dialects import translate_level
from assistant.drafting.naming import COURSE, Parts, shares, split_name
from assistant.precedents.store import PastRow, TableFacts
from assistant.retrieval.search import Searcher, TableHit
from assistant.schema import Generation, Indicator, Level1, Level2

TABLES = 16
ROWS_A_QUERY = 30
SAME_CONCEPT = 0.80
"""Cosine of two names from which, at one level with one measure, they count as one concept."""
RELATED = 0.38
"""Cosine of a precedent's name to the project from which its own thing may stand unchanged."""
IN_TEXT = 0.6


@dataclass(frozen=True)
class Candidate:
    """One concept that could become a row: how it would be named, where it stands, which rows bear it."""

    name: str
    level1: Level1
    level2: Level2
    rows: tuple[PastRow, ...]
    score: float
    projects: int
    adapted_from: str | None
    vector: NDArray[np.float32]

    @property
    def parts(self) -> Parts:
        """Thing and head of the name."""
        return split_name(self.name)


@dataclass(frozen=True)
class Pool:
    """Everything retrieval found for a brief."""

    candidates: tuple[Candidate, ...]
    rows: tuple[PastRow, ...]
    tables: Mapping[str, TableFacts]
    closeness: Mapping[str, float]
    """Table id → how near it is to the brief, relative to the nearest."""
    nearest: float
    """Centred cosine of the nearest table, comparable between briefs."""
    refused: tuple[tuple[str, str], ...]


def gather(brief: Brief, searcher: Searcher, generation: Generation) -> Pool:
    """The candidates for a brief, best first; refused rows are kept with the rule they break."""
    hits = searcher.tables(brief.text[:600], TABLES)
    closeness = {hit.id: hit.score for hit in hits}
    rows, tables = _rows_found(brief, searcher, hits)
    sound, refused = _sound(rows, generation)
    names = sorted({row.name for row in sound})
    vectors = dict(zip(names, _vectors(searcher, names), strict=True))
    about = _vectors(searcher, _aspects(brief))
    relevance = {name: float((about @ vector).max()) if len(about) else 0.0 for name, vector in vectors.items()}
    candidates = []
    for (level1, level2), same_level in _by_level(sound, generation).items():
        for concept in _concepts(same_level, vectors, closeness):
            made = _candidate(concept, brief, tables, closeness, relevance, vectors)
            if made is not None:
                candidates.append(replace(made, level1=level1, level2=level2))
    candidates.sort(key=lambda one: (-one.score, one.level2, one.name))
    return Pool(
        tuple(_unrepeated(candidates)),
        tuple(rows),
        tables,
        closeness,
        max((hit.similarity for hit in hits), default=0.0),
        tuple(refused),
    )


def _rows_found(
    brief: Brief, searcher: Searcher, hits: Sequence[TableHit]
) -> tuple[list[PastRow], dict[str, TableFacts]]:
    """All rows of the nearest tables, and rows named like what the brief speaks of, wherever they stand."""
    tables = {hit.id: hit.facts for hit in hits}
    rows = {row.id: row for row in searcher.store.rows_of_tables([hit.id for hit in hits])}
    for query in _aspects(brief)[:12]:
        for found in searcher.rows(query, ROWS_A_QUERY):
            rows.update((row.id, row) for row in found.rows)
    others = sorted({row.table_id for row in rows.values()} - set(tables))
    tables.update(searcher.store.facts(others))
    return sorted(rows.values(), key=lambda row: row.id), tables


def _aspects(brief: Brief) -> list[str]:
    """What the project is about, as short texts a row's name can be compared with."""
    name = brief.request.project_name
    return list(dict.fromkeys(part for part in (name, *brief.subjects, *(fact.label for fact in brief.facts)) if part))


def _sound(rows: Iterable[PastRow], generation: Generation) -> tuple[list[PastRow], list[tuple[str, str]]]:
    """Rows without errors or warnings; a slogan or a broken row is never suggested."""
    sound, refused = [], []
    for row in rows:
        level1, level2 = translate_level(_level2(row), generation)
        indicator = Indicator(id=row.id, level1=level1, level2=level2, name=row.name, value=row.value)
        broken = [finding for finding in row_findings(indicator, generation) if finding.level != "advice"]
        if broken:
            refused.append((f"{row.id} {row.name}", f"{broken[0].rule} {broken[0].title}"))
        else:
            sound.append(row)
    return sound, refused


def _level2(row: PastRow) -> Level2:
    return row.level2  # type: ignore[return-value]


def _by_level(rows: Iterable[PastRow], generation: Generation) -> dict[tuple[Level1, Level2], list[PastRow]]:
    grouped: dict[tuple[Level1, Level2], list[PastRow]] = defaultdict(list)
    for row in rows:
        level1, level2 = translate_level(_level2(row), generation)
        # 可持续影响 is not part of the 2021 form's own list; such rows stay with forms that have the class.
        if not (generation == "2021" and level2 == "可持续影响指标"):
            grouped[(level1, level2)].append(row)
    return grouped


def _concepts(
    rows: Sequence[PastRow], vectors: Mapping[str, NDArray[np.float32]], closeness: Mapping[str, float]
) -> list[list[PastRow]]:
    """Rows of one level that mean the same: near names with the same measure, grouped around the closest table's."""
    ordered = sorted(rows, key=lambda row: (-closeness.get(row.table_id, 0.0), row.id))
    groups: list[list[PastRow]] = []
    for row in ordered:
        for group in groups:
            first = group[0]
            same_head = split_name(first.name).head[-1:] == split_name(row.name).head[-1:]
            if row.name == first.name or (
                same_head and float(vectors[row.name] @ vectors[first.name]) >= SAME_CONCEPT
            ):
                group.append(row)
                break
        else:
            groups.append([row])
    return groups


def _candidate(
    rows: list[PastRow],
    brief: Brief,
    tables: Mapping[str, TableFacts],
    closeness: Mapping[str, float],
    relevance: Mapping[str, float],
    vectors: Mapping[str, NDArray[np.float32]],
) -> Candidate | None:
    first = max(rows, key=lambda row: (closeness.get(row.table_id, 0.0), relevance[row.name], row.id))
    name, adapted = _adapt(first, brief, tables, relevance[first.name], closeness.get(first.table_id, 0.0))
    if not name:
        return None
    projects = len({row.table_id for row in rows})
    near = max(closeness.get(row.table_id, 0.0) for row in rows)
    same_kind = any(tables[row.table_id].kind == brief.kind for row in rows if row.table_id in tables)
    score = (
        0.40 * near
        + 0.30 * max(relevance[row.name] for row in rows)
        + 0.15 * min(projects, 4) / 4
        + 0.10 * same_kind
        + 0.15 * shares(split_name(name).thing or name, brief.text)
        - 0.10 * (adapted is not None)
    )
    return Candidate(name, "产出指标", "数量指标", tuple(rows), score, projects, adapted, vectors[first.name])


def _adapt(
    row: PastRow, brief: Brief, tables: Mapping[str, TableFacts], relevance: float, near: float
) -> tuple[str, str | None]:
    """The name this project would use: as it stands, with the project's own thing in place, or none at all."""
    parts = split_name(row.name)
    if row.level2 == "服务对象满意度指标":
        return _whose_satisfaction(row, parts, brief)
    kind = tables[row.table_id].kind if row.table_id in tables else ""
    same_kind = not kind or kind == brief.kind
    if parts.generic:
        fits = same_kind or all(verb in brief.text for verb in parts.verbs)
        return (row.name, None) if fits else ("", None)
    if shares(parts.thing, brief.text) >= IN_TEXT:
        return row.name, None
    if relevance >= RELATED and near > 0.5 and same_kind:
        return row.name, None
    # How many of another thing there are is the unit's own figure: only rates and times carry over.
    carried = parts.head.endswith(("率", "时间", "时限")) and parts.verbs and all(verb in COURSE or verb in brief.text for verb in parts.verbs)
    if carried and same_kind and (thing := _own_thing(parts, brief)):
        return thing + parts.head, row.name
    return "", None


def _whose_satisfaction(row: PastRow, parts: Parts, brief: Brief) -> tuple[str, str | None]:
    who = parts.thing.removesuffix("群众") or parts.thing
    if who and who in brief.text:
        return row.name, None
    return (f"{brief.beneficiaries[0]}满意度", row.name) if brief.beneficiaries else ("", None)


def _own_thing(parts: Parts, brief: Brief) -> str:
    """What this project does the head's verb to: the object of the first fact with that verb, else the subject."""
    for fact in brief.facts:
        labelled = split_name(fact.label)
        if fact.kind == "quantity" and labelled.thing and any(verb in fact.label for verb in parts.verbs):
            return labelled.thing if len(labelled.thing) <= 12 else ""
    subject = brief.subjects[0] if brief.subjects else ""
    return subject if 2 <= len(subject) <= 10 and not any(verb in subject for verb in parts.verbs) else ""


def _unrepeated(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate a name: adaptation can make two concepts the same."""
    seen: dict[tuple[str, str], Candidate] = {}
    for one in candidates:
        key = (one.level2, one.name)
        kept = seen.get(key)
        seen[key] = (
            one if kept is None else replace(kept, rows=kept.rows + one.rows, projects=max(kept.projects, one.projects))
        )
    return list(seen.values())


def _vectors(searcher: Searcher, texts: Sequence[str]) -> NDArray[np.float32]:
    return searcher.name_vectors(texts)
