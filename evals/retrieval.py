"""`python -m evals.retrieval`: words, meaning and both fused, over tables and over rows; sets the fusion weights.

Weights are chosen on one half of the groups (fields, concepts) and reported on the other: docs/decisions/003.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.retrieval.kinds import Hits
from assistant.retrieval.search import FusionWeights, Searcher, fuse
from evals.fusing import Case, Shipped, outside_cases, row_cases, shipped, table_cases
from evals.ranking import DEPTH, SCORERS, Scores, estimate, gain, mean
from evals.report import keep, show

OUTSIDE = Path("../shared/data/tables")
"""Where published tables may lie; they are no part of the project, and the eval goes on without them."""

_RRF_DEPTH = 60
STEPS = [step / 10 for step in range(11)]
EQUAL = 0.5
MAIN = "nDCG@10"
BASELINES = ("words", "vectors", "rrf", "fused 0.5")
_TITLES = {
    "tables_long": "表，按项目名称和绩效目标查，同领域为相关",
    "tables_short": "表，只按项目名称查，同领域为相关",
    "rows": "指标，按名称查，同一概念为相关",
    "outside_fields": "表，用项目外的公开表查，同领域为相关",
    "outside_tables": "表，用项目外的公开表查，人工指定的先例为相关",
}
_TUNED_ON = {"tables": ("tables_long", "tables_short"), "rows": ("rows",)}

Method = Callable[[Hits, Hits], list[str]]


@dataclass(frozen=True)
class Choice:
    """The share of words with the best mean on the tuning half, and the one taken."""

    best: float
    chosen: float


def weighted(share: float) -> Method:
    """The product's own sum of scaled scores, `share` of it for words."""
    return lambda words, near: [one.key for one in fuse(words, near, share, 1 - share)]


def rrf(words: Hits, near: Hits) -> list[str]:
    """Plain reciprocal rank fusion, the usual default elsewhere."""
    scores: dict[str, float] = {}
    for hits in (words, near):
        for place, (key, _) in enumerate(hits, 1):
            scores[key] = scores.get(key, 0.0) + 1 / (_RRF_DEPTH + place)
    return sorted(scores, key=lambda key: (-scores[key], key))


METHODS: dict[str, Method] = {
    "words": lambda words, _: [key for key, _ in words],
    "vectors": lambda _, near: [key for key, _ in near],
    "rrf": rrf,
    **{f"fused {share:.1f}": weighted(share) for share in STEPS},
}


def for_tuning(group: str) -> bool:
    """Whether a group belongs to the half that weights are chosen on; the other half reports."""
    return blake2b(group.encode(), digest_size=1).digest()[0] % 2 == 0


def score(cases: Iterable[Case], method: Method) -> dict[str, Scores]:
    """All measures of one method, each by group."""
    scores: dict[str, dict[str, list[float]]] = {scorer: {} for scorer in SCORERS}
    for case in cases:
        ranked = method(case.words, case.near)
        for scorer, judge in SCORERS.items():
            scores[scorer].setdefault(case.group, []).append(judge(ranked, case.relevant))
    return dict(scores)


def choose(tasks: Sequence[Sequence[Case]]) -> Choice:
    """Weights by nDCG@10 on the tuning halves: leaves equal weights only for something clearly better.

    The top of the curve is flat, and its bare maximum did not hold up on tables from elsewhere.
    """
    half = [case for cases in tasks for case in cases if for_tuning(case.group)]
    scores = {share: score(half, weighted(share))[MAIN] for share in STEPS}
    best = max(STEPS, key=lambda share: mean(scores[share]))
    as_good = [share for share in STEPS if gain(scores[best], scores[share]).low <= 0]
    return Choice(best, min(as_good, key=lambda share: (abs(share - EQUAL), -mean(scores[share]))))


def as_shipped(corpus: Shipped, task: str, cases: Sequence[Case]) -> Scores:
    """What `Searcher` as users have it makes of the same queries."""
    searcher = Searcher(corpus.store, corpus.index)
    scores: dict[str, list[float]] = {}
    for case in cases:
        if task == "rows":
            ranked = [hit.text_key for hit in searcher.rows(case.query, DEPTH, case.hidden)]
        else:
            ranked = [hit.id for hit in searcher.tables(case.query, DEPTH, case.hidden)]
        scores.setdefault(case.group, []).append(SCORERS[MAIN](ranked, case.relevant))
    return scores


def measure(task: str, cases: Sequence[Case], chosen: float, shipped_scores: Scores) -> dict[str, object]:
    """All figures of a task on the half that reports (outside tables: on all), printed and returned."""
    outside = task.startswith("outside")
    reporting = [case for case in cases if outside or not for_tuning(case.group)]
    tuning = [case for case in cases if not outside and for_tuning(case.group)]
    scores = {name: score(reporting, method) for name, method in METHODS.items()}
    figures = {name: {scorer: estimate(one) for scorer, one in row.items()} for name, row in scores.items()}
    ours = scores[f"fused {chosen:.1f}"][MAIN]
    gains = {name: gain(ours, scores[name][MAIN]) for name in BASELINES}
    product = estimate({group: shipped_scores[group] for group in ours})
    title = f"{_TITLES[task]}（{len(reporting)} 次查询，{len(ours)} 组；调参另用 {len(tuning)} 次）"
    show(title, ["方法", *SCORERS], ([name, *row.values()] for name, row in figures.items()))
    compared = [(f"选定的 {chosen:.1f} 比 {name} 高", one) for name, one in gains.items()]
    show(f"{MAIN}，95% 区间", ["", "值"], [*compared, ("产品现用权重", product)])
    return {
        "queries": len(reporting),
        "groups": len(ours),
        "tuning_queries": len(tuning),
        "chosen_words": chosen,
        "methods": {name: {scorer: asdict(one) for scorer, one in row.items()} for name, row in figures.items()},
        "gain_of_chosen": {name: asdict(one) for name, one in gains.items()},
        "tuning_half": {name: round(mean(score(tuning, one)[MAIN]), 4) for name, one in METHODS.items() if tuning},
        "as_shipped": asdict(product),
    }


def run(outside: Path) -> dict[str, object]:
    """Every task; those over outside tables only where these exist."""
    with TemporaryDirectory() as folder:
        corpus = shipped(Path(folder))
        tasks: dict[str, list[Case]] = {
            "tables_long": list(table_cases(corpus, short=False)),
            "tables_short": list(table_cases(corpus, short=True)),
            "rows": list(row_cases(corpus)),
        }
        chosen = {kind: choose([tasks[name] for name in names]) for kind, names in _TUNED_ON.items()}
        for by in ("fields", "tables"):
            if cases := list(outside_cases(corpus, outside, by=by)):
                tasks[f"outside_{by}"] = cases
            else:
                print(f"没有找到项目外的公开表（{outside}），略过")
        figures = {
            name: measure(
                name, cases, chosen["rows" if name == "rows" else "tables"].chosen, as_shipped(corpus, name, cases)
            )
            for name, cases in tasks.items()
        }
        corpus.index.close()
        corpus.store.close()
    choices = {kind: asdict(choice) for kind, choice in chosen.items()}
    return {"words_share": choices, "shipped_weights": asdict(FusionWeights()), "tasks": figures}


def main() -> None:
    """Measure, print, keep."""
    options = argparse.ArgumentParser(prog="python -m evals.retrieval", description="检索评测：词语、语义与融合权重")
    options.add_argument("--outside", type=Path, default=OUTSIDE, help="项目外的公开表所在文件夹")
    print(f"已写入 {keep('retrieval', run(options.parse_args().outside))}")


if __name__ == "__main__":
    main()
