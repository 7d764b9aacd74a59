"""How findings look in the terminal: by table, one line each, equal advice on many rows folded, counts last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import click

from assistant.checks import RULES, Finding
from assistant.checks.places import place_label
from assistant.checks.registry import LEVEL_LABELS, Level
from assistant.cli.checking import Checked, CheckOptions
from assistant.cli.echo import say, visible

_COLOURS: dict[Level, str] = {"error": "red", "warn": "yellow", "advice": "cyan"}
_ORDER: tuple[Level, ...] = ("error", "warn", "advice")
_FOLD_FROM = 4
"""So many equal pieces of advice become one line."""
_OPTIONS_SHOWN = 3
_MANY_TABLES = 20
"""More tables than this are only listed when there is something to say of them."""


def show_findings(
    checked: Sequence[Checked], options: CheckOptions, *, least: Level = "advice", scorecards: bool = False
) -> None:
    """Print every table with its findings down to a level, then the counts; of many, only those that have some."""
    quiet = 0
    for one in checked:
        shown = [finding for finding in one.findings if _ORDER.index(finding.level) <= _ORDER.index(least)]
        if not shown and not one.notes and len(checked) > _MANY_TABLES and not scorecards:
            quiet += 1
            continue
        name = one.table.project.name or "（没有项目名称）"
        click.echo(click.style(visible(f"{one.path} · {name} · {one.table.table_id}"), bold=True), nl=False)
        click.echo(f"（按{one.dialect}检查）")
        for line in _lines(shown, one):
            click.echo(line)
        for note in one.notes:
            say(f"  · {note}")
        unreviewed = len(one.scorecard.unreviewed)
        open_items = f"（未审 {unreviewed} 项）" if one.scorecard.lowest else f"（{one.scorecard.note}）"
        click.echo(f"  {_counts(one.findings)} · 建议等级：{one.scorecard.label}{open_items}")
        if scorecards:
            _show_scorecard(one)
    if quiet:
        click.echo(f"另有 {quiet} 张表没有这一级的问题，没有逐张列出")
    _show_total(checked, options)


def _lines(findings: Sequence[Finding], one: Checked) -> Iterable[str]:
    ordered = sorted(findings, key=lambda finding: (_ORDER.index(finding.level), finding.rule))
    for (level, _), group in groupby(ordered, key=lambda finding: (finding.level, finding.rule)):
        members = list(group)
        if level == "advice" and len(members) >= _FOLD_FROM:
            yield _folded(members, one)
        else:
            yield from (_line(finding, one) for finding in members)


def _line(finding: Finding, one: Checked) -> str:
    level = click.style(LEVEL_LABELS[finding.level], fg=_COLOURS[finding.level])
    others = f"（另见 {'、'.join(finding.others)}）" if finding.others else ""
    place = place_label(finding.field, one.table)
    said = visible(f"{place}：{finding.message}{others}{_repair(finding)}")
    return f"  {level} {finding.rule} {said} 〔{_basis(finding)}〕"


def _repair(finding: Finding) -> str:
    """How it can be repaired, in brackets: by --fix, or the choices."""
    if finding.fix is None or finding.fix.kind == "ask":
        return ""
    if finding.fix.kind == "automatic":
        return " ［可自动修复］"
    return f" ［可选：{'；'.join(option.says for option in finding.fix.options[:_OPTIONS_SHOWN])}］"


def _folded(findings: Sequence[Finding], one: Checked) -> str:
    first = findings[0]
    level = click.style(LEVEL_LABELS[first.level], fg=_COLOURS[first.level])
    places = [place_label(finding.field, one.table).split(" ")[0] for finding in findings]
    rows = "、".join(dict.fromkeys(places))
    said = f"{first.title}，共 {len(findings)} 处，如{first.message}"
    return f"  {level} {first.rule} {visible(rows + '：' + said + _repair(first))} 〔{_basis(first)}〕"


def _basis(finding: Finding) -> str:
    if not finding.basis:
        return "工具默认"
    more = f" 等{len(finding.basis)}条" if len(finding.basis) > 1 else ""
    return finding.basis[0] + more


def _counts(findings: Iterable[Finding]) -> str:
    levels = [finding.level for finding in findings]
    return "、".join(f"{LEVEL_LABELS[level]} {levels.count(level)}" for level in _ORDER)


def _show_total(checked: Sequence[Checked], options: CheckOptions) -> None:
    total = _counts(finding for one in checked for finding in one.findings)
    wrong = sum(one.has_error for one in checked)
    click.echo(click.style(f"共 {len(checked)} 张表：{total}；有错误的 {wrong} 张", bold=True))
    click.echo("建议等级由检查结果折算（工具默认），不是审核结论；未审的项下限按差、上限按优推算，逐项见 --scorecard")
    if options.model is None:
        count = sum(rule.mode == "LM" for rule in RULES.values())
        click.echo(f"没有配置对话模型：{count} 条需要模型的规则只做了规则初筛")
    missing = [
        f"{what}（{rules}）"
        for given, what, rules in (
            (options.last_year, "上年表 --last-year", "V18 V19"),
            (options.approved, "批复表 --approved", "P05"),
            (options.standards, "支出标准 --standards", "C08"),
        )
        if given is None
    ]
    if missing:
        click.echo(f"没有提供、因此未核：{'、'.join(missing)}")


def _show_scorecard(one: Checked) -> None:
    """Print the scorecard of one table, item by item."""
    click.echo("  审核表（按检查结果折算）：")
    for item in one.scorecard.items:
        points = f"{item.lowest:g}–{item.highest:g}" if item.lowest is not None and item.highest is not None else "未审"
        behind = (
            f"：{'、'.join(dict.fromkeys(found.split(' ')[0] for found in item.findings))}" if item.findings else ""
        )
        click.echo(
            f"    {item.dimension} {item.name}（{item.points}分） {item.grade or '未审'} {points}　{item.why}{behind}"
        )
