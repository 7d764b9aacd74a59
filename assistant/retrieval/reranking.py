"""An optional second look at the best hits: a model reads the query beside each text and orders them anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from assistant.errors import RerankingFailed
from assistant.retrieval.onnx_model import OnnxModel

RERANKED = 50
"""Fused hits that are read again; what stands behind them keeps its place."""
_SETTING = "JIMU_RERANKER_FOLDER"
_BATCH = 16


class Reranker(Protocol):
    """Says how well each text answers a query."""

    @property
    def name(self) -> str:
        """What users know it by."""

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One score a text, higher is better; raises `RerankingFailed`."""


class FolderReranker:
    """A local ONNX cross-encoder: one number a pair, or two of which the second speaks for the pair."""

    def __init__(self, folder: Path) -> None:
        self._model = OnnxModel(folder, _SETTING)
        self.name = f"（{folder}）"

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One score a text, in batches."""
        found: list[float] = []
        for start in range(0, len(texts), _BATCH):
            pairs = [(query, text) for text in texts[start : start + _BATCH]]
            said, _ = self._model.read(pairs, self._failed)
            rows = said.reshape(len(pairs), -1)
            if rows.shape[1] not in (1, 2) or not np.isfinite(rows).all():
                raise self._failed("算出来的不是得分，或者有不是数的值")
            found += [float(one[-1] - one[0] if len(one) == 2 else one[0]) for one in rows]
        return found

    def _failed(self, reason: str) -> RerankingFailed:
        return RerankingFailed(self.name, reason)


class SecondLook:
    """A reranker as search uses it: after its first failure it is left alone, and `tell` hears one line about that.

    A search asks many questions; each would wait for a service that is gone.
    """

    def __init__(self, reranker: Reranker, tell: Callable[[str], None]) -> None:
        self._reranker = reranker
        self._tell = tell
        self._gone = False

    def places(self, query: str, keys: Sequence[str], texts: Callable[[Sequence[str]], Sequence[str]]) -> list[int]:
        """The places of the first `RERANKED` keys in their new order, equal ones as they stood; [] after a failure."""
        if self._gone or not keys:
            return []
        some = keys[:RERANKED]
        try:
            scores = self._reranker.scores(query, texts(some))
        except RerankingFailed as problem:
            self._gone = True
            self._tell(f"{problem}；结果没有重排，按词语和语义融合的次序给出")
            return []
        return sorted(range(len(some)), key=lambda place: (-round(scores[place], 6), place))
