"""Every fixture of every layout family is read as a clerk would read it (`evals/fixtures/importing`)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from evals.importing import FIXTURES, Reading, read
from evals.importing_scores import SUFFIX, read_expected

FILES = sorted(one for one in FIXTURES.iterdir() if not one.name.endswith(SUFFIX))
SCANNED = ".png"
NEEDS = {SCANNED: "rapidocr"}
"""Libraries of optional extras, by the suffix of the files that need them."""
LEAST = 0.8
"""F1 of rows and header fields on a scan: one row of a short table may be lost (over all, the eval wants 0.9).

Two are read here, all of them by `jimu eval importing`: a page takes seconds.
"""


def _of(*kinds: str, scanned: bool = False) -> list[Path]:
    mine = [one for one in FILES if (one.suffix == SCANNED) is scanned]
    return [one for one in mine if (expected := read_expected(one)) and expected.kind in kinds]


def _read(path: Path) -> Reading:
    needed = NEEDS.get(path.suffix)
    if needed and find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed")
    return read(path)


@pytest.mark.parametrize("path", _of("clean", "torn"), ids=lambda path: path.name)
def test_rows_header_and_doubts_are_as_expected(path: Path) -> None:
    reading = _read(path)
    assert not reading.failure or (reading.expected and reading.expected.refusable)
    assert not reading.scored.wrong


@pytest.mark.slow
@pytest.mark.parametrize("path", _of("clean", scanned=True)[:2], ids=lambda path: path.name)
def test_a_scan_is_read_nearly_as_well(path: Path) -> None:
    reading = _read(path)
    assert not reading.failure
    assert (reading.scored.rows.f1 or 0) >= LEAST
    assert (reading.scored.header.f1 or 0) >= LEAST


@pytest.mark.parametrize("path", _of("blank"), ids=lambda path: path.name)
def test_a_form_nobody_filled_gives_no_value(path: Path) -> None:
    assert _read(path).scored.values == 0


@pytest.mark.parametrize("path", _of("negative"), ids=lambda path: path.name)
def test_tables_of_other_kinds_are_not_taken_for_targets(path: Path) -> None:
    reading = _read(path)
    assert not reading.tables
    assert "没有找到" in reading.failure
