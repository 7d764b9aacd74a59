"""Drafting from precedent alone: no model, no network, same input, same output."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence

from assistant.brief import Brief, BriefRequest, understand
from assistant.checks import Finding, check
from assistant.checks.words import SAT_GENERIC
from assistant.dialects import DEFAULT_DIALECT, DIALECTS, generation_for
from assistant.drafting.agreement import agreement
from assistant.drafting.assembly import complete, in_form_order, missing_classes, numbered, table_of
from assistant.drafting.candidates import Pool, gather
from assistant.drafting.draft import Draft, DraftRow, Engine, Rejected
from assistant.drafting.fact_rows import WHOLE_COST, fact_rows
from assistant.drafting.grounding import Ground, guard
from assistant.drafting.precedent_rows import blank_row, candidate_row, with_precedents
from assistant.drafting.questions import questions
from assistant.drafting.select import MOST_ROWS, choose, quotas
from assistant.drafting.weights import weigh
from assistant.errors import BadBrief
from assistant.precedents.naming import shares, split_name
from assistant.precedents.store import PastRow
from assistant.retrieval.search import Searcher
from assistant.schema import Generation

LIKE_NAMED = 0.80

ANSWERED = 0.10

Stage = Callable[[str], None]


def draft_offline(request: BriefRequest, searcher: Searcher, *, stage: Stage = lambda _: None) -> Draft:
    """A draft for a request: facts, precedents, values, weights, goal, then the guard and the checks."""
    began = time.perf_counter()
    stage("理解描述")
    brief = understand(request)
    _refuse_unreadable(brief)
    generation = request.generation or generation_for(brief.year)
    stage("查找先例")
    pool = gather(brief, searcher, generation)
    stage("逐行起草")
    said, rejected = _rows_of_facts(brief, generation)
    said = _compared(said, pool, searcher)
    rows = [*said, *_precedent_rows(said, brief, pool, searcher, generation)]
    rows = complete(rows, brief, generation)
    rows = numbered(in_form_order(rows, generation))
    table = table_of(brief, generation, rows)
    draft = Draft(table=table, rows=tuple(rows), rejected=tuple(rejected), engine=Engine(name="offline", seconds=0.0))
    stage("核对依据")
    draft = _weighed(guard(draft, Ground.of(brief, searcher.row)), generation)
    stage("检查")
    return draft.model_copy(
        update={
            "findings": tuple(one for one in check(draft.table, blanks=draft.blanks) if not _already_asked(one, draft)),
            "questions": questions(draft, brief, pool),
            "engine": Engine(name="offline", seconds=round(time.perf_counter() - began, 3)),
        }
    )


def _weighed(draft: Draft, generation: Generation) -> Draft:
    """The draft with weights over the rows the guard left."""
    rows = weigh(draft.rows, DIALECTS[DEFAULT_DIALECT[generation]])
    table = draft.table.model_copy(update={"indicators": tuple(row.indicator for row in rows)})
    return draft.model_copy(update={"rows": rows, "table": table})


def _already_asked(finding: Finding, draft: Draft) -> bool:
    """A finding on a row Jimu put there to ask about: its question says the same, better."""
    row = next((one for one in draft.rows if one.id == finding.row_id), None)
    own_name = row is not None and (not row.evidence or row.indicator.name == WHOLE_COST)
    if row is not None and finding.rule == "S01" and row.indicator.name in SAT_GENERIC:
        return True
    return own_name and row is not None and bool(row.question) and finding.rule in ("C01", "N10")


def _refuse_unreadable(brief: Brief) -> None:
    text = brief.text
    chinese = sum("\u4e00" <= letter <= "\u9fff" for letter in text)
    if chinese < 2 or chinese < len(text) / 10:
        raise BadBrief("没有读出中文的项目描述；请用中文写明项目名称、要做什么、做多少、给谁、花多少钱、何时完成")


def _rows_of_facts(brief: Brief, generation: Generation) -> tuple[list[DraftRow], list[Rejected]]:
    rows: list[DraftRow] = []
    rejected = [Rejected(row=clause, why="没有读懂其中的数，未列入指标，请核对") for clause in brief.unread]
    for fact in brief.facts:
        if brief.of_later_years(fact):
            rejected.append(Rejected(row=fact.quote, why="是整个实施期的目标，没有列入本年度指标；实施期目标请另填"))
            continue
        for row in fact_rows(fact, generation):
            if any(row.indicator.name == other.indicator.name for other in rows):
                rejected.append(Rejected(row=f"{fact.label} {fact.quote}", why="与已有指标同名，没有再列一行"))
            else:
                rows.append(row)
    for conflict in brief.conflicts:
        rejected.append(Rejected(row=conflict.label, why=conflict.question))
        for first in fact_rows(conflict.facts[0], generation)[:1]:
            indicator = first.indicator
            rows.append(
                blank_row(indicator.level1, indicator.level2, indicator.name, "描述中有互相矛盾的数", conflict.question)
            )
    return _within_form(rows, rejected, generation)


def _within_form(
    rows: list[DraftRow], rejected: list[Rejected], generation: Generation
) -> tuple[list[DraftRow], list[Rejected]]:
    """Fact rows that leave room for the classes still missing; the last of the fullest class give way, listed."""
    rows, rejected = list(rows), list(rejected)
    while len(rows) > MOST_ROWS - missing_classes(rows, generation):
        counts = Counter(row.indicator.level2 for row in rows)
        fullest = max(counts, key=lambda level2: counts[level2])
        last = next(row for row in reversed(rows) if row.indicator.level2 == fullest)
        rows.remove(last)
        why = f"一张表最多 {MOST_ROWS} 行，没有列入，可手工添加"
        rejected.append(Rejected(row=f"{last.indicator.name} {last.value_text}".strip(), why=why))
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
        thing = split_name(row.indicator.name).thing
        same = [name for name in alike if _one_measure(name, head, thing)]
        found = [one for name in same for one in by_name[name]]
        compared.append(with_precedents(row, found, pool) if found else row)
    return compared


def _one_measure(name: str, head: str, thing: str) -> bool:
    """Whether a precedent's name measures the same of a thing that shares words: then its values compare."""
    parts = split_name(name)
    return parts.head[-1:] == head[-1:] and (not thing or shares(thing, parts.thing) >= 0.3)


def _precedent_rows(
    facts: Sequence[DraftRow], brief: Brief, pool: Pool, searcher: Searcher, generation: Generation
) -> list[DraftRow]:
    if not pool.has_anything_similar:
        return []
    names = [row.indicator.name for row in facts]
    vectors = dict(zip(names, searcher.name_vectors(names), strict=True)) if names else {}
    # Between rows that fit alike, the one whose value can be shown spares the unit a question.
    ranked = sorted(pool.candidates, key=lambda one: -(one.score + ANSWERED * (agreement(one, pool) is not None)))
    chosen = choose(facts, ranked, vectors, quotas(generation, brief.kind))
    return [candidate_row(one, brief, pool) for one in chosen]
