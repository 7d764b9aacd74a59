"""What every exporter takes: the table, and what has to travel with it so that nothing is dropped.

Drafting turns its draft into a `Form`; a bare table exports too: `Form(table)`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from assistant.dialects import Dialect, dialect_of
from assistant.schema import Indicator, PerformanceTable


@dataclass(frozen=True)
class Blank:
    """Why a value was left 待填, and what to ask the unit."""

    reason: str
    question: str = ""


@dataclass(frozen=True)
class Source:
    """One piece of evidence for one row: its kind, where it stands, the words there, the value taken from them."""

    row_id: str
    kind: str
    ref: str
    quote: str = ""
    value: str = ""


@dataclass(frozen=True)
class Form:
    """A table ready to be written; `blanks` is keyed by row id (other keys are shown as places)."""

    table: PerformanceTable
    blanks: Mapping[str, Blank] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    questions: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()

    @property
    def dialect(self) -> Dialect:
        """The variant of the form this table names."""
        return dialect_of(self.table.form_dialect, self.table.form_generation)


def value_text(row: Indicator) -> str:
    """指标值 as it stands in the table, empty when 待填."""
    return row.value.raw.strip() if row.value else ""


def period_value_text(row: Indicator) -> str:
    """实施期指标值 as it stands in the table, empty when there is none."""
    return row.value_overall.raw.strip() if row.value_overall else ""


def is_blank(row: Indicator) -> bool:
    """Whether the row has no value yet."""
    return not value_text(row)


def blank_of(form: Form, row: Indicator) -> Blank:
    """The recorded reason of a 待填 row; a missing reason is said, not invented."""
    known = form.blanks.get(row.id) if row.id else None
    return known or Blank("没有记录原因", "请填写该指标值后再报送")
