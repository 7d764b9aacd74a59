"""Scores of the values: how many rows are given one, and how near those of matched rows are to the real ones."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assistant.precedents.spread import direction
from assistant.values import Value, in_base_unit, quantity, render, unit_family
from evals.drafting.judged import Judged, Score, share

POINTS, PART = Decimal(5), Decimal("0.2")
"""Percentage points a rate, and the part of it a quantity, may be off and still count as right."""
_MEASURED = frozenset(unit_family(unit) for unit in ("元", "%", "‰", "米", "平方米", "吨", "年", "天", "小时"))
"""Families of units that are no counting words."""


def coverage(judged: Judged) -> Score:
    """Suggested rows that are given a value, of all suggested rows."""
    given = sum(row.value is not None for row in judged.rows)
    return share(given, len(judged.rows), f"{len(judged.rows)} 行中 {given} 行有值")


def accuracy(judged: Judged) -> Score:
    """Matched rows whose value is right, of those where both sides have one."""
    pairs = list(_valued(judged))
    wrong = [f"{render(mine)}≠{render(theirs)}" for mine, theirs in pairs if not right(mine, theirs)]
    return share(len(pairs) - len(wrong), len(pairs), f"{len(pairs)} 对有值；不同：{'、'.join(wrong[:3])}")


def right_of_real(judged: Judged) -> Score:
    """Real rows with a value that got the right one, of all real rows with a value: leaving blank costs here."""
    wanted = sum(row.value is not None for row in judged.real)
    found = sum(right(mine, theirs) for mine, theirs in _valued(judged))
    return share(found, wanted, f"实有 {wanted} 个值，给对 {found} 个")


def direction_agrees(judged: Judged) -> Score:
    """Matched values that point the same way (at least, at most, exactly)."""
    pairs = [(direction(one), direction(other)) for one, other in _valued(judged)]
    told = [(one, other) for one, other in pairs if one and other]
    return share(sum(one == other for one, other in told), len(told), f"{len(told)} 对都写了方向")


def unit_agrees(judged: Judged) -> Score:
    """Matched quantities of one unit family (万人 and 人 are one, 人 and 人次 are two, 个 is any counting word)."""
    told = [(one, other) for one, other in _valued(judged) if one.unit and other.unit]
    same = sum(_one_family(one.unit or "", other.unit or "") for one, other in told)
    return share(same, len(told), f"{len(told)} 对都有单位")


def right(mine: Value, theirs: Value) -> bool:
    """A rate within 5 points, a quantity within 20 %, the same day, the same words."""
    if mine.kind == "date" or theirs.kind == "date":
        return mine.kind == theirs.kind and _same_day(mine.date or "", theirs.date or "")
    if mine.number is None or theirs.number is None or mine.kind != "number" or theirs.kind != "number":
        return render(mine) == render(theirs)
    if mine.unit == theirs.unit == "%":
        return abs(mine.number - theirs.number) <= POINTS
    one, other = quantity(mine), quantity(theirs)
    if one is None or other is None:
        return False
    if not mine.unit or not theirs.unit:  # many published cells leave the unit out
        return _near(one.number, other.number)
    if not _one_family(one.unit, other.unit):
        return False
    return _near(in_base_unit(one).number, in_base_unit(other).number)


def _near(mine: Decimal, theirs: Decimal) -> bool:
    return abs(mine - theirs) <= PART * abs(theirs)


def _one_family(mine: str, theirs: str) -> bool:
    """The same measure; 个 counts what other counting words count, and 元/人·年 is 元/人 said in full."""
    (head, _, per), (other_head, _, other_per) = unit_family(mine).partition("/"), unit_family(theirs).partition("/")
    counted = "个" in (head, other_head) and not {head, other_head} & _MEASURED
    return (head == other_head or counted) and (per.startswith(other_per) or other_per.startswith(per))


def _same_day(one: str, other: str) -> bool:
    """The same date; where only one side names the year, the same day or month of any year."""
    with_year = [date for date in (one, other) if date and not date.startswith("-")]
    if len(with_year) == 1:
        one, other = (date[4:] if date in with_year else date.removeprefix("-") for date in (one, other))
    return bool(one) and one == other


def _valued(judged: Judged) -> Iterator[tuple[Value, Value]]:
    for one in judged.matches:
        mine, theirs = judged.rows[one.suggested].value, judged.real[one.real].value
        if mine is not None and theirs is not None:
            yield mine, theirs
