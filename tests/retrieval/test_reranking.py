"""A reranker orders the best hits anew and says so; when it fails, the fused order stays and one line says that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from services import Body, Service, answer_reranking
from tiny_models import reranker_folder

from assistant.errors import BadSetting, RerankingFailed
from assistant.model.rerank_endpoint import RerankEndpoint
from assistant.precedents import Filter, PastTables
from assistant.retrieval.index import Index
from assistant.retrieval.reranking import RERANKED, FolderReranker, Reranker, SecondLook
from assistant.retrieval.search import Searcher


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(answer_reranking).start()
    yield running
    running.stop()


def endpoint(service: Service) -> RerankEndpoint:
    return RerankEndpoint(service.url, "bge-reranker", "sk-secret")


def searching(store: PastTables, opened: Index, reranker: Reranker, told: list[str] | None = None) -> Searcher:
    return Searcher(store, opened, second_look=SecondLook(reranker, ([] if told is None else told).append))


def test_scores_go_to_their_texts_whatever_the_order_of_the_reply(service: Service) -> None:
    assert endpoint(service).scores("桥", ["桥梁", "桥梁加固数量", "桥"]) == [2.0, 6.0, 1.0]
    (asked,) = service.seen
    assert asked == {"model": "bge-reranker", "query": "桥", "documents": ["桥梁", "桥梁加固数量", "桥"]}
    assert service.headers[0]["Authorization"] == "Bearer sk-secret"
    assert service.paths == ["/v1/rerank"]


def test_an_address_that_already_names_the_path_is_used_as_it_is(service: Service) -> None:
    RerankEndpoint(f"{service.url}/rerank", "m", None).scores("桥", ["桥梁"])
    assert service.paths == ["/v1/rerank"]
    assert "Authorization" not in service.headers[0]


def test_a_service_that_spells_the_protocol_as_tei_does_is_understood(service: Service) -> None:
    def tei(asked: Body) -> Body | int:
        if "texts" not in asked:
            return 422
        return [{"index": place, "score": place / 2} for place in range(len(asked["texts"]))]  # type: ignore[return-value]

    service.answer = tei
    reranker = endpoint(service)
    assert reranker.scores("桥", ["甲", "乙"]) == reranker.scores("桥", ["甲", "乙"]) == [0.0, 0.5]
    assert ["texts" in asked for asked in service.seen] == [False, True, True]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda asked: {"results": [{"index": 0, "relevance_score": 1.0}]}, "没有逐条给出得分"),
        (lambda asked: {"results": [{"index": 0, "relevance_score": 1.0}] * 2}, "没有逐条给出得分"),
        (lambda asked: {"results": [{"index": 0, "score": 1}, {"index": 1, "score": float("nan")}]}, "没有逐条"),
        (lambda asked: {"results": [{"index": 0}, {"index": 1}]}, "接口约定"),
        (lambda asked: {"error": "sk-secret"}, "接口约定"),
        (lambda asked: 401, "服务返回 401"),
        (lambda asked: 302, "服务返回 302"),
    ],
)
def test_a_reply_without_a_score_for_each_text_is_an_error(
    service: Service, answer: Callable[[Body], Body | int], said: str
) -> None:
    service.answer = answer
    with pytest.raises(RerankingFailed, match=said) as failed:
        endpoint(service).scores("桥", ["甲", "乙"])
    assert service.url in str(failed.value)
    assert "sk-secret" not in str(failed.value)


def test_tables_and_rows_come_in_the_reranker_s_order_and_say_so(
    opened: Index, store: PastTables, service: Service
) -> None:
    plain = Searcher(store, opened)
    reranked = searching(store, opened, endpoint(service))
    texts = store.texts_of_tables(hit.id for hit in plain.tables("农村公路养护", RERANKED))
    longest = sorted(texts, key=lambda key: -len(texts[key]))
    tables = reranked.tables("农村公路养护", 5)
    assert [len(texts[hit.id]) for hit in tables] == [len(texts[key]) for key in longest[:5]]
    assert [hit.reranked for hit in tables] == [1, 2, 3, 4, 5]
    rows = reranked.rows("农村公路养护", 5)
    assert [len(hit.name) for hit in rows] == sorted((len(hit.name) for hit in rows), reverse=True)
    assert [hit.reranked for hit in rows] == [1, 2, 3, 4, 5]
    assert [hit.reranked for hit in plain.rows("农村公路养护", 5)] == [None] * 5


def test_what_stands_behind_the_best_fifty_keeps_its_place(opened: Index, store: PastTables, service: Service) -> None:
    plain = Searcher(store, opened).rows("数量", 80)
    found = searching(store, opened, endpoint(service)).rows("数量", 80)
    assert {hit.text_key for hit in found[:RERANKED]} == {hit.text_key for hit in plain[:RERANKED]}
    assert [hit.text_key for hit in found[RERANKED:]] == [hit.text_key for hit in plain[RERANKED:]]
    assert found[RERANKED].reranked is None
    assert len(service.seen[0]["documents"]) == RERANKED


def test_only_what_the_filter_lets_through_is_sent(opened: Index, store: PastTables, service: Service) -> None:
    where = Filter(field="交通")
    searching(store, opened, endpoint(service)).tables("农村公路养护", 5, where)
    allowed = store.texts_of_tables(store.matching(where) or [])
    assert set(service.seen[0]["documents"]) <= set(allowed.values())


def test_when_the_reranker_is_gone_the_fused_order_stays_and_one_line_says_so(
    opened: Index, store: PastTables, service: Service
) -> None:
    told: list[str] = []
    service.answer = lambda asked: 500
    reranked, plain = searching(store, opened, endpoint(service), told), Searcher(store, opened)
    for query in ("农村公路养护", "桥梁加固"):
        assert reranked.tables(query, 5) == plain.tables(query, 5)
        assert reranked.rows(query, 5) == plain.rows(query, 5)
    (line,) = told
    assert service.url in line
    assert "服务返回 500" in line
    assert "没有重排" in line
    assert len(service.seen) == 1  # it is not waited for again


def test_a_reranker_nobody_listens_on_does_not_stop_the_search(opened: Index, store: PastTables) -> None:
    told: list[str] = []
    assert searching(store, opened, RerankEndpoint("http://127.0.0.1:9/v1", "m", None), told).rows("桥梁", 3)
    assert "连接不上" in told[0]


def test_a_local_cross_encoder_reads_query_and_text_together(opened: Index, store: PastTables, tmp_path: Path) -> None:
    reranker = FolderReranker(reranker_folder(tmp_path))
    assert reranker.scores("桥梁加固", ["桥梁加固数量", "校舍维修数量", "桥"]) == [4.0, 0.0, 1.0]
    assert len(reranker.scores("桥梁", ["桥梁"] * 40)) == 40
    hits = searching(store, opened, reranker).rows("桥梁加固合格率", 3)
    assert all(hit.name.startswith("桥梁加固") and hit.name.endswith("合格率") for hit in hits)


def test_a_reranker_folder_that_is_empty_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"JIMU_RERANKER_FOLDER .*没有 model\.onnx"):
        FolderReranker(tmp_path)
