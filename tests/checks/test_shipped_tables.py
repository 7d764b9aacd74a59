"""The tables shipped as precedents must survive the rules themselves: no error, few warnings."""

from pathlib import Path

import pytest
from flat_tables import load_flat

from assistant.checks import check
from assistant.resources import corpus_folder

FILES = [path for path in sorted((corpus_folder() / "tables").glob("*.json")) if not path.name.startswith("seed")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_table_has_no_error(path: Path) -> None:
    findings = check(load_flat(path))
    for finding in findings:
        if finding.level == "warn":
            print(path.stem, finding.rule, finding.row_id, finding.message)
    assert [(one.rule, one.row_id, one.message) for one in findings if one.level == "error"] == []
