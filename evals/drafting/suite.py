"""`jimu eval drafting`: systems side by side on tables they have not seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.brief import BriefRequest, request_from_data
from assistant.errors import BadInput
from assistant.importers import Failure
from assistant.precedents import PastTables
from assistant.retrieval.embedding import PackagedEncoder
from assistant.retrieval.index import open_index
from assistant.schema import PastTable
from evals.drafting.cases import Case, Cases, make_cases
from evals.drafting.judging import judge, judge_ceiling, judge_foreign, judge_stability
from evals.drafting.page import report
from evals.drafting.results import STOCK, Results
from evals.drafting.systems import SYSTEMS, Stock, System
from evals.journal import Found, Journal, code_digest, digest
from evals.labelled import LABELS, read_tables, shipped_tables
from evals.report import Report
from evals.suites import Asked

FAST_CASES = 60
"""Cases of a fast run: every so many-th, so that all fields are there."""
STABLE_CASES = 10
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
    with _stock(made.stock, asked) as stock:
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
        yield Item("ceiling", case.id, STOCK, lambda c=case, m=mine: judge_ceiling(c, m))  # type: ignore[misc]
        for name, system in systems.items():
            yield Item("case", case.id, name, lambda s=system, c=case, m=mine: judge(c, s, m))  # type: ignore[misc]
    for case in _spread(cases, STABLE_CASES):
        mine = stock.seeing(every - set(case.hidden))
        for name, system in systems.items():
            yield Item("stable", case.id, name, lambda s=system, c=case, m=mine: judge_stability(c, s, m))  # type: ignore[misc]
    for number, request in enumerate(foreign_requests(), start=1):
        for name, system in systems.items():
            yield Item("foreign", f"{number}", name, lambda s=system, r=request: judge_foreign(r, s, stock))  # type: ignore[misc]


@contextmanager
def _stock(tables: Sequence[PastTable], asked: Asked) -> Iterator[Stock]:
    """The tables stored and indexed in a folder that is thrown away."""
    with TemporaryDirectory() as home:
        store = PastTables.open(Path(home))
        for _ in store.add(tables):
            pass
        index = open_index(Path(home), store, PackagedEncoder(), progress=asked.progress)
        try:
            yield Stock(store, index, frozenset(past.id for past in tables), asked.model)
        finally:
            index.close()
            store.close()


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
