"""`python -m evals.retrieval.combinations`: ways to split, to turn vectors and to fuse, all with all.

The best of a kind is the one with the best mean nDCG@10 over its two tasks on one half of the groups; figures and
differences are of the other half (docs/decisions/008).
"""

from __future__ import annotations

import argparse
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from assistant.precedents import plain_name
from assistant.schema import PastTable
from evals.indexed import indexed
from evals.intervals import Estimate, difference, estimate
from evals.labelled import shipped_tables
from evals.report import Grid, Prose, Report, show, write
from evals.retrieval.cases import Corpus, Kind, Query
from evals.retrieval.ingredients import FUSIONS, Encoded, Material, Scores, Words, tokenizers, turned
from evals.retrieval.suite import DEPTH, TASKS, for_tuning

POOL = 100
SHARES = (0.3, 0.5, 0.7, 0.8)
KIND_TASKS: Mapping[Kind, tuple[str, ...]] = {
    "tables": ("descriptions", "published"),
    "rows": ("paraphrases", "names"),
}
TODAY = ("字对", "减均值", "各以最高分为 1 相加", 0.5)
"""What the product did before this was measured."""
STEPS: Mapping[Kind, Sequence[tuple[str, str, str, float]]] = {
    "tables": (
        ("字对和单字", "减均值", "各以最高分为 1 相加", 0.5),
        ("字对", "表减表的均值，查询减指标名的均值", "各以最高分为 1 相加", 0.5),
        ("字对和单字", "表减表的均值，查询减指标名的均值", "各以最高分为 1 相加", 0.5),
        ("字对和单字", "表减表的均值，查询减指标名的均值", "词语按说到查询多少计分", 0.8),
    ),
    "rows": (
        ("字对", "减均值", "词语按说到查询多少计分", 0.7),
        ("字对和单字", "减均值", "各以最高分为 1 相加", 0.5),
        ("字对和单字", "减均值", "词语按说到查询多少计分", 0.7),
        ("字对", "整体加各部分，减均值", "词语按说到查询多少计分", 0.7),
    ),
}
"""Changes of one thing after the other, reported whatever is best."""

Way = tuple[str, str, str, float]
ByTask = dict[str, dict[str, float]]
"""Task → group → mean nDCG@10 of its queries."""


@dataclass(frozen=True)
class Asked:
    """A query with what it may see and what is relevant, as places in the list of texts."""

    query: Query
    visible: NDArray[np.bool_]
    relevant: frozenset[int]


@dataclass(frozen=True)
class Found:
    """The best hundred of one list, by place; `own` is what a text that says all of the query would get."""

    places: NDArray[np.int64]
    scores: Scores
    own: float = 1.0

    def at(self, places: NDArray[np.int64]) -> Scores:
        """The scores of some places, 0 where the list has not got them."""
        here = np.isin(places, self.places)
        found = np.zeros(len(places))
        found[here] = self.scores[np.searchsorted(self.places, places[here])]
        return found


@dataclass(frozen=True)
class Bench:
    """One kind of texts: the queries of its tasks, and each way to make a list with that list of every query."""

    tasks: Mapping[str, Sequence[Asked]]
    words: Mapping[str, Mapping[str, Sequence[Found]]]
    near: Mapping[str, Mapping[str, Sequence[Found]]]

    def score(self, way: Way) -> ByTask:
        """nDCG@10 by task and group."""
        split_by, turned_by, fusion, share = way
        return {
            task: _grouped(
                (one, _fused(words, near, fusion, share))
                for one, words, near in zip(asked, self.words[split_by][task], self.near[turned_by][task], strict=True)
            )
            for task, asked in self.tasks.items()
        }

    def alone(self, name: str) -> ByTask:
        """One list alone."""
        lists = self.words[name] if name in self.words else self.near[name]
        return {task: _grouped(zip(asked, lists[task], strict=True)) for task, asked in self.tasks.items()}


def best_of(scores: Scores, visible: NDArray[np.bool_], own: float = 1.0) -> Found:
    """The hundred best above 0 that may be seen, as search gathers them."""
    seen = np.where(visible, scores, 0.0)
    places = np.flatnonzero(seen > 0)
    if len(places) > POOL:
        places = np.sort(places[np.argsort(-seen[places], kind="stable")[:POOL]])
    return Found(places, seen[places].astype(float), own)


