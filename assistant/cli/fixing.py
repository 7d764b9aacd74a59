"""`jimu check --fix`: the automatic repairs, written beside the original with a record of every change."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count, groupby
from pathlib import Path
from typing import Any

from assistant.checks import check
from assistant.checks.fixes import Change, apply_changes
from assistant.checks.places import place_label
from assistant.cli.checking import Checked
from assistant.drafting import Draft
from assistant.errors import BadInput
from assistant.exporters.files import write_whole
from assistant.importers.files import FIXED, RECORD, why_unreadable
from assistant.schema import PerformanceTable

_ROUNDS = 6
"""A cell may need several repairs one after another (blanks, then numbering, then the sign)."""


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
    """Write the repaired tables of each file and the record of changes; no file that is there is touched."""
    written = []
    for path, group in groupby(checked, key=lambda one: one.path):
        members = list(group)
        results = [fixed(one.past.table) for one in members]
        record = [
            {"table": one.past.id, "place": place_label(change.field, one.past.table), **change.model_dump(mode="json")}
            for one, (_, made) in zip(members, results, strict=True)
            for change in made
        ]
        if not record:
            continue
        whole = [_as_it_was(one, after) for one, (after, _) in zip(members, results, strict=True)]
        folder = out or path.parent
        ending = _free_ending(folder, path.stem)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise BadInput(
                f"{folder}：文件夹建不了（{why_unreadable(problem)}），请用 --out 指定别的文件夹"
            ) from problem
        target = folder / f"{path.stem}{FIXED}{ending}.json"
        _write(folder / f"{path.stem}{RECORD}{ending}.json", record)
        _write(target, whole[0] if len(whole) == 1 else whole)
        written.append((target, len(record)))
    return written


def _as_it_was(one: Checked, after: PerformanceTable) -> dict[str, Any]:
    """What the file held – a draft with its evidence, or a past table with its origin – with the repaired table."""
    if one.draft is None:
        return one.past.model_copy(update={"table": after}).model_dump(mode="json", exclude_none=True)
    left = {row.id: row for row in after.indicators}
    rows = tuple(row.model_copy(update={"indicator": left[row.id]}) for row in one.draft.rows if row.id in left)
    changed = one.draft.model_copy(update={"table": after, "rows": rows})
    return Draft.model_validate(changed.model_dump()).model_dump(mode="json")


def _free_ending(folder: Path, stem: str) -> str:
    """An ending no earlier result bears: nothing is overwritten."""
    endings = ("" if number == 1 else f"-{number}" for number in count(1))
    return next(
        one for one in endings if not any((folder / f"{stem}{kind}{one}.json").exists() for kind in (FIXED, RECORD))
    )


def _write(path: Path, data: object) -> None:
    write_whole(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
