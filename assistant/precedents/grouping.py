"""Which indicator names mean the same: names as vectors, grouped around the mean of each group.

A name is its sentence vector beside its characters and character pairs: the former knows that 学员 and 学生 are
alike, the latter that 合格率 is not 覆盖率, which sentence vectors blur. Names are only compared within one class of
the form and one kind of measure. A new name joins the nearest group if it is near enough, else it founds one; groups
whose means have come near become one (average linkage, Sokal & Michener 1958, done as names come). Shares and threshold
were chosen on one half of the labelled concepts and measured on the other (docs/decisions/010).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

BUCKETS = 512
"""Dimensions that characters and pairs are counted in."""
BY_MEANING = 0.4
"""Share of the sentence vector in the likeness of two names."""
ALIKE = 0.46
"""Mean likeness to a group from which a name belongs to it."""
_BATCH = 512

# Spellings of one thing; longer ones first, so that 受益群众 is not read as 受益 and a shorter word.
_ONE_SPELLING = {
    "满意率": "满意度",
    "满意程度": "满意度",
    "按时": "及时",
    "按期": "及时",
    "准时": "及时",
    "如期": "及时",
    "参训": "培训",
    "受训": "培训",
    "敷设": "铺设",
    "兑付": "发放",
    "拨付": "发放",
    "支付": "发放",
    "受益群众": "群众",
    "受益对象": "群众",
    "服务对象": "群众",
    "社会公众": "群众",
}
_SPELLINGS = re.compile("|".join(sorted(_ONE_SPELLING, key=len, reverse=True)))

_MEASURES: Mapping[str, re.Pattern[str]] = {
    "满意度": re.compile(r"满意"),
    "比率": re.compile(r"(率|占比|比例|比重)$"),
    "时间": re.compile(r"(时间|时限|日期|期限|时长|天数|时点|周期)$"),
    "金额": re.compile(r"(成本|单价|造价|标准|费用|费|均价|额|支出|价|定额|投资|补助|补贴|经费)$"),
    "数量": re.compile(r"(数|量|人口|次|面积|里程|长度|册|份|头|页)$"),
    "程度": re.compile(r"(度|性|情况|程度|状况|水平|等级|能力)$"),
}


@dataclass
class Group:
    """Names taken for one: `total` is the sum of their vectors; `settled` once a person has decided about it."""

    id: str
    block: tuple[str, str]
    total: Matrix
    count: int
    settled: bool = False


@dataclass
class Groups:
    """All groups by id, and which group each new name went to."""

    by_id: dict[str, Group]
    merged: dict[str, str] = field(default_factory=dict)
    """A group that is no more → the one it became part of."""
    alike: float = ALIKE


def measure_of(name: str) -> str:
    """The kind of measure a name ends in; 其他 when the ending does not tell."""
    return next((kind for kind, ending in _MEASURES.items() if ending.search(name)), "其他")


def features(names: Sequence[str], meanings: Matrix) -> Matrix:
    """One vector of length one a name: its sentence vector (`meanings`, a row a name) beside its characters."""
    spelt = np.zeros((len(names), BUCKETS), dtype=np.float32)
    for row, name in zip(spelt, names, strict=True):
        plain = _SPELLINGS.sub(lambda found: _ONE_SPELLING[found[0]], name)
        for part in {*plain, *(plain[at : at + 2] for at in range(len(plain) - 1))}:
            row[crc32(part.encode()) % BUCKETS] = 1.0
    spelt /= np.maximum(np.linalg.norm(spelt, axis=1, keepdims=True), 1.0)
    meant = meanings / np.maximum(np.linalg.norm(meanings, axis=1, keepdims=True), 1e-6)
    return np.hstack([meant * np.sqrt(BY_MEANING), spelt * np.sqrt(1 - BY_MEANING)]).astype(np.float32)


def assign(block: tuple[str, str], ids: Sequence[str], vectors: Matrix, groups: Groups) -> list[str]:
    """The group of each new name of one block, in order; `ids` name the groups they would found.

    `groups` is brought up to date. After the last name call `merge`.
    """
    found: list[str] = []
    mine = [one for one in groups.by_id.values() if one.block == block]
    for start in range(0, len(ids), _BATCH):
        some = vectors[start : start + _BATCH]
        old = len(mine)
        founded: list[int] = []
        near = some @ _means(mine).T if mine else np.zeros((len(some), 0), dtype=np.float32)
        for place, vector in enumerate(some):
            fresh = [float(vector @ mine[at].total) / mine[at].count for at in founded]
            best = int(near[place].argmax()) if old else -1
            if fresh and (best < 0 or max(fresh) > near[place][best]):
                best, worth = founded[int(np.argmax(fresh))], max(fresh)
            else:
                worth = float(near[place][best]) if best >= 0 else -1.0
            if worth < groups.alike and ids[start + place] in groups.by_id:
                best = next(at for at, one in enumerate(mine) if one.id == ids[start + place])
            elif worth < groups.alike:
                one = Group(ids[start + place], block, np.zeros_like(vector), 0)
                groups.by_id[one.id] = one
                founded.append(len(mine))
                best = len(mine)
                mine.append(one)
            mine[best].total = mine[best].total + vector
            mine[best].count += 1
            found.append(mine[best].id)
    return found


def merge(block: tuple[str, str], groups: Groups) -> set[str]:
    """Join groups of one block that are each other's nearest and near enough; the ids of those that grew.

    Groups a person has settled stay as they are. `groups.merged` hears what became of those that are no more.
    """
    grown: set[str] = set()
    while True:
        mine = [one for one in groups.by_id.values() if one.block == block and not one.settled]
        pairs = _nearest_pairs(mine, groups.alike)
        if not pairs:
            return grown
        for kept, gone in pairs:
            kept.total, kept.count = kept.total + gone.total, kept.count + gone.count
            groups.merged[gone.id] = kept.id
            grown.add(kept.id)
            del groups.by_id[gone.id]


def _nearest_pairs(mine: Sequence[Group], alike: float) -> list[tuple[Group, Group]]:
    if len(mine) < 2:
        return []
    means = _means(mine)
    nearest, worth = np.empty(len(mine), dtype=np.int64), np.empty(len(mine), dtype=np.float32)
    for start in range(0, len(mine), _BATCH):
        near = means[start : start + _BATCH] @ means.T
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -1.0
        nearest[start : start + len(near)] = near.argmax(axis=1)
        worth[start : start + len(near)] = near.max(axis=1)
    found = []
    for one, other in enumerate(nearest):
        if one < other and nearest[other] == one and worth[one] >= alike:
            pair = sorted((mine[one], mine[int(other)]), key=lambda group: (-group.count, group.id))
            found.append((pair[0], pair[1]))
    return found


def _means(groups: Sequence[Group]) -> Matrix:
    return np.stack([one.total / one.count for one in groups])
