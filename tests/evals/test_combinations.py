"""The experiment over ways to search: its score is the suite's, its lists are those of search."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.retrieval.lexical import LexicalIndex
from evals.retrieval.cases import Query
from evals.retrieval.combinations import Found, best_of, ndcg
from evals.retrieval.ingredients import FUSIONS, Words, tokenizers
from evals.retrieval.methods import Lists
from evals.retrieval.suite import Answered, scored

NAMES = ["校舍维修面积", "校舍维修数量", "公路养护里程", "群众满意度", "公路养护合格率", "养护里程"]


def test_the_score_is_the_one_of_the_suite() -> None:
    relevant = {1, 4, 9}
    found = Found(np.array([1, 2, 4, 7]), np.array([0.5, 0.9, 0.2, 0.9]))
    order = [2, 7, 1, 4]
    query = Query("q", "q", "q", "rows", frozenset(map(str, relevant)), frozenset())
    suite = scored(Answered((query,), (Lists([], []),)), lambda *_: [(str(key), 1.0) for key in order])
    assert ndcg(found, frozenset(relevant)) == pytest.approx(suite["nDCG@10"]["q"])


def test_words_score_as_search_does(tmp_path) -> None:
    split = tokenizers(NAMES)["字对"]
    LexicalIndex.write(tmp_path / "words", NAMES, "rows")
    found = LexicalIndex(tmp_path / "words", "rows").search("公路养护里程数", 10)
    scores, own = Words([split(name, False) for name in NAMES]).ask(split("公路养护里程数", True))
    ours = {name: score / own for name, score in zip(NAMES, scores, strict=True) if score > 0}
    assert {NAMES[place]: score for place, score in found} == pytest.approx(ours, rel=1e-4)


def test_only_what_may_be_seen_and_says_something_is_gathered() -> None:
    found = best_of(np.array([0.5, 0.9, -0.1, 0.2]), np.array([True, False, True, True]))
    assert (found.places.tolist(), found.scores.tolist()) == ([0, 3], [0.5, 0.2])
    assert found.at(np.array([0, 1, 3])).tolist() == [0.5, 0.0, 0.2]


@pytest.mark.parametrize("fusion", FUSIONS)
def test_every_fusion_prefers_what_both_lists_prefer_and_bears_an_empty_list(fusion: str) -> None:
    words, near = np.array([3.0, 1.0, 0.0]), np.array([0.9, 0.0, 0.3])
    assert FUSIONS[fusion](words, 9.0, near, 0.5).argmax() == 0
    alone = FUSIONS[fusion](np.zeros(3), 9.0, near, 0.5)
    assert alone.argmax() == 0
    assert np.isfinite(alone).all()


def test_words_the_names_repeat_together_are_learned_as_one() -> None:
    names = [f"{place}高标准农田亩均投资" for place in "东西南北中上下左右前"] + [
        "标准制定数",
        "农田灌溉",
        "亩均产量",
    ] * 3
    learned = tokenizers(names)
    assert len(learned["词（结巴，词典学自指标名）"]("高标准农田亩均投资", False)) < len(
        learned["词（结巴）"]("高标准农田亩均投资", False)
    )
