"""N and X within one table: the same thing named twice, or with two targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from assistant.checks.examples import example
from assistant.checks.fixes import remove_row
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.similar import in_standard_words, inserted, nearly_same_thing, same_thing
from assistant.checks.view import Row, Table
from assistant.values import equivalent

_ORDER = re.compile("[0-9一二三四五六七八九十ABC]+")
# Above this many rows pairs are only compared within a class: a table of thousands stays quick.
_ALL_PAIRS = 200


@rule(
    "N08",
    level="error",
    cite=["tool#system"],
    passes=[example(more=[("数量指标", "宣传资料印制份数", "≥2000份")])],
    fails=[example(more=[("社会效益指标", "待遇资格认证人次", "≥500人次")])],
    cell="name",
    fix=remove_row,
)
def names_are_different(table: Table) -> Hits:
    """指标名称重复"""
    seen: dict[tuple[str, str | None], Row] = {}
    for row in table.rows:
        key = (_letters(row.name), row.indicator.goal_ref)
        if not key[0]:
            continue
        first = seen.setdefault(key, row)
        if first is not row:
            said = f"“{row.indicator.name}”在{first.indicator.level2}下已经有了，请删去一处或改成不同的指标"
            yield Hit(row, said, quote=row.indicator.name)


@rule(
    "N09",
    level="warn",
    cite=["tool#practice", "tool#default"],
    passes=[
        example("县道养护里程", "≥50公里", more=[("数量指标", "乡道养护里程", "≥50公里")]),
        example("培训人次", "≥300人次", more=[("数量指标", "妇女培训人次", "≥100人次")]),
    ],
    fails=[
        example(
            "养老保险待遇发放率",
            "=100%",
            level2="质量指标",
            more=[("时效指标", "养老保险待遇足额发放率", "=100%")],
        )
    ],
    cell="name",
    reads=("value",),
    fix=remove_row,
)
def names_are_not_nearly_the_same(table: Table) -> Hits:
    """指标近似重复"""
    twins: dict[int, list[Row]] = {}
    for first, second in _pairs(table):
        if _alike(first, second, table.limits.alike_names):
            twins.setdefault(second.index, []).append(first)
    for index, others in twins.items():
        row, shown = table.rows[index], "、".join(f"“{one.indicator.name}”" for one in others)
        said = f"“{row.indicator.name}”与{shown}近似重复；说的是一件事就留一条"
        yield Hit(row, said, quote=row.indicator.name)


def _alike(first: Row, second: Row, least: float) -> bool:
    one, other = _letters(first.name), _letters(second.name)
    if one == other or first.family != second.family or _ORDER.sub("", one) == _ORDER.sub("", other) != one:
        return False
    equal = first.value is not None and second.value is not None and equivalent(first.value, second.value)
    blank = first.value is None and second.value is None
    if not (equal or blank):
        return False
    return inserted(in_standard_words(one), in_standard_words(other), least) or nearly_same_thing(one, other)


@rule(
    "X04",
    level="warn",
    mode="DL",
    cite=["tool#practice", "mof-2020-10#a2.goal.2"],
    passes=[example(more=[("质量指标", "参保群众登记准确率", "≥95%")])],
    fails=[example("城乡居民参保率", "=100%", level2="质量指标", more=[("社会效益指标", "全民参保率", "≥95%")])],
    reads=("value",),
)
def one_concept_has_one_target(table: Table) -> Hits:
    """同一概念两个目标值"""
    for first, second in _pairs(table):
        if first.value is None or second.value is None or not first.family:
            continue
        if first.family.partition("/")[0] != second.family.partition("/")[0]:
            continue
        one, other = _letters(first.name), _letters(second.name)
        alike = same_thing(one, other) or (first.family == "比率" and nearly_same_thing(one, other))
        if alike and one != other and not equivalent(first.value, second.value) and first.amount != second.amount:
            said = (
                f"“{first.indicator.name}”（{first.raw}）和“{second.indicator.name}”（{second.raw}）像是一件事，"
                "目标值却不同；请只留一个"
            )
            yield Hit(second, said, quote=second.raw)


def _pairs(table: Table) -> Iterator[tuple[Row, Row]]:
    if len(table.rows) <= _ALL_PAIRS:
        yield from combinations(table.rows, 2)
        return
    by_class: dict[str, list[Row]] = {}
    for row in table.rows:
        by_class.setdefault(row.name[-4:], []).append(row)
    for rows in by_class.values():
        yield from combinations(rows[:_ALL_PAIRS], 2)


def _letters(name: str) -> str:
    return re.sub(r"[\W_]+", "", name)
