"""Cases: a past table is hidden and drafted from its head and goal; the precedents are the others, leaks excepted.

Tables are copied forward, so a random split would leak. Never a precedent of a case: the table itself, the same project
of another year, any table of the same unit and year, and any table that was plainly copied (most rows alike in name and
value). Every split is fixed by the tables alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.brief import BriefRequest
from assistant.precedents import plain_name
from assistant.schema import PastTable
from assistant.values import render

COPIED = 0.8
"""Share of the smaller table's rows, equal in name and value, from which one table was copied from the other."""

COPIED_NAMES = 0.9
"""The same for names alone, the values changed."""

_YEARS = re.compile(r"20\d\d\s*[-—至]?\s*(?:20\d\d)?\s*年?度?")
_PHASE = re.compile(r"第?[一二三四五六七八九十\d]+[期批]|[(（][^)）]{1,4}[)）]$")
"""二期, 第三批, (续建): one project goes on under another name."""


@dataclass(frozen=True)
class Case:
    """A hidden table, what a drafter is told of it, and the tables it must not see (with the reason)."""

    past: PastTable
    request: BriefRequest
    hidden: Mapping[str, str]

    @property
    def id(self) -> str:
        """The id of the hidden table."""
        return self.past.id


@dataclass(frozen=True)
class Skipped:
    """A table that makes no case, and why."""

    id: str
    why: str


@dataclass(frozen=True)
class Cases:
    """The cases of a folder of tables and what was left out; `stock` are all tables that may be precedents."""

    cases: tuple[Case, ...]
    skipped: tuple[Skipped, ...]
    stock: tuple[PastTable, ...] = field(repr=False, default=())


def make_cases(tables: Sequence[PastTable], others: Sequence[PastTable] = ()) -> Cases:
    """Cases of `tables`; precedents are these tables and `others` (such as the shipped ones)."""
    stock, skipped = _without_doubles(tables)
    known = {past.id for past in stock}
    stock += [past for past in others if past.id not in known]
    outlines = [Outline.of(past) for past in stock]
    cases = []
    for past, outline in zip(stock[: len(known)], outlines, strict=False):
        hidden = {other.id: why for other in outlines if (why := leak(outline, other))}
        why = _unfit(past, visible=len(stock) - len(hidden))
        if why:
            skipped.append(Skipped(past.id, why))
        else:
            cases.append(Case(past, request_of(past), hidden))
    return Cases(tuple(cases), tuple(skipped), tuple(stock))


def request_of(past: PastTable) -> BriefRequest:
    """What is told of a table: name, department, unit, year, budget and goal – never a row of it."""
    project = past.table.project
    return BriefRequest(
        project_name=(project.name or "")[:200],
        department=project.dept or "",
        unit=project.unit or "",
        year=past.table.fiscal_year,
        budget_wan=past.budget_wan,
        description=past.goal_text,
    )


@dataclass(frozen=True)
class Outline:
    """What of a table tells whether another was copied from it, or is the same project."""

    id: str
    project: str
    unit: str
    region: str | None
    year: int | None
    rows: frozenset[tuple[str, str]]
    """Names with their values."""
    names: frozenset[str]

    @classmethod
    def of(cls, past: PastTable) -> Outline:
        """The outline of one table."""
        table, rows = past.table, _rows(past)
        names = frozenset(name for name, _ in rows)
        return cls(past.id, _project(past), _unit(past), table.region, table.fiscal_year, rows, names)


def leak(one: Outline, other: Outline) -> str | None:
    """Why a table must not be a precedent of another's case, None when it may.

    What is not told counts as equal: a year or a region that is missing may be the same.
    """
    if one.id == other.id:
        return "本表"
    same_place = _may_be_one(one.region, other.region)
    if same_place and one.project and one.project == other.project:
        return "同一项目"
    same_year = None in (one.year, other.year) or one.year == other.year
    if one.unit and one.unit == other.unit and same_place and same_year:
        return "同一单位同一年度"
    fewest = max(1, min(len(one.names), len(other.names)))
    if len(one.rows & other.rows) >= COPIED * fewest or len(one.names & other.names) >= COPIED_NAMES * fewest:
        return "多数指标相同，疑为照抄"
    return None


def _may_be_one(place: str | None, other: str | None) -> bool:
    """广东 and 广东省茂名市 may be one place; so may any two of which one is not told."""
    return not place or not other or place in other or other in place


def _unit(past: PastTable) -> str:
    """The unit without the code some exports put in front ([001]县教育局)."""
    name = past.table.project.unit or past.table.project.dept or ""
    return re.sub(r"^[\[【(（]?\d+[\]】)）]?[-—]?", "", re.sub(r"\s+", "", name))


def _without_doubles(tables: Sequence[PastTable]) -> tuple[list[PastTable], list[Skipped]]:
    kept: dict[str, PastTable] = {}
    contents: dict[tuple[object, ...], str] = {}
    skipped = []
    for past in tables:
        content = (_project(past), past.table.fiscal_year, past.table.project.unit, *sorted(_rows(past)))
        if past.id in kept:
            skipped.append(Skipped(past.id, "编号重复，只用第一张"))
        elif content in contents and len(_rows(past)) > 0:
            skipped.append(Skipped(past.id, f"与 {contents[content]} 内容相同，只用一张"))
        else:
            kept[past.id] = past
            contents[content] = past.id
    return list(kept.values()), skipped


def _unfit(past: PastTable, *, visible: int) -> str | None:
    if not past.table.indicators:
        return "没有指标"
    if not past.table.project.name and not past.goal_text:
        return "没有项目名称，也没有目标，无从起草"
    return None if visible else "除去本表和照抄的表，没有可用的先例"


def _project(past: PastTable) -> str:
    name = re.sub(r"\s+", "", past.table.project.name or "")
    return _PHASE.sub("", _YEARS.sub("", name)) or name


def _rows(past: PastTable) -> frozenset[tuple[str, str]]:
    return frozenset((plain_name(row.name), render(row.value) if row.value else "") for row in past.table.indicators)
