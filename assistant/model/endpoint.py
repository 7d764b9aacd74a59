"""An OpenAI-compatible endpoint the user configured; the table goes there and nowhere else, the key is never shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import httpx
import openai

from assistant.errors import ModelFailed

SECONDS = 120.0
"""How long one attempt may take; it is made twice at the most."""
_RETRIES = 1
# The SDK would read these from the environment; only settings do that here.
_NOT_FROM_THE_ENVIRONMENT = cast(
    "Mapping[str, str]", {"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()}
)


class Endpoint:
    """Chat completions at `base_url`; temperature 0, so that the same table is judged alike."""

    def __init__(self, base_url: str, model: str, api_key: str) -> None:
        self.name = model
        self.tokens: int | None = None
        self._client = openai.OpenAI(
            base_url=base_url,
            api_key=api_key,
            timeout=SECONDS,
            max_retries=_RETRIES,
            default_headers=_NOT_FROM_THE_ENVIRONMENT,
            http_client=httpx.Client(follow_redirects=False, trust_env=False, timeout=SECONDS),
        )

    def ask(self, system: str, user: str) -> str:
        """The model's reply; raises `ModelFailed` saying why there is none."""
        try:
            reply = self._client.chat.completions.create(
                model=self.name,
                temperature=0,
                messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
            )
            text = reply.choices[0].message.content
            if reply.usage is not None:
                self.tokens = (self.tokens or 0) + reply.usage.total_tokens
        except openai.APITimeoutError as problem:
            raise ModelFailed(self.name, f"等了 {SECONDS:.0f} 秒没有回复") from problem
        except openai.APIConnectionError as problem:
            raise ModelFailed(self.name, "连接不上，请检查地址和网络") from problem
        except openai.APIStatusError as problem:
            raise ModelFailed(self.name, f"服务返回 {problem.status_code}，请检查地址、模型名和密钥") from problem
        except (openai.OpenAIError, ValueError, AttributeError, LookupError, TypeError) as problem:
            raise ModelFailed(self.name, "回复不符合接口约定，请检查地址是不是兼容 OpenAI 的接口") from problem
        if not isinstance(text, str) or not text:
            raise ModelFailed(self.name, "回复是空的")
        return text
