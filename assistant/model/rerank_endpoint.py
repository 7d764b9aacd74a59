"""Scores from a `/rerank` service (vLLM, Xinference, Jina, TEI): texts go there and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from assistant.errors import RerankingFailed
from assistant.model.client import shown_address

SECONDS = 30.0
"""How long one question may take; a connection that fails is tried once more."""

# TEI calls the texts `texts` and answers with a bare list of `score`s; the others as Jina does.
_SPELLINGS = ("documents", "texts")
_OTHER_SPELLING = 422


class RerankEndpoint:
    """Asks `base_url` (its `/rerank`) how well each text answers a query."""

    def __init__(self, base_url: str, model: str, api_key: str | None) -> None:
        address = shown_address(base_url)
        self.name = f"{model}（{address}）"
        self._model = model
        self._url = base_url if address.endswith("/rerank") else f"{base_url.rstrip('/')}/rerank"
        self._spelling = _SPELLINGS[0]
        self._client = httpx.Client(
            follow_redirects=False,
            timeout=SECONDS,
            headers={"Authorization": f"Bearer {api_key}"} if api_key else {},
            transport=httpx.HTTPTransport(retries=1),
            trust_env=False,
        )

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """One score a text, higher is better; raises `RerankingFailed`."""
        if not texts:
            return []
        try:
            reply = self._asked(query, texts)
            if reply.status_code == _OTHER_SPELLING:
                self._spelling = next(one for one in _SPELLINGS if one != self._spelling)
                reply = self._asked(query, texts)
            if reply.status_code != httpx.codes.OK:
                raise self._failed(f"服务返回 {reply.status_code}，请检查地址、模型名和密钥")
            by_place = _by_place(reply.json())
        except httpx.TimeoutException as problem:
            raise self._failed(f"等了 {SECONDS:.0f} 秒没有回复") from problem
        except (httpx.HTTPError, httpx.InvalidURL) as problem:
            raise self._failed("连接不上，请检查地址和网络") from problem
        except (ValueError, AttributeError, LookupError, TypeError) as problem:
            raise self._failed("回复不符合接口约定，请检查地址是不是 /rerank 接口") from problem
        if sorted(by_place) != list(range(len(texts))) or not all(map(math.isfinite, by_place.values())):
            raise self._failed(f"送去 {len(texts)} 条文字，没有逐条给出得分")
        return [by_place[place] for place in range(len(texts))]

    def _asked(self, query: str, texts: Sequence[str]) -> httpx.Response:
        return self._client.post(self._url, json={"model": self._model, "query": query, self._spelling: list(texts)})

    def _failed(self, reason: str) -> RerankingFailed:
        return RerankingFailed(self.name, reason)


def _by_place(reply: Any) -> Mapping[int, float]:
    hits = reply["results"] if isinstance(reply, dict) else reply
    return {int(one["index"]): float(one["relevance_score" if "relevance_score" in one else "score"]) for one in hits}
