"""`jimu eval checking`: do the rules find planted defects, and stay silent on sound tables?

Cases: `labels/checking/` holds tables with defects planted by hand, and sound ones, written one set after the other by
others than the author of the rules; its README.md gives the figures each set had before anything was tuned on it, which
are the ones to believe. With `--data` every rule's hit rate on that folder is listed, beside the share of hits a
reviewer judged right (`labels/checking/judged.json`).
"""

from __future__ import annotations

import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.checks import RULES, Finding, check
from assistant.checks.beside import neighbourhoods
from assistant.checks.engine import SUPPRESSES
from assistant.importers.json_table import table_from_json
from evals.checking.cases import CHECKING, Case, Planted, load_cases
from evals.intervals import Estimate, estimate
from evals.labelled import read_tables
from evals.report import Grid, Prose, Report
from evals.suites import Asked
from evals.thousand import tables as many_tables

SETS = ("planted", "planted_held_out", "planted_third")
SOUND = ("sound", "sound_held_out")
LEAST_RECALL, MOST_FALSE_ERRORS, TABLES_A_MINUTE = 0.95, 0.2, 10_000
BETWEEN_ROWS = frozenset({"N08", "N09", "V21", "X04", "X05", "C06", "C07"})
"""Rules about several rows at once: naming either of them names the defect."""
_SPEED_TABLES = 2_000


@dataclass
class Recall:
    """How many of the defects planted under one rule were found, and which were not."""

    planted: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def flags(self) -> list[float]:
        """1 for each defect found, 0 for each missed."""
        return [1.0] * self.found + [0.0] * (self.planted - self.found)

    @property
    def share(self) -> float | None:
        """Found of planted, None when none was planted."""
        return self.found / self.planted if self.planted else None


def recall(cases: Iterable[Case]) -> dict[str, Recall]:
    """Per rule, the planted defects found at their place."""
    found: dict[str, Recall] = defaultdict(Recall)
    for case in cases:
        findings = _findings(case)
        for defect in case.planted:
            if defect.also:
                continue
            one = found[defect.rule]
            one.planted += 1
            if _is_found(defect, case, findings):
                one.found += 1
            else:
                one.missed.append(f"{case.id} {defect.row or ''} {defect.note}")
    return dict(found)


def _findings(case: Case) -> list[tuple[int, Finding]]:
    return [
        (position, finding)
        for position, table in enumerate(case.tables)
        for finding in check(table, beside=case.beside(position))
    ]


def _is_found(defect: Planted, case: Case, findings: Sequence[tuple[int, Finding]]) -> bool:
    """Found at the row planted, at its twin where two rows together are the defect, or said of the whole table.

    A finding of a rule that takes this one's place on a row counts as well.
    """
    if defect.rule in BETWEEN_ROWS:
        return any(finding.rule == defect.rule and position == defect.table for position, finding in findings)
    twins = {one.row for one in case.planted if one.rule == defect.rule and one.also}
    rows = {defect.row, None, *twins}
    instead = {rule for rule, others in SUPPRESSES.items() if defect.rule in others}
    for position, finding in findings:
        if position != defect.table and not defect.rule.startswith("X"):
            continue
        if finding.rule == defect.rule:
            if defect.row is None or finding.row_id in rows:
                return True
        elif finding.rule in instead and defect.row in (None, finding.row_id):
            return True
    return False


def false_alarms(cases: Iterable[Case]) -> tuple[dict[str, float], Counter[tuple[str, str]], list[float]]:
    """On sound tables: findings a table by level, how often each rule spoke at which level, and for each case
    whether it stayed free of errors.
    """
    count, levels, rules = 0, Counter[str](), Counter[tuple[str, str]]()
    clean = []
    for case in cases:
        count += len(case.tables)
        findings = [finding for _, finding in _findings(case)]
        for finding in findings:
            levels[finding.level] += 1
            rules[finding.rule, finding.level] += 1
        clean.append(float(all(finding.level != "error" for finding in findings)))
    return {level: levels[level] / count if count else 0.0 for level in ("error", "warn", "advice")}, rules, clean


def hit_rates(folder: Path) -> tuple[dict[str, tuple[int, int]], int, int]:
    """Per rule, hits and tables hit in a folder of past tables; how many tables were read, and how many files not."""
    tables, unread = read_tables(folder)
    forms = [past.table for past in tables]
    hits, where = Counter[str](), defaultdict[str, set[int]](set)
    for position, (table, beside) in enumerate(zip(forms, neighbourhoods(forms), strict=True)):
        for finding in check(table, beside=beside):
            hits[finding.rule] += 1
            where[finding.rule].add(position)
    return {rule: (hits[rule], len(where[rule])) for rule in RULES}, len(forms), len(unread)


