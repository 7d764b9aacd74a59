"""S: whose satisfaction is it?"""

from __future__ import annotations

from assistant.checks.examples import example
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Table
from assistant.checks.words import SAT_GENERIC


@rule(
    "S01",
    level="warn",
    cite=["mof-2021-101#2.4", "zhengzhou-goal#a2-2.satisfaction"],
    passes=[
        example("养老待遇领取人员满意度", "≥90%", level2="服务对象满意度指标"),
        example("展览观众满意度", "≥90%", level2="服务对象满意度指标"),
    ],
    fails=[example("群众满意度", "≥95%", level2="服务对象满意度指标")],
    cell="name",
    single_row=True,
)
def satisfaction_says_whose(table: Table) -> Hits:
    """满意度对象不明"""
    for row in table.rows:
        if row.name in SAT_GENERIC:
            said = f"“{row.indicator.name}”没有说是谁的满意度，请写明直接的服务对象，如参训学员、待遇领取人员"
            yield Hit(row, said, quote=row.indicator.name)
