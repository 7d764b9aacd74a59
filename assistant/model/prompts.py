"""Prompts are files, `prompts/<task>.<role>.md`, with fields in double braces; a call must give exactly those."""

from __future__ import annotations

import re

from assistant.resources import prompts_folder

_FIELD = re.compile(r"\{\{([a-z_]+)\}\}")


def fill_prompt(task: str, role: str, **fields: str) -> str:
    """The text of one prompt with its fields filled; wrong fields are a programming error (`ValueError`)."""
    text = (prompts_folder() / f"{task}.{role}.md").read_text(encoding="utf-8")
    wanted = set(_FIELD.findall(text))
    if wanted != set(fields):
        raise ValueError(f"prompt {task}.{role} wants {sorted(wanted)}, got {sorted(fields)}")
    return _FIELD.sub(lambda found: fields[found[1]], text)
