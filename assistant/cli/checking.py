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
from assistant.dialects import DIALECTS, dialect_of
from assistant.errors import BadInput, ModelFailed
from assistant.importers import DEFAULT_READING_LIMITS, Failure, Imported, ReadingLimits, find_files, read
from assistant.importers.files import why_unreadable
from assistant.importers.json_table import is_draft, why_not_json
from assistant.limits import DEFAULT_LIMITS, Limits
from assistant.review import Scorecard, score
from assistant.schema import PastTable, PerformanceTable, chinese_problems

if TYPE_CHECKING:
    from assistant.drafting import Draft
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
    reading: ReadingLimits = DEFAULT_READING_LIMITS
    model: ChatModel | None = None


@dataclass(frozen=True)
class Checked:
    """One table of one file with its findings and its scorecard."""

    path: Path
    past: PastTable
    """The table as it was read, with where it comes from."""
    table: PerformanceTable
    """The table as it was checked, under the dialect asked for."""
    findings: tuple[Finding, ...]
    scorecard: Scorecard
    notes: tuple[str, ...] = field(default=())
    """What was not compared or not kept, and why."""
    draft: Draft | None = None
    """The draft the table lies in, when the file is one."""

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
            "notes": list(self.notes),
        }


def check_files(paths: Iterable[Path], options: CheckOptions) -> tuple[list[Checked], list[Failure]]:
    """Findings on every table of the files, and the files that could not be read."""
    files, failures = find_files(paths)
    imported: list[Imported] = []
    for one in read(files, options.reading):
        if isinstance(one, Imported):
            imported.append(one)
        else:
            failures.append(one)
    tables = [_as_dialect(_named(one), options.dialect) for one in imported]
    besides = _besides(tables, options)
    work = list(zip(imported, tables, besides, strict=True))
    with progress(work, "检查") as steps:
        checked = [_checked(one, table, beside, options) for one, table, beside in steps]
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
    last_year = _tables_of(options.last_year, options.reading)
    approved = _tables_of(options.approved, options.reading)
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


def _tables_of(path: Path | None, limits: ReadingLimits) -> list[PerformanceTable]:
    if path is None:
        return []
    files, failures = find_files([path])
    found = list(read(files, limits))
    problems = [*failures, *(one for one in found if isinstance(one, Failure))]
    if problems:
        raise BadInput(*(line for one in problems for line in one.problems))
    return [one.table.table for one in found if isinstance(one, Imported)]


def _same_project(
    table: PerformanceTable, others: Sequence[PerformanceTable], *, single: bool
) -> PerformanceTable | None:
    """The table of the same project; a single one beside a single one needs no matching name when one is missing."""
    named = [one for one in others if one.project.name and one.project.name == table.project.name]
    if single and len(others) == 1 and not (others[0].project.name and table.project.name):
        return others[0]
    return named[0] if len(named) == 1 else None


def _not_compared(beside: Beside, options: CheckOptions) -> list[str]:
    """What was given to compare with and held nothing for this table."""
    return [
        f"{option} 里没有找到同名的一张表，未核 {rules}"
        for given, found, option, rules in (
            (options.last_year, beside.last_year, "--last-year", "V18 V19"),
            (options.approved, beside.approved, "--approved", "P05"),
        )
        if given is not None and found is None
    ] + (["--standards 是空的，未核 C08"] if options.standards is not None and not beside.standards else [])


def _standards(path: Path | None) -> tuple[SpendingStandard, ...]:
    if path is None:
        return ()
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        return TypeAdapter(tuple[SpendingStandard, ...]).validate_python(data)
    except ValidationError as problem:
        raise BadInput(*(f"{path}：支出标准 {_counted(line)}" for line in chinese_problems(problem))) from problem
    except OSError as problem:
        raise BadInput(f"{path}：支出标准读不出来（{why_unreadable(problem)}），请检查路径") from problem
    except (ValueError, RecursionError) as problem:
        raise BadInput(f"{path}：支出标准不是有效的 JSON 列表（{why_not_json(problem)}）") from problem


def _counted(line: str) -> str:
    """第1条的 source for 0.source: people count from one."""
    place, _, rest = line.partition(" ")
    number, _, cell = place.partition(".")
    return f"第{int(number) + 1}条的 {cell or '内容'} {rest}" if number.isdigit() else line


def _checked(one: Imported, table: PerformanceTable, beside: Beside, options: CheckOptions) -> Checked:
    draft = _draft_in(one.path)
    blanks = {row.id: row.blank_reason for row in draft.rows if row.blank_reason} if draft else {}
    findings = check(table, beside=beside, limits=options.limits, blanks=blanks)
    notes = _not_compared(beside, options)
    judged = False
    if options.model is not None:
        from assistant.checks.judging import judge

        try:
            said = judge(table, options.model)
        except ModelFailed as problem:
            notes.append(f"{problem}；这张表只做了规则检查")
        else:
            judged = True
            findings = _merged(findings, said.findings)
            notes += [f"模型的回答没有采用：{why}" for why in said.dropped]
    card = score(table, findings, with_model=judged)
    return Checked(one.path, one.table, table, findings, card, tuple(notes), draft)


def _draft_in(path: Path) -> Draft | None:
    """The draft a file holds: what it left blank on purpose is no omission."""
    if path.suffix.lower() != ".json" or b'"engine"' not in path.read_bytes():
        return None
    from assistant.cli.reading import json_object
    from assistant.drafting import Draft

    data = json_object(path)
    return Draft.model_validate(data) if is_draft(data) else None


def _merged(plain: Sequence[Finding], judged: Sequence[Finding]) -> tuple[Finding, ...]:
    """The model's findings, and all plain ones but the pre-filters (advice) of the rules it found something for."""
    answered = {one.rule for one in judged}
    kept = [one for one in plain if one.rule not in answered or RULES[one.rule].mode != "LM" or one.level != "advice"]
    return (*kept, *judged)