def tables_a_minute() -> float:
    """Speed on one core over tables whose texts differ; processor time, so that other work counts less."""
    many = [table_from_json(one, Path("bench")).table for one in many_tables(_SPEED_TABLES)]
    check(many[0])
    began = time.process_time()
    for table in many:
        check(table)
    return len(many) / (time.process_time() - began) * 60


def _judged() -> dict[str, tuple[int, int]]:
    path = CHECKING / "judged.json"
    data = json.loads(path.read_text(encoding="utf-8"))["rules"] if path.exists() else {}
    return {rule: (one["right"], one["read"]) for rule, one in data.items() if one["read"]}


def run(asked: Asked) -> Report:
    """Recall on every planted set, false alarms on every sound one, speed, and hit rates where there are tables."""
    figures: dict[str, object] = {}
    headline: dict[str, Estimate | None] = {}
    parts: list[Grid | Prose] = [Prose("", _ABOUT)]
    for done, name in enumerate(SETS):
        asked.progress("检查评测", done, len(SETS) + len(SOUND))
        found = recall(load_cases(name))
        parts.append(_recall_grid(name, found))
        figures[name] = _recall_figures(found)
        headline[f"recall_{name}"] = estimate([flag for one in found.values() for flag in one.flags])
    for done, name in enumerate(SOUND, start=len(SETS)):
        asked.progress("检查评测", done, len(SETS) + len(SOUND))
        levels, rules, clean = false_alarms(load_cases(name))
        alarms = [(f"{rule} {level}", count) for (rule, level), count in rules.most_common()]
        title = f"{name}：每张表误报错误 {levels['error']:.2f}（目标 ≤ {MOST_FALSE_ERRORS}）"
        parts.append(Grid(title, ("规则", "次数"), alarms))
        figures[name] = levels | {"rules": {f"{rule} {level}": count for (rule, level), count in rules.items()}}
        headline[f"clean_{name}"] = estimate(clean)
    speed = tables_a_minute()
    parts.append(Prose("速度", f"每分钟检查 {speed:,.0f} 张表（单核处理器时间，目标 ≥ {TABLES_A_MINUTE:,}）。"))
    figures["tables_a_minute"] = round(speed)
    if asked.data:
        rates, count, unread = hit_rates(asked.data)
        parts.append(_hits_grid(asked.data, rates, count, unread))
        figures["real"] = {"tables": count, "unread": unread, "hits": {rule: list(one) for rule, one in rates.items()}}
    measured = {name: one for name, one in headline.items() if one is not None}
    return Report("检查评测", {"suite": "checking", **figures}, measured, parts)


_ABOUT = (
    "植入缺陷的表、没有问题的表都由没有看过代码的人写成；"
    "各组第一次测得的数见 evals/labels/checking/README.md，以那些为准。"
)


def _recall_grid(name: str, found: Mapping[str, Recall]) -> Grid:
    total, hit = sum(one.planted for one in found.values()), sum(one.found for one in found.values())
    title = f"{name}：植入 {total} 处，查出 {hit}（{hit / max(total, 1):.1%}）；低于 {LEAST_RECALL:.0%} 的规则"
    rows = [(rule, f"{one.found}/{one.planted}", "；".join(one.missed)) for rule, one in _below(found).items()]
    return Grid(title, ("规则", "查出", "漏掉"), rows, words=True)


def _recall_figures(found: Mapping[str, Recall]) -> dict[str, object]:
    return {
        "planted": sum(one.planted for one in found.values()),
        "found": sum(one.found for one in found.values()),
        "rules_below_target": {rule: [one.found, one.planted, one.missed] for rule, one in _below(found).items()},
        "rules_planted": {rule: [one.found, one.planted] for rule, one in sorted(found.items())},
    }


def _below(found: Mapping[str, Recall]) -> dict[str, Recall]:
    return {rule: one for rule, one in sorted(found.items()) if one.share is not None and one.share < LEAST_RECALL}


def _hits_grid(folder: Path, rates: Mapping[str, tuple[int, int]], count: int, unread: int) -> Grid:
    judged = _judged()
    rows = [
        (
            rule,
            RULES[rule].title,
            hits,
            f"{found}/{count}",
            "{}/{}".format(*judged[rule]) if rule in judged else "",
        )
        for rule, (hits, found) in sorted(rates.items(), key=lambda pair: -pair[1][0])
    ]
    title = f"{folder.name}：{count} 张表，{unread} 个文件没有读出"
    return Grid(title, ("规则", "标题", "命中", "表数", "判为正确"), rows, words=True)
