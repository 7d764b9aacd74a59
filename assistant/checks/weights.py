"""W: do the weights add up, and do the first levels get their usual points?"""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.checks.examples import example
from assistant.checks.fixes import remove_row
from assistant.checks.registry import Hit, Hits, rule
from assistant.checks.view import Field, Table
from assistant.dialects import weight_profile
from assistant.schema import LEVEL1

_ENOUGH_WEIGHTS = 5
_EXECUTION = re.compile("(?:预算|资金|经费)(?:支出)?(?:执行|支付|支出)(?:率|进度)")
TOLERANCE = Decimal("0.01")
USUAL_TOTAL = Decimal(90)
_EXECUTION_POINTS = Decimal(10)
_SELF_EVALUATION_TOTAL = Decimal(100)


def _wanted(table: Table) -> Decimal | None:
    if table.dialect.weight_total is None:
        return USUAL_TOTAL if table.weights else None  # a form without the column, handed in with weights
    return _SELF_EVALUATION_TOTAL if table.form.form_kind == "自评表" else table.dialect.weight_total


def _adds_up(table: Table) -> bool:
    wanted, total = _wanted(table), sum(table.weights)
    if wanted is None or abs(total - wanted) <= TOLERANCE:
        return True
    if table.dialect.weight_total is None and abs(total - _SELF_EVALUATION_TOTAL) <= TOLERANCE:
        return True
    # A self-evaluation may score 预算执行率 (10 points) above the rows.
    return table.form.form_kind == "自评表" and abs(total - (wanted - _EXECUTION_POINTS)) <= TOLERANCE


@rule(
    "W01",
    level="error",
    cite=["mof-2021-101#3.6", "mof-2020-10#13"],
    passes=[example(weights=(20, 10, 10, 10, 10, 20, 10), text="权重合计 90"), example()],
    fails=[
        example(weights=(20, 15, 10, 10, 10, 20, 10), text="权重合计 95"),
        example(weights=(20, 33, 10, 10, 10, 20, 10), form={"form_dialect": "henan"}, text="没有权重栏的表填了 113"),
    ],
    cell="weight",
    reads=("rows",),
)
def weights_add_up(table: Table) -> Hits:
    """权重合计不对"""
    if table.weights and len(table.weights) == len(table.rows) and not _adds_up(table):
        total, wanted = sum(table.weights), _wanted(table)
        why = "，另有 10 分是预算执行率，自评时才用" if wanted and wanted < 100 else ""
        yield Hit(Field("indicators"), f"权重合计是 {total:f}，应当是 {wanted:f}{why}；请调整", quote=f"{total:f}")


@rule(
    "W02",
    level="warn",
    cite=["mof-2021-101#3.6", "mof-2020-10#13"],
    passes=[
        example(weights=(20, 10, 10, 10, 10, 20, 10), text="成本20、产出40、效益20、满意度10"),
        example(weights=(10, 10, 10, 10, 10, 30, 10), generation="2015", text="产出50、效益30、满意度10"),
    ],
    fails=[example(weights=(10, 20, 10, 10, 10, 20, 10), text="成本10、产出50、效益20、满意度10")],
    cell="weight",
)
def first_levels_get_their_usual_points(table: Table) -> Hits:
    """一级权重偏离默认"""
    if not table.weights or len(table.weights) != len(table.rows) or _wanted(table) is None or not _adds_up(table):
        return
    if table.form.form_kind == "自评表":
        return  # 执行率占 10 分而不是一行指标时才到 100，口径各表不一
    present = [level1 for level1 in LEVEL1 if any(row.indicator.level1 == level1 for row in table.rows)]
    profile = weight_profile(present)
    if profile.total != _wanted(table):
        return
    points = {level1: sum(row.indicator.weight or 0 for row in table.of(level1)) for level1 in present}
    usual = {level1: profile.points(level1) or Decimal(0) for level1 in present}
    if any(abs(points[level1] - usual[level1]) > TOLERANCE for level1 in present):
        found = "、".join(f"{level1.removesuffix('指标')}{points[level1]:f}" for level1 in present)
        meant = "、".join(f"{level1.removesuffix('指标')}{usual[level1]:f}" for level1 in present)
        yield Hit(Field("indicators"), f"一级权重是 {found}，通常是 {meant}；确需调整的请写明理由", quote=found)


@rule(
    "W03",
    level="error",
    cite=["tool#practice", "tool#system"],
    passes=[example(weights=(20, 10, 10, 10, 10, 20, 10), text="每行都有权重"), example()],
    fails=[example(weights=(20, None, 20, 10, 10, 20, 10), text="有一行没有权重")],
    cell="weight",
)
def every_row_has_its_weight(table: Table) -> Hits:
    """权重缺失或为零"""
    if table.weights:
        for row in table.rows:
            weight = row.indicator.weight
            if weight is None:
                said = f"别的指标都有权重，“{row.indicator.name}”没有；请补上，否则这一行不计分"
                yield Hit(row, said, quote=row.indicator.name)
            elif weight <= 0:
                said = f"“{row.indicator.name}”的权重是 {weight:f}，等于不考核；请重新赋权"
                yield Hit(row, said, quote=f"{weight:f}")


@rule(
    "W04",
    level="advice",
    cite=["mof-2021-101#3.6", "mof-2020-10#13", "tool#default"],
    passes=[example(weights=(20, 10, 10, 10, 10, 20, 10), text="按重要程度赋权"), example()],
    fails=[
        example(weights=(10, 10, 10, 10, 10, 10, 10), text="七条都是10"),
        example(weights=(20, 28, 4, 4, 4, 20, 10), text="一条占28"),
    ],
    cell="weight",
)
def weights_tell_what_matters(table: Table) -> Hits:
    """权重平均主义或过于集中"""
    weights = table.weights
    if len(weights) >= _ENOUGH_WEIGHTS and len(set(weights)) == 1:
        said = f"{len(weights)} 条指标权重都是 {weights[0]:f}，看不出轻重；核心指标请加重"
        yield Hit(Field("indicators"), said, quote=f"{weights[0]:f}")
    for row in table.rows:
        weight = row.indicator.weight
        if weight is not None and weight > table.limits.largest_weight:
            said = f"“{row.indicator.name}”一条占 {weight:f} 分，过于集中（{table.limits.told('largest_weight')}）"
            yield Hit(row, said, quote=f"{weight:f}")


@rule(
    "W05",
    level="warn",
    cite=["mof-2021-101#3.6", "mof-2020-10#13", "mof-2020-10#a1"],
    passes=[
        example(),
        example("预算执行率", "≥95%", level2="时效指标", form={"form_kind": "自评表"}, text="自评表里的预算执行率"),
    ],
    fails=[example("预算执行率", "≥95%", level2="时效指标")],
    cell="name",
    fix=remove_row,
)
def execution_rate_waits_for_the_evaluation(table: Table) -> Hits:
    """申报阶段设置预算执行率"""
    if table.form.form_kind in ("自评表", "监控表"):
        return
    for row in table.rows:
        if _EXECUTION.search(row.name):
            said = f"“{row.indicator.name}”自评时统一计 10 分，编预算时不设；请删去"
            yield Hit(row, said, quote=row.indicator.name)
