"""The encoder in a configured local folder: an ONNX sentence model, pooled as its own folder says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EmbeddingFailed
from assistant.retrieval.embedding import normalised
from assistant.retrieval.kinds import Matrix
from assistant.retrieval.onnx_model import POOLING, OnnxModel

_SETTING = "JIMU_EMBEDDING_FOLDER"
_PREFIX = "pooling_mode_"

Tokens = NDArray[np.float32]
Mask = NDArray[np.int64]


def _mean(tokens: Tokens, mask: Mask) -> Matrix:
    shown = mask[:, :, None].astype(np.float32)
    return np.asarray((tokens * shown).sum(axis=1) / np.maximum(shown.sum(axis=1), 1.0), dtype=np.float32)


def _first(tokens: Tokens, mask: Mask) -> Matrix:
    return _picked(tokens, mask.argmax(axis=1))


def _last(tokens: Tokens, mask: Mask) -> Matrix:
    return _picked(tokens, mask.shape[1] - 1 - mask[:, ::-1].argmax(axis=1))


def _picked(tokens: Tokens, places: Mask) -> Matrix:
    found: Matrix = tokens[np.arange(len(tokens)), places]
    return found


def _largest(tokens: Tokens, mask: Mask) -> Matrix:
    return np.asarray(np.where(mask[:, :, None] > 0, tokens, -np.inf).max(axis=1), dtype=np.float32)


POOLINGS: Mapping[str, Callable[[Tokens, Mask], Matrix]] = {
    "mean_tokens": _mean,
    "cls_token": _first,
    "lasttoken": _last,
    "max_tokens": _largest,
}
"""How one vector is made of those of a text's tokens, by the names of `1_Pooling/config.json`."""


class FolderEncoder:
    """Vectors of a local ONNX model; nothing leaves the machine."""

    def __init__(self, folder: Path) -> None:
        self.batch = 32
        self._model = OnnxModel(folder, _SETTING)
        self._pool = self._pooling()

    @property
    def name(self) -> str:
        """The digest of the model's files."""
        return f"folder-{self._model.digest}"

    @cached_property
    def dim(self) -> int:
        """Dimensions, learned by running the model once."""
        return int(self._rows(["绩效目标"]).shape[1])

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text, in batches."""
        parts = [self._rows(texts[start : start + self.batch]) for start in range(0, len(texts), self.batch)]
        return normalised(np.concatenate(parts)) if parts else np.empty((0, self.dim), dtype=np.float32)

    def _rows(self, texts: Sequence[str]) -> Matrix:
        said, mask = self._model.read(texts, self._failed)
        rows = self._pool(said, mask) if said.ndim == 3 else said
        if rows.ndim != 2 or not np.isfinite(rows).all():
            raise self._failed("算出来的不是向量，或者有不是数的值")
        return rows

    def _failed(self, reason: str) -> EmbeddingFailed:
        return EmbeddingFailed(f"（{self._model.folder}）", reason)

    def _pooling(self) -> Callable[[Tokens, Mask], Matrix]:
        modules = self._model.said("modules.json", list)
        if any(isinstance(one, dict) and str(one.get("type")).endswith("Dense") for one in modules):
            raise self._model.unusable("向量之后还有一层变换（Dense），不支持")
        said = self._model.said(POOLING, dict)
        chosen = [key.removeprefix(_PREFIX) for key, on in said.items() if key.startswith(_PREFIX) and on is True]
        if not chosen:
            return _mean
        if len(chosen) > 1 or chosen[0] not in POOLINGS:
            raise self._model.unusable(f"不支持的合并方式 {'、'.join(chosen)}（{POOLING}）")
        return POOLINGS[chosen[0]]
