"""Search fuses words and vectors, keeps to the filter, and always answers alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from past_examples import past

from assistant.precedents import Filter, PastTables
from assistant.retrieval.embedding import HashedEncoder
from assistant.retrieval.index import open_index
from assistant.retrieval.search import FusionWeights, Searcher, fuse


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    home: Path = tmp_path_factory.mktemp("home")
    store = PastTables.open(home)
    list(store.add(map(past, range(300))))
    index = open_index(home, store, HashedEncoder())
    yield Searcher(store, index)
    index.close()


def weighted(searcher: Searcher, **weights: float) -> Searcher:
    return Searcher(searcher._store, searcher._index, FusionWeights(**weights))


def test_the_table_of_the_same_name_comes_first_with_its_facts(searcher: Searcher) -> None:
    hit = searcher.tables("校舍维修项目甲120号", 5)[0]
    assert (hit.id, hit.facts.project_name, hit.facts.year) == ("表120", "校舍维修项目甲120号", 2020)
    assert 0 < hit.score <= 1
    assert hit.words_rank == 1


def test_an_indicator_comes_with_all_rows_that_bear_it(searcher: Searcher) -> None:
    rows = searcher._store.rows_of_tables(["表7"])
    hit = searcher.rows(rows[0].name, 3)[0]
    assert hit.name == rows[0].name
    assert rows[0].id in {row.id for row in hit.rows}
    assert {row.text_key for row in hit.rows} == {hit.text_key}


def test_scores_fall_and_equal_ones_go_by_id(searcher: Searcher) -> None:
    for hits in (searcher.tables("道路养护", 50), searcher.tables("满意", 50)):
        order = [(-hit.score, hit.id) for hit in hits]
        assert order == sorted(order)
        assert len(hits) == 50


def test_a_longer_answer_begins_like_the_shorter_one(searcher: Searcher) -> None:
    long = searcher.tables("农村公路养护里程", 20)
    assert searcher.tables("农村公路养护里程", 5) == long[:5]


def test_the_weights_decide_what_counts(searcher: Searcher) -> None:
    words = weighted(searcher, tables_words=1, tables_vector=0).tables("河道清淤项目", 10)
    near = weighted(searcher, tables_words=0, tables_vector=1).tables("河道清淤项目", 10)
    assert [hit.words_rank for hit in words] == list(range(1, 11))
    assert [hit.vector_rank for hit in near] == list(range(1, 11))


def test_a_filter_holds_and_is_filled_up(searcher: Searcher) -> None:
    where = Filter(years=(2021, 2021), field="交通")
    hits = searcher.tables("校舍维修", 30, where)
    assert len(hits) == 30
    assert all(hit.facts.year == 2021 and hit.facts.field == "交通" for hit in hits)


def test_a_filter_that_leaves_one_table_finds_it_among_all(searcher: Searcher) -> None:
    only = Filter(exclude=frozenset(f"表{number}" for number in range(300) if number != 123))
    assert [hit.id for hit in searcher.tables("与它毫无关系的文字", 3, only)] == ["表123"]
    assert {row.table_id for hit in searcher.rows("任何指标", 9, only) for row in hit.rows} == {"表123"}


def test_rows_of_tables_outside_the_filter_are_not_shown(searcher: Searcher) -> None:
    where = Filter(generation="2021")
    found = {row.table_id for hit in searcher.rows("数量", 40, where) for row in hit.rows}
    assert found
    assert found <= (searcher._store.matching(where) or frozenset())


def test_a_filter_that_lets_nothing_through_finds_nothing(searcher: Searcher) -> None:
    assert searcher.tables("校舍", 3, Filter(years=(1999, 1999))) == []
    assert searcher.rows("校舍", 3, Filter(years=(1999, 1999))) == []


@pytest.mark.parametrize("query", ["", "  \n", "　"])
def test_a_blank_query_finds_nothing(searcher: Searcher, query: str) -> None:
    assert searcher.tables(query, 3) == []
    assert searcher.rows(query, 3) == []


def test_one_character_is_found_by_words_at_any_place(searcher: Searcher) -> None:
    assert all("淤" in hit.name for hit in weighted(searcher, rows_words=1, rows_vector=0).rows("淤", 5))
    assert all("率" in hit.name for hit in weighted(searcher, rows_words=1, rows_vector=0).rows("率", 5))


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "AND OR NOT",
        "NEAR(a b)",
        "校舍*",
        "col:校舍",
        "{校舍}",
        "校舍 - 维修",
        "'; DROP TABLE texts; --",
        "\0校舍",
        "^校舍",
    ],
)
def test_search_syntax_in_a_query_is_only_text(searcher: Searcher, query: str) -> None:
    assert searcher.tables(query, 3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_any_text_is_a_safe_query(searcher: Searcher, query: str) -> None:
    assert len(searcher.rows(query, 2)) <= 2


def test_a_very_long_description_is_answered_by_its_rarest_words(searcher: Searcher) -> None:
    filler = "".join(chr(0x4E00 + number) for number in range(4_000))
    hits = weighted(searcher, tables_words=1, tables_vector=0).tables(filler + "垃圾清运项目甲158号" * 3, 5)
    assert "表158" in {hit.id for hit in hits}


def test_asking_again_gives_the_same_answer(searcher: Searcher) -> None:
    assert searcher.rows("维修完成时间", 20) == searcher.rows("维修完成时间", 20)


def test_a_table_is_found_by_a_single_character_anywhere_in_it(searcher: Searcher) -> None:
    hits = weighted(searcher, tables_words=1, tables_vector=0).tables("淤了", 3)
    assert all("清淤" in hit.facts.project_name for hit in hits)


def test_words_that_say_little_of_the_query_leave_rows_to_meaning() -> None:
    words, near = [("甲", 0.1), ("乙", 0.05)], [("丙", 0.5), ("甲", 0.1)]
    assert [one.key for one in fuse(words, near, 0.7, 0.3, words_as_they_are=True)] == ["丙", "甲", "乙"]
    assert [one.key for one in fuse(words, near, 0.7, 0.3)] == ["甲", "乙", "丙"]


def test_the_share_of_the_query_a_text_says_is_its_score_by_words(searcher: Searcher) -> None:
    name = searcher._store.rows_of_tables(["表7"])[0].name
    whole = searcher._index.texts_by_words(name, 1)[0][1]
    half = searcher._index.texts_by_words(name + "在月球上钻探取样的次数与深度", 1)[0][1]
    assert 0 < half < whole


def test_the_similarity_of_a_table_is_its_cosine_whichever_list_found_it(searcher: Searcher) -> None:
    (vector,) = searcher._index.embed(["农村公路养护"])
    hits = searcher.tables("农村公路养护", 20)
    cosines = dict(searcher._index.cosines_of_tables(vector, [hit.id for hit in hits]))
    assert {hit.id: hit.similarity for hit in hits} == cosines
