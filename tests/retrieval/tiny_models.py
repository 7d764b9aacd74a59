"""Tiny real ONNX models: an encoder that knows characters, a cross-encoder that counts shared ones."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split
from tokenizers.processors import TemplateProcessing

# `make test` installs it; a plain `uv sync` does not.
pytest.importorskip("onnxruntime", reason="没有 onnxruntime：uv sync --extra evals --extra local-embedding")

CHARACTERS = "校舍维修农村公路养护桥梁加固项目数量率满意度群众时间成本合格"
VOCABULARY = {one: place for place, one in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(CHARACTERS)])}
DIM = 8
_IDS = ["input_ids", "attention_mask", "token_type_ids"]


def _tokenizer(folder: Path, *, special: bool) -> None:
    tokenizer = Tokenizer(WordLevel(VOCABULARY, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split(Regex("."), "isolated")
    if special:
        tokenizer.post_processor = TemplateProcessing(
            single="[CLS] $A [SEP]",
            pair="[CLS] $A [SEP] $B:1 [SEP]:1",
            special_tokens=[("[CLS]", VOCABULARY["[CLS]"]), ("[SEP]", VOCABULARY["[SEP]"])],
        )
    tokenizer.save(str(folder / "tokenizer.json"))


def _save(nodes: list, weights: dict[str, np.ndarray], output: str, shape: list, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    graph = helper.make_graph(
        nodes,
        "tiny",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"]) for name in _IDS],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(value, name) for name, value in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def token_vectors(seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(len(VOCABULARY), DIM)).astype(np.float32)


def encoder_folder(
    folder: Path, *, pooling: str | None = None, special: bool = False, seed: int = 1, inside: str = "model.onnx"
) -> Path:
    """Each character its own vector; the text's vector is left to the pooling."""
    folder.mkdir(parents=True, exist_ok=True)
    _tokenizer(folder, special=special)
    gather = helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    _save([gather], {"table": token_vectors(seed)}, "last_hidden_state", ["batch", "tokens", DIM], folder / inside)
    if pooling:
        (folder / "1_Pooling").mkdir(exist_ok=True)
        said = {"word_embedding_dimension": DIM, "pooling_mode_mean_tokens": False, f"pooling_mode_{pooling}": True}
        (folder / "1_Pooling" / "config.json").write_text(json.dumps(said))
    return folder


def reranker_folder(folder: Path) -> Path:
    """One score a pair: how many different characters of the query the text has too."""
    folder.mkdir(parents=True, exist_ok=True)
    _tokenizer(folder, special=True)
    known = np.eye(len(VOCABULARY), dtype=np.float32)
    known[:4] = 0.0  # padding, unknown and special tokens are nothing in common
    nodes = [
        helper.make_node("Gather", ["known", "input_ids"], ["each"]),
        helper.make_node("Cast", ["token_type_ids"], ["second"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["second", "last"], ["of_text"]),
        helper.make_node("Sub", ["one", "of_text"], ["of_query"]),
        helper.make_node("Mul", ["each", "of_text"], ["texts"]),
        helper.make_node("Mul", ["each", "of_query"], ["queries"]),
        helper.make_node("ReduceMax", ["texts"], ["text"], axes=[1], keepdims=0),
        helper.make_node("ReduceMax", ["queries"], ["query"], axes=[1], keepdims=0),
        helper.make_node("Mul", ["text", "query"], ["shared"]),
        helper.make_node("ReduceSum", ["shared", "last_axis"], ["logits"], keepdims=1),
    ]
    weights = {
        "known": known,
        "one": np.array(1.0, dtype=np.float32),
        "last": np.array([2], dtype=np.int64),
        "last_axis": np.array([1], dtype=np.int64),
    }
    _save(nodes, weights, "logits", ["batch", 1], folder / "model.onnx")
    return folder
