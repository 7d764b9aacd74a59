"""Whether a precedent's row fits a project, and under which name: as it stands, adapted, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.brief import Brief
from assistant.checks.words import SAT_GENERIC
from assistant.precedents.naming import COURSE, Parts, shares, split_name
from assistant.precedents.store import PastRow

_AT_THE_END = re.compile(r"竣工|完工|交付|投用|工程验收")
"""What happens only when a project is done: no target of a year before its last."""

IN_TEXT = 0.6
"""Share of a thing's wording the description must have for the row to stand as it is."""

RELATED = 0.40
"""Cosine of a name to what the project is about from which a row of the same work belongs to it."""

COUNTED = frozenset({"数量指标", "成本指标", "经济成本指标"})
"""Classes whose values only the unit itself can know."""

SAME_WORK = 0.36
"""Closeness of a table to the brief from which it is taken for the same work, whatever its kind is called."""

AMONG_NEAREST = 0.8
"""Share of the nearest table's closeness from which the description need not touch a row's thing at all."""
CLEARLY_SAME_WORK = 0.6
"""Closeness from which a past table's own word for whom it serves is better than a guess from the description."""
TOUCHED = 0.25
"""Share of a thing's wording from which the description touches it."""


@dataclass(frozen=True)
class Fit:
    """How near a row is to a project: its table's closeness, the nearest table's, and the name's relatedness."""

    closeness: float
    nearest: float
    relevance: float

    @property
    def among_nearest(self) -> bool:
        """Whether the row's table is about as near as any."""
        return self.closeness >= AMONG_NEAREST * self.nearest


def adapt(row: PastRow, brief: Brief, *, kind: str, fit: Fit) -> tuple[str, str | None]:
    """The name this project would use: as it stands, with the project's own thing in place, or none at all."""
    parts = split_name(row.name)
    if not may_be_offered(row.name, brief):
        return "", None
    if row.level2 == "服务对象满意度指标":
        return _whose_satisfaction(row, parts, brief, fit)
    same_kind = not kind or kind == brief.kind
    usual = COURSE.get(brief.kind, frozenset()) if brief.kind and same_kind else frozenset()
    if parts.generic:
        counted = row.level2 in COUNTED
        fits = all(verb in brief.text or (verb in usual and not counted) for verb in parts.verbs)
        return (row.name, None) if fits and (parts.verbs or same_kind) else ("", None)
    named = shares(parts.thing, brief.text) >= IN_TEXT
    if (named and all(verb in brief.text or verb in usual for verb in parts.verbs)) or _same_work(row, brief.text, fit):
        return row.name, None
    # How many of another thing there are is the unit's own figure: only rates and times carry over.
    carried = parts.head.endswith(("率", "时间", "时限")) and parts.verbs
    if carried and all(verb in usual for verb in parts.verbs):
        thing = _own_thing(parts, brief)
        return (thing + parts.head, row.name) if thing else ("", None)
    return "", None


def may_be_offered(name: str, brief: Brief) -> bool:
    """Whether a usual name can be a target of this year at all: what happens at the end of a longer project cannot."""
    return not (brief.ends_later and _AT_THE_END.search(name))


def _same_work(row: PastRow, text: str, fit: Fit) -> bool:
    """Whether a row of a table about the same work may stand although the description does not name its thing.

    A count or a unit price of something the description does not speak of would be a guess; a rate, a time or an
    effect of the same work is what a colleague would add – from the nearest tables, and near to what the text says.
    """
    if row.level2 in COUNTED or fit.closeness < SAME_WORK or not fit.among_nearest:
        return False
    touched = shares(split_name(row.name).thing, text) >= TOUCHED
    return fit.relevance >= RELATED and (touched or fit.closeness >= CLEARLY_SAME_WORK)


def _whose_satisfaction(row: PastRow, parts: Parts, brief: Brief, fit: Fit) -> tuple[str, str | None]:
    who = parts.thing.removesuffix("群众") or parts.thing
    if who and who in brief.text:
        return row.name, None
    if fit.among_nearest and fit.closeness >= CLEARLY_SAME_WORK:
        return row.name, None
    whose = next((f"{group}满意度" for group in brief.beneficiaries if f"{group}满意度" not in SAT_GENERIC), "")
    if whose:
        return whose, row.name
    return "", None


def _own_thing(parts: Parts, brief: Brief) -> str:
    """What this project does the head's verb to: the object of the first fact with that verb, else the subject."""
    for fact in brief.facts:
        labelled = split_name(fact.label)
        if fact.kind == "quantity" and labelled.thing and any(verb in fact.label for verb in parts.verbs):
            return labelled.thing if len(labelled.thing) <= 12 else ""
    subject = brief.subjects[0] if brief.subjects else ""
    return subject if 2 <= len(subject) <= 10 and not any(verb in subject for verb in parts.verbs) else ""
