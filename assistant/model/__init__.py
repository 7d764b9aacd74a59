"""The door to chat models: a protocol, a double that replays replies, a compatible endpoint, prompts as files."""

from assistant.model.chat import ChatModel, ScriptedModel
from assistant.model.prompts import fill_prompt

__all__ = ["ChatModel", "ScriptedModel", "fill_prompt"]
