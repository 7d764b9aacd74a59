"""How well a file was read: tables put together with the expected ones, then rows and header fields counted.

A row is right when both levels, the name (white space aside) and the value (as `assistant.values` understands it) are
right. Nothing is pooled over a file: a row in the wrong table is one missed and one too many.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.schema import Funds, Indicator, PastTable, PerformanceTable
from assistant.values import equivalent, parse_value

SUFFIX = ".expected.json"
"""Ending of the file that says what a file beside it holds."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Expected:
    """What a person reads in a file: `kind` clean, torn, blank, negative or (with `--data`) real."""

    kind: str
    family: str
    tables: Sequence[Mapping[str, Any]]
    refusable: bool = False
    """Whether saying that the file cannot be read is as good as reading it."""


@dataclass(frozen=True)
class Tally:
    """Right ones, those found and those expected; tallies add up."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.found + other.found, self.expected + other.expected)

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; None when nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what is expected that was found; None when nothing is expected."""
        return self.right / self.expected if self.expected else None

    @property
    def f1(self) -> float | None:
        """Both together; None when nothing was found and nothing expected."""
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else None


@dataclass(frozen=True)
class Scored:
    """One file against what is expected of it."""

    rows: Tally = Tally()
    header: Tally = Tally()
    told: Tally = Tally()
    """Matters that have to stand under `unresolved`, and do."""
    tables: Tally = Tally()
    values: int = 0
    """Rows that were given a value."""
    wrong: Sequence[str] = field(default=())
    """One line for each row or field missed or too many."""


def read_expected(path: Path) -> Expected | None:
    """What stands beside a file, None when nothing does."""
    beside = path.with_name(path.name + SUFFIX)
    if not beside.exists():
        return None
    told = json.loads(beside.read_text(encoding="utf-8"))
    return Expected(
        told.get("kind", "real"), str(told.get("family", "–")), told["tables"], told.get("refusable", False)
    )


def score(expected: Expected, found: Sequence[PastTable]) -> Scored:
    """Count a whole file; every table found is compared with the expected one it shares most with."""
    tables = [one.table for one in found]
    pairs = _pairs(expected.tables, tables)
    rows, header, told = Tally(), Tally(), Tally()
    wrong: list[str] = []
    for wanted, table in pairs:
        rows_here, complaints = _rows(wanted or {}, table)
        header_here, more = _header(wanted, table)
        told_here, silent = _told(wanted or {}, table)
        rows, header, told = rows + rows_here, header + header_here, told + told_here
        wrong += [*complaints, *more, *silent]
    same = sum(wanted is not None and table is not None for wanted, table in pairs)
    values = sum(row.value is not None for table in tables for row in table.indicators)
    return Scored(rows, header, told, Tally(same, len(tables), len(expected.tables)), values, tuple(wrong))


def _pairs(
    expected: Sequence[Mapping[str, Any]], found: Sequence[PerformanceTable]
) -> list[tuple[Mapping[str, Any] | None, PerformanceTable | None]]:
    """Those that share most first; in the order of the file where it is the same."""
    shared = []
    for left, wanted in enumerate(expected):
        for right, table in enumerate(found):
            alike = 10 * _rows(wanted, table)[0].right + _header(wanted, table)[0].right
            shared.append((-alike, abs(left - right), left, right))
    match: dict[int, int] = {}
    for _, _, left, right in sorted(shared):
        if left not in match and right not in match.values():
            match[left] = right
    pairs: list[tuple[Mapping[str, Any] | None, PerformanceTable | None]] = [
        (wanted, found[match[place]] if place in match else None) for place, wanted in enumerate(expected)
    ]
    return [*pairs, *((None, table) for place, table in enumerate(found) if place not in match.values())]


def _rows(wanted: Mapping[str, Any], table: PerformanceTable | None) -> tuple[Tally, list[str]]:
    left = list(table.indicators) if table else []
    missed = []
    expected: Sequence[Row] = wanted.get("rows", ())
    for row in expected:
        place = next((place for place, one in enumerate(left) if same_row(row, one)), None)
        if place is None:
            missed.append(row)
        else:
            left.pop(place)
    for row in wanted.get("optional", ()):
        place = next((place for place, one in enumerate(left) if one.name and same_name(row["name"], one.name)), None)
        if place is not None:
            left.pop(place)
    right = len(expected) - len(missed)
    complaints = [f"没有读到 {_shown(row['level1'], row['level2'], row['name'], row['value'])}" for row in missed]
    complaints += [f"多读出 {_shown(one.level1, one.level2, one.name, _text(one))}" for one in left]
    return Tally(right, right + len(left), len(expected)), complaints


