"""Asks the configured chat model the rules of mode LM; an answer whose quote is not in the table is dropped."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field, ValidationError

from assistant.checks.doubt import in_doubt
from assistant.checks.engine import basis_of
from assistant.checks.findings import Finding
from assistant.checks.fixes import Fix
from assistant.checks.publicity import masked
from assistant.checks.registry import RULES, Rule
from assistant.checks.view import Table, table_of
from assistant.errors import ModelFailed
from assistant.model import ChatModel, fill_prompt
from assistant.schema import PerformanceTable, Strict

_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_JSON = re.compile(r"\{.*\}", re.DOTALL)


class Answer(Strict):
    """One finding as the model must write it (RULES.md §3.2 (6))."""

    rule_id: str
    row_id: str | None = None
    quote: str = Field(min_length=2)
    reason: str = Field(min_length=2)
    suggestion: str = ""
    needs_fact: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What the model found, what it said that could not be kept (with the reason), and which rules it was asked."""

    findings: tuple[Finding, ...]
    dropped: tuple[str, ...]
    asked: tuple[str, ...]


def judge(form: PerformanceTable, model: ChatModel) -> Judged:
    """Put all questions the table allows to the model at once; raises `ModelFailed` without a usable reply."""
    view = table_of(form)
    rules = [rule for rule in RULES.values() if rule.ask and not in_doubt(rule, view)]
    told = "\n".join(f"- {rule.id} {rule.title}：{rule.ask.wording}" for rule in rules if rule.ask)
    material = _material(form)
    reply = model.ask(
        fill_prompt("judge", "system", rules=told),
        fill_prompt("judge", "user", table=material.replace("```", "'''")),
    )
    return _kept(_answers(reply, model.name), rules, view, material)


def _material(form: PerformanceTable) -> str:
    """What is sent: the form, without contacts, without where it was read from, private numbers covered."""
    kept = form.model_dump_json(
        exclude_none=True,
        exclude={"unresolved": True, "review": True, "project": {"contact"}, "indicators": {"__all__": {"provenance"}}},
    )
    return masked(kept)


def _answers(reply: str, name: str) -> list[object]:
    found = _JSON.search(reply)
    try:
        data = json.loads(found[0]) if found else None
    except ValueError as problem:
        raise ModelFailed(name, "回复不是约定的 JSON") from problem
    if not isinstance(data, dict) or not isinstance(data.get("findings"), list):
        raise ModelFailed(name, "回复里没有 findings 列表")
    return list(data["findings"])


def _kept(answers: Sequence[object], rules: Sequence[Rule], view: Table, material: str) -> Judged:
    asked = {rule.id: rule for rule in rules}
    texts = [text for _, text in view.texts]
    findings, dropped = [], []
    for one in answers:
        try:
            answer = Answer.model_validate(one)
        except ValidationError:
            dropped.append(f"格式不对：{json.dumps(one, ensure_ascii=False)[:80]}")
            continue
        rule = asked.get(answer.rule_id)
        if rule is None:
            dropped.append(f"没有问 {answer.rule_id} 这一条")
        elif not any(answer.quote in text for text in texts):
            dropped.append(f"{answer.rule_id} 引用的“{answer.quote[:40]}”不在表里")
        elif _new_figures(answer, material):
            dropped.append(f"{answer.rule_id} 写了表里没有的数：{'、'.join(_new_figures(answer, material))}")
        else:
            findings.append(_finding(answer, rule, view))
    return Judged(tuple(findings), tuple(dropped), tuple(asked))


def _new_figures(answer: Answer, material: str) -> list[str]:
    """Figures the model made up: whatever it says, its numbers stand in what it was sent."""
    known = set(_FIGURE.findall(unicodedata.normalize("NFKC", material)))
    said = unicodedata.normalize("NFKC", "\n".join((answer.reason, answer.suggestion, *answer.needs_fact)))
    return [figure for figure in dict.fromkeys(_FIGURE.findall(said)) if figure not in known]


def _finding(answer: Answer, rule: Rule, view: Table) -> Finding:
    row = next((row for row in view.rows if row.key == answer.row_id), None)
    where = next((place for place, text in view.texts if answer.quote in text and place.row is row), None)
    where = where or next(place for place, text in view.texts if answer.quote in text)
    message = answer.reason.rstrip("。") + (f"；{answer.suggestion.rstrip('。')}" if answer.suggestion else "")
    asked_for = "；".join(answer.needs_fact)
    return Finding(
        rule=rule.id,
        level=rule.level,
        title=rule.title,
        row_id=(where.row.indicator.id or None) if where.row else None,
        field=where.path,
        quote=answer.quote,
        message=f"{message}（模型判断，请核对）",
        basis=basis_of(rule, view.form.region),
        fix=Fix(kind="ask", question=f"{asked_for}：____") if asked_for else None,
    )
