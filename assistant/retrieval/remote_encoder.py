"""The encoder behind a configured `/embeddings` endpoint: what it replies is checked before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.model.embedding_endpoint import EmbeddingEndpoint
from assistant.retrieval.embedding import normalised
from assistant.retrieval.kinds import Matrix

LONGEST = 480
"""Characters of a text that are sent: more than 512 tokens are refused by many services, and a character is one."""
_FIRST_QUESTION = "绩效目标"


class RemoteEncoder:
    """Vectors of the endpoint's model; how many dimensions they have is learned from its first reply."""

    def __init__(self, endpoint: EmbeddingEndpoint) -> None:
        self.batch = 32
        self._endpoint = endpoint
        self._dim: int | None = None

    @property
    def name(self) -> str:
        """Model, address, dimensions and how much of a text is sent: what decides the vectors."""
        return f"{self._endpoint.model}@{self._endpoint.address}#{self.dim}/{LONGEST}"

    @property
    def dim(self) -> int:
        """Dimensions; asks the endpoint once."""
        if self._dim is None:
            self.embed([_FIRST_QUESTION])
        return self._dim or 0

    def embed(self, texts: Sequence[str]) -> Matrix:
        """One row a text; raises `EmbeddingFailed` for a reply that cannot be right."""
        if not texts:
            return np.empty((0, self.dim), dtype=np.float32)
        # An empty input is refused by some services.
        found = self._endpoint.vectors([text[:LONGEST].strip() or "无" for text in texts])
        lengths = {len(one) for one in found}
        if len(lengths) > 1 or not all(lengths):
            raise self._endpoint.failed(f"同一次回复里的向量长短不一（{sorted(lengths)} 维）")
        dim = lengths.pop()
        if self._dim not in (None, dim):
            raise self._endpoint.failed(f"向量从 {self._dim} 维变成了 {dim} 维，服务可能换了模型，请重新运行")
        rows = np.array(found, dtype=np.float32)
        if not np.isfinite(rows).all():
            raise self._endpoint.failed("向量里有不是数的值（NaN 或无穷大）")
        self._dim = dim
        return normalised(rows)
