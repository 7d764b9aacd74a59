"""A file we exported comes back: the table it carries, with what a person changed on the form since.

What stands on the form wins; what the form does not print (evidence, explanations, weights of another layout) is kept
from the carried table. A row is known by the name its value cell bears, wherever it was moved to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from assistant.carried import row_keys, row_of_anchor
from assistant.dialects import translate_level
from assistant.importers.json_table import NO_SUCH_CELL
from assistant.importers.matrix import plain
from assistant.schema import Funds, Goals, Indicator, PerformanceTable, Project, Unresolved

BROKEN = "文件里带的原表读不出来，只按看得见的内容读入，没有印在表上的内容丢失了"
_SURE_LABELS = ("name", "dept", "unit")
"""Header cells whose absence from a layout the reading tells."""
_HEADER = ("name", "code", "dept", "unit", "attribute", "category")
_MONEY = ("total", "fiscal", "carryover", "special_account", "unit_fund", "other")


def carried_table(text: str) -> PerformanceTable | None:
    """The table a file of ours carries; None when the text is none – it is as hostile as any other."""
    try:
        return PerformanceTable.model_validate_json(text)
    except (ValidationError, ValueError, RecursionError):
        return None


def with_changes(carried: PerformanceTable, seen: PerformanceTable, keys: Mapping[str, str]) -> PerformanceTable:
    """The carried table as it stands on the form now; `keys`: id of a row seen → the key it was exported under."""
    absent = {one.field for one in seen.unresolved if one.issue == NO_SUCH_CELL}
    year = {"fiscal_year": seen.fiscal_year} if seen.fiscal_year is not None else {}
    return carried.model_copy(
        update={
            **year,
            "project": _project(carried.project, seen.project, absent),
            "funds": _funds(carried.funds, seen.funds, absent),
            "goals": _goals(carried.goals, seen.goals, absent),
            "indicators": tuple(_rows(carried, seen, keys)),
            "unresolved": (*carried.unresolved, *_about_rows(seen.unresolved)),
        }
    )


def is_own_list(carried: PerformanceTable, seen: PerformanceTable) -> bool:
    """Whether rows read from our file are only the lists behind the form (来源, 其他内容), which repeat its names."""
    names = {plain(row.name) for row in carried.indicators}
    return all(plain(row.name) in names and not row_of_anchor(row.id) for row in seen.indicators)


def _rows(carried: PerformanceTable, seen: PerformanceTable, keys: Mapping[str, str]) -> list[Indicator]:
    """The rows of the form: unchanged ones whole, changed ones with what was changed, new ones where they were put in.

    Paper may order the classes differently; within a class the order of the form holds, across classes the table's own.
    """
    known = dict(zip(row_keys(carried), carried.indicators, strict=True))
    taken = {row.id for row in carried.indicators}
    by_class: dict[str, list[Indicator]] = defaultdict(list)
    follows: dict[str, list[Indicator]] = defaultdict(list)
    weighed = any(row.weight is not None for row in seen.indicators)
    last = ""
    keys = _by_name_first(known, seen, keys)
    for row in seen.indicators:
        old = known.get(keys.get(row.id, ""))
        if old is None:
            follows[last].append(_fresh(row, taken))
        else:
            by_class[old.level2].append(_changed(old, row, weighed=weighed))
            last = old.id
    rows = list(follows[""])
    for old in carried.indicators:
        waiting = by_class[old.level2]
        if waiting:
            rows.append(waiting.pop(0))
            rows += follows.pop(rows[-1].id, [])
    return rows


def _by_name_first(known: Mapping[str, Indicator], seen: PerformanceTable, keys: Mapping[str, str]) -> dict[str, str]:
    """Row seen → key: sorting in Excel moves the cells and leaves their names behind, so a row's own name counts first.

    A row whose name no carried row has keeps the key of its cell, if no other row took it: it was renamed.
    """
    found = {
        row.id: keys[row.id]
        for row in seen.indicators
        if row.id in keys and keys[row.id] in known and plain(known[keys[row.id]].name) == plain(row.name)
    }
    free = {key: row for key, row in known.items() if key not in set(found.values())}
    times = Counter(plain(row.name) for row in free.values())
    by_name = {plain(row.name): key for key, row in free.items() if times[plain(row.name)] == 1}
    for row in seen.indicators:
        key = by_name.pop(plain(row.name), "") if row.id not in found else ""
        if key:
            found[row.id] = key
    taken = set(found.values())
    for row in seen.indicators:
        key = keys.get(row.id, "")
        if row.id not in found and key and key not in taken:
            found[row.id] = key
            taken.add(key)
    return found


def _fresh(row: Indicator, taken: set[str]) -> Indicator:
    number = len(taken) + 1
    while f"r{number}" in taken:
        number += 1
    taken.add(f"r{number}")
    return row.model_copy(update={"id": f"r{number}"})


def _changed(old: Indicator, new: Indicator, *, weighed: bool) -> Indicator:
    update: dict[str, Any] = {}
    on_paper = {translate_level(old.level2, "2015"), translate_level(old.level2, "2021"), (old.level1, old.level2)}
    if (new.level1, new.level2) not in on_paper:
        update |= {"level1": new.level1, "level2": new.level2}
    if plain(old.name) != plain(new.name):
        update |= {"name": new.name, "raw_name": None}
    if plain(old.value.raw if old.value else "") != plain(new.value.raw if new.value else ""):
        update["value"] = new.value
    if weighed and new.weight != old.weight:
        update["weight"] = new.weight
    return old.model_copy(update=update)


def _project(old: Project, new: Project, absent: set[str]) -> Project:
    """Header cells as they stand now; a label that is printed beside an empty cell was cleared."""
    update: dict[str, Any] = {}
    for cell in _HEADER:
        before, after = getattr(old, cell), getattr(new, cell)
        cleared = after is None and before is not None and cell in _SURE_LABELS and f"project.{cell}" not in absent
        changed = after is not None and plain(str(after)) != plain(str(before or ""))
        if cleared or (changed and f"project.{cell}" not in absent):
            update[cell] = after
    if "attribute" in update and update["attribute"] == old.category:
        del update["attribute"]  # 宁夏公开表 prints the category in the cell of the attribute
    return old.model_copy(update=update)


def _funds(old: tuple[Funds, ...], new: tuple[Funds, ...], absent: set[str]) -> tuple[Funds, ...]:
    """Amounts as they stand on the form, block by block (期限 and 口径); what it does not print is kept."""
    made = []
    for block in old:
        seen = next((one for one in new if (one.horizon, one.scope) == (block.horizon, block.scope)), None)
        if seen is None:
            made.append(block)
            continue
        rate = {("元", "万元"): 10_000, ("万元", "元"): 1}.get((block.unit, seen.unit), 1)
        divisor = 10_000 if (block.unit, seen.unit) == ("万元", "元") else 1
        update = {}
        for cell in _MONEY:
            amount = getattr(seen, cell)
            amount = None if amount is None else amount * rate / divisor
            printed = f"funds[0].{cell}" not in absent and not (cell == "total" and "funds" in absent)
            if amount != getattr(block, cell) and (amount is not None or printed):
                update[cell] = amount
        made.append(block.model_copy(update=update))
    known = {(one.horizon, one.scope) for one in old}
    return (*made, *(one for one in new if (one.horizon, one.scope) not in known and one.total is not None))


def _goals(old: Goals, new: Goals, absent: set[str]) -> Goals:
    update: dict[str, Any] = {}
    for cell in ("annual", "overall"):
        before, after = getattr(old, cell), getattr(new, cell)
        text = after.text if after else None
        if f"goals.{cell}.text" in absent or plain((before.text if before else "") or "") == plain(text or ""):
            continue
        update[cell] = before.model_copy(update={"text": text}) if before else after
    return old.model_copy(update=update)


def _about_rows(unresolved: Sequence[Unresolved]) -> list[Unresolved]:
    """What the reading of the form leaves open; cells the layout does not print were never asked for."""
    return [one for one in unresolved if one.issue != NO_SUCH_CELL and one.field.startswith("indicators[第")]
