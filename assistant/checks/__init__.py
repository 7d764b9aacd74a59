"""The rules of the trade, checked: `check(table)` gives findings, one rule is one function (`RULES`, `explain`).

Which rules exist: structure F, naming N, values V, levels L, cost C, satisfaction S, weights W, funds B. Ids and
meaning follow the catalogue of the design (docs); a bad table is not an error, it is findings.
"""

from assistant.checks import (  # noqa: F401  (importing a theme registers its rules)
    across,
    agreement,
    arithmetic,
    cleaning,
    cost,
    funds,
    goal,
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