def _fused(words: Found, near: Found, fusion: str, share: float) -> Found:
    places = np.union1d(words.places, near.places)
    return Found(places, FUSIONS[fusion](words.at(places), words.own, near.at(places), share))


def _grouped(scored: Iterable[tuple[Asked, Found]]) -> dict[str, float]:
    groups: dict[str, list[float]] = defaultdict(list)
    for one, found in scored:
        groups[one.query.group].append(ndcg(found, one.relevant))
    return {group: fmean(some) for group, some in groups.items()}


def ndcg(found: Found, relevant: frozenset[int]) -> float:
    """nDCG@10 with gains of 0 and 1, equal scores in the order of the texts."""
    order = found.places[np.argsort(-found.scores, kind="stable")[:DEPTH]]
    gains = [1 / math.log2(place + 2) for place, key in enumerate(order) if int(key) in relevant]
    return sum(gains) / sum(1 / math.log2(place + 2) for place in range(min(DEPTH, len(relevant))))


def benches(corpus: Corpus, data: Path | None) -> Iterator[tuple[Kind, Bench]]:
    """The bench of either kind, everything scored once."""
    names = [text for _, text in corpus.store.row_texts()]
    split_in, encoded = tokenizers(names), Encoded()
    for kind, wanted in KIND_TASKS.items():
        listed = dict(corpus.store.row_texts() if kind == "rows" else corpus.store.table_texts())
        places = {key: place for place, key in enumerate(listed)}
        homes = corpus.store.tables_of_texts(listed) if kind == "rows" else {key: frozenset([key]) for key in listed}
        tasks = {
            task: [
                Asked(
                    query,
                    np.array([bool(homes[key] & query.visible) for key in listed]),
                    _places(query, places),
                )
                for query in TASKS[task][1](corpus, data)
            ]
            for task in wanted
        }
        tasks = {task: asked for task, asked in tasks.items() if asked}
        queries = [one.query.text for asked in tasks.values() for one in asked]
        words_of = split_in["词（结巴）"]
        parts = [words_of(text, False) for text in listed.values()] if kind == "rows" else _parts(corpus, listed)
        asked_parts = [words_of(text, True) if kind == "rows" else [] for text in queries]
        given = Material(list(listed.values()), queries, parts, asked_parts, names)
        everything = [one for asked in tasks.values() for one in asked]
        words = {}
        for name, tokens in split_in.items():
            index = Words([tokens(text, False) for text in given.texts])
            made = (index.ask(tokens(text, True)) for text in queries)
            lists = [best_of(scores, one.visible, own) for one, (scores, own) in zip(everything, made, strict=True)]
            words[name] = _by_task(tasks, lists)
        near = {}
        for name, rows, asked_rows in turned(given, encoded):
            lists = [best_of(rows @ row, one.visible) for one, row in zip(everything, asked_rows, strict=True)]
            near[name] = _by_task(tasks, lists)
        yield kind, Bench(tasks, words, near)


def _places(query: Query, places: Mapping[str, int]) -> frozenset[int]:
    # A labelled name that is gone from the tables stays a miss, as in the suite.
    return frozenset(places.get(key, -number) for number, key in enumerate(sorted(query.relevant), start=1))


def _parts(corpus: Corpus, listed: Mapping[str, str]) -> list[list[str]]:
    by_id: Mapping[str, PastTable] = {past.id: past for past in corpus.tables}
    return [
        [part for part in (by_id[key].table.project.name, by_id[key].goal_text[:300], *_rows(by_id[key])) if part]
        for key in listed
    ]


def _rows(past: PastTable) -> list[str]:
    return [plain_name(row.name) for row in past.table.indicators]


def _by_task(tasks: Mapping[str, Sequence[Asked]], found: list[Found]) -> dict[str, list[Found]]:
    waiting = iter(found)
    return {task: [next(waiting) for _ in asked] for task, asked in tasks.items()}


