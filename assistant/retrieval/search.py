"""Similar tables and indicators for a description: words and meaning, fused by a weighted sum."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.precedents import Filter, PastRow, PastTables, TableFacts, plain_name
from assistant.precedents.texts import text_key
from assistant.retrieval.bearing import Scope
from assistant.retrieval.index import Index
from assistant.retrieval.kinds import Hits, Matrix, Vector
from assistant.retrieval.opened import Bearing
from assistant.retrieval.reranking import SecondLook

_POOL = 100  # candidates of each list; more for a longer answer, so that the fused order does not depend on n
_GROWTH = 4
MOST_EACH = 20
"""Rows shown of one indicator text; 服务对象满意度 alone may stand in every fifth table."""


@dataclass(frozen=True)
class FusionWeights:
    """How much words and meaning count, for tables and for rows; measured (docs/decisions/003, 008)."""

    tables_words: float = 0.5
    tables_vector: float = 0.5
    rows_words: float = 0.7
    rows_vector: float = 0.3


@dataclass(frozen=True)
class TableHit:
    """A similar table; the ranks count from 1 within each list, None when the list did not have it.

    `score` is relative to the best hit; `similarity` is the centred cosine to the query, comparable between queries.
    `reranked` is the place a reranker gave, which then orders the hits; None when none was asked.
    """

    id: str
    score: float
    similarity: float
    words_rank: int | None
    vector_rank: int | None
    facts: TableFacts
    reranked: int | None = None


@dataclass(frozen=True)
class RowHit:
    """A similar indicator text with rows that bear it in the tables the filter lets through.

    `rows` are `MOST_EACH` at most, spread evenly over all `total` of them in the order of their tables' ids.
    """

    text_key: str
    name: str
    score: float
    words_rank: int | None
    vector_rank: int | None
    rows: tuple[PastRow, ...]
    total: int
    reranked: int | None = None


@dataclass(frozen=True)
class Fused:
    """A key with its fused score and its place in each list."""

    key: str
    score: float
    words_rank: int | None
    vector_rank: int | None
    reranked: int | None = None


class Searcher:
    """Asks the index and shows what the store says of the keys found; scores lie between 0 and 1.

    `visible`: nothing but these tables and their rows is found; None shows all. `second_look` orders the best anew.
    """

    def __init__(
        self,
        store: PastTables,
        index: Index,
        weights: FusionWeights | None = None,
        *,
        visible: frozenset[str] | None = None,
        second_look: SecondLook | None = None,
    ) -> None:
        self._store = store
        self._index = index
        self._weights = weights or FusionWeights()
        self._visible = visible
        self._second_look = second_look

    @property
    def store(self) -> PastTables:
        """The past tables searched over."""
        return self._store

    def text_vectors(self, keys: Sequence[str]) -> dict[str, Vector]:
        """Raw vectors of indicator texts that are in the store."""
        return self._index.text_vectors(keys)

    def row(self, row_id: str) -> PastRow | None:
        """One past row by its id (`table#n`), None when there is no such row."""
        return self._store.row(row_id)

    def name_vectors(self, names: Sequence[str]) -> Matrix:
        """One normalised vector a name, uncentred; names of past rows come from the store, others are embedded."""
        keys = [text_key(name) for name in names]
        known = self._index.text_vectors(keys)
        new = [name for name, key in zip(names, keys, strict=True) if key not in known]
        known.update(zip((text_key(name) for name in new), self._index.embed(new), strict=True))
        return np.array([known[key] for key in keys], dtype=np.float32) if keys else self._index.embed([])

    def tables(self, query: str, n: int, where: Filter = Filter()) -> list[TableHit]:
        """The n most similar tables, best first, equal ones by id."""
        if not query.strip() or n < 1:
            return []
        index, scope, pool = self._index, Scope(where, self._visible), max(_POOL, _GROWTH * n)
        vector = index.embed([query])[0]
        words = index.tables_by_words(query, pool, scope)
        near = index.tables_by_vector(vector, pool, scope)
        fused = fuse(words, near, self._weights.tables_words, self._weights.tables_vector)
        fused = self._reordered(query, fused, self._texts_of_tables)[:n]
        similar = dict(index.cosines_of_tables(vector, [one.key for one in fused]))
        facts = self._store.facts(one.key for one in fused)
        return [
            TableHit(
                one.key,
                one.score,
                similar.get(one.key, 0.0),
                one.words_rank,
                one.vector_rank,
                facts[one.key],
                one.reranked,
            )
            for one in fused
            # An index older than the store still knows what has changed since under its old facts.
            if one.key in facts and where.lets_through(facts[one.key])
        ]

    def rows(self, query: str, n: int, where: Filter = Filter()) -> list[RowHit]:
        """The n most similar indicator texts, best first, equal ones by key."""
        if not query.strip() or n < 1:
            return []
        index, scope, pool = self._index, Scope(where, self._visible), max(_POOL, _GROWTH * n)
        vector = index.embed([query])[0]
        words = index.texts_by_words(query, pool, scope)
        near = index.texts_by_vector(vector, pool, scope)
        fused = fuse(words, near, self._weights.rows_words, self._weights.rows_vector, words_as_they_are=True)
        fused = self._reordered(query, fused, self._texts_of_rows)[:n]
        bearing = index.bearers([one.key for one in fused], MOST_EACH, scope)
        rows: dict[str, list[PastRow]] = {}
        for row in self._bearing(bearing, where):
            rows.setdefault(row.text_key, []).append(row)
        return [_row_hit(one, rows[one.key], bearing[one.key][1]) for one in fused if one.key in rows]

    def _bearing(self, bearing: Mapping[str, Bearing], where: Filter) -> list[PastRow]:
        """The rows the index names, as the store has them now."""
        named = {key: frozenset(tables) for key, (tables, _) in bearing.items()}
        rows = self._store.rows_within(frozenset().union(*named.values()), named)
        rows = [row for row in rows if row.table_id in named[row.text_key]]
        if where == Filter():
            return rows
        facts = self._store.facts({row.table_id for row in rows})
        return [row for row in rows if where.lets_through(facts[row.table_id])]

    def _reordered(
        self, query: str, fused: list[Fused], texts: Callable[[Sequence[str]], Sequence[str]]
    ) -> list[Fused]:
        if self._second_look is None:
            return fused
        places = self._second_look.places(query, [one.key for one in fused], texts)
        first = [replace(fused[place], reranked=rank) for rank, place in enumerate(places, start=1)]
        return [*first, *fused[len(first) :]]

    def _texts_of_tables(self, keys: Sequence[str]) -> Sequence[str]:
        found = self._store.texts_of_tables(keys)
        return [found.get(key, "") for key in keys]

    def _texts_of_rows(self, keys: Sequence[str]) -> Sequence[str]:
        found = self._store.names_of_texts(keys)
        return [found.get(key, "") for key in keys]


def _row_hit(one: Fused, rows: Sequence[PastRow], total: int) -> RowHit:
    name, shown = plain_name(rows[0].name), tuple(rows[:MOST_EACH])
    return RowHit(one.key, name, one.score, one.words_rank, one.vector_rank, shown, total, one.reranked)


def fuse(
    words: Hits, near: Hits, words_weight: float, vector_weight: float, *, words_as_they_are: bool = False
) -> list[Fused]:
    """Add the scores, each list's best made 1; 0 is no shared word, or no nearer than the average of the corpus.

    With `words_as_they_are` words count by the share of the query they say: of a query in quite other words, the best
    match by words says little, and meaning decides.
    """
    said = {key: min(score, 1.0) for key, score in words}
    word_scores, vector_scores = said if words_as_they_are else _scaled(words), _scaled(near)
    word_ranks = {key: rank for rank, (key, _) in enumerate(words, 1)}
    vector_ranks = {key: rank for rank, (key, _) in enumerate(near, 1)}
    fused = [
        Fused(
            key,
            round(words_weight * word_scores.get(key, 0.0) + vector_weight * vector_scores.get(key, 0.0), 6),
            word_ranks.get(key),
            vector_ranks.get(key),
        )
        for key in word_scores.keys() | vector_scores.keys()
    ]
    return sorted(fused, key=lambda one: (-one.score, one.key))


def _scaled(hits: Hits) -> dict[str, float]:
    best = max((score for _, score in hits), default=0.0)
    return {key: max(score, 0.0) / best if best > 0 else 0.0 for key, score in hits}
