"""`jimu eval retrieval`: words, meaning, both fused, and reranked, over tables and over indicator names.

Fusion weights are chosen on one half of the groups and reported on the other: docs/decisions/003.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from statistics import fmean

import ir_measures
from ir_measures import RR, R, nDCG

from assistant.retrieval.kinds import Hits
from evals.indexed import indexed
from evals.intervals import Estimate, difference, estimate
from evals.labelled import read_tables, shipped_tables
from evals.report import Grid, Prose, Report
from evals.retrieval.cases import Corpus, Query, descriptions, names, paraphrases, published
from evals.retrieval.methods import COMPARED, METHODS, Lists, look_up, weighted
from evals.suites import Asked

DEPTH = 10
MEASURES = {"nDCG@10": nDCG @ DEPTH, "R@10": R @ DEPTH, "MRR": RR}
MAIN = "nDCG@10"
STEPS = [step / 10 for step in range(11)]
"""Shares of words that are tried."""

TASKS: Mapping[str, tuple[str, Callable[[Corpus, Path | None], Iterator[Query]]]] = {
    "descriptions": ("表：用白话描述的项目查同类项目", lambda corpus, _: descriptions(corpus)),
    "published": ("表：用公开表的名称和目标查同类项目", published),
    "paraphrases": ("指标：用另一种说法查同一概念", lambda corpus, _: paraphrases(corpus)),
    "names": ("指标：按名称查同一概念的其他名称", lambda corpus, _: names(corpus)),
}

ByGroup = dict[str, float]


@dataclass(frozen=True)
class Answered:
    """The queries of a task, each looked up once."""

    queries: tuple[Query, ...]
    found: tuple[Lists, ...]


def run(asked: Asked) -> Report:
    """Every task over the shipped tables; the one over published tables only with `--data`."""
    tables = shipped_tables()
    with indexed(tables, asked.progress) as (store, index):
        corpus = Corpus(tuple(tables), store, index)
        answered: dict[str, Answered] = {}
        for name, (_, make) in TASKS.items():
            queries = tuple(make(corpus, asked.data))
            asked.progress("检索评测", len(answered), len(TASKS))
            if queries:
                answered[name] = Answered(queries, tuple(look_up(corpus, query) for query in queries))
        scores = {
            name: {method: scored(one, partial(make, corpus)) for method, (_, make) in METHODS.items()}
            for name, one in answered.items()
        }
        curves = {name: _curve(corpus, one) for name, one in answered.items()}
    count = sum(len(one.queries) for one in answered.values())
    parts: list[Grid | Prose] = [
        Prose("", f"{count} 个查询，{len(answered)} 项任务；相关与否由通读全部清单后标注。{_ABOUT}")
    ]
    for name, by_method in scores.items():
        parts += [_grid(name, by_method, answered[name]), _gains(name, by_method)]
    parts.append(_curves(curves))
    if asked.data:
        unread = [(one.path.name, "；".join(one.problems)) for one in read_tables(asked.data)[1]]
        parts.append(Grid(f"没有读出的文件（{len(unread)}）", ("文件", "原因"), unread, words=True))
    headline = {f"{name}_{MAIN}": one for name, found in scores.items() if (one := _mean(found["fused"][MAIN]))}
    figures = {
        "suite": "retrieval",
        "tasks": {name: _figures(by_method, answered[name], curves[name]) for name, by_method in scores.items()},
    }
    return Report("检索评测", figures, headline, parts)


_ABOUT = (
    "读的是为本项目工作的语言模型，没有用检索，也没有看过结果。"
    "同一组（概念）的查询先平均；括号里是对各组自助抽样的 95% 区间。"
)


def scored(answered: Answered, rank: Callable[[Query, Lists], Hits]) -> dict[str, ByGroup]:
    """Each measure (ir-measures), the mean of a group's queries by group."""
    qrels, runs, groups = {}, {}, {}
    for query, found in zip(answered.queries, answered.found, strict=True):
        qrels[query.id] = dict.fromkeys(query.relevant, 1)
        # Scores fall with the place, so that ties stay in the order the method gave.
        runs[query.id] = {key: -float(place) for place, (key, _) in enumerate(rank(query, found))}
        groups[query.id] = query.group
    collected: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in MEASURES}
    titles = {str(measure): name for name, measure in MEASURES.items()}
    for one in ir_measures.iter_calc(list(MEASURES.values()), qrels, runs):
        collected[titles[str(one.measure)]][groups[one.query_id]].append(one.value)
    return {name: {group: fmean(told) for group, told in by_group.items()} for name, by_group in collected.items()}


