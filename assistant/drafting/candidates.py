"""Which precedent rows could serve a project: gathered, refused where they break rules, merged, scored."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.brief import Brief
from assistant.checks import Finding, row_findings
from assistant.dialects import translate_level
from assistant.drafting.adapting import COUNTED, Fit, adapt
from assistant.drafting.closeness import called, closest_tables
from assistant.drafting.usual import usual_concepts
from assistant.precedents.naming import Parts, shares, split_name
from assistant.precedents.store import PastRow, TableFacts
from assistant.retrieval.search import Searcher, TableHit
from assistant.schema import Generation, Indicator, Level1, Level2

ROWS_A_QUERY = 30

SAME_CONCEPT = 0.80
"""Cosine of two names from which, at one level with one measure, they count as one concept."""

FAIRLY_NEAR, NEAR = 0.26, 0.34
"""Closeness from which the nearest table counts when its name shares wording, and from which it counts anyway.

工具默认, chosen on planted foreign projects (`jimu eval drafting`, docs/decisions/007).
"""
NAMED_ALIKE = 0.15
"""Share of the project's name that is wording in common."""
_SAYS_NOTHING = 4
"""Longest count or cost name that can be a bare measure word: 成本, 数量, 项目金额."""
POOR_TABLE = 0.25
"""What a candidate loses that only tables with many refused rows have."""


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
    sure: bool
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
    """Table id → closeness to the brief, for the tables found; comparable between briefs."""
    wording: float
    """Share of the project's name (without one: of its first words) that some found table's project name has."""
    refused: tuple[tuple[str, str], ...]

    @property
    def nearest(self) -> float:
        """Closeness of the nearest table."""
        return max(self.closeness.values(), default=0.0)

    @property
    def has_anything_similar(self) -> bool:
        """Whether any past table is like the project; otherwise nothing is borrowed, and the unit is told.

        The sentence vectors find something for everything – for 月球钻探 it is 基础测绘 – so a table that is only
        fairly near must also share wording with the project's name.
        """
        return self.nearest >= NEAR or (self.nearest >= FAIRLY_NEAR and self.wording >= NAMED_ALIKE)


def gather(brief: Brief, searcher: Searcher, generation: Generation) -> Pool:
    """The candidates for a brief, best first; refused rows are kept with the rule they break."""
    closest = closest_tables(brief, searcher)
    hits, closeness = [hit for hit, _ in closest], {hit.id: close for hit, close in closest}
    rows, tables = _rows_found(brief, searcher, hits)
    sound, refused = _sound(rows, generation)
    poor = _poor_tables(sound, refused)
    names = sorted({row.name for row in sound})
    vectors = dict(zip(names, searcher.name_vectors(names), strict=True))
    about = searcher.name_vectors(_aspects(brief))
    relevance = {name: float((about @ vector).max()) if len(about) else 0.0 for name, vector in vectors.items()}
    candidates = []
    for (level1, level2), same_level in _by_level(sound, generation).items():
        for concept in _concepts(same_level, vectors, closeness):
            made = _candidate(concept, brief, tables, closeness, relevance, vectors)
            if made is not None:
                worth = made.score - POOR_TABLE * all(row.table_id in poor for row in concept)
                candidates.append(replace(made, level1=level1, level2=level2, score=worth))
    candidates.sort(key=lambda one: (-one.score, one.level2, one.name))
    candidates += _usual(sound, closeness, brief, searcher, generation)
    candidates = _with_own_vectors(_unrepeated(candidates), searcher)
    return Pool(
        tuple(candidates),
        tuple(rows),
        tables,
        closeness,
        max((shares(called(brief), hit.facts.project_name) for hit in hits), default=0.0),
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
        level1, level2 = translate_level(row.level2, generation)
        indicator = Indicator(id=row.id, level1=level1, level2=level2, name=row.name, value=row.value)
        if re.search(r"[0-9０-９]", row.name):
            refused.append((f"{row.id} {row.name}", "名称里带着那个项目自己的数"))
            continue
        parts = split_name(row.name)
        if level2 in COUNTED and parts.generic and not parts.verbs and len(row.name) <= _SAYS_NOTHING:
            refused.append((f"{row.id} {row.name}", "名称没有说是什么的数量或成本"))
            continue
        broken = [finding for finding in row_findings(indicator, generation) if _refuses(finding)]
        if broken:
            refused.append((f"{row.id} {row.name}", f"{broken[0].rule} {broken[0].title}"))
        else:
            sound.append(row)
    return sound, refused


def _poor_tables(sound: Iterable[PastRow], refused: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Tables a third of whose rows are refused: what is left of them is seldom better thought out."""
    kept = Counter(row.table_id for row in sound)
    lost = Counter(row.partition("#")[0] for row, _ in refused)
    return frozenset(table for table in lost if 2 * lost[table] >= kept[table])


def _refuses(finding: Finding) -> bool:
    """Errors and warnings; of the advice only what says that the name is wrong where it stands."""
    return finding.level != "advice" or finding.rule in ("L08", "N05", "N10")


def _by_level(rows: Iterable[PastRow], generation: Generation) -> dict[tuple[Level1, Level2], list[PastRow]]:
    grouped: dict[tuple[Level1, Level2], list[PastRow]] = defaultdict(list)
    for row in rows:
        level1, level2 = translate_level(row.level2, generation)
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
            if row.name == first.name or (same_head and float(vectors[row.name] @ vectors[first.name]) >= SAME_CONCEPT):
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
    kind = tables[first.table_id].kind if first.table_id in tables else ""
    fit = Fit(closeness.get(first.table_id, 0.0), max(closeness.values(), default=0.0), relevance[first.name])
    name, adapted = adapt(first, brief, kind=kind, fit=fit)
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
    return Candidate(name, "产出指标", "数量指标", tuple(rows), score, projects, adapted, True, vectors[first.name])


def _usual(
    rows: Sequence[PastRow], closeness: Mapping[str, float], brief: Brief, searcher: Searcher, generation: Generation
) -> list[Candidate]:
    """What the nearest tables usually have, offered to a table that would otherwise be too short, always 待填."""
    found = []
    vector = np.zeros(0, dtype=np.float32)  # comes with `_with_own_vectors`
    for one in usual_concepts(rows, closeness, brief, searcher.store):
        place, projects = translate_level(one.rows[0].level2, generation), len({row.table_id for row in one.rows})
        found.append(Candidate(one.name, *place, one.rows, 0.0, projects, one.adapted_from, sure=False, vector=vector))
    return found


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


def _with_own_vectors(candidates: Sequence[Candidate], searcher: Searcher) -> list[Candidate]:
    """Adapted names get vectors of their own, so that two rows that became alike are seen to be."""
    found = searcher.name_vectors([one.name for one in candidates])
    return [replace(one, vector=vector) for one, vector in zip(candidates, found, strict=True)]
