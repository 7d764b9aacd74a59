"""`example(…)`: a small table with nothing wrong in it, and one thing changed; it tests and explains the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assistant.checks.beside import Beside, Neighbours, SpendingStandard
from assistant.checks.view import Table, table_of
from assistant.dialects import DEFAULT_DIALECT, translate_level
from assistant.schema import Generation, Indicator, Level1, Level2, PerformanceTable
from assistant.values import parse_value

RowText = tuple[Level2, str, str]

# Nothing here breaks a rule of either generation (tests/checks/test_rules.py).
_BASE: tuple[RowText, ...] = (
    ("经济成本指标", "单场宣传活动成本", "≤2000元/场"),
    ("数量指标", "待遇资格认证人次", "≥500人次"),
    ("数量指标", "政策宣传活动场次", "≥12场"),
    ("质量指标", "资格认证信息准确率", "≥98%"),
    ("时效指标", "资格认证完成时间", "2026年11月30日前"),
    ("社会效益指标", "养老保险政策知晓率", "≥85%"),
    ("服务对象满意度指标", "待遇领取人员满意度", "≥90%"),
)
_PROJECT = {
    "name": "养老保险经办服务经费",
    "project_kind": "面向公众服务",
    "dept": "县人力资源和社会保障局",
    "unit": "县社会保险事业管理中心",
    "period": {"text": "2026年", "start": "2026-01-01", "end": "2026-12-31"},
}
_GOAL = "全年完成待遇资格认证500人次以上，举办政策宣传活动12场，认证信息准确率达到98%，参保群众政策知晓率达到85%。"


@dataclass(frozen=True)
class Example:
    """What is changed in the small table; `table()` builds it when somebody asks."""

    text: str
    changed: Indicator | None
    replaces: Level2
    more: tuple[RowText, ...] = ()
    without: frozenset[str] = frozenset()
    weights: tuple[int | None, ...] | None = None
    project: Mapping[str, Any] = field(default_factory=dict)
    funds: Mapping[str, Any] = field(default_factory=dict)
    goal: str | None = _GOAL
    generation: Generation = "2021"
    form: Mapping[str, Any] = field(default_factory=dict)
    last_year: Example | None = None
    approved: Example | None = None
    others: tuple[Example, ...] = ()
    standards: tuple[SpendingStandard, ...] = ()

    def beside(self) -> Beside:
        """What lies beside the table."""
        others = tuple(one.table() for one in self.others)
        return Beside(
            last_year=self.last_year.table() if self.last_year else None,
            approved=self.approved.table() if self.approved else None,
            standards=self.standards,
            neighbours=Neighbours((self.table(), *others)) if others else None,
        )

    def view(self) -> Table:
        """The table as rules see it, with what lies beside it."""
        return table_of(self.table(), self.beside())

    def table(self) -> PerformanceTable:
        """The table of this example; the changed row has the id `changed`."""
        rows = [_indicator(row, self.generation, id=f"r{index}") for index, row in enumerate(_BASE)]
        if self.changed:
            level2 = translate_level(self.replaces, self.generation)[1]
            place = next((index for index, row in enumerate(rows) if row.level2 == level2), len(rows))
            rows[place : place + 1] = [self.changed]
        rows += [_indicator(row, self.generation, id=f"m{index}") for index, row in enumerate(self.more)]
        rows = [row for row in rows if not {row.level1, row.level2} & self.without]
        if self.weights is not None:
            points = [None if weight is None else Decimal(weight) for weight in self.weights]
            rows = [row.model_copy(update={"weight": weight}) for row, weight in zip(rows, points, strict=True)]
        data = {
            "form_generation": self.generation,
            "form_dialect": DEFAULT_DIALECT[self.generation],
            "fiscal_year": 2026,
            "project": {**_PROJECT, **self.project},
            "funds": [{"total": 30, "fiscal": 30, "carryover": 0, "other": 0, **self.funds}],
            "goals": {"annual": {"text": self.goal}},
            **self.form,
        }
        return PerformanceTable.model_validate(data).model_copy(update={"indicators": tuple(rows)})


def example(  # noqa: PLR0913  (each is one way to change the table, all by name)
    name: str | None = None,
    value: str | None = None,
    *,
    level2: Level2 = "数量指标",
    levels: tuple[Level1, Level2] | None = None,
    cells: Mapping[str, Any] | None = None,
    more: Sequence[RowText] = (),
    without: Sequence[str] = (),
    weights: Sequence[int | None] | None = None,
    generation: Generation = "2021",
    text: str = "",
    **table: Any,
) -> Example:
    """The small table with the first row of `level2` renamed or revalued (an empty `value` is an empty cell).

    `levels` puts the changed row where it does not belong, `cells` sets others of its cells; `more` adds rows,
    `without` drops levels, `weights` weighs all rows in order; `project`, `funds`, `goal` and `form` change the
    header; `last_year`, `approved`, `others` and `standards` are what lies beside it. `text` says the change in words
    where the row does not.
    """
    changed = None
    if name is not None or value is not None:
        usual = next((row for row in _BASE if row[0] == level2), (level2, "经办服务", ""))
        written = (level2, name or usual[1], usual[2] if value is None else value)
        changed = _indicator(written, generation, id="changed", **(cells or {}))
        if levels:
            changed = changed.model_copy(update={"level1": levels[0], "level2": levels[1]})
    shown = [(changed.level2, changed.name, changed.value.raw if changed.value else "")] if changed else []
    said = text or "；".join(f"{level}：{one}｜{two or '（空）'}" for level, one, two in (*shown, *more)) or "样例表"
    return Example(
        said,
        changed,
        level2,
        more=tuple(more),
        without=frozenset(without),
        weights=None if weights is None else tuple(weights),
        generation=generation,
        **table,
    )


def _indicator(row: RowText, generation: Generation, **cells: Any) -> Indicator:
    level1, level2 = translate_level(row[0], generation)
    return Indicator(level1=level1, level2=level2, name=row[1], value=parse_value(row[2]) if row[2] else None, **cells)