def run(data: Path | None) -> Report:
    """Everything measured, as a report."""
    tables = shipped_tables()
    parts: list[Grid | Prose] = [Prose("", _ABOUT)]
    figures: dict[str, object] = {}
    with indexed(tables, lambda *_: None) as (store, index):
        for kind, bench in benches(Corpus(tuple(tables), store, index), data):
            alone = {name: bench.alone(name) for name in (*bench.words, *bench.near)}
            ways = {way: bench.score(way) for way in product(bench.words, bench.near, FUSIONS, SHARES)}
            order = sorted(ways, key=lambda way: -_mean(ways[way], tuning=True))
            chosen = list(dict.fromkeys([TODAY, *STEPS[kind], *order[:10]]))
            title = "查表" if kind == "tables" else "查指标名"
            head = ("", *bench.tasks)
            parts.append(
                Grid(f"{title}：单用一样，全部各组的 nDCG@10", head, [_line(name, alone[name]) for name in alone])
            )
            parts.append(
                Grid(
                    f"{title}：{len(ways)} 种搭配中的几种，第一行是原来的做法，末十行是选定的一半上最好的",
                    (
                        "",
                        "选定的一半",
                        *(f"{task}（报告的一半）" for task in bench.tasks),
                        *(f"{task} 比原来高" for task in bench.tasks),
                    ),
                    [_compared(way, ways[way], ways[TODAY]) for way in chosen],
                )
            )
            figures[kind] = {
                "alone": {name: {task: _data(list(by.values())) for task, by in alone[name].items()} for name in alone},
                "ways": len(ways),
                "reported": [_told(way, ways[way], ways[TODAY]) for way in chosen],
            }
    return Report("检索各部分的搭配", figures, {}, parts)


_ABOUT = (
    "每种搭配 = 切词 × 向量 × 融合 × 词语所占份额。按组各半：在一半上取两项任务平均 nDCG@10 最高的，另一半用来报告；"
    "括号里是对各组自助抽样的 95% 区间。"
)


def _half(by_group: Mapping[str, float], *, tuning: bool) -> dict[str, float]:
    return {group: one for group, one in by_group.items() if for_tuning(group) == tuning}


def _mean(by_task: ByTask, *, tuning: bool) -> float:
    return fmean(fmean(_half(by_group, tuning=tuning).values()) for by_group in by_task.values())


def _gain(ours: Mapping[str, float], theirs: Mapping[str, float]) -> Estimate | None:
    mine, other = _half(ours, tuning=False), _half(theirs, tuning=False)
    return difference(list(mine.values()), [other[group] for group in mine])


def _line(name: str, by_task: ByTask) -> tuple[str, ...]:
    return name, *(str(estimate(list(by_group.values()))) for by_group in by_task.values())


def _called(way: Way) -> str:
    return f"{way[0]}；{way[1]}；{way[2]} {way[3]:g}"


def _compared(way: Way, by_task: ByTask, today: ByTask) -> tuple[str, ...]:
    held = (str(estimate(list(_half(by_group, tuning=False).values()))) for by_group in by_task.values())
    gains = (str(_gain(by_task[task], today[task])) if way != TODAY else "–" for task in by_task)
    return _called(way), f"{_mean(by_task, tuning=True):.3f}", *held, *gains


def _told(way: Way, by_task: ByTask, today: ByTask) -> Mapping[str, object]:
    return {
        "way": _called(way),
        "tuning_mean": round(_mean(by_task, tuning=True), 4),
        "all": {task: _data(list(by.values())) for task, by in by_task.items()},
        "held_out": {task: _data(list(_half(by, tuning=False).values())) for task, by in by_task.items()},
        "gain": {task: None if (one := _gain(by, today[task])) is None else one.data() for task, by in by_task.items()},
    }


def _data(values: list[float]) -> Mapping[str, float | int | None] | None:
    return None if (one := estimate(values)) is None else one.data()


def main() -> None:
    """Measure, print, write."""
    options = argparse.ArgumentParser(prog="python -m evals.retrieval.combinations", description="检索各部分的搭配")
    options.add_argument("--data", type=Path, help="公开表所在文件夹；不写则没有 published 一项")
    options.add_argument("--out", type=Path, required=True, help="报告写到哪里")
    asked = options.parse_args()
    report = run(asked.data)
    show(report)
    for path in write(report, "combinations", asked.out, datetime.now(UTC).astimezone().date()):
        print(f"已写入 {path}")


if __name__ == "__main__":
    main()
