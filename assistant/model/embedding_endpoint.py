"""Vectors from an OpenAI-compatible `/embeddings` endpoint: texts go there and nowhere else, the key is never shown."""

from __future__ import annotations

from collections.abc import Sequence

import openai

from assistant.errors import EmbeddingFailed
from assistant.model.client import open_client, said_in_chinese, shown_address

SECONDS = 60.0
"""How long one attempt may take; it is made three times at the most."""
_RETRIES = 2
# What services answer when one request holds more texts than they take: some take 10, many 32.
_TOO_MUCH = (400, 413, 422)


class EmbeddingEndpoint:
    """Asks `base_url` for the vectors of one model; a batch it refuses is halved, and stays halved."""

    def __init__(self, base_url: str, model: str, api_key: str, *, at_once: int = 32) -> None:
        self.model = model
        self.address = shown_address(base_url)
        self._at_once = at_once
        self._client = open_client(base_url, api_key, seconds=SECONDS, retries=_RETRIES)

    def vectors(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, as the service gave them; raises `EmbeddingFailed`."""
        found: list[list[float]] = []
        with said_in_chinese(self.failed, seconds=SECONDS, format_hint="兼容 OpenAI 的向量接口"):
            while len(found) < len(texts):
                some = texts[len(found) : len(found) + self._at_once]
                try:
                    found += self._asked(some)
                except openai.APIStatusError as problem:
                    if problem.status_code not in _TOO_MUCH or len(some) == 1:
                        raise
                    self._at_once = len(some) // 2
        return found

    def failed(self, reason: str) -> EmbeddingFailed:
        """The error that names this endpoint."""
        return EmbeddingFailed(f"{self.model}（{self.address}）", reason)

    def _asked(self, texts: Sequence[str]) -> list[list[float]]:
        reply = self._client.embeddings.create(model=self.model, input=list(texts), encoding_format="float")
        if len(reply.data) != len(texts):
            raise self.failed(f"送去 {len(texts)} 条文字，回来 {len(reply.data)} 个向量")
        places = [one.index for one in reply.data]
        if sorted(places) != list(range(len(texts))):
            raise self.failed("回来的向量没有按条编号，分不清各属哪一条")
        return [[float(number) for number in one.embedding] for one in sorted(reply.data, key=lambda one: one.index)]
