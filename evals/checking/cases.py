"""The labelled tables of `evals/labels/checking`: sound ones, and ones with planted defects named row by row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assistant.checks.beside import Beside, neighbourhoods
from assistant.importers.whole_table import table_from_whole
from assistant.schema import PerformanceTable
from evals.labelled import LABELS

CHECKING = LABELS / "checking"


@dataclass(frozen=True)
class Planted:
    """One defect put into a table by hand; `also` marks one that came along and is not counted for recall."""

    rule: str
    table: int
    row: str | None
    also: bool
    note: str


@dataclass(frozen=True)
class Case:
    """Tables handed in together, what lies beside them, and the defects planted in them."""

    id: str
    tables: tuple[PerformanceTable, ...]
    approved: PerformanceTable | None
    planted: tuple[Planted, ...]

    def beside(self, position: int) -> Beside:
        """What the rules may look at beside one of the tables."""
        near = neighbourhoods(self.tables)[position] if len(self.tables) > 1 else Beside()
        approved = self.approved if position == 0 else None
        return Beside(approved=approved, neighbours=near.neighbours, position=near.position)


def load_cases(folder: str) -> Iterator[Case]:
    """The cases of `sound` or `planted`, by name."""
    for path in sorted((CHECKING / folder).glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        approved = data.get("approved")
        yield Case(
            data["id"],
            tuple(_table(one, f"{data['id']}-{index}") for index, one in enumerate(data["tables"])),
            _table(approved, f"{data['id']}-approved") if approved else None,
            tuple(
                Planted(one["rule"], one.get("table", 0), one.get("row"), bool(one.get("also")), one.get("note", ""))
                for one in data["planted"]
            ),
        )


def _table(data: dict[str, Any], table_id: str) -> PerformanceTable:
    return table_from_whole({"table_id": table_id, **data})
