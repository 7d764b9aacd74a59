"""Rankings against what people judged relevant: places count, groups weigh alike, ties keep their order."""

from __future__ import annotations

import pytest

from assistant.retrieval.kinds import Hits
from evals.retrieval.cases import Query
from evals.retrieval.methods import Lists
from evals.retrieval.suite import Answered, scored


def query(name: str, relevant: str, group: str | None = None) -> Query:
    return Query(name, name, group or name, "tables", frozenset(relevant), frozenset("abcd"))


def answered(*queries: Query) -> Answered:
    return Answered(queries, tuple(Lists([], []) for _ in queries))


def ranked(order: str) -> Hits:
    return [(key, 1.0) for key in order]  # all tied: the order given must stay


def test_the_first_place_is_worth_most() -> None:
    first = scored(answered(query("q", "a")), lambda _q, _f: ranked("abc"))
    third = scored(answered(query("q", "a")), lambda _q, _f: ranked("bca"))
    assert first["nDCG@10"]["q"] == first["MRR"]["q"] == 1.0
    assert third["MRR"]["q"] == pytest.approx(1 / 3)
    assert third["nDCG@10"]["q"] == pytest.approx(0.5)


def test_recall_is_the_share_of_relevant_keys_found() -> None:
    assert scored(answered(query("q", "ad")), lambda _q, _f: ranked("abc"))["R@10"]["q"] == 0.5


def test_queries_of_one_group_are_averaged_first() -> None:
    asked = answered(query("p", "a", "g"), query("q", "d", "g"))
    assert scored(asked, lambda _q, _f: ranked("abc"))["MRR"] == {"g": 0.5}


def test_a_query_that_finds_nothing_scores_zero() -> None:
    assert scored(answered(query("q", "a")), lambda _q, _f: [])["nDCG@10"] == {"q": 0.0}
