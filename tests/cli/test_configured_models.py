"""A configured encoder and reranker on the command line: what `doctor` and `search` say of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from running import Done, Jimu
from services import Service, answer_embeddings, answer_reranking

from assistant.precedents import PastTables


@pytest.fixture
def service() -> Iterator[Service]:
    running = Service(lambda asked: answer_embeddings(asked) if "input" in asked else answer_reranking(asked)).start()
    yield running
    running.stop()


@pytest.fixture
def configured(own_jimu: Jimu, service: Service, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Jimu]:
    def set_for(*kinds: str) -> Jimu:
        for kind in kinds:
            monkeypatch.setenv(f"JIMU_{kind}_URL", service.url)
            monkeypatch.setenv(f"JIMU_{kind}_MODEL", "bge")
            monkeypatch.setenv(f"JIMU_{kind}_KEY", "sk-secret")
        return own_jimu

    return set_for


def test_doctor_names_the_address_texts_go_to(configured: Callable[..., Jimu], service: Service) -> None:
    done = configured("EMBEDDING", "RERANKER")("doctor")
    assert (done.code, done.err) == (0, "")
    assert f"向量模型：bge@{service.url}#256/480，256 维，有回答" in done.out
    assert done.out.count("会发送到这个地址") == 2
    assert "sk-secret" not in done.out


def test_doctor_says_that_an_encoder_does_not_answer_and_ends_with_2(
    configured: Callable[..., Jimu], service: Service
) -> None:
    jimu = configured("EMBEDDING")
    service.stop()
    done = jimu("doctor", "--json")
    assert done.code == 2
    (problem,) = done.data["problems"]
    assert problem == f"向量模型 bge（{service.url}）：连接不上，请检查地址和网络"
    assert done.data["encoder"] == "没有回答"
    assert done.data["counts"]["表"] >= 60


def test_search_shows_the_places_a_reranker_gave(configured: Callable[..., Jimu]) -> None:
    done = configured("RERANKER")("search", "农村公路养护", "--n", "3", "--json")
    assert (done.code, done.err) == (0, "")
    assert [hit["why"].rpartition("、")[2] for hit in done.data["tables"]] == [f"重排第 {n} 位" for n in (1, 2, 3)]


def test_search_without_its_reranker_says_so_in_one_line_and_answers(
    configured: Callable[..., Jimu], own_jimu: Jimu, service: Service
) -> None:
    plain = own_jimu("search", "农村公路养护", "--n", "3", "--json").data
    jimu = configured("RERANKER")
    service.stop()
    done = jimu("search", "农村公路养护", "--n", "3", "--json")
    assert (done.code, done.data) == (0, plain)
    (line,) = done.complaints
    assert f"重排模型 bge（{service.url}）：连接不上" in line
    assert "没有重排" in line


def test_an_import_whose_encoder_is_gone_keeps_the_tables_and_says_what_is_missing(
    configured: Callable[..., Jimu], service: Service, tmp_path: Path
) -> None:
    row = {"level1": "产出指标", "level2": "数量指标", "name": "土样保管份数", "value": "≥18份"}
    (tmp_path / "甲.json").write_text(json.dumps({"id": "甲", "project_name": "土样保管", "indicators": [row]}))
    jimu = configured("EMBEDDING")
    service.stop()
    done: Done = jimu("import", tmp_path / "甲.json")
    assert done.code == 2
    assert any(f"bge（{service.url}）：连接不上" in line for line in done.complaints)
    store = PastTables.open(jimu.home)
    assert store.get("甲") is not None
