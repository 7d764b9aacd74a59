"""`jimu check` and `jimu rules`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from assistant.checks import RULES, Finding, check, explain
from assistant.errors import BadInput
from assistant.importers import Failure, Imported, find_files, read
from assistant.policy import resolve

LEVELS = {"error": "错误", "warn": "警告", "advice": "建议"}


@dataclass(frozen=True)
class Checked:
    """One table of one file with its findings."""

    path: Path
    table_id: str
    project: str
    dialect: str
    findings: tuple[Finding, ...]

    @property
    def has_error(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.level == "error" for finding in self.findings)

    def as_data(self) -> dict[str, object]:
        """The result as JSON data."""
        return {
            "path": str(self.path),
            "table": self.table_id,
            "dialect": self.dialect,
            "findings": [finding.model_dump(mode="json") for finding in self.findings],
        }


def check_files(paths: Iterable[Path]) -> tuple[list[Checked], list[Failure]]:
    """Findings on every table of the files, and the files that could not be read."""
    files, failures = find_files(paths)
    checked = []
    for one in read(files):
        if isinstance(one, Imported):
            table = one.table.table
            label = f"{table.form_generation} {table.form_dialect}"
            checked.append(Checked(one.path, one.table.id, table.project.name or "", label, check(table)))
        else:
            failures.append(one)
    return checked, failures


def show_findings(checked: Iterable[Checked]) -> None:
    """Print findings table by table, errors first."""
    for one in checked:
        counts = "、".join(f"{label} {sum(f.level == level for f in one.findings)}" for level, label in LEVELS.items())
        click.echo(f"{one.path} {one.project}（{one.dialect}）：{counts}")
        for finding in sorted(one.findings, key=lambda f: list(LEVELS).index(f.level)):
            basis = f"（{'；'.join(finding.basis)}）" if finding.basis else ""
            click.echo(
                f"  [{LEVELS[finding.level]}] {finding.rule} {finding.title} {finding.field}：{finding.message}{basis}"
            )


def rule_data(rule_id: str | None) -> list[dict[str, Any]]:
    """The catalogue as data, or one rule; an unknown id is bad input."""
    if rule_id is not None and rule_id.upper() not in RULES:
        raise BadInput(f"没有规则 {rule_id}；jimu rules 列出全部编号")
    chosen = [RULES[rule_id.upper()]] if rule_id else sorted(RULES.values(), key=lambda rule: rule.id)
    return [
        {
            "id": rule.id,
            "level": rule.level,
            "title": rule.title,
            "basis": [resolve(cite).label for cite in rule.cite],
        }
        for rule in chosen
    ]


def show_rules(found: Iterable[dict[str, Any]], *, whole: bool) -> None:
    """Print rules one a line, or the whole explanation of one."""
    if whole:
        click.echo("\n".join(explain(rule["id"]) for rule in found))
        return
    for rule in found:
        click.echo(f"{rule['id']} [{LEVELS[rule['level']]}] {rule['title']}　依据：{'；'.join(rule['basis'])}")
