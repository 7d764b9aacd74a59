"""What rules look at: a table with its rows, dialect and doubts worked out once, and the places a finding can name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from assistant.checks.beside import Beside
from assistant.checks.money import total_yuan
from assistant.dialects import Dialect, dialect_of
from assistant.limits import DEFAULT_LIMITS, Limits
from assistant.schema import Funds, Generation, Indicator, PerformanceTable
from assistant.values import Quantity, Value, quantity, unit_family
from assistant.values.characters import TAG

# “指标1：”“1.”“（二）、” in front of a name, numbered by the form and not part of the name.
_NUMERAL = r"[\d一二三四五六七八九十]"
_NUMBERING = re.compile(
    rf"^(?:指标\s*{_NUMERAL}*\s*[:.、]|{_NUMERAL}{{1,2}}[.、:](?!\d)|[(]{_NUMERAL}{{1,2}}[)][.、:]?)\s*"
)
_ONLY_A_NUMBER = re.compile(r"(?:指标\s*)?[\d一二三四五六七八九十]*\s*[:：.．、）)]*[….·]*")
_BRACKETS_AT_END = re.compile(r"\([^()]{1,60}\)$")
_TEXT_CELLS = ("explanation", "note", "scoring", "data_source")
READ_AT_MOST = 3_000
"""Characters of one cell the rules look at; no form prints more."""
_DIGIT = re.compile(r"\d")
_ECONOMIC_COST = frozenset({"成本指标", "经济成本指标"})


@dataclass(frozen=True, slots=True)
class Field:
    """A place in the table by its dotted path, such as `funds[0].total`."""

    path: str
    row: Row | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One indicator as rules see it; `name` is without numbering, closing stops and brackets at its end."""

    indicator: Indicator
    index: int
    name: str
    raw: str
    value: Value | None
    """None when the cell is empty."""
    family: str
    """Unit family of a number or range, such as 金额, 金额/人·月, 比率; empty without one."""

    @property
    def key(self) -> str:
        """What a path calls this row: its id, else its position."""
        return self.indicator.id or str(self.index)

    @property
    def is_economic_cost(self) -> bool:
        """成本 of either generation, social and environmental cost aside."""
        return self.indicator.level2 in _ECONOMIC_COST

    @property
    def is_cost(self) -> bool:
        """Any row that says what something costs or may harm."""
        return "成本" in self.indicator.level2

    @property
    def is_placeholder(self) -> bool:
        """Tell whether the name is only a number of the printed form (指标2：)."""
        return bool(_ONLY_A_NUMBER.fullmatch(self.indicator.name))

    @property
    def written(self) -> str:
        """The name as it stood in the cell, numbering included."""
        return self.indicator.raw_name or self.indicator.name

    @property
    def amount(self) -> Quantity | None:
        """A single number with its unit, magnitude applied (3.8万人 → 38000 人)."""
        return quantity(self.value) if self.value else None

    @property
    def is_money(self) -> bool:
        """Tell whether the value is an amount of money, with or without a denominator."""
        return self.family.startswith("金额")

    @property
    def has_several_targets(self) -> bool:
        """Tell whether one cell holds two or more numbers to reach."""
        parts = self.value.parts if self.value and self.value.kind == "multiple" else ()
        return sum(bool(_DIGIT.search(part.raw)) for part in parts) > 1

    def at(self, part: str) -> Field:
        """One cell of this row."""
        return Field(f"indicators[{self.key}].{part}", self)


