"""Whole tables in JSON as people write them: values as text, amounts that are no numbers, a money unit left out.

What cannot be a cell of the schema is kept under `unresolved` with what stood there, so that the checks can name it; a
bad table is findings, not an error.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.dialects import DEFAULT_DIALECT
from assistant.schema import Funds, PerformanceTable
from assistant.values import parse_value

NOT_STATED = "表中写的不是这一栏能填的内容"
"""Issue of a cell the unit filled wrongly: the checks report it, it is no doubt of the reading."""

_NOT_MONEY = ("unit", "horizon", "scope", "alignment_confidence")
_MONEY_CELLS = tuple(name for name in Funds.model_fields if name not in _NOT_MONEY)
_VALUES = ("value", "value_overall", "value_half", "last_target", "last_actual")


def table_from_whole(data: Mapping[str, Any]) -> PerformanceTable:
    """A table from the form of the schema, forgiving; raises pydantic's error for what is not a table at all."""
    unresolved = list(data.get("unresolved") or ())
    funds = [_funds(one, index, unresolved) for index, one in enumerate(data.get("funds") or ())]
    empty = list(data.get("empty_template_rows") or ())
    rows = []
    for index, row in enumerate(data.get("indicators") or ()):
        if isinstance(row, Mapping) and not str(row.get("name") or "").strip():
            if row.get("value"):
                unresolved.append({"field": f"indicators[{index}]", "issue": "没有指标名称", "raw": dict(row)})
            else:
                empty.append("/".join(str(row.get(cell) or "") for cell in ("level1", "level2")))
        else:
            rows.append(_row(row))
    generation = data.get("form_generation")
    if generation in DEFAULT_DIALECT and not data.get("form_dialect"):
        data = {**data, "form_dialect": DEFAULT_DIALECT[generation]}
    whole = {**data, "funds": funds, "indicators": rows, "unresolved": unresolved, "empty_template_rows": empty}
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


def _row(row: object) -> object:
    """A row whose values may be plain text."""
    if not isinstance(row, Mapping):
        return row
    read = dict(row)
    for cell in _VALUES:
        if isinstance(read.get(cell), str):
            read[cell] = parse_value(read[cell]).model_dump() if read[cell].strip() else None
    return read
