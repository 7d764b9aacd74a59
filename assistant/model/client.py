"""How an OpenAI-compatible service is called: nothing of the environment, no redirects, what failed said in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import cast
from urllib.parse import urlsplit

import httpx
import openai

from assistant.errors import JimuError

# The SDK would read these from the environment; only settings do that here.
_NOT_FROM_THE_ENVIRONMENT = cast(
    "Mapping[str, str]", {"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()}
)


def open_client(base_url: str, api_key: str, *, seconds: float, retries: int) -> openai.OpenAI:
    """A client that waits `seconds` for one attempt and makes `retries` more."""
    return openai.OpenAI(
        base_url=base_url,
        api_key=api_key,
        timeout=seconds,
        max_retries=retries,
        default_headers=_NOT_FROM_THE_ENVIRONMENT,
        http_client=httpx.Client(follow_redirects=False, trust_env=False, timeout=seconds),
    )


@contextmanager
def said_in_chinese(failed: Callable[[str], JimuError], *, seconds: float, format_hint: str) -> Iterator[None]:
    """Raise `failed(reason)` for whatever goes wrong between request and reply; the service's own words stay unsaid.

    They may repeat the key.
    """
    try:
        yield
    except openai.APITimeoutError as problem:
        raise failed(f"等了 {seconds:.0f} 秒没有回复") from problem
    except openai.APIConnectionError as problem:
        raise failed("连接不上，请检查地址和网络") from problem
    except openai.APIStatusError as problem:
        raise failed(f"服务返回 {problem.status_code}，请检查地址、模型名和密钥") from problem
    except (openai.OpenAIError, ValueError, AttributeError, LookupError, TypeError) as problem:
        raise failed(f"回复不符合接口约定，请检查地址是不是{format_hint}") from problem


def shown_address(url: str) -> str:
    """An address as it may be shown and kept: without user, password and query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"
