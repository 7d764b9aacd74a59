"""The kind of every value cell of the real tables, against labels an expert gave without seeing the parser."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from assistant.values import Value, parse_value

LABELS = Path(__file__).parent / "fixtures" / "value_kinds.csv"
"""table, row, kind, operator – no text of the tables themselves."""


def _judged(shared: Path) -> list[tuple[dict[str, str], Value]]:
    with LABELS.open(encoding="utf-8") as file:
        labels = list(csv.DictReader(file))
    judged = []
    for label in labels:
        table = json.loads((shared / "data" / "tables" / f"{label['table']}.json").read_text(encoding="utf-8"))
        judged.append((label, parse_value(str(table["indicators"][int(label["row"])]["value"]))))
    return judged


def test_at_least_97_percent_of_real_cells_get_the_kind_an_expert_gave(shared: Path) -> None:
    judged = _judged(shared)
    wrong = [(label["table"], label["row"], value.kind) for label, value in judged if value.kind != label["kind"]]
    assert len(judged) >= 350
    assert len(wrong) <= 0.03 * len(judged), wrong


def test_every_number_of_a_real_cell_has_the_sign_it_shows_or_says(shared: Path) -> None:
    numbers = [(label, value) for label, value in _judged(shared) if value.kind == label["kind"] in ("number", "range")]
    wrong = [(label["table"], label["row"]) for label, value in numbers if (value.operator or "") != label["operator"]]
    assert numbers
    assert not wrong
