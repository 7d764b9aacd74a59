"""Drafting from precedent alone: no model, no network, same input, same output."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from decimal import Decimal

from assistant.brief import Brief, BriefRequest, FactKind, in_wan, understand
from assistant.checks import check
from assistant.dialects import DEFAULT_DIALECT, DIALECTS, LEVELS, cost_level, parents
from assistant.drafting.candidates import Pool, gather
from assistant.drafting.draft import Draft, DraftRow, Engine, Rejected
from assistant.drafting.goal import goal_text
from assistant.drafting.grounding import Ground, guard
from assistant.drafting.naming import split_name
from assistant.drafting.rows import blank_row, budget_row, candidate_row, fact_rows, with_precedents
from assistant.drafting.select import MOST_ROWS, choose, quotas
from assistant.drafting.weights import weigh
from assistant.errors import BadBrief
from assistant.precedents.store import PastRow
from assistant.retrieval.search import Searcher
from assistant.schema import Funds, Generation, Goal, Goals, Level1, Level2, PerformanceTable, Period, Project, Unresolved

NOTHING_SIMILAR = 0.30
"""Closeness of the nearest table below which precedents are not used at all."""
LIKE_NAMED = 0.80

Stage = Callable[[str], None]


def draft_offline(request: BriefRequest, searcher: Searcher, *, stage: Stage = lambda _: None) -> Draft:
    """A draft for a request: facts, precedents, values, weights, goal, then the guard and the checks."""
    began = time.perf_counter()
    stage("理解描述")
    brief = understand(request)
    _refuse_unreadable(brief)
    generation = request.generation or _generation(brief)
    stage("查找先例")
    pool = gather(brief, searcher, generation)
    stage("逐行起草")
    said, rejected = _rows_of_facts(brief, generation)
    said = _compared(said, pool, searcher)
    rows = [*said, *_precedent_rows(said, brief, pool, searcher, generation)]
    rows = _complete(rows, brief, generation)
    dialect = DIALECTS[DEFAULT_DIALECT[generation]]
    rows = weigh(_numbered(_in_form_order(rows, generation)), dialect)  # type: ignore[assignment]
    table = _table(brief, generation, rows)
    draft = Draft(
        table=table,
        rows=tuple(rows),
        rejected=tuple(rejected),
        engine=Engine(name="offline", seconds=0.0),
    )
    stage("核对依据")
    draft = guard(draft, Ground.of(brief, searcher.row))
    stage("检查")
    return draft.model_copy(
        update={
            "findings": check(draft.table, blanks=draft.blanks),
            "questions": _questions(draft, brief, pool),
            "engine": Engine(name="offline", seconds=round(time.perf_counter() - began, 3)),
        }
    )


def _refuse_unreadable(brief: Brief) -> None:
    text = brief.text
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    if chinese < 2 or chinese < len(text) / 10:
        raise BadBrief("没有读出中文的项目描述；请用中文写明项目名称、要做什么、做多少、给谁、花多少钱、何时完成")


def _generation(brief: Brief) -> Generation:
    """财预〔2021〕101号 made cost a first level from the 2022 budget on; without a year the newer form."""
    return "2015" if brief.year is not None and brief.year < 2022 else "2021"


def _rows_of_facts(brief: Brief, generation: Generation) -> tuple[list[DraftRow], list[Rejected]]:
    rows: list[DraftRow] = []
    rejected: list[Rejected] = []
    for fact in brief.facts:
        for row in fact_rows(fact, generation):
            if any(row.indicator.name == other.indicator.name for other in rows):
                rejected.append(Rejected(row=f"{fact.label} {fact.quote}", why="与已有指标同名，没有再列一行"))
            elif len(rows) >= MOST_ROWS - 2:
                why = f"指标已满 {MOST_ROWS} 行，没有列入，可手工添加"
                rejected.append(Rejected(row=f"{row.indicator.name} {fact.quote}", why=why))
            else:
                rows.append(row)
    for conflict in brief.conflicts:
        rejected.append(Rejected(row=conflict.label, why=conflict.question))
        for first in fact_rows(conflict.facts[0], generation)[:1]:
            indicator = first.indicator
            rows.append(
                blank_row(indicator.level1, indicator.level2, indicator.name, "描述中有互相矛盾的数", conflict.question)
            )
    return rows, rejected


def _compared(rows: Sequence[DraftRow], pool: Pool, searcher: Searcher) -> list[DraftRow]:
    """Fact rows with like-named precedents beside them."""
    names = [row.indicator.name for row in rows]
    past = sorted({row.name for row in pool.rows})
    if not names or not past:
        return list(rows)
    near = searcher.name_vectors(names) @ searcher.name_vectors(past).T
    by_name: dict[str, list[PastRow]] = {}
    for one in pool.rows:
        by_name.setdefault(one.name, []).append(one)
    compared = []
    for row, line in zip(rows, near, strict=True):
        head = split_name(row.indicator.name).head
        alike = [past[place] for place in line.argsort()[::-1][:5] if line[place] >= LIKE_NAMED]
        found = [one for name in alike if split_name(name).head[-1:] == head[-1:] for one in by_name[name]]
        compared.append(with_precedents(row, found, pool) if found else row)
    return compared


def _precedent_rows(
    facts: Sequence[DraftRow], brief: Brief, pool: Pool, searcher: Searcher, generation: Generation
) -> list[DraftRow]:
    if pool.nearest < NOTHING_SIMILAR:
        return []
    names = [row.indicator.name for row in facts]
    vectors = dict(zip(names, searcher.name_vectors(names), strict=True)) if names else {}
    chosen = choose(facts, pool.candidates, vectors, quotas(generation, brief.kind))
    return [candidate_row(one, brief, pool) for one in chosen]


def _complete(rows: list[DraftRow], brief: Brief, generation: Generation) -> list[DraftRow]:
    """The rows with one for every required class: cost from the money of the brief, the rest blank with a question."""
    rows = list(rows)
    present = {row.indicator.level2 for row in rows}
    level1, level2 = cost_level(generation)
    costed = any(row.indicator.level2 == level2 and row.indicator.value for row in rows)
    if not costed and (money := budget_row(brief, generation)):
        rows.append(money)
    elif level2 not in present:
        rows.append(
            blank_row(level1, level2, "项目总成本", "描述中没有金额", "项目预算是多少万元？单位成本或分项成本是多少？")
        )
    for needed, name, question in _NEEDED:
        if needed not in present:
            who = brief.beneficiaries[0] if brief.beneficiaries else "服务对象"
            rows.append(
                blank_row(
                    parents(needed)[-1] if needed != "服务对象满意度指标" else "满意度指标",
                    needed,
                    name.format(who=who),
                    "描述和先例都没有可用的内容",
                    question.format(who=who),
                )
            )
    if not any(row.indicator.level1 == "效益指标" for row in rows):
        rows.append(
            blank_row("效益指标", "社会效益指标", "受益人数", "描述和先例都没有可用的内容", "项目使多少人（户、企业）受益？还有什么可以衡量的效果？")
        )
    return rows


_NEEDED: tuple[tuple[Level2, str, str], ...] = (
    ("数量指标", "主要任务完成数量", "项目做什么、做多少？请写明对象、数量和单位"),
    ("质量指标", "任务验收合格率", "用什么标准衡量做得好不好（合格率、准确率、达标率等）？目标是多少？"),
    ("时效指标", "项目完成时间", "计划在哪一天之前完成？"),
    ("服务对象满意度指标", "{who}满意度", "“{who}满意度”的目标是多少？是否安排满意度调查？"),
)


def _in_form_order(rows: Sequence[DraftRow], generation: Generation) -> list[DraftRow]:
    levels = LEVELS[generation]
    order: dict[tuple[Level1, Level2], int] = {
        pair: place for place, pair in enumerate((one, two) for one, twos in levels.items() for two in twos)
    }
    # Within a class what the unit itself said comes first; sorting is stable.
    return sorted(
        rows,
        key=lambda row: (order[(row.indicator.level1, row.indicator.level2)], row.origin != "person", row.indicator.value is None),
    )


def _numbered(rows: Sequence[DraftRow]) -> list[DraftRow]:
    return [
        row.model_copy(update={"id": f"r{place:02d}", "indicator": row.indicator.model_copy(update={"id": f"r{place:02d}"})})
        for place, row in enumerate(rows, start=1)
    ]


def _table(brief: Brief, generation: Generation, rows: Sequence[DraftRow]) -> PerformanceTable:
    request = brief.request
    funds = Funds(total=brief.budget_wan, fiscal=_amount(brief, "fiscal"), other=_amount(brief, "other_funds"))
    missing = [
        Unresolved(field=field, issue=issue)
        for field, issue, known in (
            ("fiscal_year", "没有写预算年度", brief.year),
            ("project.name", "没有写项目名称", request.project_name),
            ("project.dept", "没有写主管部门", request.department),
            ("project.unit", "没有写实施单位", request.unit),
            ("funds[0].total", "没有写资金总额", brief.budget_wan),
            ("funds[0].fiscal", "没有写其中财政拨款多少、其他资金多少", funds.fiscal),
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
        funds=(funds,),
        goals=Goals(annual=Goal(text=goal_text(brief, rows))),
        indicators=tuple(row.indicator for row in rows),
        unresolved=tuple(missing),
    )


def _amount(brief: Brief, kind: FactKind) -> Decimal | None:
    return next((in_wan(fact.value) for fact in brief.facts if fact.kind == kind), None)


def _questions(draft: Draft, brief: Brief, pool: Pool) -> tuple[str, ...]:
    """What only the unit can answer, most basic first, each once."""
    asked = []
    if pool.nearest < NOTHING_SIMILAR:
        asked.append("先例库中没有同类项目，表中只列了描述里写明的内容；能否提供本单位往年的目标表或同类项目的表？")
    basics = {
        "fiscal_year": "这是哪个预算年度的项目？",
        "project.name": "预算项目的名称是什么？",
        "project.dept": "主管部门的全称是什么？",
        "project.unit": "实施单位的全称是什么？",
        "funds[0].total": "项目预算是多少万元？",
        "funds[0].fiscal": "资金中财政拨款、其他资金各多少？",
    }
    asked += [basics[one.field] for one in draft.table.unresolved if one.field in basics]
    asked += [conflict.question for conflict in brief.conflicts]
    asked += [row.question for row in draft.rows if row.question]
    given, said = brief.request.budget_wan, [fact for fact in brief.facts if fact.kind == "budget"]
    if given is not None and said and all(in_wan(fact.value) != given for fact in said):
        asked.append(f"预算填的是 {format(given, 'f')} 万元，描述中写的是“{said[0].quote}”，以哪个为准？")
    return tuple(dict.fromkeys(asked))
