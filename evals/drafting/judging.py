"""One case, one system: drafted, scored, and written down as plain data the journal can keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from assistant.brief import BriefRequest
from assistant.drafting import Draft, Engine
from assistant.errors import JimuError
from assistant.precedents import PastRow, PastTables
from assistant.schema import PerformanceTable
from evals.drafting.asking import abstains, asks_for, withheld
from evals.drafting.cases import Case
from evals.drafting.judged import Judged, Score
from evals.drafting.matching import class_of
from evals.drafting.names import SAME, likeness
from evals.drafting.scorers import SCORERS
from evals.drafting.systems import Stock, Suggested, System
from evals.journal import Found

RUNS = 5
"""How often a case is drafted to see whether the result stays the same."""


def judge(case: Case, system: System, stock: Stock) -> Found:
    """Every score of one case with its reason, the rows, recall by class, and what the draft cost.

    A system that fails has suggested nothing; why it failed stands under `failed`.
    """
    suggested, failed = _suggest(system, case.request, stock)
    judged = Judged(case, suggested, _cited(suggested.draft, stock.store))
    scores = {name: _told(scorer.judge(judged)) for name, scorer in SCORERS.items() if scorer.judge is not None}
    scores["asks"] = _told(_asks(case, system, stock))
    found = Counter(class_of(judged.real[one.real]) for one in judged.matches)
    return {
        "scores": scores,
        "classes": {name: [found[name], count] for name, count in Counter(map(class_of, judged.real)).items()},
        "rows": _rows(judged),
        "seconds": round(suggested.seconds, 4),
        "tokens": suggested.tokens,
        "calls": suggested.calls,
        "failed": failed,
    }


def judge_ceiling(case: Case, stock: Stock) -> Found:
    """The real rows that bear the name of some visible row: what no system that only borrows can exceed."""
    names = {row.name for row in stock.store.rows_of_tables(sorted(stock.visible))}
    real = case.past.table.indicators
    borne = sum(any(likeness(row.name, name) >= SAME for name in names) for row in real)
    score = Score(borne / len(real), f"实有 {len(real)} 行，先例里有同义名称的 {borne} 行")
    return {"scores": {"ceiling": _told(score)}, "failed": None}


def judge_foreign(request: BriefRequest, system: System, stock: Stock) -> Found:
    """Whether a system borrows nothing for work that no past table is like."""
    suggested, failed = _suggest(system, request, stock)
    why = failed or ("它不看先例" if not system.borrows else None)
    score = abstains(suggested.draft) if why is None else Score(None, why)
    return {"scores": {"abstains": _told(score)}, "failed": failed}


def judge_stability(case: Case, system: System, stock: Stock) -> Found:
    """The share of further runs whose rows and values are those of the first."""
    runs = [_suggest(system, case.request, stock) for _ in range(RUNS)]
    failed = next((why for _, why in runs if why is not None), None)
    if failed is not None:
        return {"scores": {"stable": _told(Score(None, failed))}, "failed": failed}
    first, *others = (_content(suggested.draft) for suggested, _ in runs)
    same = sum(one == first for one in others)
    return {"scores": {"stable": _told(Score(same / len(others), f"{RUNS} 次中 {same + 1} 次相同"))}, "failed": None}


def _asks(case: Case, system: System, stock: Stock) -> Score:
    without = withheld(case.request)
    if without is None:
        return Score(None, "没有可以隐去的事实")
    field, request = without
    suggested, failed = _suggest(system, request, stock)
    return asks_for(field, suggested.draft) if failed is None else Score(None, failed)


def _suggest(system: System, request: BriefRequest, stock: Stock) -> tuple[Suggested, str | None]:
    try:
        return system.suggest(request, stock), None
    except JimuError as problem:
        nothing = Draft(table=PerformanceTable(), rows=(), engine=Engine(name="failed", seconds=0.0))
        return Suggested(nothing, 0.0, 0), "；".join(problem.problems)


def _cited(draft: Draft, store: PastTables) -> dict[str, PastRow]:
    wanted = {one.ref for row in draft.rows for one in row.evidence if one.kind == "precedent"}
    tables = sorted({ref.rpartition("#")[0] for ref in wanted})
    return {row.id: row for row in store.rows_of_tables(tables) if row.id in wanted}


def _rows(judged: Judged) -> list[dict[str, object]]:
    """The suggested rows, each with the place of the real row it stands for."""
    stands_for = {one.suggested: one.real for one in judged.matches}
    return [
        {
            "level2": row.indicator.level2,
            "name": row.indicator.name,
            "value": row.value_text,
            "real": stands_for.get(place),
        }
        for place, row in enumerate(judged.suggested.draft.rows)
    ]


def _content(draft: Draft) -> tuple[object, ...]:
    return tuple((row.indicator.level2, row.indicator.name, row.value_text) for row in draft.rows)


def _told(score: Score) -> tuple[float | None, str]:
    return score.value, score.why


def values(found: Iterable[Found], name: str) -> list[float | None]:
    """One score over several items, None where it does not apply."""
    return [one["scores"].get(name, (None, ""))[0] for one in found]
