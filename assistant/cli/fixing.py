"""`jimu check --fix`: the automatic repairs, written beside the original with a record that undoes them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from assistant.checks import check
from assistant.checks.fixes import Change, apply_changes
from assistant.cli.checking import Checked
from assistant.errors import BadInput
from assistant.schema import PastTable, PerformanceTable

_ROUNDS = 6
"""A cell may need several repairs one after another; more rounds than this never change anything."""


def fixed(table: PerformanceTable) -> tuple[PerformanceTable, tuple[Change, ...]]:
    """The table after every automatic repair, and each change in the order it was made."""
    made: list[Change] = []
    for _ in range(_ROUNDS):
        changes = [
            change
            for finding in check(table)
            if finding.fix and finding.fix.kind == "automatic"
            for change in finding.fix.changes
        ]
        table, done = apply_changes(table, changes)
        if not done:
            break
        made += done
    return table, tuple(made)


def write_fixed(checked: Sequence[Checked], out: Path | None) -> list[tuple[Path, int]]:
    """Write the repaired tables of each file and the record of changes; the originals stay untouched."""
    written = []
    for path, group in groupby(checked, key=lambda one: one.path):
        results = [(one.table, *fixed(one.table)) for one in group]
        changes = [{"table": before.table_id, **change.model_dump()} for before, _, made in results for change in made]
        if not changes:
            continue
        folder = out or path.parent
        tables = [PastTable(id=after.table_id, table=after).model_dump(mode="json") for _, after, _ in results]
        target = folder / f"{path.stem}-已修正.json"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(target, tables[0] if len(tables) == 1 else tables)
            _write(folder / f"{path.stem}-修正记录.json", changes)
        except OSError as problem:
            raise BadInput(f"{folder}：写不进去（{problem.strerror}），请用 --out 指定别的文件夹") from problem
        written.append((target, len(changes)))
    return written


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
