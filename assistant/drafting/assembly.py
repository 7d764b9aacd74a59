"""From rows to a whole form: required classes present, in form order, numbered, with header, money and open points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.brief import Brief, FactKind, KindOfWork, in_wan
from assistant.dialects import DEFAULT_DIALECT, LEVELS, cost_level, parents
from assistant.drafting.draft import DraftRow
from assistant.drafting.fact_rows import WHOLE_COST, budget_row
from assistant.drafting.goal import goal_text
from assistant.drafting.precedent_rows import blank_row
from assistant.drafting.select import MOST_ROWS
from assistant.schema import (
    Funds,
    Generation,
    Goal,
    Goals,
    Level1,
    Level2,
    PerformanceTable,
    Period,
    Project,
    Unresolved,
)

MOST_COSTS = 3
"""Cost rows from which the whole money of the project is not added as one more."""


def missing_classes(rows: Sequence[DraftRow], generation: Generation) -> int:
    """How many required classes have no row yet: those of `_NEEDED`, cost, and any effect at all."""
    present = {row.indicator.level2 for row in rows}
    needed = {level2 for level2, _, _ in _NEEDED} | {cost_level(generation)[1]}
    return len(needed - present) + (not any(row.indicator.level1 == "效益指标" for row in rows))


def complete(rows: list[DraftRow], brief: Brief, generation: Generation) -> list[DraftRow]:
    """The rows with one for every required class: cost from the money of the brief, the rest blank with a question."""
    rows = list(rows)
    present = {row.indicator.level2 for row in rows}
    level1, level2 = cost_level(generation)
    costs = [row for row in rows if row.indicator.level2 == level2 and row.indicator.value]
    money = budget_row(brief, generation)
    repeated = money is not None and any(row.value_text == money.value_text for row in costs)
    if money is not None and not repeated and len(costs) < MOST_COSTS and len(rows) < MOST_ROWS:
        rows.append(money.model_copy(update={"question": None}) if costs else money)
    elif level2 not in present:
        rows.append(
            blank_row(level1, level2, WHOLE_COST, "描述中没有金额", "项目预算是多少万元？单位成本或分项成本是多少？")
        )
    who = brief.beneficiaries[0] if brief.beneficiaries else "服务对象"
    quality, deadline = _USUAL_NAMES.get(brief.kind or "公共服务", ("任务验收合格率", "年度任务完成时间"))
    for needed, name, question in _NEEDED:
        if needed not in present:
            rows.append(
                blank_row(
                    parents(needed)[-1] if needed != "服务对象满意度指标" else "满意度指标",
                    needed,
                    name.format(who=who, quality=quality, deadline=deadline),
                    "描述和先例都没有可用的内容",
                    question.format(who=who),
                )
            )
    if not any(row.indicator.level1 == "效益指标" for row in rows):
        rows.append(
            blank_row(
                "效益指标",
                "社会效益指标",
                "受益人数",
                "描述和先例都没有可用的内容",
                "项目使多少人（户、企业）受益？还有什么可以衡量的效果？",
            )
        )
    return rows


_USUAL_NAMES: Mapping[KindOfWork, tuple[str, str]] = {
    "工程建设": ("工程验收合格率", "工程完工时间"),
    "修缮改造": ("工程验收合格率", "工程完工时间"),
    "设备购置": ("设备验收合格率", "设备采购完成时间"),
    "信息化建设": ("系统验收合格率", "系统上线时间"),
    "补助发放": ("补助发放准确率", "补助资金发放时间"),
    "公共服务": ("服务质量考核合格率", "年度服务任务完成时间"),
    "运行保障": ("日常运行检查合格率", "年度保障任务完成时间"),
}
"""How quality and time are usually named by kind of work, when neither brief nor precedent names them; always 待填."""

_NEEDED: tuple[tuple[Level2, str, str], ...] = (
    ("数量指标", "主要任务完成数量", "项目做什么、做多少？请写明对象、数量和单位"),
    ("质量指标", "{quality}", "用什么标准衡量做得好不好（合格率、准确率、达标率等）？目标是多少？"),
    ("时效指标", "{deadline}", "计划在哪一天之前完成？"),
    ("服务对象满意度指标", "{who}满意度", "“{who}满意度”的目标是多少？是否安排满意度调查？"),
)


def in_form_order(rows: Sequence[DraftRow], generation: Generation) -> list[DraftRow]:
    """Rows in the order of the form; within a class what the unit itself said first, blanks last."""
    levels = LEVELS[generation]
    order: dict[tuple[Level1, Level2], int] = {
        pair: place for place, pair in enumerate((one, two) for one, twos in levels.items() for two in twos)
    }
    return sorted(
        rows,
        key=lambda row: (
            order[(row.indicator.level1, row.indicator.level2)],
            row.origin != "person",
            row.indicator.value is None,
        ),
    )


def numbered(rows: Sequence[DraftRow]) -> list[DraftRow]:
    """Rows with ids r01, r02 … in the order given."""
    return [
        row.model_copy(
            update={"id": f"r{place:02d}", "indicator": row.indicator.model_copy(update={"id": f"r{place:02d}"})}
        )
        for place, row in enumerate(rows, start=1)
    ]


def table_of(brief: Brief, generation: Generation, rows: Sequence[DraftRow]) -> PerformanceTable:
    """The form: header, money and period as the brief gives them, goal text, rows; what is missing unresolved."""
    request = brief.request
    funds = Funds(total=brief.budget_wan, fiscal=_amount(brief, "fiscal"), other=_amount(brief, "other_funds"))
    whole = brief.total_investment_wan
    missing = [
        Unresolved(field=field, issue=issue)
        for field, issue, known in (
            ("fiscal_year", "没有写预算年度", brief.year),
            ("project.name", "没有写项目名称", request.project_name),
            ("project.dept", "没有写主管部门", request.department),
            ("project.unit", "没有写实施单位", request.unit),
            ("funds[0].total", "没有写资金总额", brief.budget_wan),
            ("funds[0].fiscal", _sources_said(brief), funds.fiscal),
            ("funds[0].carryover", "没有写上年结转多少", None),
            ("funds[0].other", "没有写其他资金多少", funds.other),
        )
        if not known
    ]
    period = next((fact for fact in brief.facts if fact.kind == "period"), None)
    return PerformanceTable(
        form_generation=generation,
        form_dialect=DEFAULT_DIALECT[generation],
        fiscal_year=brief.year,
        project=Project(
            name=request.project_name or None,
            dept=request.department or None,
            unit=request.unit or None,
            attribute=request.attribute or None,
            project_kind=brief.form_kind,
            period=Period(text=period.quote) if period else Period(),
        ),
        funds=(funds, Funds(horizon="实施期", total=whole)) if whole is not None else (funds,),
        goals=Goals(annual=Goal(text=goal_text(brief, rows))),
        indicators=tuple(row.indicator for row in rows),
        unresolved=tuple(missing),
    )


def _sources_said(brief: Brief) -> str:
    said = "、".join(f"“{fact.quote}”" for fact in brief.facts if fact.kind == "source")
    return f"描述只写了{said}，没有写财政拨款、其他资金各多少" if said else "没有写其中财政拨款多少"


def _amount(brief: Brief, kind: FactKind) -> Decimal | None:
    return next((in_wan(fact.value) for fact in brief.facts if fact.kind == kind), None)
