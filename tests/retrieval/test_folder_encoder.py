"""A local ONNX sentence model: pooled as its folder says, known by its files, refused when it is incomplete."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from tiny_models import VOCABULARY, encoder_folder, token_vectors

from assistant.errors import BadSetting, EmbeddingFailed
from assistant.precedents import PastTables
from assistant.retrieval.folder_encoder import FolderEncoder
from assistant.retrieval.index import open_index
from assistant.retrieval.kinds import Matrix


def rows(text: str) -> Matrix:
    return token_vectors()[[VOCABULARY[one] for one in text]]


def unit(vector: Matrix) -> Matrix:
    return vector / np.linalg.norm(vector)


def test_without_a_pooling_file_a_text_is_the_mean_of_its_tokens_whatever_stands_beside_it(tmp_path: Path) -> None:
    encoder = FolderEncoder(encoder_folder(tmp_path))
    made = encoder.embed(["公路", "校舍维修项目"])
    assert encoder.dim == 8
    assert np.allclose(made[0], unit(rows("公路").mean(axis=0)), atol=1e-5)  # padding counts for nothing
    assert np.allclose(made[1], unit(rows("校舍维修项目").mean(axis=0)), atol=1e-5)


@pytest.mark.parametrize(
    ("pooling", "expected"),
    [
        ("mean_tokens", lambda: rows("公路养护").mean(axis=0)),
        ("cls_token", lambda: rows("公")[0]),
        ("lasttoken", lambda: rows("护")[0]),
        ("max_tokens", lambda: rows("公路养护").max(axis=0)),
    ],
)
def test_the_folder_says_how_tokens_become_one_vector(tmp_path: Path, pooling: str, expected) -> None:
    encoder = FolderEncoder(encoder_folder(tmp_path, pooling=pooling, inside="onnx/model.onnx"))
    made = encoder.embed(["公路养护", "校舍维修项目数量"])
    assert np.allclose(made[0], unit(expected()), atol=1e-5)


def test_many_texts_are_batched_and_none_gives_no_rows(tmp_path: Path) -> None:
    encoder = FolderEncoder(encoder_folder(tmp_path))
    texts = ["校舍", "公路"] * 40
    made = encoder.embed(texts)
    assert made.shape == (80, 8)
    assert np.allclose(made[78:], encoder.embed(texts[:2]), atol=1e-6)
    assert encoder.embed([]).shape == (0, 8)


def test_the_name_changes_with_the_files_and_only_with_them(tmp_path: Path) -> None:
    names = [
        FolderEncoder(encoder_folder(tmp_path / "a")).name,
        FolderEncoder(encoder_folder(tmp_path / "b", seed=2)).name,
        FolderEncoder(encoder_folder(tmp_path / "c", pooling="cls_token")).name,
        FolderEncoder(encoder_folder(tmp_path / "d", special=True)).name,
    ]
    assert len(set(names)) == 4
    assert FolderEncoder(encoder_folder(tmp_path / "moved")).name == names[0]


def test_an_index_through_the_folder_finds_a_name_by_its_characters(store: PastTables, tmp_path: Path) -> None:
    index = open_index(store.home, store, FolderEncoder(encoder_folder(tmp_path / "model")))
    key, text = next(store.row_texts())
    assert index.texts_by_vector(index.embed([text])[0], 300)[0][1] == pytest.approx(1.0, abs=1e-4)
    assert key in dict(index.texts_by_vector(index.embed([text])[0], 300))


def without(folder: Path, name: str) -> None:
    (folder / name).unlink()


def written(folder: Path, name: str, text: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(text)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda folder: without(folder, "model.onnx"), "没有 model.onnx"),
        (lambda folder: without(folder, "tokenizer.json"), "没有 tokenizer.json"),
        (lambda folder: written(folder, "model.onnx", "坏"), "model.onnx 打不开"),
        (lambda folder: written(folder, "tokenizer.json", "{"), "tokenizer.json 打不开"),
        (lambda folder: written(folder, "1_Pooling/config.json", "["), "读不懂"),
        (lambda folder: written(folder, "1_Pooling/config.json", "[]"), "读不懂"),
        (lambda folder: written(folder, "1_Pooling/config.json", '{"pooling_mode_weightedmean_tokens": true}'), "合并"),
        (lambda folder: written(folder, "modules.json", json.dumps([{"type": "st.models.Dense"}])), "Dense"),
    ],
)
def test_a_folder_that_cannot_be_used_is_named_with_the_reason(tmp_path: Path, spoil, said: str) -> None:
    folder = encoder_folder(tmp_path)
    spoil(folder)
    with pytest.raises(BadSetting, match=said) as refused:
        FolderEncoder(folder).embed(["校舍"])
    assert str(folder) in str(refused.value)
    assert "JIMU_EMBEDDING_FOLDER" in str(refused.value)


def test_vectors_that_are_no_numbers_are_an_error(tmp_path: Path) -> None:
    folder = encoder_folder(tmp_path, pooling="mean_tokens")
    weights = (folder / "model.onnx").read_bytes()
    first = token_vectors()[VOCABULARY["校"]].tobytes()
    assert weights.count(first) == 1
    nan = np.full(8, np.nan, dtype=np.float32).tobytes()
    (folder / "model.onnx").write_bytes(weights.replace(first, nan))
    with pytest.raises(EmbeddingFailed, match="不是数"):
        FolderEncoder(folder).embed(["校舍"])
