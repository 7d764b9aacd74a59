"""Ways to rank past tables or indicator names for a query; a new one is one entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.brief import BriefRequest, understand
from assistant.drafting.closeness import closest_tables
from assistant.retrieval.bearing import Scope
from assistant.retrieval.kinds import Hits
from assistant.retrieval.search import Searcher, fuse
from evals.retrieval.cases import Corpus, Query

POOL = 100
"""Hits of each list that are fused, and of a ranking that is kept."""
_RRF_DEPTH = 60


@dataclass(frozen=True)
class Lists:
    """A query answered once by words and once by meaning: what is fused."""

    words: Hits
    near: Hits


Method = Callable[[Corpus, Query, Lists], Hits]


def look_up(corpus: Corpus, query: Query) -> Lists:
    """Both lists of a query, without the tables it must not see."""
    index, scope, vector = corpus.index, Scope(visible=query.visible), corpus.index.embed([query.text])[0]
    if query.kind == "tables":
        return Lists(index.tables_by_words(query.text, POOL, scope), index.tables_by_vector(vector, POOL, scope))
    return Lists(index.texts_by_words(query.text, POOL, scope), index.texts_by_vector(vector, POOL, scope))


def weighted(share: float) -> Method:
    """The product's own sum of scaled scores, `share` of it for words."""
    return lambda _corpus, query, found: [
        (one.key, one.score)
        for one in fuse(found.words, found.near, share, 1 - share, words_as_they_are=query.kind == "rows")
    ]


def rrf(_corpus: Corpus, _query: Query, found: Lists) -> Hits:
    """Plain reciprocal rank fusion (Cormack et al. 2009), the usual default elsewhere."""
    scores: dict[str, float] = {}
    for hits in (found.words, found.near):
        for place, (key, _) in enumerate(hits, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (_RRF_DEPTH + place)
    return sorted(scores.items(), key=lambda hit: (-hit[1], hit[0]))


def as_shipped(corpus: Corpus, query: Query, _found: Lists) -> Hits:
    """What `Searcher` as users have it answers, with the weights it has."""
    searcher = Searcher(corpus.store, corpus.index, visible=query.visible)
    if query.kind == "rows":
        return [(hit.text_key, hit.score) for hit in searcher.rows(query.text, POOL)]
    return [(hit.id, hit.score) for hit in searcher.tables(query.text, POOL)]


def reranked(corpus: Corpus, query: Query, found: Lists) -> Hits:
    """Tables as drafting ranks them, by what they share with the understood brief; behind them the rest as found.

    Names of indicators are not reranked.
    """
    rest = as_shipped(corpus, query, found)
    if query.kind == "rows":
        return rest
    searcher = Searcher(corpus.store, corpus.index, visible=query.visible)
    closest = [hit.id for hit, _ in closest_tables(understand(BriefRequest(description=query.text)), searcher)]
    order = [*closest, *(key for key, _ in rest if key not in closest)]
    return [(key, 1 / place) for place, key in enumerate(order, start=1)]


METHODS: Mapping[str, tuple[str, Method]] = {
    "words": ("词语（BM25）", lambda _corpus, _query, found: found.words),
    "vector": ("语义向量", lambda _corpus, _query, found: found.near),
    "rrf": ("倒数排名融合", rrf),
    "fused": ("加权融合（产品现用）", as_shipped),
    "reranked": ("融合后重排（起草用）", reranked),
}

COMPARED = (("fused", "words"), ("fused", "vector"), ("fused", "rrf"), ("reranked", "fused"))
"""Pairs of methods whose difference is reported, query by query."""
