"""Scores of the questions: is what is missing asked for, is a blank explained, is nothing borrowed from unlike work?"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from assistant.brief import BriefRequest, understand
from assistant.drafting import Draft
from evals.drafting.judged import Judged, Score, share

_ASKED_WITH: Mapping[str, str] = {
    "budget_wan": "预算",
    "year": "年度",
    "department": "主管部门",
    "unit": "实施单位",
}
"""What may be withheld from a request, and the word a question about it must have."""


def blanks_explained(judged: Judged) -> Score:
    """Blank rows with both a reason and a question, of all blank rows."""
    blank = [row for row in judged.suggested.draft.rows if row.indicator.value is None]
    told = sum(bool(row.blank_reason and row.question) for row in blank)
    return share(told, len(blank), f"{len(blank)} 行待填，{told} 行写明原因和问题")


def withheld(request: BriefRequest) -> tuple[str, BriefRequest] | None:
    """A request without one of its facts, chosen by its name; None when nothing can be withheld.

    A fact the description tells as well is not missing, so such a field is passed over.
    """
    told = understand(request.model_copy(update={"budget_wan": None, "year": None}))
    known = {"budget_wan": told.budget_wan is not None, "year": told.year is not None}
    given = [name for name in _ASKED_WITH if getattr(request, name) not in ("", None) and not known.get(name)]
    if not given:
        return None
    field = given[blake2b(request.project_name.encode(), digest_size=1).digest()[0] % len(given)]
    empty = "" if field in ("department", "unit") else None
    return field, request.model_copy(update={field: empty})


def asks_for(field: str, draft: Draft) -> Score:
    """Whether a withheld fact is asked for, and its cell left open."""
    word, filled = _ASKED_WITH[field], _filled(field, draft)
    asked = next((question for question in draft.questions if word in question), None)
    why = f"隐去“{word}”；{'格里却填了 ' + str(filled) if filled else asked or '没有问到'}"
    return Score(float(asked is not None and not filled), why)


def _filled(field: str, draft: Draft) -> object:
    table = draft.table
    cells = {
        "budget_wan": next((funds.total for funds in table.funds if funds.total is not None), None),
        "year": table.fiscal_year,
        "department": table.project.dept,
        "unit": table.project.unit,
    }
    return cells[field]


def abstains(draft: Draft) -> Score:
    """For work no past table is like: 1 when no row and no value comes from a precedent."""
    borrowed = [row.indicator.name for row in draft.rows if any(one.kind == "precedent" for one in row.evidence)]
    return Score(float(not borrowed), f"借用：{'、'.join(borrowed[:5])}" if borrowed else "没有借用先例")
