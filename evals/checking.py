"""`python -m evals.checking [--data DIR] [--keep]`: do the rules find planted defects, and stay silent on sound tables?

Cases: `labels/checking/` holds tables with defects planted by hand, and sound ones, written one set after the other by
others than the author of the rules; its README.md gives the figures each set had before anything was tuned on it, which
are the ones to believe. `--data` takes a folder of past tables; every rule's hit rate on
it is listed, beside the share of hits a reviewer judged right (`labels/checking/judged.json`).
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.checks import RULES, Finding, check
from assistant.checks.beside import neighbourhoods
from assistant.checks.engine import SUPPRESSES
from assistant.importers import Failure, Imported, find_files, read
from assistant.importers.json_table import table_from_json
from evals.cases import LABELS, Case, Planted, load_cases
from evals.report import keep, show
from evals.thousand import tables

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


def false_alarms(cases: Iterable[Case]) -> tuple[dict[str, float], Counter[tuple[str, str]]]:
    """On sound tables: findings a table by level, and how often each rule spoke at which level."""
    count, levels, rules = 0, Counter[str](), Counter[tuple[str, str]]()
    for case in cases:
        count += len(case.tables)
        for _, finding in _findings(case):
            levels[finding.level] += 1
            rules[finding.rule, finding.level] += 1
    return {level: levels[level] / count if count else 0.0 for level in ("error", "warn", "advice")}, rules


def hit_rates(folder: Path) -> tuple[dict[str, tuple[int, int]], int, int]:
    """Per rule, hits and tables hit in a folder of past tables; how many tables were read, and how many files not."""
    files, failures = find_files([folder])
    read_files = list(read(files))
    forms = [one.table.table for one in read_files if isinstance(one, Imported)]
    unread = len(failures) + sum(isinstance(one, Failure) for one in read_files)
    hits, where = Counter[str](), defaultdict[str, set[int]](set)
    for position, (table, beside) in enumerate(zip(forms, neighbourhoods(forms), strict=True)):
        for finding in check(table, beside=beside):
            hits[finding.rule] += 1
            where[finding.rule].add(position)
    return {rule: (hits[rule], len(where[rule])) for rule in RULES}, len(forms), unread


def tables_a_minute() -> float:
    """Speed on one core over tables whose texts differ; processor time, so that other work counts less."""
    many = [table_from_json(one, Path("bench")).table for one in tables(_SPEED_TABLES)]
    check(many[0])
    began = time.process_time()
    for table in many:
        check(table)
    return len(many) / (time.process_time() - began) * 60


def _judged() -> dict[str, tuple[int, int]]:
    path = LABELS / "judged.json"
    data = json.loads(path.read_text(encoding="utf-8"))["rules"] if path.exists() else {}
    return {rule: (one["right"], one["read"]) for rule, one in data.items() if one["read"]}


def _show_recall(name: str, found: dict[str, Recall]) -> dict[str, object]:
    total, hit = sum(one.planted for one in found.values()), sum(one.found for one in found.values())
    below = {rule: one for rule, one in sorted(found.items()) if one.share is not None and one.share < LEAST_RECALL}
    rows = [(rule, f"{one.found}/{one.planted}", "；".join(one.missed)) for rule, one in below.items()]
    show(
        f"{name}：植入 {total} 处，查出 {hit}（{hit / max(total, 1):.1%}）；低于 {LEAST_RECALL:.0%} 的规则",
        ("规则", "查出", "漏掉"),
        rows,
    )
    return {
        "planted": total,
        "found": hit,
        "rules_below_target": {rule: [one.found, one.planted, one.missed] for rule, one in below.items()},
        "rules_planted": {rule: [one.found, one.planted] for rule, one in sorted(found.items())},
    }


def main() -> None:
    """Measure, print, and with `--keep` write the figures to evals/results/checking.json."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, help="past tables to list hit rates on")
    arguments.add_argument("--keep", action="store_true", help="write evals/results/checking.json")
    asked = arguments.parse_args()
    figures: dict[str, object] = {}
    for name in SETS:
        figures[name] = _show_recall(name, recall(load_cases(name)))
    for name in SOUND:
        levels, rules = false_alarms(load_cases(name))
        alarms = [(f"{rule} {level}", count) for (rule, level), count in rules.most_common()]
        show(f"{name}：每张表误报错误 {levels['error']:.2f}（目标 ≤ {MOST_FALSE_ERRORS}）", ("规则", "次数"), alarms)
        figures[name] = levels | {"rules": {f"{rule} {level}": count for (rule, level), count in rules.items()}}
    speed = tables_a_minute()
    print(f"每分钟检查 {speed:,.0f} 张表（单核处理器时间，目标 ≥ {TABLES_A_MINUTE:,}）")
    figures["tables_a_minute"] = round(speed)
    if asked.data:
        rates, count, unread = hit_rates(asked.data)
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
        show(f"{asked.data}：{count} 张表，{unread} 个文件没有读出", ("规则", "标题", "命中", "表数", "判为正确"), rows)
        figures["real"] = {"tables": count, "unread": unread, "hits": {rule: list(one) for rule, one in rates.items()}}
    if asked.keep:
        print(f"已写入 {keep('checking', figures)}")


if __name__ == "__main__":
    main()
