"""What may lie beside a table while it is checked: last year's, the approved one, neighbours, spending standards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from pydantic import Field

from assistant.checks.words import ORG_TAIL, any_of
from assistant.schema import Indicator, PerformanceTable, Strict
from assistant.values import Value, render

MOST_NAMED = 20
"""Tables a finding names at the most: what a hundred tables share is shown by the first of them."""
_ORG_TAIL = re.compile(f"(?:{any_of(ORG_TAIL)})$")


class SpendingStandard(Strict):
    """One 预算支出标准 the user supplies: a row named by `words` may not cost more (财预〔2021〕101号 三（三）)."""

    words: tuple[str, ...] = Field(title="名称须含的词", min_length=1)
    most: Decimal = Field(title="标准上限", gt=0)
    unit: str = Field(title="单位，如 元/人·天")
    source: str = Field(title="标准出处（文号）", min_length=2)


@dataclass(frozen=True)
class Neighbours:
    """The tables one department hands in for one year, indexed by what they might have copied from each other."""

    tables: tuple[PerformanceTable, ...]

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """Positions of the tables by project name."""
        return _positions((table.project.name or "") for table in self.tables)

    @cached_property
    def by_row(self) -> dict[tuple[str, str], dict[int, None]]:
        """Positions of the first tables that bear an indicator with this (name, value)."""
        found: dict[tuple[str, str], dict[int, None]] = defaultdict(dict)
        for position, table in enumerate(self.tables):
            for row in table.indicators:
                bearers = found[row_key(row.name, value_text(row.value))]
                if len(bearers) < MOST_NAMED:
                    bearers[position] = None
        return found


@dataclass(frozen=True)
class Beside:
    """All a rule may look at outside the table; None or empty = not supplied, and the rule keeps silent."""

    last_year: PerformanceTable | None = None
    approved: PerformanceTable | None = None
    standards: tuple[SpendingStandard, ...] = ()
    neighbours: Neighbours | None = None
    position: int = field(default=0)
    """The place of the table itself among its neighbours."""


def row_key(name: str, value: str) -> tuple[str, str]:
    """What makes two rows the same: name and value without blanks and marks."""
    return re.sub(r"[\W_]+", "", name), re.sub(r"\s+", "", value)


def place_key(row: Indicator) -> tuple[str, str, str]:
    """What makes a row of another year the same indicator: its name, its class, its goal."""
    return row_key(row.name, "")[0], row.level2, row.goal_ref or ""


def value_text(value: Value | None) -> str:
    """A value as it is compared between tables: a number in its usual form, however it was written."""
    if value is None:
        return ""
    return render(value) if value.kind in ("number", "range", "date") else value.raw


def neighbourhoods(tables: Sequence[PerformanceTable]) -> list[Beside]:
    """For each table in order, its neighbours: the tables of the same department (else unit) and year."""
    groups: dict[tuple[object, str], list[int]] = defaultdict(list)
    for position, table in enumerate(tables):
        groups[(table.fiscal_year, _owner(table))].append(position)
    found = [Beside() for _ in tables]
    for (_, owner), positions in groups.items():
        if owner and len(positions) > 1:
            together = Neighbours(tuple(tables[position] for position in positions))
            for place, position in enumerate(positions):
                found[position] = Beside(neighbours=together, position=place)
    return found


def _owner(table: PerformanceTable) -> str:
    """The department without its ending: a name cut off at a page edge still finds its neighbours."""
    return _ORG_TAIL.sub("", re.sub(r"\s+", "", table.project.dept or table.project.unit or ""))


def _positions(keys: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for position, key in enumerate(keys):
        if len(found[key]) < MOST_NAMED:
            found[key].append(position)
    return found
