"""Whole tables in JSON as people write them: values as text, amounts that are no numbers, a money unit left out.

What cannot be a cell of the schema is kept under `unresolved` with what stood there, so that the checks can name it; a
bad table is findings, not an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.dialects import detect_dialect, level1_of, level2_of
from assistant.schema import Funds, PerformanceTable
from assistant.values import parse_value

NOT_STATED = "表中写的不是这一栏能填的内容"
"""Issue of a cell the unit filled wrongly: the checks report it, it is no doubt of the reading."""

_NOT_MONEY = ("unit", "horizon", "scope", "alignment_confidence")
_MONEY_CELLS = tuple(name for name in Funds.model_fields if name not in _NOT_MONEY)
_VALUES = ("value", "value_overall", "value_half", "last_target", "last_actual")


def table_from_whole(data: Mapping[str, Any]) -> PerformanceTable:
    """A table from the form of the schema, forgiving; raises pydantic's error for what is not a table at all."""
    lists = {key: data.get(key) or () for key in ("funds", "indicators", "unresolved", "empty_template_rows")}
    if not all(isinstance(one, (list, tuple)) for one in lists.values()):
        return PerformanceTable.model_validate(data)  # raises, naming the field that should be a list
    unresolved, empty = list(lists["unresolved"]), list(lists["empty_template_rows"])
    funds = [_funds(one, index, unresolved) for index, one in enumerate(lists["funds"])]
    rows = []
    for index, row in enumerate(lists["indicators"]):
        if not isinstance(row, Mapping):
            rows.append(row)
            continue
        why = _why_no_indicator(row)
        if why is None:
            rows.append(_row(row))
        elif any(row[cell] is not None and str(row[cell]).strip() for cell in set(row) - {"id", "level1", "level2"}):
            unresolved.append({"field": f"indicators[{index}]", "issue": why, "raw": dict(row)})
        else:
            empty.append("/".join(str(row.get(cell) or "") for cell in ("level1", "level2")))
    _number(rows)
    whole = {**data, "funds": funds, "indicators": rows, "unresolved": unresolved, "empty_template_rows": empty}
    generation = data.get("form_generation")
    if generation and not data.get("form_dialect"):
        whole["form_dialect"] = detect_dialect(str(generation), str(data.get("region") or ""))
    return PerformanceTable.model_validate(whole)


def _funds(block: object, index: int, unresolved: list[Any]) -> object:
    if not isinstance(block, Mapping):
        return block
    clean = dict(block)
    for cell in _MONEY_CELLS:
        written = clean.get(cell)
        if isinstance(written, str):
            clean[cell] = _amount(written)
            if clean[cell] is None and written.strip():
                unresolved.append(_wrong(f"funds[{index}].{cell}", cell, written))
    unit = clean.get("unit", "万元")
    if unit not in ("万元", "元"):
        unresolved.append(_wrong(f"funds[{index}].unit", "unit", unit))
        clean["unit"] = "万元"
    return clean


def _wrong(field: str, cell: str, written: object) -> dict[str, Any]:
    return {"field": field, "issue": NOT_STATED, "raw": {cell: written}}


def _amount(written: str) -> Decimal | None:
    try:
        amount = Decimal(written.replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() else None


def _number(rows: list[Any]) -> None:
    """Give every row an id of its own: findings and repairs name rows by it."""
    seen: set[str] = set()
    for index, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            wanted = str(row.get("id") or f"r{index}")
            given = wanted
            while given in seen:
                given = f"{wanted}.{index}"
                index += 1  # noqa: PLW2901  (only until the id is free)
            seen.add(given)
            row["id"] = given


def _why_no_indicator(row: Mapping[str, Any]) -> str | None:
    """Why a row cannot be an indicator: it has no name, or stands under a level nobody knows."""
    if not str(row.get("name") or "").strip():
        return "没有指标名称"
    for cell, known, label in (("level1", level1_of, "一级指标"), ("level2", level2_of, "二级指标")):
        written = row.get(cell)
        if isinstance(written, str) and known(written) is None:
            return f"{label}“{written}”不在词表，需要人工归类"
    return None


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row whose levels may be written in other words, and whose values may be plain text."""
    read = dict(row)
    for cell, known in (("level1", level1_of), ("level2", level2_of)):
        if isinstance(read.get(cell), str):
            read[cell] = known(read[cell])
    for cell in _VALUES:
        if isinstance(read.get(cell), str):
            read[cell] = parse_value(read[cell]).model_dump() if read[cell].strip() else None
    return read