def for_tuning(group: str) -> bool:
    """Whether a group belongs to the half weights are chosen on; the other half reports."""
    return blake2b(group.encode(), digest_size=1).digest()[0] % 2 == 0


def _curve(corpus: Corpus, answered: Answered) -> dict[float, ByGroup]:
    """nDCG@10 by group for each share of words."""
    return {share: scored(answered, partial(weighted(share), corpus))[MAIN] for share in STEPS}


def _grid(name: str, by_method: Mapping[str, Mapping[str, ByGroup]], answered: Answered) -> Grid:
    rows = [
        (METHODS[method][0], *(str(_mean(found[measure])) for measure in MEASURES))
        for method, found in by_method.items()
    ]
    title = f"{TASKS[name][0]}（{len(answered.queries)} 个查询）"
    return Grid(title, ("方法", *MEASURES), rows)


def _gains(name: str, by_method: Mapping[str, Mapping[str, ByGroup]]) -> Grid:
    rows = [
        (f"{METHODS[ours][0]} 比 {METHODS[other][0]} 高", str(_gain(by_method[ours][MAIN], by_method[other][MAIN])))
        for ours, other in COMPARED
    ]
    return Grid(f"{MAIN} 的配对差：{TASKS[name][0]}", ("", "差"), rows)


def _curves(curves: Mapping[str, Mapping[float, ByGroup]]) -> Grid:
    """Means of the tuning and of the reporting half for each share of words."""
    rows = []
    for name, curve in curves.items():
        for title, half in (("调参的一半", True), ("报告的一半", False)):
            means = [
                _mean({group: one for group, one in found.items() if for_tuning(group) == half})
                for found in curve.values()
            ]
            rows.append((f"{name}，{title}", *("–" if one is None else f"{one.mean:.3f}" for one in means)))
    return Grid(f"词语所占份额与 {MAIN}", ("任务", *(f"{share:.1f}" for share in STEPS)), rows)


def _mean(scores: ByGroup) -> Estimate | None:
    return estimate(list(scores.values()))


def _gain(ours: ByGroup, theirs: ByGroup) -> Estimate | None:
    return difference([ours[group] for group in ours], [theirs[group] for group in ours])


def _figures(
    by_method: Mapping[str, Mapping[str, ByGroup]], answered: Answered, curve: Mapping[float, ByGroup]
) -> dict[str, object]:
    def halves(found: ByGroup) -> Sequence[float | None]:
        parts = ({group: one for group, one in found.items() if for_tuning(group) == half} for half in (True, False))
        return [None if (one := _mean(part)) is None else round(one.mean, 4) for part in parts]

    return {
        "queries": len(answered.queries),
        "methods": {
            method: {measure: _data(_mean(one)) for measure, one in found.items()}
            for method, found in by_method.items()
        },
        "gains": {
            f"{ours}-{other}": _data(_gain(by_method[ours][MAIN], by_method[other][MAIN])) for ours, other in COMPARED
        },
        "words_share_tuning_and_reporting": {f"{share:.1f}": halves(found) for share, found in curve.items()},
    }


def _data(one: Estimate | None) -> Mapping[str, float | int | None] | None:
    return None if one is None else one.data()