@dataclass(frozen=True)
class Table:
    """One table as rules see it."""

    form: PerformanceTable
    rows: tuple[Row, ...]
    generation: Generation
    dialect: Dialect = field(repr=False)
    beside: Beside = field(default=Beside(), repr=False)
    limits: Limits = field(default=DEFAULT_LIMITS, repr=False)

    @cached_property
    def weights(self) -> tuple[Decimal, ...]:
        """The weights that are set."""
        return tuple(row.indicator.weight for row in self.rows if row.indicator.weight is not None)

    @cached_property
    def main_funds(self) -> tuple[int, Funds] | None:
        """The yearly money of this level, with its position."""
        yearly = [(index, funds) for index, funds in enumerate(self.form.funds) if funds.horizon == "年度"]
        own = [pair for pair in yearly if pair[1].scope != "本级和市县"]
        return next(iter(own or yearly), None)

    @cached_property
    def yearly_yuan(self) -> Decimal | None:
        """The yearly total of this level in 元."""
        return total_yuan(self.main_funds[1]) if self.main_funds else None

    @cached_property
    def whole_goal(self) -> str:
        """The yearly goal, with the goals it is split into; empty when there is none."""
        return goal_of(self.form)

    @cached_property
    def goal(self) -> str:
        """The goal as far as rules read it: what is longer than `READ_AT_MOST` is called too long (G01)."""
        return self.whole_goal[:READ_AT_MOST]

    @cached_property
    def texts(self) -> tuple[tuple[Field, str], ...]:
        """Every text cell of the form as it stood, with its place: header, goals, names and values."""
        form, found = self.form, [(Field("title"), self.form.title)]
        for cell in ("name", "category", "attribute", "dept", "unit", "basis", "overview"):
            found.append((Field(f"project.{cell}"), getattr(form.project, cell) or ""))
        found.append((Field("project.period.text"), form.project.period.text or ""))
        found.append((Field("goals.annual.text"), form.goals.annual.text or ""))
        found.append((Field("goals.overall.text"), (form.goals.overall.text if form.goals.overall else None) or ""))
        found += [(Field(f"goals.multi[{index}].text"), goal.text or "") for index, goal in enumerate(form.goals.multi)]
        for row in self.rows:
            found.append((row.at("name"), row.written))
            found.append((row.at("value"), row.raw))
            found += [(row.at(cell), getattr(row.indicator, cell) or "") for cell in _TEXT_CELLS]
        return tuple((where, text[:READ_AT_MOST]) for where, text in found if text)

    def text_at(self, where: Row | Field) -> tuple[str, str]:
        """The path of a place (of a row: its value) and the text that stands there."""
        path = where.path if isinstance(where, Field) else where.at("value").path
        return path, next((text for place, text in self.texts if place.path == path), "")

    def of(self, *levels: str) -> Iterator[Row]:
        """The rows standing under any of these first or second levels."""
        for row in self.rows:
            if row.indicator.level1 in levels or row.indicator.level2 in levels:
                yield row


def goal_of(form: PerformanceTable) -> str:
    """The yearly goal of a table, with the goals it is split into; empty when there is none."""
    return "\n".join(goal.text for goal in (form.goals.annual, *form.goals.multi) if goal.text)


def row_of(indicator: Indicator, index: int = 0) -> Row:
    """One indicator as rules see it."""
    value = indicator.value
    raw = value.raw.strip()[:READ_AT_MOST] if value else ""
    if not raw:
        value = None
    measured = value is not None and value.kind in ("number", "range") and bool(value.unit)
    family = unit_family(value.unit or "") if measured and value else ""
    return Row(indicator, index, plain_name(indicator.name), raw, value, family)


def table_of(form: PerformanceTable, beside: Beside = Beside(), limits: Limits = DEFAULT_LIMITS) -> Table:
    """A whole table as rules see it, with what lies beside it."""
    rows = tuple(row_of(indicator, index) for index, indicator in enumerate(form.indicators))
    dialect = dialect_of(form.form_dialect, form.form_generation)
    return Table(form, rows, form.form_generation, dialect, beside, limits)


def plain_name(name: str) -> str:
    """A name without width variants, blanks, numbering, closing stops and a unit or note in brackets."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", TAG.sub("", name)))
    text = _NUMBERING.sub("", text, count=1).rstrip("。;,、:.")
    return _BRACKETS_AT_END.sub("", text) or text


def measured_rows(table: Table) -> Iterator[tuple[Row, Value]]:
    """The rows whose value is a single number."""
    for row in table.rows:
        if row.value is not None and row.value.kind == "number":
            yield row, row.value
