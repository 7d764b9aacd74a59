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
    values: tuple[str, ...]
    surplus: int
    """Values that belong to no name."""

    def settled(self, name: int) -> str | None:
        """The one text a name can have, None when several or none are possible."""
        texts = {self.values[position] for position in self.possible[name]}
        return next(iter(texts)) if len(texts) == 1 else None


def pair_in_order(names: Sequence[str], values: Sequence[str]) -> Pairing:
    """Every best pairing of names with values that keeps the order of both."""
    n, m = len(names), len(values)
    fit = [[_fit(name, value) for value in values] for name in names]
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
    found = tuple(() if unpaired[i] else tuple(sorted(possible[i])) for i in range(n))
    return Pairing(found, tuple(values), max(0, m - sum(bool(one) for one in found)))


def _fit(name: str, text: str) -> int:
    value = parse_value(text)
    family = unit_family(value.unit) if value.unit and value.kind in ("number", "range") else ""
    for pattern, right in ((_RATE, "比率"), (_MONEY, "金额")):
        if pattern.search(name):
            if family.partition("/")[0] == right:
                return FITS
            return MISFITS if family or value.kind == "date" else NEUTRAL
    if _COUNT.search(name):
        if family in ("比率", "金额") or value.kind == "date":
            return MISFITS
        return FITS if family else NEUTRAL
    if _TIME.search(name):
        return FITS if value.kind == "date" else NEUTRAL
    return NEUTRAL
