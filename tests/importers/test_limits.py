"""The limits of reading are settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_files import written

from assistant.errors import BadSetting
from assistant.importers import DEFAULT_READING_LIMITS, Failure, read
from assistant.settings import Settings, load_settings


def test_without_a_setting_the_defaults_hold() -> None:
    assert Settings().reading == DEFAULT_READING_LIMITS


def test_the_environment_sets_a_limit_and_the_reader_keeps_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIMU_READING__MOST_CELLS", "3")
    path = written(tmp_path / "表.csv", "甲,乙\n丙,丁")
    (failure,) = read([path], load_settings().reading)
    assert isinstance(failure, Failure)
    assert failure.problems == (f"{path}：表格超过 3 个单元格，请只保留绩效目标表所在的部分再导入",)


def test_an_absurd_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIMU_READING__LARGEST_FILE_MB", "-1")
    with pytest.raises(BadSetting, match="largest_file_mb"):
        load_settings()
