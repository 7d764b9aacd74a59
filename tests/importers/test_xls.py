"""Binary Excel workbooks, made with xlwt."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlwt
from made_files import at, document, grids, texts

from assistant.errors import UnreadableFile
from assistant.reading_limits import ReadingLimits


def saved(tmp_path: Path, fill: Any, name: str = "表.xls") -> Path:
    book = xlwt.Workbook(encoding="utf-8")
    fill(book.add_sheet("附表3"))
    book.save(str(tmp_path / name))
    return tmp_path / name


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (1, "0%", "100%"),
        (3498000, "#,##0.00", "3,498,000.00"),
        (45292, 'yyyy"年"m"月"', "2024年1月"),
    ],
)
def test_a_number_reads_as_a_person_sees_it(tmp_path: Path, value: float, code: str, shown: str) -> None:
    path = saved(tmp_path, lambda sheet: sheet.write(0, 0, value, xlwt.easyxf(num_format_str=code)))
    assert at(document(path), 0, 0).text == shown


def test_merged_cells_texts_and_line_breaks_are_read(tmp_path: Path) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write_merge(0, 1, 0, 0, "产出\n指标")
        sheet.write(0, 1, "≥95%")
        sheet.write(1, 1, True)

    read = document(saved(tmp_path, fill))
    assert (read.format, grids(read)[0].place) == ("xls", "工作表“附表3”")
    assert [(cell.text, cell.rows) for cell in grids(read)[0].cells] == [("产出\n指标", 2), ("≥95%", 1), ("TRUE", 1)]


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    def fill(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, "甲")
        sheet.write(1, 1, "乙")
        sheet.row(1).hidden = True
        sheet.col(1).hidden = True

    read = document(saved(tmp_path, fill))
    assert texts(read) == [["甲", "乙"]]
    assert [note.removeprefix("工作表“附表3”") for note in read.notes] == [
        "有 1 行是隐藏的（第 2 行），也读了",
        "有 1 列是隐藏的（B 列），也读了",
    ]


def test_a_binary_workbook_is_read_under_another_suffix(tmp_path: Path) -> None:
    assert document(saved(tmp_path, lambda sheet: sheet.write(0, 0, "甲"), "表.xlsx")).format == "xls"


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, lambda sheet: [sheet.write(row, 0, row) for row in range(30)])
    with pytest.raises(UnreadableFile, match="超过单元格上限"):
        document(path, ReadingLimits(most_cells=20))


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, lambda sheet: sheet.write(0, 0, "甲"))
    path.write_bytes(path.read_bytes()[:2000])
    with pytest.raises(UnreadableFile, match=r"表\.xls：文件不完整或已损坏"):
        document(path)
