"""What the product asks of a chat model: one system text, one user text, one reply as text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Protocol

from assistant.errors import ModelFailed


class ChatModel(Protocol):
    """A configured chat model."""

    name: str

    @property
    def tokens(self) -> int | None:
        """Tokens of all exchanges so far, None while no reply has said any."""
        ...

    def ask(self, system: str, user: str) -> str:
        """The reply to one exchange; raises `ModelFailed` when there is none."""
        ...


class ScriptedModel:
    """The double: replays queued replies and remembers what it was asked; with none left it fails as a model does."""

    def __init__(self, replies: Iterable[str], name: str = "scripted") -> None:
        self.name = name
        self.tokens = None
        self.asked: list[tuple[str, str]] = []
        self._replies = deque(replies)

    def ask(self, system: str, user: str) -> str:
        """The next queued reply."""
        self.asked.append((system, user))
        if not self._replies:
            raise ModelFailed(self.name, "没有回复")
        return self._replies.popleft()
