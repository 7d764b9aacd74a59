"""The rules of the trade, checked: `check(table)` gives findings, one rule is one function (`RULES`, `explain`).

A theme is a module: import and cleaning I, structure F, goal G, naming N, values V, levels L, time T, cost C,
satisfaction S, weights W, funds B, between rows and tables X, publication P; what a model is asked: `judged_*`. Ids
and meaning follow the catalogue of the design (docs/rules.md); a bad table is not an error, it is findings.
"""

from assistant.checks import (  # noqa: F401  (importing a theme registers its rules)
    across,
    agreement,
    arithmetic,
    cleaning,
    cost,
    funds,
    goal,
    goal_figures,
    header,
    history,
    judged_goal,
    judged_project,
    judged_rows,
    levels,
    name_form,
    naming,
    publicity,
    repeats,
    rows,
    satisfaction,
    signs,
    spread,
    structure,
    timing,
    units,
    values,
    weights,
)
from assistant.checks.engine import check, row_findings
from assistant.checks.findings import Finding
from assistant.checks.registry import RULES, Hit, Rule, explain

__all__ = ["RULES", "Finding", "Hit", "Rule", "check", "explain", "row_findings"]
