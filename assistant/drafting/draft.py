"""What a draft is: the table, and for every row its evidence, status, statistics, and what is still to be asked."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer

from assistant.checks import Finding
from assistant.schema import Indicator, PerformanceTable, Strict
from assistant.values import render

EvidenceKind = Literal["brief", "precedent", "policy"]
ValueBasis = Literal["计划标准", "行业标准", "历史标准", "预算支出标准", "其他"]
RowOrigin = Literal["precedent", "model", "person"]
RowStatus = Literal["suggested", "adopted", "edited", "rejected"]

Number = Annotated[Decimal, PlainSerializer(float, when_used="json")]


class Evidence(Strict):
    """Where a row or its number comes from.

    `ref`: brief – the field of the request; precedent – the past row (`table#n`); policy – the cite (`doc#key`).
    `quote`: the words there. `value`: the value they hold, as text; None when they support the name only.
    """

    kind: EvidenceKind
    ref: str
    quote: str
    value: str | None = None


class Statistics(Strict):
    """Comparable values of the precedents of a row: same unit, same direction; in the unit of the first."""

    n: int
    min: Number
    median: Number
    max: Number
    mode: Number | None = None
    unit: str = ""


class DraftRow(Strict):
    """One suggested row; `indicator.value` None = 待填, then `blank_reason` and `question` say why and ask."""

    id: str
    indicator: Indicator
    origin: RowOrigin
    status: RowStatus = "suggested"
    locked: bool = False
    evidence: tuple[Evidence, ...] = ()
    value_basis: ValueBasis | None = None
    statistics: Statistics | None = None
    blank_reason: str | None = None
    question: str | None = None

    @property
    def value_text(self) -> str:
        """The value as it stands on the form, empty when 待填."""
        return render(self.indicator.value) if self.indicator.value else ""


class Rejected(Strict):
    """Something that was considered and left out, with the reason."""

    row: str
    why: str


class Engine(Strict):
    """Who drafted, and what it cost."""

    name: str
    model: str | None = None
    seconds: float
    tokens: int | None = None


class Draft(Strict):
    """The contract of `jimu draft --json` (docs/ARCHITECTURE.md, "Contracts")."""

    table: PerformanceTable
    rows: tuple[DraftRow, ...] = Field(title="指标行")
    findings: tuple[Finding, ...] = ()
    questions: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    engine: Engine

    @property
    def blanks(self) -> dict[str, str]:
        """Row id → reason, of the rows left 待填."""
        return {row.id: row.blank_reason or "" for row in self.rows if row.indicator.value is None}
