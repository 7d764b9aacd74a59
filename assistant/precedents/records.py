"""What the store hands out: rows, facts, filters, and what became of an added table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from sqlalchemy import Row

from assistant.schema import Level1, Level2
from assistant.values import Value


@dataclass(frozen=True)
class PastRow:
    """One indicator of one past table; `id` is `<table id>#<row counted from 1>`."""

    id: str
    table_id: str
    position: int
    level1: Level1
    level2: Level2
    name: str
    value: Value | None
    text_key: str


@dataclass(frozen=True)
class TableFacts:
    """What a list of search results shows of a table; "" where the table does not say."""

    id: str
    origin: str
    source: str | None
    project_name: str
    department: str
    unit: str
    year: int | None
    region: str
    region_level: str
    field: str
    kind: str
    generation: str
    budget_wan: Decimal | None


@dataclass(frozen=True)
class Filter:
    """Which tables may be found. `years` is inclusive, `region` also takes the places within it (its prefix)."""

    years: tuple[int, int] | None = None
    region: str | None = None
    field: str | None = None
    generation: str | None = None
    origins: tuple[str, ...] = ()
    exclude: frozenset[str] = frozenset()

    def lets_through(self, table: TableFacts) -> bool:
        """Whether a table may be found."""
        return (
            (self.years is None or (table.year is not None and self.years[0] <= table.year <= self.years[1]))
            and table.region.startswith(self.region or "")
            and (not self.field or table.field == self.field)
            and (not self.generation or table.generation == self.generation)
            and (not self.origins or table.origin in self.origins)
            and table.id not in self.exclude
        )


class FilterFacts(NamedTuple):
    """What a filter asks of a table; "" where the table does not say."""

    id: str
    year: int | None
    region: str
    field: str
    generation: str
    origin: str


@dataclass(frozen=True)
class Added:
    """What became of one added table.

    `other` is the table with the same content under another id; `rival` one of the same project, unit and year that
    says something else: both are kept, and a person has to know.
    """

    id: str
    status: Literal["new", "same", "replaced", "duplicate"]
    other: str | None = None
    rival: str | None = None


@dataclass(frozen=True)
class Counts:
    """How much the store holds; `texts` are distinct indicator names."""

    tables: int
    rows: int
    texts: int


def row_of(row: Row[Any]) -> PastRow:
    """A row as the database tells it."""
    return PastRow(
        id=f"{row.table_id}#{row.position + 1}",
        table_id=row.table_id,
        position=row.position,
        level1=row.level1,
        level2=row.level2,
        name=row.name,
        value=None if row.value is None else _value(row.value),
        text_key=row.text_key,
    )


def facts_of(row: Row[Any]) -> TableFacts:
    """The facts of a table as the database tells them."""
    told = dict(row._mapping)
    budget = told.pop("budget_wan")
    return TableFacts(**told, budget_wan=None if budget is None else Decimal(budget))


# Thousands of rows say ≥95%; values are frozen, so they may share one object.
@lru_cache(maxsize=20_000)
def _value(text: str) -> Value:
    return Value.model_validate_json(text)
