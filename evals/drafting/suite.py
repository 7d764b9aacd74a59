"""`jimu eval drafting`: systems side by side on tables they have not seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assistant.brief import BriefRequest, request_from_data
from assistant.errors import BadInput
from assistant.importers import Failure
from assistant.schema import PastTable
from evals.drafting.cases import Case, Cases, make_cases
from evals.drafting.judging import judge, judge_ceiling, judge_foreign, judge_stability
from evals.drafting.page import report
from evals.drafting.results import STOCK, Results
from evals.drafting.systems import SYSTEMS, Counted, Stock, System
from evals.indexed import indexed
from evals.journal import Found, Journal, code_digest, digest
from evals.labelled import LABELS, read_tables, shipped_tables
from evals.report import Report
from evals.suites import Asked

FAST_CASES = 36
"""Cases of a fast run: every so many-th, so that all fields are there."""
STABLE_CASES = 6
"""Cases drafted five times."""


def run(asked: Asked) -> Report:
    """Judge every case by every system that can run here, and sum up.

    Raises `BadInput` when the tables make no case.
    """
    tables, unread = read_tables(asked.data) if asked.data else (shipped_tables(), [])
    made = make_cases(tables, shipped_tables() if asked.data and not asked.alone else ())
    if not made.cases:
        raise BadInput(f"{asked.data or '自带的表'} 里没有能用来评测的表：{_why(made, unread)}")
    cases = _spread(made.cases, FAST_CASES) if asked.fast else made.cases
    systems = {name: one for name, one in SYSTEMS.items() if asked.model is not None or not one.needs_model}
    journal = Journal(asked.out / ".drafting.journal.jsonl")
    if journal.resumed:
        asked.say(f"接着上次没有测完的往下测（已有 {journal.resumed} 项；代码或表变了的会重测）")
    asked.say(f"{len(cases)} 张表 × {len(systems)} 种做法；中断后用同一条命令接着测")
    if asked.model is not None:
        asked.say(f"已配置对话模型：这些项目的名称、单位、预算和目标会发给 {asked.model.name}，不想发就加 --offline")
    with indexed(made.stock, asked.progress) as (store, index):
        stock = Stock(
            store, index, frozenset(past.id for past in made.stock), Counted(asked.model) if asked.model else None
        )
        work = list(_work(cases, systems, stock))
        code = digest([code_digest(), asked.model.name if asked.model else "", *sorted(map(_content, made.stock))])
        results = Results(cases=cases, systems=systems, made=made, unread=tuple(unread), asked=asked)
        for done, item in enumerate(work, start=1):
            found = journal.item(digest([code, item.kind, item.case, item.system]), item.judge)
            results.take(item.kind, item.case, item.system, found)
            asked.progress("评测", done, len(work))
    made_report = report(results)
    journal.finish()
    return made_report


@dataclass(frozen=True)
class Item:
    """One thing to judge: which kind of question, which case, which system."""

    kind: str
    case: str
    system: str
    judge: Callable[[], Found]


def foreign_requests() -> list[BriefRequest]:
    """Projects that no past table is like."""
    told = json.loads((LABELS / "foreign_briefs.json").read_text(encoding="utf-8"))["briefs"]
    return [request_from_data(one) for one in told]


def _work(cases: Sequence[Case], systems: dict[str, System], stock: Stock) -> Iterator[Item]:
    every = stock.visible
    for case in cases:
        mine = stock.seeing(every - set(case.hidden))
        yield Item("ceiling", case.id, STOCK, partial(judge_ceiling, case, mine))
        for name, system in systems.items():
            yield Item("case", case.id, name, partial(judge, case, system, mine))
    for case in _spread(cases, STABLE_CASES):
        mine = stock.seeing(every - set(case.hidden))
        for name, system in systems.items():
            yield Item("stable", case.id, name, partial(judge_stability, case, system, mine))
    for number, request in enumerate(foreign_requests(), start=1):
        for name, system in systems.items():
            yield Item("foreign", f"{number}", name, partial(judge_foreign, request, system, stock))


def _spread(cases: Sequence[Case], most: int) -> tuple[Case, ...]:
    """At most so many cases, evenly over all."""
    if len(cases) <= most:
        return tuple(cases)
    return tuple(cases[place * len(cases) // most] for place in range(most))


def _content(past: PastTable) -> str:
    return past.model_dump_json()


def _why(made: Cases, unread: Sequence[Failure]) -> str:
    reasons = [f"{one.id} {one.why}" for one in made.skipped] + [f"{one.path.name} {one.problems[0]}" for one in unread]
    return "；".join(reasons[:5]) or "没有找到表"
