"""Names and values that came apart: which value belongs to which name, as far as their order and kind decide it.

A page cut down the middle gives all names first and all values later, in the same order, with some missing or surplus.
Every order-keeping pairing of the best total fit is looked at; a name whose value is the same in all of them is
settled, any other is left to a person with its possible values.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.values import parse_value, unit_family

_RATE = re.compile("(?:率|度|比例|占比|比重)$")
_COUNT = re.compile("(?:人数|人次|户数|次数|场次|份数|数量|面积|里程|件数|个数|家数|期数)$")
_MONEY = re.compile("(?:标准|成本|经费|单价|费用|控制数|金额|预算)$")
_TIME = re.compile("(?:时间|日期|完成|时限)$")
FITS, NEUTRAL, MISFITS = 2, 0, -4
_NO_VALUE, _NO_NAME = -3, -1


@dataclass(frozen=True)
class Pairing:
    """For each name its possible values (positions in the list of values); one possible text = settled."""

    possible: tuple[tuple[int, ...], ...]
    may_be_empty: tuple[bool, ...]
    """Names that have no value in some best pairing."""
    values: tuple[str, ...]
    surplus: int
    """Values that belong to no name."""

    def settled(self, name: int) -> str | None:
        """The one text a name has in every best pairing, None when several are possible or none."""
        texts = {self.values[position] for position in self.possible[name]}
        return next(iter(texts)) if len(texts) == 1 and not self.may_be_empty[name] else None


def pair_in_order(names: Sequence[str], values: Sequence[str]) -> Pairing:
    """Every best pairing of names with values that keeps the order of both."""
    n, m = len(names), len(values)
    kinds = [_kind(value) for value in values]
    fit = [[_fit(name, kind) for kind in kinds] for name in names]
    ahead = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            options = []
            if i < n and j < m:
                options.append(fit[i][j] + ahead[i + 1][j + 1])
            if i < n:
                options.append(_NO_VALUE + ahead[i + 1][j])
            if j < m:
                options.append(_NO_NAME + ahead[i][j + 1])
            ahead[i][j] = max(options, default=0)
    possible: list[set[int]] = [set() for _ in names]
    unpaired = [False] * n
    reached = {(0, 0)}
    for i in range(n + 1):
        for j in range(m + 1):
            if (i, j) not in reached:
                continue
            best = ahead[i][j]
            if i < n and j < m and fit[i][j] + ahead[i + 1][j + 1] == best:
                possible[i].add(j)
                reached.add((i + 1, j + 1))
            if i < n and _NO_VALUE + ahead[i + 1][j] == best:
                unpaired[i] = True
                reached.add((i + 1, j))
            if j < m and _NO_NAME + ahead[i][j + 1] == best:
                reached.add((i, j + 1))
    found = tuple(tuple(sorted(one)) for one in possible)
    return Pairing(found, tuple(unpaired), tuple(values), m - _paired(fit, ahead))


def _paired(fit: list[list[int]], ahead: list[list[int]]) -> int:
    """How many names the best pairing that pairs early gives a value."""
    i = j = pairs = 0
    while i < len(fit) and j < len(fit[0]):
        if fit[i][j] + ahead[i + 1][j + 1] == ahead[i][j]:
            i, j, pairs = i + 1, j + 1, pairs + 1
        elif _NO_VALUE + ahead[i + 1][j] == ahead[i][j]:
            i += 1
        else:
            j += 1
    return pairs


def _kind(text: str) -> str:
    """What sort of value a text is: its unit family, "date", or "" for wording."""
    value = parse_value(text)
    if value.kind == "date":
        return "date"
    return unit_family(value.unit).partition("/")[0] if value.unit and value.kind in ("number", "range") else ""


def _fit(name: str, kind: str) -> int:
    for pattern, right in ((_RATE, "比率"), (_MONEY, "金额")):
        if pattern.search(name):
            return FITS if kind == right else (MISFITS if kind else NEUTRAL)
    if _COUNT.search(name):
        return MISFITS if kind in ("比率", "金额", "date") else (FITS if kind else NEUTRAL)
    return FITS if kind == "date" and _TIME.search(name) else NEUTRAL
