"""`jimu eval concepts`: are the names the 指标库 takes for one concept those people take for one?

`labels/row_concepts.json` holds concepts labelled by reading, before anything was measured. Scores are B³ (Bagga &
Baldwin 1998): of the names grouped with a name, how many are of its concept; of its concept, how many are grouped with
it. Names of tables the labels do not cover are grouped too, as in life, and not counted. Thresholds were chosen on one
half of the concepts (by a hash of their place); the other half is what counts.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import md5
from itertools import count

import numpy as np
from numpy.typing import NDArray

from assistant.precedents import PastTables, plain_name, text_key
from assistant.precedents.concepts import ConceptLibrary, class_of
from assistant.precedents.grouping import Groups, assign, measure_of, merge
from assistant.schema import PastTable
from evals.indexed import indexed
from evals.intervals import Estimate, estimate
from evals.labelled import LABELS, shipped_tables
from evals.report import Grid, Prose, Report
from evals.suites import Asked

Grouping = Mapping[str, int]
"""Name → the number of its group."""
Vectors = Mapping[str, NDArray[np.float32]]
_MEANING_ALIKE = 0.50
"""For vectors alone: the best of .50 to .86 on the half that may be looked at."""


def run(asked: Asked) -> Report:
    """B³ of the library's own grouping and of simpler ones."""
    tables = shipped_tables()
    told = json.loads((LABELS / "row_concepts.json").read_text(encoding="utf-8"))
    labels = {name: concept for concept, names in told["concepts"].items() for name in names}
    covered = {plain_name(row.name) for past in tables if past.id in told["tables"] for row in past.table.indicators}
    with indexed(tables, asked.progress) as (store, index):
        names = sorted({plain_name(row.name) for past in tables for row in past.table.indicators})
        raw = index.text_vectors([text_key(name) for name in names])
        vectors = {name: raw[text_key(name)] for name in names}
        found = {title: group(store, tables, vectors) for title, group in WAYS.items()}
        library = ConceptLibrary(store)
        concepts = len(library.commonest(len(names)))
    scores = {title: scored(grouping, labels, covered) for title, grouping in found.items()}
    rows = [(title, *map(str, three), len(set(found[title].values()))) for title, three in scores.items()]
    about = f"{len(labels)} 个名称、{len(told['concepts'])} 个人工标注的概念；另一半概念用来选界线，不计入。"
    grid = Grid("指标概念与人工标注的一致程度（B³）", ("做法", "查准", "查全", "F1", "概念数"), rows, about)
    figures = {
        "suite": "concepts",
        "names": len(names),
        "concepts": concepts,
        "scores": {title: [one.data() for one in three] for title, three in scores.items()},
    }
    return Report("指标库：同一概念的名称归得对不对", figures, {"b3_f1": scores[_OURS][2]}, [Prose("", about), grid])


def scored(grouping: Grouping, labels: Mapping[str, str], covered: set[str]) -> tuple[Estimate, Estimate, Estimate]:
    """B³ precision, recall and F1 over the labelled names of the held-out half, with intervals over names."""
    together: dict[int, set[str]] = defaultdict(set)
    for name, number in grouping.items():
        if name in covered:
            together[number].add(name)
    meant: dict[str, set[str]] = defaultdict(set)
    for name, concept in labels.items():
        meant[concept].add(name)
    precision, recall, both = [], [], []
    chosen_on = _half(labels.values())
    for name, concept in labels.items():
        if concept in chosen_on:
            continue
        shared = len(together[grouping[name]] & meant[concept])
        right, whole = shared / len(together[grouping[name]]), shared / len(meant[concept])
        precision.append(right)
        recall.append(whole)
        both.append(2 * right * whole / (right + whole))
    made = tuple(estimate(values) for values in (precision, recall, both))
    if None in made:
        raise ValueError("no labelled name is in the held-out half")
    return made  # type: ignore[return-value]


def _half(concepts: Iterable[str]) -> frozenset[str]:
    """The half of the concepts thresholds were chosen on, by a hash of their place."""
    told = enumerate(dict.fromkeys(concepts))
    return frozenset(
        one for at, one in told if int(md5(f"{at}".encode(), usedforsecurity=False).hexdigest(), 16) % 2 == 0
    )


def _library(store: PastTables, tables: Sequence[PastTable], _: Vectors) -> Grouping:
    """The concepts as users have them; a name of several classes goes with the commonest."""
    known = ConceptLibrary(store).of_texts(text_key(row.name) for past in tables for row in past.table.indicators)
    numbers: dict[str, int] = defaultdict(count().__next__)
    found: dict[str, int] = {}
    for past in tables:
        for row in past.table.indicators:
            found.setdefault(plain_name(row.name), numbers[known[text_key(row.name), row.level2]])
    return found


def _by_name(_store: PastTables, _tables: Sequence[PastTable], vectors: Vectors) -> Grouping:
    """Every name for itself."""
    return {name: number for number, name in enumerate(vectors)}


def _by_meaning(_store: PastTables, tables: Sequence[PastTable], vectors: Vectors) -> Grouping:
    """The same way of grouping by sentence vectors alone."""
    blocks: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    for past in tables:
        for row in past.table.indicators:
            name = plain_name(row.name)
            blocks[class_of(row.level2), measure_of(name)].setdefault(name)
    groups = Groups({}, alike=_MEANING_ALIKE)
    joined: dict[str, str] = {}
    for block, its in blocks.items():
        ids = [f"{block} {name}" for name in its]
        for name, group in zip(its, assign(block, ids, np.stack([vectors[name] for name in its]), groups), strict=True):
            joined.setdefault(name, group)
        merge(block, groups)
    numbers: dict[str, int] = defaultdict(count().__next__)
    return {name: numbers[_last(group, groups.merged)] for name, group in joined.items()}


def _last(group: str, merged: Mapping[str, str]) -> str:
    while group in merged:
        group = merged[group]
    return group


_OURS = "指标库（词形与语义，产品现用）"
WAYS: Mapping[str, Callable[[PastTables, Sequence[PastTable], Vectors], Grouping]] = {
    "每个名称各算一个": _by_name,
    "只看语义向量": _by_meaning,
    _OURS: _library,
}