def same_row(expected: Row, found: Indicator) -> bool:
    """Whether a row found is the one expected; a list of values holds what may stand there."""
    values = expected["value"] if isinstance(expected["value"], list) else [expected["value"]]
    return (
        (found.level1, found.level2) == (expected["level1"], expected["level2"])
        and same_name(expected["name"], found.name)
        and any(_same_value(one, found) for one in values)
    )


def same_name(one: str, other: str) -> bool:
    """Equal but for white space."""
    return re.sub(r"\s+", "", one) == re.sub(r"\s+", "", other)


def _same_value(expected: str | None, found: Indicator) -> bool:
    if expected is None or found.value is None:
        return expected is None and found.value is None
    return same_name(expected, found.value.raw) or equivalent(parse_value(expected), found.value)


def _text(row: Indicator) -> str | None:
    return row.value.raw if row.value else None


def _shown(level1: str, level2: str, name: str, value: object) -> str:
    return f"{level1}/{level2}/{name} = {'（空）' if value is None else value}"


def _money(table: PerformanceTable) -> Funds | None:
    return next((one for one in table.funds if one.horizon == "年度"), None)


def _amount(name: str) -> Callable[[PerformanceTable], object]:
    return lambda table: getattr(_money(table), name, None)


def _unit(table: PerformanceTable) -> str | None:
    money = _money(table)
    amounts = (money.total, money.fiscal, money.other) if money else ()
    return money.unit if money and any(one is not None for one in amounts) else None


HEADER: Mapping[str, Callable[[PerformanceTable], object]] = {
    "project_name": lambda table: table.project.name,
    "dept": lambda table: table.project.dept,
    "unit": lambda table: table.project.unit,
    "year": lambda table: table.fiscal_year,
    "total": _amount("total"),
    "fiscal": _amount("fiscal"),
    "other": _amount("other"),
    "money_unit": _unit,
    "goal": lambda table: table.goals.annual.text,
}
"""The fields of the header that are scored, and where a table keeps them."""


def _header(wanted: Mapping[str, Any] | None, table: PerformanceTable | None) -> tuple[Tally, list[str]]:
    expected = (wanted or {}).get("header", {})
    tally, wrong = Tally(), []
    for name, read in HEADER.items():
        may = expected.get(name)
        options = may if isinstance(may, list) else [may]
        here = read(table) if table else None
        right = any(_same_field(one, here) for one in options)
        if right and here is None:
            continue
        tally += Tally(int(right), int(here is not None), int(right or None not in options))
        if not right:
            wrong.append(f"{name} 应为 {'或'.join(str(one) for one in options)}，读成 {here}")
    return tally, wrong


def _same_field(expected: object, found: object) -> bool:
    if expected is None or found is None:
        return expected is found
    if isinstance(found, Decimal):
        return Decimal(str(expected)) == found
    return same_name(str(expected), str(found))


def _told(wanted: Mapping[str, Any], table: PerformanceTable | None) -> tuple[Tally, list[str]]:
    about = wanted.get("unresolved_about", ())
    names = {f"indicators[{row.id}]": row.name for row in (table.indicators if table else ())}
    said = []
    for one in table.unresolved if table else ():
        row = next((name for place, name in names.items() if one.field.startswith(place)), "")
        said.append(re.sub(r"\s+", "", " ".join([row, *_words(one.model_dump())])))
    silent = [words for words in about if not any(re.sub(r"\s+", "", words) in one for one in said)]
    right = len(about) - len(silent)
    return Tally(right, right, len(about)), [f"待确认里没有提到 {words}" for words in silent]


def _words(data: object) -> Iterator[str]:
    if isinstance(data, Mapping):
        yield from (word for one in data.items() for word in _words(one))
    elif isinstance(data, (list, tuple)):
        yield from (word for one in data for word in _words(one))
    else:
        yield str(data)
