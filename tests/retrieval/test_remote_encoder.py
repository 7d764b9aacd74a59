"""A configured `/embeddings` endpoint: what it is sent, what it may not reply, and an index built through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from services import Body, Service, answer_embeddings, embedding_reply, hashed_vectors

from assistant.errors import EmbeddingFailed
from assistant.model.embedding_endpoint import EmbeddingEndpoint
from assistant.precedents import PastTables
from assistant.retrieval import generation as files
from assistant.retrieval.embedding import HashedEncoder
from assistant.retrieval.index import Index, open_index
from assistant.retrieval.remote_encoder import LONGEST, RemoteEncoder
from assistant.retrieval.search import Searcher


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(answer_embeddings).start()
    yield running
    running.stop()


def encoder(service: Service, *, model: str = "bge", key: str = "sk-secret") -> RemoteEncoder:
    return RemoteEncoder(EmbeddingEndpoint(service.url, model, key))


def test_texts_come_back_as_unit_rows_in_their_order_and_dimensions_are_learned(service: Service) -> None:
    texts = [f"指标{number}" for number in range(70)]
    made = encoder(service)
    assert np.allclose(made.embed(texts), HashedEncoder().embed(texts), atol=1e-6)
    assert made.dim == 256
    assert [len(asked["input"]) for asked in service.seen] == [32, 32, 6]
    assert service.headers[0]["Authorization"] == "Bearer sk-secret"


def test_vectors_that_come_in_another_order_go_to_their_texts(service: Service) -> None:
    def shuffled(asked: Body) -> Body:
        reply = answer_embeddings(asked)
        return reply | {"data": reply["data"][::-1]}

    service.answer = shuffled
    assert np.allclose(encoder(service).embed(["校舍", "公路"]), HashedEncoder().embed(["校舍", "公路"]), atol=1e-6)


def test_a_service_that_takes_only_small_batches_is_given_small_batches(service: Service) -> None:
    service.answer = lambda asked: 422 if len(asked["input"]) > 10 else answer_embeddings(asked)
    made = encoder(service)
    assert made.embed([f"指标{number}" for number in range(40)]).shape == (40, 256)
    sizes = [len(asked["input"]) for asked in service.seen]
    assert sizes == [32, 16, 8, 8, 8, 8, 8]


def test_a_long_text_is_cut_to_what_services_take_and_a_blank_one_is_not_sent_blank(service: Service) -> None:
    encoder(service).embed(["校" * 2_000, "  "])
    assert [len(text) for text in service.texts] == [LONGEST, 1]


def test_no_text_asks_nothing_but_the_dimensions(service: Service) -> None:
    assert encoder(service).embed([]).shape == (0, 256)
    assert len(service.texts) == 1


def test_the_name_tells_models_addresses_and_dimensions_apart_and_hides_passwords(service: Service) -> None:
    name = encoder(service).name
    assert encoder(service).name == name
    assert encoder(service, model="m3").name != name
    assert encoder(service, key="sk-other").name == name
    service.answer = lambda asked: embedding_reply([[1.0, 2.0]] * len(asked["input"]))
    assert encoder(service).name != name
    secret = service.url.replace("http://", "http://user:password@") + "?token=secret"
    shown = EmbeddingEndpoint(secret, "bge", "sk-secret")
    assert shown.address == service.url
    assert "secret" not in str(shown.failed("某事"))


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (lambda asked: embedding_reply(hashed_vectors(asked["input"])[1:]), "送去 3 条文字，回来 2 个向量"),
        (lambda asked: embedding_reply([[1.0], [1.0, 2.0], [1.0]]), "长短不一"),
        (lambda asked: embedding_reply([[1.0, float("nan")]] * 3), "NaN"),
        (lambda asked: embedding_reply([[]] * 3), "长短不一"),
        (lambda asked: {"data": [{"index": 0, "embedding": [1.0]}] * 3}, "没有按条编号"),
        (lambda asked: embedding_reply([["很", "好"]] * 3), "接口约定"),
        (lambda asked: {"error": "sk-secret"}, "接口约定"),
        (lambda asked: 401, "服务返回 401"),
        (lambda asked: 404, "服务返回 404"),
        (lambda asked: 302, "服务返回 302"),
        (lambda asked: 400, "服务返回 400"),
    ],
)
def test_a_reply_that_cannot_be_right_is_an_error_that_names_the_endpoint(
    service: Service, answer: Callable[[Body], Body | int], said: str
) -> None:
    service.answer = answer
    with pytest.raises(EmbeddingFailed, match=said) as failed:
        encoder(service).embed(["校舍", "公路", "桥梁"])
    assert service.url in str(failed.value)
    assert "sk-secret" not in str(failed.value)


def test_dimensions_that_change_in_between_are_an_error(service: Service) -> None:
    made = encoder(service)
    made.embed(["校舍"])
    service.answer = lambda asked: embedding_reply([[1.0, 2.0]] * len(asked["input"]))
    with pytest.raises(EmbeddingFailed, match="从 256 维变成了 2 维"):
        made.embed(["公路"])


def test_a_service_that_stumbles_once_is_asked_again(service: Service) -> None:
    service.answer = lambda asked: 503 if len(service.seen) == 1 else answer_embeddings(asked)
    assert encoder(service).embed(["校舍"]).shape == (1, 256)
    assert len(service.seen) == 2


def built(store: PastTables, service: Service, model: str = "bge") -> Index:
    return open_index(store.home, store, encoder(service, model=model))


def test_an_index_through_the_endpoint_finds_and_is_used_again(store: PastTables, service: Service) -> None:
    index = built(store, service)
    assert Searcher(store, index).tables("农村公路养护项目甲21号", 3)[0].id == "表21"
    sent = len(service.texts)
    again = built(store, service)
    assert again.generation == index.generation
    assert service.texts[sent:] == ["绩效目标"]  # only the question that learns the dimensions


def test_switching_the_encoder_embeds_anew_and_switching_back_embeds_nothing(
    store: PastTables, service: Service
) -> None:
    first = built(store, service)
    sent = len(service.texts)
    second = built(store, service, model="m3")
    assert second.generation != first.generation
    assert len(service.texts) - sent == sent
    sent = len(service.texts)
    third = built(store, service)
    assert third.generation != second.generation
    assert service.texts[sent:] == ["绩效目标"]
    assert Searcher(store, third).tables("农村公路养护项目甲21号", 3)[0].id == "表21"


def test_a_model_with_other_dimensions_under_the_same_name_is_embedded_anew(
    store: PastTables, service: Service
) -> None:
    built(store, service).close()
    service.answer = lambda asked: embedding_reply([one[:64] for one in hashed_vectors(asked["input"])])
    index = built(store, service)
    assert index.tables_by_vector(index.embed(["校舍维修"])[0], 3)


def test_an_endpoint_that_dies_while_an_index_is_built_loses_nothing(
    opened: Index, store: PastTables, service: Service
) -> None:
    service.requests_to_live = 3  # the dimensions, and two batches
    with pytest.raises(EmbeddingFailed) as failed:
        built(store, service)
    total = len(list(store.row_texts())) + len(list(store.table_texts()))
    assert f"bge（{service.url}）" in str(failed.value)
    assert f"{total} 条文字已算好 64 条并保存" in str(failed.value)

    folder = files.index_folder(store.home)
    assert (folder / files.CURRENT).read_text().strip() == opened.generation
    assert [one.name for one in folder.iterdir() if one.is_dir()] == [opened.generation]
    assert Searcher(store, opened).tables("农村公路养护项目甲21号", 3)[0].id == "表21"

    done = set(service.texts)
    service.seen.clear()
    service.requests_to_live = None
    service.start()
    index = built(store, service)
    assert set(service.texts) & done == {"绩效目标"}
    assert len(service.texts) == total - 64 + 1
    assert Searcher(store, index).tables("农村公路养护项目甲21号", 3)[0].id == "表21"


def test_an_endpoint_nobody_listens_on_is_named_before_anything_is_written(store: PastTables) -> None:
    nobody = RemoteEncoder(EmbeddingEndpoint("http://127.0.0.1:9/v1", "bge", "none"))
    with pytest.raises(EmbeddingFailed, match=r"http://127\.0\.0\.1:9/v1）：连接不上"):
        open_index(store.home, store, nobody)
    assert [one for one in files.index_folder(store.home).iterdir() if one.is_dir()] == []
