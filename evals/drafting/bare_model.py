"""A table asked of a chat model that sees no precedents: what a member of staff gets from a public chat window."""

from __future__ import annotations

import json
import re

from pydantic import BaseModel, ValidationError

from assistant.brief import BriefRequest
from assistant.dialects import LEVELS, level2_of, parents, translate_level
from assistant.model import ChatModel, fill_prompt
from assistant.schema import Generation, Indicator
from assistant.values import parse_value

_OBJECT = re.compile(r"\{.*\}", re.DOTALL)


class _Row(BaseModel):
    level2: str
    name: str
    value: str | None = None


class _Reply(BaseModel):
    indicators: list[_Row]


def draft_bare(request: BriefRequest, generation: Generation, model: ChatModel) -> tuple[list[Indicator], int | None]:
    """The rows the model's one reply holds, and the tokens it took; a reply that is no table has no rows."""
    classes = "、".join(level2 for level2s in LEVELS[generation].values() for level2 in level2s)
    before = model.tokens
    reply = model.ask(
        fill_prompt("evals_draft", "system", classes=classes),
        fill_prompt("evals_draft", "user", request=request.model_dump_json(exclude_defaults=True)),
    )
    tokens = None if model.tokens is None else model.tokens - (before or 0)
    return _rows(reply, generation), tokens


def _rows(reply: str, generation: Generation) -> list[Indicator]:
    found = _OBJECT.search(reply)
    try:
        told = _Reply.model_validate_json(found[0] if found else reply)
    except (ValidationError, json.JSONDecodeError):
        return []
    rows = []
    for row in told.indicators:
        level2 = level2_of(row.level2)
        if level2 is None or not row.name.strip():
            continue
        level1, level2 = translate_level(level2, generation)
        value = parse_value(row.value) if row.value and row.value.strip() else None
        rows.append(
            Indicator(level1=level1 or parents(level2)[0], level2=level2, name=row.name.strip()[:200], value=value)
        )
    return rows
