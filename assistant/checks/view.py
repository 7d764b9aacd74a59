"""What rules look at: a table with its rows, dialect and doubts worked out once, and the places a finding can name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from assistant.dialects import Dialect, dialect_of
from assistant.schema import Funds, Generation, Indicator, PerformanceTable
from assistant.values import Value, unit_family

# “指标1：”“1.”“（二）、” in front of a name, numbered by the form and not part of the name.
_NUMERAL = r"[\d一二三四五六七八九十]"
_NUMBERING = re.compile(
    rf"^(?:指标\s*{_NUMERAL}*\s*[:.、]|{_NUMERAL}{{1,2}}[.、:](?!\d)|[(]{_NUMERAL}{{1,2}}[)][.、:]?)\s*"
)
_BRACKETS_AT_END = re.compile(r"\([^()]{1,60}\)$")
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
    def is_money(self) -> bool:
        """Tell whether the value is an amount of money, with or without a denominator."""
        return self.family.startswith("金额")

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

    @property
    def weights(self) -> tuple[Decimal, ...]:
        """The weights that are set."""
        return tuple(row.indicator.weight for row in self.rows if row.indicator.weight is not None)

    @property
    def main_funds(self) -> tuple[int, Funds] | None:
        """The yearly money of this level, with its position."""
        yearly = [(index, funds) for index, funds in enumerate(self.form.funds) if funds.horizon == "年度"]
        own = [pair for pair in yearly if pair[1].scope != "本级和市县"]
        return next(iter(own or yearly), None)

    def of(self, *levels: str) -> Iterator[Row]:
        """The rows standing under any of these first or second levels."""
        for row in self.rows:
            if row.indicator.level1 in levels or row.indicator.level2 in levels:
                yield row


def row_of(indicator: Indicator, index: int = 0) -> Row:
    """One indicator as rules see it."""
    value = indicator.value
    raw = value.raw.strip() if value else ""
    if not raw:
        value = None
    measured = value is not None and value.kind in ("number", "range") and bool(value.unit)
    family = unit_family(value.unit or "") if measured and value else ""
    return Row(indicator, index, plain_name(indicator.name), raw, value, family)


def table_of(form: PerformanceTable) -> Table:
    """A whole table as rules see it."""
    rows = tuple(row_of(indicator, index) for index, indicator in enumerate(form.indicators))
    return Table(form, rows, form.form_generation, dialect_of(form.form_dialect, form.form_generation))


def plain_name(name: str) -> str:
    """A name without width variants, blanks, numbering, closing stops and a unit or note in brackets."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))
    text = _NUMBERING.sub("", text, count=1).rstrip("。;,、:.")
    return _BRACKETS_AT_END.sub("", text) or text
