"""`jimu check`: every table of the files against the rules, its neighbours, last year and the configured model."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
from pydantic import TypeAdapter, ValidationError

from assistant.checks import RULES, Finding, check
from assistant.checks.beside import Beside, SpendingStandard, neighbourhoods
from assistant.checks.limits import DEFAULT_LIMITS, Limits
from assistant.dialects import DIALECTS, dialect_of
from assistant.errors import BadInput, ModelFailed
from assistant.importers import Failure, Imported, find_files, read
from assistant.review import Scorecard, score
from assistant.schema import PerformanceTable, chinese_problems

if TYPE_CHECKING:
    from assistant.model import ChatModel


T = TypeVar("T")
_MANY = 50
"""Tables that take longer than a second."""


@dataclass(frozen=True)
class CheckOptions:
    """How a check is run; every part may be missing."""

    dialect: str | None = None
    last_year: Path | None = None
    approved: Path | None = None
    standards: Path | None = None
    limits: Limits = DEFAULT_LIMITS
    model: ChatModel | None = None


@dataclass(frozen=True)
class Checked:
    """One table of one file with its findings and its scorecard."""

    path: Path
    table: PerformanceTable
    findings: tuple[Finding, ...]
    scorecard: Scorecard
    model_notes: tuple[str, ...] = field(default=())
    """What the model said that was not kept, or why it said nothing."""

    @property
    def dialect(self) -> str:
        """The variant of the form the table was checked as."""
        return dialect_of(self.table.form_dialect, self.table.form_generation).label

    @property
    def has_error(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.level == "error" for finding in self.findings)

    def as_data(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "path": str(self.path),
            "table": self.table.table_id,
            "project": self.table.project.name,
            "dialect": self.table.form_dialect,
            "generation": self.table.form_generation,
            "findings": [finding.model_dump(mode="json") for finding in self.findings],
            "scorecard": self.scorecard.model_dump(mode="json"),
            "model_notes": list(self.model_notes),
        }


def check_files(paths: Iterable[Path], options: CheckOptions) -> tuple[list[Checked], list[Failure]]:
    """Findings on every table of the files, and the files that could not be read."""
    files, failures = find_files(paths)
    imported: list[Imported] = []
    for one in read(files):
        if isinstance(one, Imported):
            imported.append(one)
        else:
            failures.append(one)
    tables = [_as_dialect(_named(one), options.dialect) for one in imported]
    besides = _besides(tables, options)
    work = list(zip(imported, tables, besides, strict=True))
    with progress(work, "检查") as steps:
        checked = [_checked(one.path, table, beside, options) for one, table, beside in steps]
    return checked, failures


@contextmanager
def progress(work: Sequence[T], label: str) -> Iterator[Iterable[T]]:
    """The pieces of work with a bar on the error stream, when there are many and somebody watches."""
    if len(work) < _MANY or not sys.stderr.isatty():
        yield work
        return
    with click.progressbar(work, label=label, file=sys.stderr) as bar:
        yield bar


def _named(one: Imported) -> PerformanceTable:
    table = one.table.table
    return table if table.table_id else table.model_copy(update={"table_id": one.table.id})


def _as_dialect(table: PerformanceTable, name: str | None) -> PerformanceTable:
    if name is None:
        return table
    return table.model_copy(update={"form_dialect": name, "form_generation": DIALECTS[name].generation})


def _besides(tables: Sequence[PerformanceTable], options: CheckOptions) -> list[Beside]:
    last_year = _tables_of(options.last_year)
    approved = _tables_of(options.approved)
    standards = _standards(options.standards)
    return [
        replace(
            beside,
            last_year=_same_project(table, last_year, single=len(tables) == 1),
            approved=_same_project(table, approved, single=len(tables) == 1),
            standards=standards,
        )
        for table, beside in zip(tables, neighbourhoods(tables), strict=True)
    ]


def _tables_of(path: Path | None) -> list[PerformanceTable]:
    if path is None:
        return []
    files, failures = find_files([path])
    found = list(read(files))
    problems = [*failures, *(one for one in found if isinstance(one, Failure))]
    if problems:
        raise BadInput(*(line for one in problems for line in one.problems))
    return [one.table.table for one in found if isinstance(one, Imported)]


def _same_project(
    table: PerformanceTable, others: Sequence[PerformanceTable], *, single: bool
) -> PerformanceTable | None:
    """The table of the same project; a single one beside a single one needs no matching name."""
    if single and len(others) == 1:
        return others[0]
    named = [one for one in others if one.project.name and one.project.name == table.project.name]
    return named[0] if len(named) == 1 else None


def _standards(path: Path | None) -> tuple[SpendingStandard, ...]:
    if path is None:
        return ()
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        return TypeAdapter(tuple[SpendingStandard, ...]).validate_python(data)
    except ValidationError as problem:
        raise BadInput(*(f"{path}：支出标准 {line}" for line in chinese_problems(problem))) from problem
    except (OSError, ValueError) as problem:
        raise BadInput(f"{path}：支出标准读不出来（{problem}），应当是 JSON 列表") from problem


def _checked(path: Path, table: PerformanceTable, beside: Beside, options: CheckOptions) -> Checked:
    findings = check(table, beside=beside, limits=options.limits)
    notes: tuple[str, ...] = ()
    judged = False
    if options.model is not None:
        from assistant.checks.judging import judge

        try:
            said = judge(table, options.model)
        except ModelFailed as problem:
            notes = (f"{problem}；这张表只做了规则检查",)
        else:
            judged = True
            findings = _merged(findings, said.findings, said.asked)
            notes = tuple(f"模型的回答没有采用：{why}" for why in said.dropped)
    return Checked(path, table, findings, score(table, findings, with_model=judged), notes)


def _merged(plain: Sequence[Finding], judged: Sequence[Finding], asked: Sequence[str]) -> tuple[Finding, ...]:
    """The model's answer takes the place of the pre-filter of the rules it was asked."""
    kept = [one for one in plain if one.rule not in asked or RULES[one.rule].mode != "LM"]
    return (*kept, *judged)
