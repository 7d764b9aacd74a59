"""A table asked of a chat model that sees no precedents: what a member of staff gets from a public chat window."""

from __future__ import annotations

import re

from pydantic import BaseModel, ValidationError

from assistant.brief import BriefRequest
from assistant.dialects import LEVELS, level2_of, translate_level
from assistant.errors import ModelFailed
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


def draft_bare(request: BriefRequest, generation: Generation, model: ChatModel) -> list[Indicator]:
    """The rows of the model's one reply; rows of unknown classes are left out. Raises `ModelFailed` for no table."""
    classes = "、".join(level2 for level2s in LEVELS[generation].values() for level2 in level2s)
    reply = model.ask(
        fill_prompt("evals_draft", "system", classes=classes),
        fill_prompt("evals_draft", "user", request=request.model_dump_json(exclude_defaults=True)),
    )
    found = _OBJECT.search(reply)
    try:
        told = _Reply.model_validate_json(found[0] if found else reply)
    except ValidationError as problem:
        raise ModelFailed(model.name, "回复里没有指标表") from problem
    return [row for one in told.indicators if (row := _indicator(one, generation)) is not None]


def _indicator(row: _Row, generation: Generation) -> Indicator | None:
    level2 = level2_of(row.level2)
    if level2 is None or not row.name.strip():
        return None
    level1, level2 = translate_level(level2, generation)
    value = parse_value(row.value) if row.value and row.value.strip() else None
    return Indicator(level1=level1, level2=level2, name=row.name.strip()[:200], value=value)
