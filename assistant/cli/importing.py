"""`jimu import`: what was read, what was duplicate, what needs a person and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from assistant.cli.opening import complain, progress_bar
from assistant.exporters.in_words import place_in_words
from assistant.importers import NO_SUCH_CELL, Failure, Imported, ReadingLimits, find_files, read
from assistant.precedents.store import Added
from assistant.precedents.texts import content_key
from assistant.schema import PastTable
from assistant.settings import Settings

_STATUS = {"new": "新收", "same": "已有，未变", "replaced": "更新", "duplicate": "内容重复"}


_ISSUES_SHOWN, _ROWS_NAMED, _TOLD = 12, 4, 20
"""Issues printed for one table, rows named for one issue, doubles named; `--json` has them all."""
_NAME_HEADINGS = ("三级指标", "指标名称", "绩效指标名称", "指标内容", "name", "level2")


@dataclass(frozen=True)
class OpenMatter:
    """Something of one table that a person has to settle."""

    table: str
    file: str
    field: str
    place: str
    """The field in words."""
    issue: str
    options: tuple[str | int | float, ...]
    raw: dict[str, Any] | None

    @property
    def about(self) -> str:
        """The row or cell in words: 第 12 行“培训合格率”, else the field."""
        raw = self.raw or {}
        name = next((str(raw[key]) for key in _NAME_HEADINGS if raw.get(key)), "")
        place = str(raw.get("位置") or "").rpartition("，")[2]
        return f"{place}“{''.join(name.split())[:30]}”" if name else self.place


@dataclass
class ImportResult:
    """Everything an import did, in order."""

    added: list[Added] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    unresolved: list[OpenMatter] = field(default_factory=list)
    rows: int = 0
    rows_with_value: int = 0

    def as_data(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "added": [asdict(one) for one in self.added],
            "failed": [{"path": str(one.path), "problems": list(one.problems)} for one in self.failed],
            "unresolved": [
                {
                    "id": one.table,
                    "path": one.file,
                    "field": one.field,
                    "issue": one.issue,
                    "options": list(one.options),
                    "raw": one.raw,
                }
                for one in self.unresolved
            ],
            "rows": self.rows,
            "rows_with_value": self.rows_with_value,
        }


def import_paths(settings: Settings, paths: Iterable[Path]) -> ImportResult:
    """Import files and folders; one broken file never stops the rest."""
    files, passed_over = find_files(paths)
    result = ImportResult(failed=list(passed_over))
    with progress_bar() as progress:
        for done, added in enumerate(settings.store.add(_tables(files, result, settings.reading)), start=1):
            result.added.append(added)
            progress("导入", done, max(len(files), done))
        if result.added:
            settings.searcher(progress, complain)
    return result


def _tables(files: Iterable[Path], result: ImportResult, limits: ReadingLimits) -> Iterator[PastTable]:
    seen: dict[str, tuple[Path, str]] = {}
    for one in read(files, limits):
        if isinstance(one, Imported):
            content = content_key(one.table)
            first, said = seen.setdefault(one.table.id, (one.path, content))
            if said != content:
                why = f"编号“{one.table.id}”与 {first} 里的相同而内容不同，只收了前一份；请改其中一份的 id"
                result.failed.append(Failure(one.path, (f"{one.path}：{why}",)))
                continue
            table = one.table.table
            result.rows += len(table.indicators)
            result.rows_with_value += sum(row.value is not None for row in table.indicators)
            result.unresolved += [
                OpenMatter(
                    one.table.id,
                    str(one.path),
                    open_.field,
                    place_in_words(open_.field, table),
                    open_.issue,
                    open_.options,
                    open_.raw,
                )
                for open_ in table.unresolved
                if open_.issue != NO_SUCH_CELL
            ]
            yield one.table
        else:
            result.failed.append(one)


def report(result: ImportResult) -> None:
    """Print the result, problems last so that they stay in sight."""
    for status, label in _STATUS.items():
        some = [one for one in result.added if one.status == status]
        if some:
            click.echo(
                f"{label} {len(some)} 张"
                + (
                    f"：{'、'.join(one.id for one in some[:10])}{'…' if len(some) > 10 else ''}"
                    if status != "same"
                    else ""
                )
            )
    told = [one for one in result.added if one.status == "duplicate" or one.rival]
    for one in told[:_TOLD]:
        if one.status == "duplicate":
            click.echo(f"  {one.id} 与 {one.other} 内容相同，没有重复收录")
        elif one.rival:
            click.echo(f"  {one.id} 与 {one.rival} 是同一项目同一年度而内容不同的两份，都已收录，请核对以哪份为准")
    if len(told) > _TOLD:
        click.echo(f"  另有 {len(told) - _TOLD} 张内容重复或同一项目的，见 --json")
    if result.rows:
        click.echo(f"读到 {result.rows} 行指标，其中 {result.rows_with_value} 行有指标值")
    if result.unresolved:
        click.echo(f"待人工确认 {len(result.unresolved)} 处（已保留原文，--json 列出全部）：")
        for table, matters in groupby(result.unresolved, key=lambda one: one.table):
            _report_open(table, list(matters))
    for failure in result.failed:
        for problem in failure.problems:
            click.echo(problem, err=True)


def _report_open(table: str, matters: list[OpenMatter]) -> None:
    """What is open in one table, one line an issue: which rows, and the possible readings."""
    click.echo(f"  {table}（{Path(matters[0].file).name}）")
    by_issue: dict[str, list[OpenMatter]] = {}
    for one in matters:
        by_issue.setdefault(one.issue, []).append(one)
    for issue, some in list(by_issue.items())[:_ISSUES_SHOWN]:
        rest = f" 等 {len(some)} 处" if len(some) > _ROWS_NAMED else ""
        where = "、".join(one.about for one in some[:_ROWS_NAMED])
        options = f"（可能是 {'、'.join(map(str, some[0].options))}）" if some[0].options and len(some) == 1 else ""
        click.echo(f"    {where}{rest}：{issue}{options}")
    if len(by_issue) > _ISSUES_SHOWN:
        click.echo(f"    另有 {len(by_issue) - _ISSUES_SHOWN} 种问题，见 --json")
