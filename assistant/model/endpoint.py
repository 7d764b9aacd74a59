"""An OpenAI-compatible endpoint the user configured; nothing is sent anywhere else, and the key is never shown."""

from __future__ import annotations

import openai

from assistant.errors import ModelFailed

SECONDS = 120.0
"""How long one reply may take."""
_RETRIES = 2


class Endpoint:
    """Chat completions at `base_url`; temperature 0, so that the same table is judged alike."""

    def __init__(self, base_url: str, model: str, api_key: str) -> None:
        self.name = model
        self._client = openai.OpenAI(base_url=base_url, api_key=api_key, timeout=SECONDS, max_retries=_RETRIES)

    def ask(self, system: str, user: str) -> str:
        """The model's reply; raises `ModelFailed` saying why there is none."""
        try:
            reply = self._client.chat.completions.create(
                model=self.name,
                temperature=0,
                messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
            )
        except openai.APITimeoutError as problem:
            raise ModelFailed(self.name, f"{SECONDS:.0f} 秒内没有回复") from problem
        except openai.APIConnectionError as problem:
            raise ModelFailed(self.name, "连接不上，请检查地址和网络") from problem
        except openai.APIStatusError as problem:
            raise ModelFailed(self.name, f"服务返回 {problem.status_code}，请检查地址、模型名和密钥") from problem
        except openai.OpenAIError as problem:
            raise ModelFailed(self.name, "回复不符合接口约定") from problem
        text = reply.choices[0].message.content if reply.choices else None
        if not text:
            raise ModelFailed(self.name, "回复是空的")
        return text
