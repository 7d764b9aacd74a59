"""`jimu import`: what was read, what was duplicate, what needs a person and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

import click

from assistant.cli.opening import complain, progress_bar
from assistant.importers import NO_SUCH_CELL, Failure, Imported, ReadingLimits, find_files, read
from assistant.precedents.store import Added
from assistant.precedents.texts import content_key
from assistant.schema import PastTable
from assistant.settings import Settings

_STATUS = {"new": "新收", "same": "已有，未变", "replaced": "更新", "duplicate": "内容重复"}


@dataclass
class ImportResult:
    """Everything an import did, in order."""

    added: list[Added] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    unresolved: list[tuple[str, str, str]] = field(default_factory=list)

    def as_data(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "added": [asdict(one) for one in self.added],
            "failed": [{"path": str(one.path), "problems": list(one.problems)} for one in self.failed],
            "unresolved": [{"id": table, "field": place, "issue": issue} for table, place, issue in self.unresolved],
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
            result.unresolved += [
                (one.table.id, issue.field, issue.issue)
                for issue in one.table.table.unresolved
                if issue.issue != NO_SUCH_CELL
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
    for one in result.added:
        if one.status == "duplicate":
            click.echo(f"  {one.id} 与 {one.other} 内容相同，没有重复收录")
        elif one.rival:
            click.echo(f"  {one.id} 与 {one.rival} 是同一项目同一年度而内容不同的两份，都已收录，请核对以哪份为准")
    if result.unresolved:
        click.echo(f"待人工确认 {len(result.unresolved)} 处（已保留原文）：")
        for table, place, issue in result.unresolved:
            click.echo(f"  {table} {place}：{issue}")
    for failure in result.failed:
        for problem in failure.problems:
            click.echo(problem, err=True)
