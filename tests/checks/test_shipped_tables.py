"""The tables shipped as precedents must survive the rules themselves: no error, few warnings."""

from pathlib import Path

import pytest

from assistant.checks import check
from assistant.importers import read_one
from assistant.resources import corpus_folder

FILES = [path for path in sorted((corpus_folder() / "tables").glob("*.json")) if not path.name.startswith("seed")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_table_has_no_error(path: Path) -> None:
    findings = [finding for past in read_one(path) for finding in check(past.table)]
    assert [(one.rule, one.row_id, one.message) for one in findings if one.level == "error"] == []
