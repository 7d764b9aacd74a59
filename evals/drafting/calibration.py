"""`jimu eval calibration`: does the measure of names agree with people, and where should its threshold lie?

`labels/name_pairs.json` holds pairs of indicator names labelled same, related or different by reading them. In a third
of them the first name is of a published table and stands there by reference (`table#row`): those pairs count only
when `--data` names the folder of the published tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.drafting import names
from evals.intervals import estimate
from evals.labelled import LABELS, indicator_names
from evals.report import Grid, Report
from evals.suites import Asked

FOLDS = 5
_SEED = 20_261_123
PAIRS = LABELS / "name_pairs.json"

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Pair:
    """Two names, what two readers said of them, and whether the first name is a published table's."""

    first: str
    other: str
    label: str
    second: str | None
    published: bool


@dataclass(frozen=True)
class Agreement:
    """How far one says the same of pairs as the labels do; what counts is same or not."""

    pairs: int
    same: int
    precision: float
    recall: float
    f1: float
    kappa: float


def run(asked: Asked) -> Report:
    """Agreement of the measure with the labels, over all pairs and over those with a published name."""
    pairs = load_pairs(asked.data)
    likenesses, same = measured(pairs)
    sets = {"全部": agreement(cross_validated(likenesses, same), same)}
    for title, wanted in (("自拟的名称", False), ("公开表里的名称", True)):
        part = np.array([pair.published == wanted for pair in pairs])
        if part.any():
            sets[f"{title}，按现用界线"] = agreement(likenesses[part] >= names.SAME, same[part])
    second = _second_opinion(pairs)
    if second is not None:
        sets["第二个人对第一个人"] = second
    rows = [
        (title, one.pairs, one.same, *(f"{value:.2f}" for value in (one.precision, one.recall, one.f1, one.kappa)))
        for title, one in sets.items()
    ]
    best = best_threshold(likenesses, same)
    grid = Grid(
        "名称对比与人工标注的一致程度",
        ("名称对", "对数", "标为同义", "查准", "查全", "F1", "κ"),
        rows,
        "标注由两个为本项目工作的语言模型各自逐对读过。"
        f"全部：五折交叉，界线在其余四折上选；整体最好的界线 {best:.2f}，现用 {names.SAME:.2f}。",
    )
    figures = {"suite": "calibration", "best_threshold": best, "threshold": names.SAME}
    right = [float(one) for one in cross_validated(likenesses, same) == same]
    headline = {"agreement": found} if (found := estimate(right)) else {}
    return Report("名称对比", {**figures, **{title: asdict(one) for title, one in sets.items()}}, headline, [grid])


def load_pairs(data: Path | None) -> list[Pair]:
    """The labelled pairs; those with a published name only where the published tables are."""
    published = indicator_names(data) if data else {}
    return list(_resolved(json.loads(PAIRS.read_text(encoding="utf-8"))["pairs"], published))


def _resolved(pairs: Iterable[Mapping[str, str]], published: Mapping[str, str]) -> Iterable[Pair]:
    for one in pairs:
        reference = "#" in one["a"]
        first = published.get(one["a"]) if reference else one["a"]
        if first is not None:
            yield Pair(first, one["b"], one["label"], one.get("second"), reference)


def best_threshold(likenesses: NDArray[np.float64], same: Flags) -> float:
    """The likeness with the best F1, between the two neighbouring pairs, rounded to hundredths."""
    steps = np.round(np.arange(0.3, 0.96, 0.01), 2)
    scores = [_f1(likenesses >= step, same) for step in steps]
    best = max(scores)
    as_good = [step for step, score in zip(steps, scores, strict=True) if score == best]
    return float(as_good[len(as_good) // 2])


def cross_validated(likenesses: NDArray[np.float64], same: Flags) -> Flags:
    """What the measure says of each pair at the threshold that is best on the other folds."""
    fold = np.random.default_rng(_SEED).integers(0, FOLDS, len(same))
    said = np.zeros(len(same), dtype=bool)
    for number in range(FOLDS):
        held = fold == number
        said[held] = likenesses[held] >= best_threshold(likenesses[~held], same[~held])
    return said


def agreement(said: Flags, same: Flags) -> Agreement:
    """Precision, recall, F1 and Cohen's kappa (Cohen 1960) of what was said against the labels."""
    both, precision = int((said & same).sum()), _share((said & same).sum(), said.sum())
    recall = _share(both, same.sum())
    observed = float((said == same).mean())
    chance = float(said.mean() * same.mean() + (1 - said.mean()) * (1 - same.mean()))
    kappa = (observed - chance) / (1 - chance) if chance < 1 else 1.0
    return Agreement(len(same), int(same.sum()), precision, recall, _f1(said, same), kappa)


def measured(pairs: Sequence[Pair]) -> tuple[NDArray[np.float64], Flags]:
    """The likeness of each pair, and whether it was labelled same."""
    likenesses = np.array([names.likeness(pair.first, pair.other) for pair in pairs])
    return likenesses, np.array([pair.label == "same" for pair in pairs], dtype=bool)


def _second_opinion(pairs: Sequence[Pair]) -> Agreement | None:
    """What another reader, who saw neither the first labels nor the measure, said of the same pairs."""
    both = [pair for pair in pairs if pair.second is not None]
    if not both:
        return None
    said, same = (
        np.array([label == "same" for label in labels], dtype=bool)
        for labels in zip(*((one.second, one.label) for one in both), strict=True)
    )
    return agreement(said, same)


def _f1(said: Flags, same: Flags) -> float:
    return _share(2 * (said & same).sum(), said.sum() + same.sum())


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0
