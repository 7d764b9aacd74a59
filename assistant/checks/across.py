"""X between tables: what one department hands in for one year – same name, copied header, copied indicators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from assistant.checks.beside import Neighbours, row_key, value_text
from assistant.checks.examples import example
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.similar import overlap
from assistant.checks.view import READ_AT_MOST, Field, Row, Table, goal_of
from assistant.checks.words import GENERIC_NAME, METRIC_TAIL, SAT_GENERIC, any_of
from assistant.schema import PerformanceTable

_MEASURABLE = re.compile(f"(?:{any_of(METRIC_TAIL)})$")
_OTHER_GOAL = "全年制作和补换社会保障卡800张，制卡合格率达到99%以上，持卡群众领卡更方便，单张制卡成本不超过25元。"
_GENERIC_SHARED = 2
"""Generic rows in common that make two tables copies (工具默认, RULES.md X02)."""


def _label(table: PerformanceTable) -> str:
    return table.table_id or table.project.name or "另一张表"


@rule(
    "X01",
    level="error",
    cite=["mof-2020-10#a2.basis", "tool#practice"],
    passes=[
        example(),
        example(others=(example(project={"name": "社保卡补换卡经费"}, goal=_OTHER_GOAL),), text="两张表各有名称"),
    ],
    fails=[example(others=(example(goal=_OTHER_GOAL),), text="两张表都叫“养老保险经办服务经费”，目标是两件事")],
    despite_doubt=True,
)
def projects_have_different_names(table: Table) -> Hits:
    """同单位多个项目同名"""
    together, name = table.beside.neighbours, table.form.project.name
    if together is None or not name:
        return
    same = [
        together.tables[position]
        for position in together.by_name.get(name, ())
        if position != table.beside.position and _differ(table, together.tables[position])
    ]
    if same:
        said = f"同一部门还有 {len(same)} 张表也叫“{name}”，目标却不是一件事；请按批复的预算项目分别写名称：____"
        yield Hit(Field("project.name"), said, quote=name, others=tuple(_label(one) for one in same))


@rule(
    "X02",
    level="warn",
    cite=["zhengzhou-transfer#21.3", "zhengzhou-transfer#a3-5", "tool#default"],
    passes=[
        example(
            others=(
                example(
                    project={"name": "社保卡补换卡经费"}, without=["产出指标", "效益指标", "成本指标", "满意度指标"]
                ),
            ),
            text="两张表没有相同的指标",
        )
    ],
    fails=[example(others=(example(project={"name": "社保卡补换卡经费"}, goal=_OTHER_GOAL),), text="七条指标全部相同")],
)
def indicators_are_not_copied(table: Table) -> Hits:
    """表间指标雷同"""
    together = table.beside.neighbours
    if together is None or not table.rows:
        return
    shared: dict[int, list[Row]] = {}
    for row in table.rows:
        for position in together.by_row.get(row_key(row.indicator.name, value_text(row.value)), ()):
            if position != table.beside.position and row.raw:
                shared.setdefault(position, []).append(row)
    found = [(position, rows) for position, rows in sorted(shared.items()) if _copied(table, together, position, rows)]
    if found:
        common = Counter(row.indicator.name for _, rows in found for row in rows)
        shown = "、".join(f"{row}" for row, _ in common.most_common(4))
        said = f"与 {len(found)} 张表的指标雷同（{shown}），名称和指标值都一样；请按各自的任务设置"
        others = tuple(_label(together.tables[position]) for position, _ in found)
        yield Hit(Field("indicators"), said, quote=shown, others=others)


def _copied(table: Table, together: Neighbours, position: int, rows: list[Row]) -> bool:
    smaller = min(len(table.rows), len(together.tables[position].indicators))
    if len(rows) * 100 >= table.limits.copied_share * smaller and len(rows) > 1:
        return True
    return sum(_generic(row.name) for row in rows) >= _GENERIC_SHARED


def _generic(name: str) -> bool:
    return name in SAT_GENERIC or name in GENERIC_NAME or not _MEASURABLE.search(name)


@rule(
    "X03",
    level="error",
    cite=["tool#practice", "mof-2020-10#a2.goal.4"],
    passes=[
        example(others=(example(project={"name": "社保卡补换卡经费"}, goal=_OTHER_GOAL),), text="表头各填各的"),
        example(others=(example(goal=_OTHER_GOAL, funds={"total": 80, "fiscal": 80}),), text="资金不同"),
    ],
    fails=[example(others=(example(goal=_OTHER_GOAL),), text="名称、类别、项目期、资金全同，目标不同")],
    despite_doubt=True,
)
def header_is_not_copied(table: Table) -> Hits:
    """表头照抄"""
    mine = _header(table.form)
    if mine is None or not table.goal:
        return
    same = [other for _, other in _others_of_name(table) if _header(other) == mine and _differ(table, other)]
    if same:
        name, money = table.form.project.name, mine[-1]
        said = f"名称、类别、项目期、资金（{money}）与别的表全部相同，目标却不同，表头像是照抄的；请按批复逐项改：____"
        yield Hit(Field("project"), said, quote=name or "", others=tuple(_label(one) for one in same))


def _others_of_name(table: Table) -> Iterator[tuple[int, PerformanceTable]]:
    together = table.beside.neighbours
    for position in together.by_name.get(table.form.project.name or "", ()) if together else ():
        if together and position != table.beside.position:
            yield position, together.tables[position]


def _header(table: PerformanceTable) -> tuple[str, ...] | None:
    """Name, category, period and money; None when the header is not filled enough to be compared."""
    project = table.project
    money = "／".join(
        f"{amount.normalize():f}"
        for funds in table.funds
        for amount in (funds.total, funds.fiscal)
        if amount is not None
    )
    if not project.name or not money:
        return None
    period = project.period.text or f"{project.period.start}{project.period.end}"
    return project.name, project.category or "", period, money


def _differ(table: Table, other: PerformanceTable) -> bool:
    """Tell whether both have a goal, and not the same one."""
    mine, theirs = goal_of(table.form)[:READ_AT_MOST], goal_of(other)[:READ_AT_MOST]
    return bool(mine and theirs) and overlap(mine, theirs) < table.limits.same_goal
