"""G, against the rows: do the figures of the goal and of the indicators agree?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.similar import bigrams, core
from assistant.checks.view import Row, Table
from assistant.values import Quantity, Value, find_values, in_base_unit, quantity, unit_family

_CLAUSE = re.compile("[，。；;、！？\n]")
# 每所安装1套 is a rate, no total.
_EACH = re.compile("每(?!年)|各|人均|户均|平均")
# 不漏一户、没有一名 is nought, not one.
_NONE_AT_ALL = re.compile("(?:不|没有|无|零)[\u4e00-\u9fff]{0,3}[一1](?:户|名|人|件|起|例|个|次)")
_SUBJECT = 4
"""Characters of what a name counts, below which a clause cannot be said to speak of it."""
_SPEAKS = 0.55
"""Share of a name's two-character sequences a clause must hold to speak of it."""


@rule(
    "G14",
    level="error",
    mode="DL",
    cite=["mof-2020-10#a2.indicator.3", "zhengzhou-goal#14.4"],
    passes=[example()],
    fails=[
        example(
            goal="全年完成待遇资格认证800人次以上，举办政策宣传活动12场，政策知晓率达到85%。",
            text="目标：认证800人次；指标：≥500人次",
        ),
        example(
            goal="全年完成待遇资格认证500人次以上，举办政策宣传活动20场，政策知晓率达到85%。",
            text="目标：宣传20场；指标：≥12场",
        ),
    ],
    reads=("goal", "value"),
)
def goal_and_rows_have_the_same_figures(table: Table) -> Hits:
    """目标数字与指标值矛盾"""
    figures = list(_goal_figures(table.goal))
    in_goal = _stated(table.goal)
    for row in table.rows:
        amount, subject = row.amount, core(row.name)
        if amount is None or row.value is None or not row.value.unit or len(subject) < _SUBJECT:
            continue
        if any(bigrams(clause) & bigrams(row.name) for clause in in_goal.get(_plain_amount(amount), ())):
            continue  # the goal says this figure where it speaks of something of this name
        same = [
            one for one in figures if _yearly(one.family) == _yearly(row.family) and _speaks_of(one.clause, subject)
        ]
        if len(same) != 1 or _rival(table, row, same[0]):
            continue
        wanted, stated = _plain_amount(amount), _plain_amount(same[0].amount)
        if wanted[1] == stated[1] and abs(wanted[0] - stated[0]) > abs(stated[0]) / 100:
            said = f"绩效目标写“{same[0].text}”，指标“{row.indicator.name}”是“{row.raw}”，两处对不上；请改成一致"
            yield Hit(row, said, quote=same[0].text)


def _stated(goal: str) -> dict[tuple[Decimal, str], list[str]]:
    """Every figure of a goal, with the clauses it stands in."""
    found: dict[tuple[Decimal, str], list[str]] = {}
    for clause in re.split("[，。；;！？\n]", goal):
        for span in find_values(clause):
            if span.unit:
                found.setdefault(_plain_amount(_amount(span.number, span.unit)), []).append(clause)
    return found


def _plain_amount(amount: Quantity) -> tuple[Decimal, str]:
    """An amount that can be compared: base unit, 每年 left out."""
    base = in_base_unit(amount)
    return base.number, _yearly(base.unit)


def _yearly(unit: str) -> str:
    """A unit without 每年: the goal and the rows of a yearly table speak of one year."""
    return unit.removesuffix("/年")


@dataclass(frozen=True)
class _Figure:
    clause: str
    text: str
    amount: Quantity
    family: str


def _goal_figures(goal: str) -> Iterator[_Figure]:
    """The figures of a goal that stand alone of their kind in their clause; several of a kind cannot be told apart."""
    for clause in _CLAUSE.split(goal):
        if _EACH.search(clause) or _NONE_AT_ALL.search(clause):
            continue
        spans = [span for span in find_values(clause) if span.unit and span.number_max is None]
        kinds = Counter(unit_family(span.unit) for span in spans)
        for span in spans:
            family = unit_family(span.unit)
            if kinds[family] == 1:
                yield _Figure(clause, span.text, _amount(span.number, span.unit), family)


def _amount(number: Decimal, unit: str) -> Quantity:
    read = quantity(Value(raw="", kind="number", number=number, unit=unit))
    return read if read else Quantity(number, unit)


def _speaks_of(clause: str, subject: str) -> bool:
    wanted, there = bigrams(subject), bigrams(clause)
    return len(wanted) >= 3 and len(wanted & there) >= _SPEAKS * len(wanted)


def _rival(table: Table, row: Row, figure: _Figure) -> bool:
    """Another row of the same kind that the clause may speak of as well, or states the same figure."""
    for other in table.rows:
        if other is row or other.family != row.family or other.amount is None:
            continue
        if in_base_unit(other.amount).number == in_base_unit(figure.amount).number:
            return True
        if _speaks_of(figure.clause, core(other.name)) and len(core(other.name)) >= len(core(row.name)):
            return True
    return False
