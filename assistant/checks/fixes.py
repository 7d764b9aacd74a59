"""Repairs of three kinds: automatic and reversible, proposed (choose one), or the unit has to say (`____`).

A repair never invents a number, a date or a denominator: an automatic one only rewrites what stands there, a proposed
one offers places and words of the vocabulary, and everything else stays a question to the unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from pydantic import Field

from assistant.checks.view import Field as Place
from assistant.checks.view import Row, Table
from assistant.dialects import LEVELS, translate_level
from assistant.schema import Indicator, PerformanceTable, Strict
from assistant.values import parse_value


class Change(Strict):
    """One cell rewritten, or a whole row taken away (`after` None, `row` holds it); turned round it undoes itself."""

    field: str = Field(title="位置")
    before: str | None = Field(None, title="原文")
    after: str | None = Field(None, title="改为")
    row: dict[str, Any] | None = Field(None, title="整行内容")

    def undone(self) -> Change:
        """The change that takes this one back."""
        return Change(field=self.field, before=self.after, after=self.before, row=self.row)


class Option(Strict):
    """One of several repairs a person may choose."""

    says: str = Field(title="做法")
    changes: tuple[Change, ...] = Field((), title="改动")


class Fix(Strict):
    """How a finding can be repaired."""

    kind: Literal["automatic", "proposed", "ask"] = Field(title="修复方式")
    changes: tuple[Change, ...] = Field((), title="改动")
    options: tuple[Option, ...] = Field((), title="可选做法")
    question: str = Field("", title="请单位提供")


Where = Row | Place
Fixer = Callable[[Table, Where], Fix | None]


def row_at(where: Where) -> Row | None:
    """The row a place lies in."""
    return where if isinstance(where, Row) else where.row


def automatic(*changes: Change) -> Fix | None:
    """A repair the program makes itself; None when nothing would change."""
    real = tuple(change for change in changes if change.before != change.after)
    return Fix(kind="automatic", changes=real) if real else None


def proposed(options: Iterable[Option]) -> Fix | None:
    """A choice for a person; None without options."""
    offered = tuple(options)
    return Fix(kind="proposed", options=offered) if offered else None


def ask(question: str) -> Fixer:
    """A repair only the unit can make: the same question wherever the rule speaks."""
    return lambda table, where: Fix(kind="ask", question=question)  # noqa: ARG005


def value_change(row: Row, after: str) -> Change:
    """The value of a row rewritten."""
    return Change(field=row.at("value").path, before=row.raw, after=after)


def name_change(row: Row, after: str) -> Change:
    """The name of a row rewritten."""
    return Change(field=row.at("name").path, before=row.written, after=after)


def move_to(*levels: tuple[str, str]) -> Fixer:
    """Propose other classes for the row."""

    def offer(table: Table, where: Where) -> Fix | None:
        row = row_at(where)
        if row is None:
            return None
        options = []
        generation = table.generation if table.generation in LEVELS else "2015"
        for level2, why in levels:
            level1, standard = translate_level(level2, generation)  # type: ignore[arg-type]
            if (level1, standard) == (row.indicator.level1, row.indicator.level2):
                continue
            before = f"{row.indicator.level1}／{row.indicator.level2}"
            change = Change(field=row.at("level2").path, before=before, after=f"{level1}／{standard}")
            options.append(Option(says=f"移到{standard}{why}", changes=(change,)))
        return proposed(options)

    return offer


def remove_row(table: Table, where: Where) -> Fix | None:  # noqa: ARG001  (the signature of a Fixer)
    """Propose to delete the row."""
    row = row_at(where)
    return proposed([Option(says="删去这一行", changes=(removal(row),))]) if row else None


def removal(row: Row) -> Change:
    """The whole row taken away; its content and place stay in the change."""
    kept = {"position": row.index, **row.indicator.model_dump(mode="json", exclude_none=True)}
    return Change(field=f"indicators[{row.key}]", before=_shown(row.indicator), after=None, row=kept)


def _shown(row: Indicator) -> str:
    value = row.value.raw.strip() if row.value else ""
    return "｜".join((row.level1, row.level2, row.raw_name or row.name, value))


def apply_changes(table: PerformanceTable, changes: Sequence[Change]) -> tuple[PerformanceTable, tuple[Change, ...]]:
    """The table after the changes, and those that were made: one whose `before` no longer stands there is left out."""
    made = []
    for change in changes:
        after = _apply(table, change)
        if after is not None:
            table = after
            made.append(change)
    return table, tuple(made)


def _apply(table: PerformanceTable, change: Change) -> PerformanceTable | None:
    in_row = re.fullmatch(r"indicators\[(.+?)\](?:\.(\w+))?", change.field)
    if in_row and in_row[2] is None:
        return _move_row(table, change)
    if in_row:
        return _change_cell(table, change, in_row[1], in_row[2])
    placeholder = re.fullmatch(r"empty_template_rows\[(\d+)\]", change.field)
    if placeholder:
        return _move_placeholder(table, change, int(placeholder[1]))
    return _set_text(table, change)


def _move_row(table: PerformanceTable, change: Change) -> PerformanceTable | None:
    """A whole row away, when it is still the one meant, or back to its place."""
    rows, kept = list(table.indicators), dict(change.row or {})
    position = kept.pop("position", len(rows))
    if change.after is not None:
        rows.insert(min(position, len(rows)), Indicator.model_validate(kept))
    else:
        same = [
            index for index, row in enumerate(rows) if _shown(row) == change.before and row.id == kept.get("id", "")
        ]
        if not same:
            return None
        del rows[min(same, key=lambda index: abs(index - position))]
    return table.model_copy(update={"indicators": tuple(rows)})


def _move_placeholder(table: PerformanceTable, change: Change, position: int) -> PerformanceTable | None:
    kept = list(table.empty_template_rows)
    if change.after is not None:
        kept.insert(min(position, len(kept)), change.after)
    elif change.before in kept:
        kept.remove(change.before)
    else:
        return None
    return table.model_copy(update={"empty_template_rows": tuple(kept)})


def _change_cell(table: PerformanceTable, change: Change, key: str, cell: str) -> PerformanceTable | None:
    rows = list(table.indicators)
    for index, row in enumerate(rows):
        changed = _changed_row(row, cell, change) if (row.id or str(index)) == key else None
        if changed is not None:
            rows[index] = changed
            return table.model_copy(update={"indicators": tuple(rows)})
    return None


def _changed_row(row: Indicator, cell: str, change: Change) -> Indicator | None:
    after = change.after or ""
    if cell == "value":
        standing = row.value.raw.strip() if row.value else ""
        return row.model_copy(update={"value": parse_value(after)}) if standing == change.before else None
    if cell == "name":
        standing = row.raw_name or row.name
        return row.model_copy(update={"name": after, "raw_name": None}) if standing == change.before and after else None
    if cell != "level2":
        return row.model_copy(update={cell: after}) if (getattr(row, cell, "") or "") == change.before else None
    if f"{row.level1}／{row.level2}" != change.before or "／" not in after:
        return None
    level1, level2 = after.split("／")
    return Indicator.model_validate({**row.model_dump(), "level1": level1, "level2": level2})


def _set_text(table: PerformanceTable, change: Change) -> PerformanceTable | None:
    """A text cell of the header or the goals rewritten, by its dotted path."""
    data: Any = table.model_dump()
    *path, last = re.findall(r"[a-z_]+|\d+", change.field)
    place: Any = data
    for step in path:
        try:
            place = place[int(step)] if step.isdigit() else place[step]
        except (KeyError, IndexError, TypeError):
            return None
    if not isinstance(place, dict) or (place.get(last) or "") != (change.before or ""):
        return None
    place[last] = change.after
    return PerformanceTable.model_validate(data)
