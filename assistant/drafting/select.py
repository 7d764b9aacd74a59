"""Which rows make the table: facts first, then candidates by class need, score and difference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.brief import KindOfWork
from assistant.drafting.adapting import COUNTED
from assistant.drafting.candidates import Candidate
from assistant.drafting.draft import DraftRow
from assistant.precedents.naming import bare, split_name
from assistant.schema import Generation, Level2

FEWEST_ROWS, MOST_ROWS = 12, 18
_ENDS = re.compile(r"(完工|竣工|完成|验收|交付)(投用|验收|通车|通气)?时间$")
"""Names of the day a project is done: one is enough."""
_COUNTS = re.compile(r"(数量|台数|套数|个数|件数|项数|条数|座数|处数|面积|里程|长度|人数|户数)$")
SAME_THING = 0.75
"""Cosine of two names of one level from which they would say the same twice."""
SAME_ANYWHERE, SAME_MEASURE = 0.90, 0.62
"""The same across levels; and when both end in the same measure (…扑灭率)."""
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
        "服务对象满意度指标": Quota(1, 1),
    }
    if generation == "2021":
        return {
            "经济成本指标": Quota(1, 3),
            "社会成本指标": Quota(0, 1),
            "生态环境成本指标": Quota(0, int(works)),
            **shared,
        }
    return {**shared, "成本指标": Quota(1, 3), "可持续影响指标": Quota(1 if works else 0, 1)}


def choose(
    facts: Sequence[DraftRow],
    candidates: Sequence[Candidate],
    vectors: Mapping[str, NDArray[np.float32]],
    wanted: Mapping[Level2, Quota],
) -> list[Candidate]:
    """The candidates to add to the fact rows: classes below their least first, then the best until there are enough.

    `candidates` come best first; a class above its least is only filled while the table is short of rows.
    """
    counts: Counter[str] = Counter(row.indicator.level2 for row in facts)
    chosen = _Chosen(counts, [], [_key(row) for row in facts], dict(vectors), wanted)
    sure = [one for one in candidates if one.sure]
    for level2, quota in wanted.items():
        for one in (one for one in sure if one.level2 == level2):
            if chosen.counts[level2] >= quota.least or not chosen.has_room(level2):
                break
            chosen.take_if_fresh(one)
    for enough, most in ((FEWEST_ROWS, 0), (FEWEST_ROWS, 1)):
        # First one row for each optional class, then second and third rows for any.
        for one in sure:
            quota = wanted.get(one.level2, Quota(0, 0))
            room = quota.most if most else min(quota.most, max(quota.least, 1))
            short = len(facts) + len(chosen.taken) < (enough if most else MOST_ROWS)
            if short and one.score >= WORTH_ADDING and chosen.counts[one.level2] < room:
                chosen.take_if_fresh(one)
    for one in (one for one in candidates if not one.sure):
        # How many of what, at what price, only the unit knows: one such question is enough for a class without any row.
        most = 1 if one.level2 in COUNTED else wanted.get(one.level2, Quota(0, 0)).most
        if len(facts) + len(chosen.taken) < FEWEST_ROWS and chosen.counts[one.level2] < most:
            chosen.take_if_fresh(one)
    return chosen.taken


@dataclass
class _Chosen:
    counts: Counter[str]
    taken: list[Candidate]
    names: list[tuple[str, str]]
    vectors: dict[str, NDArray[np.float32]]
    wanted: Mapping[Level2, Quota]

    def has_room(self, level2: Level2) -> bool:
        """Whether a row of the class still fits beside one row for every class that is needed and has none."""
        empty = [one for one, quota in self.wanted.items() if quota.least and not self.counts[one]]
        return level2 in empty or len(self.names) + len(empty) < MOST_ROWS

    def take_if_fresh(self, one: Candidate) -> None:
        if one in self.taken or any(_repeats(one, level2, name, self.vectors) for level2, name in self.names):
            return
        self.taken.append(one)
        self.counts[one.level2] += 1
        self.names.append((one.level2, one.name))
        self.vectors[one.name] = one.vector


def _key(row: DraftRow) -> tuple[str, str]:
    return row.indicator.level2, row.indicator.name


def _repeats(one: Candidate, level2: str, name: str, vectors: Mapping[str, NDArray[np.float32]]) -> bool:
    if one.name == name:
        return True
    mine, other = split_name(one.name), split_name(name)
    theirs = vectors.get(name)
    both_count = bool(_COUNTS.search(mine.head)) and bool(_COUNTS.search(other.head))
    if one.level2 != level2:
        # 养老金足额发放率 under quality and 养老金按时足额发放率 under time are one thing measured twice.
        nested = bool(mine.head) and (mine.head.endswith(other.head) or other.head.endswith(mine.head))
        same_thing = mine.thing == other.thing and nested and len(min(mine.head, other.head, key=len)) >= 4
        near = float(one.vector @ theirs) if theirs is not None else 0.0
        return same_thing or near >= (SAME_MEASURE if one.name[-3:] == name[-3:] else SAME_ANYWHERE)
    if _ENDS.search(one.name) and _ENDS.search(name):
        return True
    same_head = bare(mine.head).endswith(bare(other.head)) or bare(other.head).endswith(bare(mine.head))
    if (
        mine.head
        and other.head
        and (same_head or both_count)
        and (mine.generic or other.generic or mine.thing in other.thing or other.thing in mine.thing)
    ):
        return True
    if one.level2 == "数量指标" and one.name[-2:] == name[-2:] and theirs is not None:
        return float(one.vector @ theirs) >= SAME_MEASURE  # 培训班开办期数 beside 基层干部培训班期数
    if one.level2 == "服务对象满意度指标" and mine.thing[-2:] == other.thing[-2:]:
        return True
    return theirs is not None and float(one.vector @ theirs) >= SAME_THING
