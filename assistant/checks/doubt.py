"""Where a rule keeps silent because what it rests on is in doubt: a reading error is no mistake of the unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assistant.checks.fixes import row_at
from assistant.checks.registry import Hit, Rule
from assistant.checks.view import Row, Table
from assistant.dialects import level2_of
from assistant.schema import PerformanceTable, Unresolved

SURE_ENOUGH = 0.8


def in_doubt(rule: Rule, view: Table) -> bool:
    """Tell whether the table leaves open what the rule reads: its money, its goal, rows nobody could place."""
    form = view.form
    if not rule.reads or rule.despite_doubt:
        return False
    if "rows" in rule.reads and any(_unplaced(one) for one in form.unresolved):
        return True  # rows nobody could place may be the very ones that seem to be missing
    places = ["goals.overall.text"] if "overall" in rule.reads else []
    if "goal" in rule.reads:
        if _below(form.goals.annual.confidence):
            return True
        places.append("goals.annual.text")
    if {"funds", "total"} & rule.reads and view.main_funds:
        position, funds = view.main_funds
        if _below(funds.alignment_confidence):
            return True
        cells = ["total", "unit"] if "total" in rule.reads else list(type(funds).model_fields)
        places += [f"funds[{position}].{cell}" for cell in cells]
    return _any_listed(places, form)


def _unplaced(one: Unresolved) -> bool:
    """A row whose class is not known."""
    return (
        one.field.startswith("indicators[") and bool(one.raw) and level2_of(str((one.raw or {}).get("level2"))) is None
    )


def silenced(rule: Rule, hit: Hit, path: str, view: Table, blanks: Mapping[str, str]) -> bool:
    """Tell whether one hit rests on a cell in doubt, or on one left blank on purpose."""
    if rule.despite_doubt:
        return False
    row = row_at(hit.where)
    places = [path]
    if "value" in rule.reads and row and not path.endswith(".name"):
        if row.indicator.id in blanks or _unsure_alignment(row):
            return True
        places.append(f"indicators[{row.key}].value")
    return _any_listed(places, view.form) or in_doubt(rule, view)


def _below(confidence: float | None) -> bool:
    return confidence is not None and confidence < SURE_ENOUGH


def _unsure_alignment(row: Row) -> bool:
    """A row an importer paired by position says how sure it is; a row without that word was never in doubt."""
    provenance = row.indicator.provenance or {}
    if "alignment_confidence" not in provenance:
        return False
    confidence = provenance["alignment_confidence"]
    return not isinstance(confidence, (int, float)) or confidence < SURE_ENOUGH


def _any_listed(places: Iterable[str], form: PerformanceTable) -> bool:
    """Tell whether a path is unresolved; there `*` stands for anything, and money blocks may go by their scope."""
    if not form.unresolved:
        return False
    patterns = [pattern.strip() for one in form.unresolved for pattern in one.field.split(" / ")]
    return any(_matches(path, pattern) for place in places for path in _names(place, form) for pattern in patterns)


def _matches(path: str, pattern: str) -> bool:
    """Tell whether a path fits a pattern with `*`, in one pass: the pattern comes from a file."""
    first, *rest = pattern.split("*")
    if not rest:
        return path == pattern
    if not path.startswith(first):
        return False
    at = len(first)
    for part in rest[:-1]:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return len(path) - at >= len(rest[-1]) and path.endswith(rest[-1])


def _names(path: str, form: PerformanceTable) -> list[str]:
    """A path, and where it lies in a money block the same by scope and for the block as a whole."""
    block = re.match(r"funds\[(\d+)\]", path)
    if not block or int(block[1]) >= len(form.funds):
        return [path]
    scope = form.funds[int(block[1])].scope
    return [path, path.replace(block[0], f"funds[{scope}]"), path.replace(block[0], "funds")]
