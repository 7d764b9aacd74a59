"""Reads a request: which numbers it states, of what, and what kind of project it is."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from assistant.brief.facts import Brief, BriefRequest, Conflict, Fact, FactKind, KindOfWork
from assistant.brief.labels import has_tail, leading_verb, priced, strip_lead, strip_reach, turn_around
from assistant.brief.mentions import Mention, mentions, targets
from assistant.brief.people import beneficiaries_in, subjects_in
from assistant.brief.quantities import named, shared_out
from assistant.brief.words import ACTION_VERBS, KIND_WORDS
from assistant.values import Value, equivalent, find_values, parse_value

_CLAUSE = re.compile(r"[，,。；;：:！!？?\n\r]")

_LONGEST_LABEL = 30


def understand(request: BriefRequest) -> Brief:
    """The brief of a request: facts with quoted spans, conflicts, kind, year, money, people served."""
    facts = _numbered(_settle_budget(list(_facts(request.description)), request))
    kept, conflicts = _conflicts(facts)
    budget = next((fact for fact in kept if fact.kind == "budget"), None)
    return Brief(
        request=request,
        facts=tuple(kept),
        conflicts=tuple(conflicts),
        kind=kind_of_work(request),
        year=request.year or _only_year(request),
        budget_wan=request.budget_wan if request.budget_wan is not None else budget and in_wan(budget.value),
        beneficiaries=beneficiaries_in(f"{request.project_name}\n{request.description}"),
        subjects=subjects_in(request.project_name),
    )


def kind_of_work(request: BriefRequest) -> KindOfWork | None:
    """The kind whose words the name and description hold most; the name counts threefold; None when none is named."""
    scores = {
        kind: sum(3 * (word in request.project_name) + min(request.description.count(word), 3) for word in words)
        for kind, words in KIND_WORDS.items()
    }
    best = max(scores, key=lambda kind: scores[kind])
    return best if scores[best] else None


def _facts(text: str) -> Iterator[Fact]:
    verb, sentence, used = "", -1, 0
    for mention in mentions(text):
        if mention.sentence != sentence:
            verb, sentence = "", mention.sentence
        before = mention.before
        if mention.start < used:  # the words before were what the last number counted
            # 10月底前完成培训300人次: words that stand between two numbers without a mark speak of both.
            before = text[used : mention.span.start].strip() or mention.before
        phrase = strip_lead(strip_reach(before))
        own = leading_verb(phrase)
        # 新建保鲜库1座、消防水池1座: the verb carries on through an enumeration of plain things.
        listed = text[mention.start - 1 : mention.start] == "、" and not own and not has_tail(phrase)
        carried = verb if listed and not any(word in phrase for word in ACTION_VERBS) else ""
        fact, end = _fact(text, mention, carried + phrase if carried else before)
        verb = own or verb
        if fact is not None:
            used = max(used, end)
            yield fact
            yield from _sharing(text, mention, fact)


def _fact(text: str, mention: Mention, before: str) -> tuple[Fact | None, int]:
    span = mention.span
    value = shared_out(parse_value(span.text), before)
    kind, label, end = named(span, before, mention.after)
    if kind in ("money", "unit_price") or (
        kind == "budget" and not strip_lead(strip_reach(before)).rstrip("投资金额经费")
    ):
        kind, label = _named_before(text, mention, kind, label)
    if kind is None or not label or value.kind in ("text", "multiple"):
        return None, span.end
    start = mention.start + len(mention.before) - len(mention.before.lstrip())
    quote = text[start:end].strip()
    return (
        Fact(
            id="",
            kind=kind,
            label=label[:_LONGEST_LABEL],
            value=value,
            quote=quote,
            start=start,
            end=start + len(quote),
        ),
        end,
    )


def _named_before(text: str, mention: Mention, kind: FactKind, label: str) -> tuple[FactKind, str]:
    """…购置包装设备，投资550万元: what the money is for stands in the clause before."""
    own = re.sub(r"每(人次|[人户亩名家])", "", strip_lead(strip_reach(mention.before)))
    if own.rstrip("投资金额经费"):
        return kind, label
    opening = max((match.end() for match in _CLAUSE.finditer(text, 0, max(mention.start - 1, 0))), default=0)
    clause = text[opening : max(mention.start - 1, 0)]
    for span in reversed(targets(clause)):
        clause = clause[: span.start] + clause[span.end :]
    if not any(verb in clause for verb in ACTION_VERBS):  # 满意度不低于95%，资金75万元: no work the money is for
        return kind, label
    thing = turn_around(strip_lead(clause).replace("进行", ""))
    if kind == "unit_price":
        return kind, priced(thing) if len(thing) >= 2 else label
    return ("money", f"{thing}成本") if 2 <= len(thing) <= _LONGEST_LABEL - 2 else (kind, label)


def _sharing(text: str, mention: Mention, fact: Fact) -> Iterator[Fact]:
    """学生满意度、家长满意度均不低于95%: every member of the list has the value."""
    if not mention.before.rstrip().endswith(("均", "都", "皆", "均达到", "均为", "均达")):
        return
    opening = max((match.end() for match in _CLAUSE.finditer(text, 0, mention.start)), default=0)
    for member in re.split(r"[、和与及]", text[opening : mention.start]):
        if has_tail(member.strip()) and not find_values(member):
            yield fact.model_copy(
                update={
                    "label": strip_lead(member)[:_LONGEST_LABEL],
                    "quote": text[opening : fact.end],
                    "start": opening,
                }
            )


def _settle_budget(facts: list[Fact], request: BriefRequest) -> list[Fact]:
    """The first amount said to be arranged is the budget; later ones, and the given amount again, are parts of it."""
    settled, seen = [], False
    for fact in facts:
        if fact.kind != "budget":
            settled.append(fact)
        elif not seen and (request.budget_wan is None or in_wan(fact.value) == request.budget_wan):
            seen = True
            settled.append(fact)
        elif seen and any(other.kind == "budget" and equivalent(other.value, fact.value) for other in settled):
            continue
        else:
            settled.append(fact)
            seen = True
    return settled


def _numbered(facts: list[Fact]) -> list[Fact]:
    return [fact.model_copy(update={"id": f"f{index}"}) for index, fact in enumerate(facts, start=1)]


def _conflicts(facts: list[Fact]) -> tuple[list[Fact], list[Conflict]]:
    """Facts of one name with different values conflict; the same value said twice is one fact."""
    by_label: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_label[(fact.kind, fact.label)].append(fact)
    kept, conflicts = [], []
    for (_, label), same in by_label.items():
        different = [fact for fact in same[1:] if not equivalent(fact.value, same[0].value)]
        if different:
            conflicts.append(Conflict(label=label, facts=(same[0], *different)))
        else:
            kept.append(same[0])
    return kept, conflicts


def in_wan(value: Value) -> Decimal | None:
    """An amount of money in 万元, None when the value is not one."""
    if value.number is None or value.unit is None:
        return None
    scale = {
        "元": Decimal("0.0001"),
        "千元": Decimal("0.1"),
        "万元": Decimal(1),
        "万": Decimal(1),
        "亿元": Decimal(10000),
        "亿": Decimal(10000),
    }
    factor = scale.get(value.unit)
    return None if factor is None else (value.number * factor).normalize() + 0


def _only_year(request: BriefRequest) -> int | None:
    years = {
        int(year) for year in re.findall(r"(?<!\d)(20\d{2})\s*年", f"{request.project_name}\n{request.description}")
    }
    return years.pop() if len(years) == 1 else None
