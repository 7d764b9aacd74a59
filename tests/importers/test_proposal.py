"""A proposal in a document: its text as sentences, and the head fields it names."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from assistant.errors import BadInput
from assistant.importers.proposal import read_proposal
from assistant.reading_limits import DEFAULT_READING_LIMITS


def proposal(path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("2026年项目申报书")
    table = document.add_table(3, 4)
    for row, texts in enumerate(
        [
            ("项目名称", "公路养护", "主管部门", "县交通局"),
            ("实施单位", "县公路站", "预算金额（万元）", "320"),
            ("项目内容", "养护县道210公里", "", ""),
        ]
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_paragraph("11月底前完成。")
    document.save(str(path))
    return path


def test_a_word_proposal_gives_its_text_and_its_head(tmp_path: Path) -> None:
    found = read_proposal(proposal(tmp_path / "申报书.docx"), DEFAULT_READING_LIMITS)
    text = str(found.pop("description"))
    assert found == {"project_name": "公路养护", "department": "县交通局", "unit": "县公路站", "budget_wan": "320"} | {
        "year": found["year"]
    }
    assert text.splitlines() == [
        "2026年项目申报书",
        "项目名称：公路养护，主管部门：县交通局",
        "实施单位：县公路站",
        "项目内容：养护县道210公里",
        "11月底前完成。",
    ]


def test_a_brief_in_json_is_no_proposal(tmp_path: Path) -> None:
    path = tmp_path / "简况.json"
    path.write_text('{"project_name": "修路"}', encoding="utf-8")
    with pytest.raises(BadInput, match="--brief"):
        read_proposal(path, DEFAULT_READING_LIMITS)
