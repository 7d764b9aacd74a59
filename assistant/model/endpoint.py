"""An OpenAI-compatible endpoint the user configured; the table goes there and nowhere else, the key is never shown."""

from __future__ import annotations

from assistant.errors import ModelFailed
from assistant.model.client import open_client, said_in_chinese

SECONDS = 120.0
"""How long one attempt may take; it is made twice at the most."""
_RETRIES = 1


class Endpoint:
    """Chat completions at `base_url`; temperature 0, so that the same table is judged alike."""

    def __init__(self, base_url: str, model: str, api_key: str) -> None:
        self.name = model
        self.tokens: int | None = None
        self._client = open_client(base_url, api_key, seconds=SECONDS, retries=_RETRIES)

    def ask(self, system: str, user: str) -> str:
        """The model's reply; raises `ModelFailed` saying why there is none."""
        with said_in_chinese(self._failed, seconds=SECONDS, format_hint="兼容 OpenAI 的接口"):
            reply = self._client.chat.completions.create(
                model=self.name,
                temperature=0,
                messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
            )
            text = reply.choices[0].message.content
            if reply.usage is not None:
                self.tokens = (self.tokens or 0) + reply.usage.total_tokens
        if not isinstance(text, str) or not text:
            raise self._failed("回复是空的")
        return text

    def _failed(self, reason: str) -> ModelFailed:
        return ModelFailed(self.name, reason)
