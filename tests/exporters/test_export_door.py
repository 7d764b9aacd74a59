"""The door of the exporters: suffix, layout, whole files, JSON."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from form_examples import full_form, full_table, small_form

from assistant.errors import BadInput, DiskFull, UnsupportedFormat
from assistant.exporters import WRITERS, Form, export
from assistant.schema import table_from_data


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_suffix_chooses_the_writer_whatever_its_case(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"表{suffix.upper()}"
    export(full_form(), target)
    assert target.stat().st_size > 1000


@pytest.mark.parametrize("name", ["表.pdf", "表", "表.xlsx.bak"])
def test_another_suffix_is_refused_with_the_known_ones(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnsupportedFormat, match=r"\.xlsx、\.docx、\.json"):
        export(small_form(), tmp_path / name)


@pytest.mark.parametrize("suffix", WRITERS)
def test_an_unknown_layout_is_refused_with_the_known_ones(tmp_path: Path, suffix: str) -> None:
    with pytest.raises(BadInput, match=r"three_column.*central_2015.*central_2021.*two_column.*annual"):
        export(small_form(), tmp_path / f"表{suffix}", layout="three_column")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"文件夹 .*没有这里 不存在"):
        export(small_form(), tmp_path / "没有这里" / "表.xlsx")


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("x")
    with pytest.raises(BadInput, match="不存在"):
        export(small_form(), tmp_path / "文件" / "表.xlsx")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "表.xlsx").mkdir()
    with pytest.raises(BadInput, match="这是一个文件夹"):
        export(small_form(), tmp_path / "表.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["表.xlsx"]


@pytest.mark.parametrize(
    ("code", "error", "said"),
    [
        (errno.ENOSPC, DiskFull, "磁盘空间不足"),
        (errno.EDQUOT, DiskFull, "磁盘空间不足"),
        (errno.EACCES, BadInput, "没有写入权限"),
        (errno.EROFS, BadInput, "不能写入"),
    ],
)
def test_a_failed_write_is_told_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, error: type[Exception], said: str
) -> None:
    def refuse(_file: int) -> None:
        raise OSError(code, os.strerror(code))

    target = tmp_path / "表.json"
    target.write_text("旧")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(error, match=said):
        export(small_form(), target)
    assert target.read_text() == "旧"
    assert list(tmp_path.iterdir()) == [target]


def test_an_older_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "表.json"
    target.write_text("旧")
    export(small_form(), target)
    assert "机井" in target.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("dialect", ["central_2015", "central_2021", "henan", "ningxia_public_2col"])
def test_a_bare_table_comes_back_from_json_equal(tmp_path: Path, dialect: str) -> None:
    export(Form(full_table(dialect)), tmp_path / "表.json")
    text = (tmp_path / "表.json").read_text(encoding="utf-8")
    assert table_from_data(json.loads(text)) == full_table(dialect)
    assert text.startswith('{\n  "') and text.endswith("}\n") and "高标准农田" in text


def test_a_draft_keeps_its_reasons_sources_questions_and_findings_in_json(tmp_path: Path) -> None:
    export(full_form(), tmp_path / "稿.json")
    data = json.loads((tmp_path / "稿.json").read_text(encoding="utf-8"))
    assert table_from_data(data["table"]) == full_table()
    assert data["blanks"]["r04"] == {"reason": "材料里没有里程", "question": "计划新修多少公里？"}
    assert [len(data[key]) for key in ("sources", "questions", "findings")] == [3, 1, 1]


def test_a_lone_surrogate_survives_json(tmp_path: Path) -> None:
    export(Form(full_table(), questions=("坏字\ud800符",)), tmp_path / "稿.json")
    assert json.loads((tmp_path / "稿.json").read_text(encoding="utf-8"))["questions"] == ["坏字\ud800符"]
