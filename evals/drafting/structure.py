"""Scores of the table as a form: does it validate, does it break rules, do weights add up, does it repeat itself?"""

from __future__ import annotations

from itertools import combinations

from pydantic import ValidationError

from assistant.checks import check
from assistant.dialects import dialect_of
from assistant.drafting import Draft
from evals.drafting.judged import Judged, Score
from evals.drafting.names import likeness

REPEATS = 0.9
"""Likeness of two names of one table from which they say the same twice."""


def validates(judged: Judged) -> Score:
    """Whether the draft, written to JSON and read again, is a valid draft."""
    try:
        Draft.model_validate_json(judged.suggested.draft.model_dump_json())
    except ValidationError as problem:
        return Score(0.0, str(problem.errors()[0]["msg"]))
    return Score(1.0, "符合数据格式")


def errors(judged: Judged) -> Score:
    """Findings at error level about the indicators; cells left blank on purpose are not held against the draft.

    The head and the goal are what every system was told; only Jimu says which cells of the head are still open, and
    counting that would flatter it.
    """
    draft = judged.suggested.draft
    found = [
        one
        for one in check(draft.table, blanks=draft.blanks)
        if one.level == "error" and one.field.startswith("indicators")
    ]
    return Score(float(len(found)), "；".join(f"{one.rule} {one.title}" for one in found[:3]) or "没有错误级问题")


def weights_add_up(judged: Judged) -> Score:
    """Whether every row has a weight and they add up to what the form asks for (90 or 100 points)."""
    weights = [row.weight for row in judged.rows if row.weight is not None]
    if not weights:
        return Score(None, "没有写权重")
    total, table = sum(weights), judged.suggested.draft.table
    wanted = dialect_of(table.form_dialect, table.form_generation).weight_total
    right = len(weights) == len(judged.rows) and total == (wanted or 100)
    return Score(float(right), f"{len(weights)} 行合计 {total}")


def repeated_rows(judged: Judged) -> Score:
    """Pairs of rows whose names say nearly the same."""
    pairs = [
        f"{one.name}/{other.name}"
        for one, other in combinations(judged.rows, 2)
        if likeness(one.name, other.name) >= REPEATS
    ]
    return Score(float(len(pairs)), "；".join(pairs[:3]) or "没有重复的指标")
