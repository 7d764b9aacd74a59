"""Which rows make the table: facts first, then candidates by class need, score and difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.brief import KindOfWork
from assistant.drafting.candidates import Candidate
from assistant.drafting.draft import DraftRow
from assistant.drafting.naming import split_name
from assistant.schema import Generation, Level2

FEWEST_ROWS, MOST_ROWS = 12, 18
SAME_THING = 0.75
"""Cosine of two names of one level from which they would say the same twice."""
WORTH_ADDING = 0.42
"""Score from which a candidate may enter a class that is optional or already served."""


@dataclass(frozen=True)
class Quota:
    """How many rows a class should have at least and at most; classes with least 0 are optional."""

    least: int
    most: int


def quotas(generation: Generation, kind: KindOfWork | None) -> Mapping[Level2, Quota]:
    """Rows by class. Quantity and quality always, time and cost by generation, effects by the project
    (财预〔2021〕101号 附件1 二（二）（三）; 财预〔2020〕10号 附1). The numbers are 工具默认."""
    works = kind in ("工程建设", "修缮改造", "设备购置", "信息化建设")
    shared: dict[Level2, Quota] = {
        "数量指标": Quota(2, 5),
        "质量指标": Quota(2, 3),
        "时效指标": Quota(1, 2),
        "经济效益指标": Quota(0, 1),
        "社会效益指标": Quota(1, 2),
        "生态效益指标": Quota(0, 1),
        "服务对象满意度指标": Quota(1, 2),
    }
    if generation == "2021":
        return {"经济成本指标": Quota(1, 3), "社会成本指标": Quota(0, 1), "生态环境成本指标": Quota(0, int(works)), **shared}
    return {**shared, "成本指标": Quota(1, 3), "可持续影响指标": Quota(1 if works else 0, 1)}


def choose(
    facts: Sequence[DraftRow],
    candidates: Sequence[Candidate],
    vectors: Mapping[str, NDArray[np.float32]],
    wanted: Mapping[Level2, Quota],
) -> list[Candidate]:
    """The candidates to add to the fact rows: classes below their least first, then the best until the table is full enough."""
    counts: Counter[str] = Counter(row.indicator.level2 for row in facts)
    taken: list[Candidate] = []
    names: list[tuple[str, str]] = [(row.indicator.level2, row.indicator.name) for row in facts]

    def fresh(one: Candidate) -> bool:
        return not any(_repeats(one, level2, name, vectors) for level2, name in names)

    def take(one: Candidate) -> None:
        taken.append(one)
        counts[one.level2] += 1
        names.append((one.level2, one.name))

    for level2, quota in wanted.items():
        for one in (one for one in candidates if one.level2 == level2):
            if counts[level2] >= quota.least:
                break
            if fresh(one):
                take(one)
    while len(facts) + len(taken) < MOST_ROWS:
        enough = len(facts) + len(taken) >= FEWEST_ROWS
        pick = next(
            (
                one
                for one in candidates
                if one not in taken
                and counts[one.level2] < _most(wanted, one.level2, enough)
                and one.score >= WORTH_ADDING
                and fresh(one)
            ),
            None,
        )
        if pick is None or (enough and len(taken) >= 2 * FEWEST_ROWS):
            break
        if enough and counts[pick.level2] >= 1:
            break
        take(pick)
    return taken


def _most(wanted: Mapping[Level2, Quota], level2: Level2, enough: bool) -> int:
    quota = wanted.get(level2, Quota(0, 0))
    return min(quota.most, max(quota.least, 1)) if enough else quota.most


def _repeats(one: Candidate, level2: str, name: str, vectors: Mapping[str, NDArray[np.float32]]) -> bool:
    if one.name == name:
        return True
    mine, other = split_name(one.name), split_name(name)
    if one.level2 != level2:
        return False
    if mine.head == other.head and (mine.generic or other.generic or mine.thing in other.thing or other.thing in mine.thing):
        return True
    if one.level2 == "服务对象满意度指标" and mine.thing[-2:] == other.thing[-2:]:
        return True
    theirs = vectors.get(name)
    return theirs is not None and float(one.vector @ theirs) >= SAME_THING
