"""Delimited text, Markdown and plain text: encodings, delimiters, and the tables drawn in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_files import at, document, grids, lines, texts, written

from assistant.errors import UnreadableFile
from assistant.importers.document import Grid
from assistant.reading_limits import ReadingLimits

ROWS = [["三级指标", "指标值"], ["培训人数", "≥200人"], ["说明", "一,二"]]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_delimited_table_is_read(tmp_path: Path, delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    read = document(written(tmp_path / "表.csv", text, encoding))
    assert texts(read) == [[cell for row in ROWS for cell in row]]


def test_quotes_hold_line_breaks_and_empty_cells_keep_their_place(tmp_path: Path) -> None:
    read = document(written(tmp_path / "表.csv", 'sep=,\n甲,,"乙\n丙"\n,丁,'))
    assert [(one.text, one.row, one.column) for one in grids(read)[0].cells] == [
        ("甲", 0, 0),
        ("乙\n丙", 0, 2),
        ("丁", 1, 1),
    ]


def test_text_under_an_excel_suffix_is_read_as_delimited(tmp_path: Path) -> None:
    assert document(written(tmp_path / "导出.xls", "甲\t乙\n丙\t丁", "gbk")).format == "csv"


def test_a_quote_that_never_ends_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="引号没有成对"):
        document(written(tmp_path / "表.csv", '甲,"' + "乙" * 200_000))


def test_a_pipe_table_is_read_with_the_text_around_it(tmp_path: Path) -> None:
    text = "# 目标表\n\n单位：万元\n\n| 名称 | 值 |\n|---|:-:|\n| **人数** | ≥2\\|3<br>次 |\n| | $\\geq 98\\%$ |\n\n完"
    read = document(written(tmp_path / "表.md", text))
    assert [type(part).__name__ for part in read.parts] == ["Text", "Grid", "Text"]
    assert lines(read) == ["目标表", "单位：万元", "完"]
    assert texts(read) == [["名称", "值", "人数", "≥2|3\n次", "$\\geq 98\\%$"]]
    assert at(read, 2, 1).text == "$\\geq 98\\%$"


def test_html_tables_in_markdown_are_read_in_their_order(tmp_path: Path) -> None:
    html = '<table><tr><td rowspan="2">甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>'
    read = document(written(tmp_path / "表.md", f"前\n\n{html}\n\n|a|b|\n|-|-|\n|c|d|\n"))
    assert lines(read) == ["前"]
    assert texts(read) == [["甲", "乙", "丙"], ["a", "b", "c", "d"]]
    assert at(read, 0, 0).rows == 2


@pytest.mark.parametrize(
    "text",
    [
        "名称\t值\n人数\t≥2人\n",
        "┌──┬──┐\n│名称│值│\n├──┼──┤\n│人数│≥2人│\n└──┴──┘\n",
        "+----+----+\n|名称|值  |\n+----+----+\n|人数|≥2人|\n+----+----+\n",
        "名称      值\n人数      ≥2人\n",
        "名称　　　值\n人数　　　≥2人\n",
        "|名称|值|\n|人数|≥2人|\n",
    ],
    ids=["tabs", "box", "plus", "blanks", "wide-blanks", "pipes"],
)
def test_tables_drawn_in_plain_text_are_tables(tmp_path: Path, text: str) -> None:
    read = document(written(tmp_path / "表.txt", f"项目支出绩效目标表\n{text}注：完", "gbk"))
    assert texts(read) == [["名称", "值", "人数", "≥2人"]]
    assert lines(read) == ["项目支出绩效目标表", "注：完"]


def test_lines_between_two_rules_are_one_row(tmp_path: Path) -> None:
    text = "├──┼──┤\n│一级│值│\n├──┼──┤\n│产出│≥2│\n│指标│人次│\n├──┼──┤\n│效益│无│\n└──┴──┘"
    assert texts(document(written(tmp_path / "表.txt", text))) == [
        ["一级", "值", "产出\n指标", "≥2\n人次", "效益", "无"]
    ]


def test_running_text_stays_text(tmp_path: Path) -> None:
    text = "一、项目概况\n项目主要开展培训，预算 30 万元。\n\n二、绩效目标：培训 200 人次\n"
    read = document(written(tmp_path / "文.txt", text))
    assert grids(read) == []
    assert lines(read) == ["一、项目概况", "项目主要开展培训，预算 30 万元。", "二、绩效目标：培训 200 人次"]


def test_broken_characters_are_counted_not_hidden(tmp_path: Path) -> None:
    content = "绩效目标表，一个很长的说明。".encode() * 20 + b"\xff\xfe"
    read = document(written(tmp_path / "文.txt", content))
    assert read.notes == ("有 2 个字符按 utf-8 编码读不出来，已用 � 代替",)


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="超过 20 个单元格"):
        document(written(tmp_path / "表.csv", "甲,乙\n" * 20), ReadingLimits(most_cells=20))


def test_a_grid_of_text_has_no_overlapping_cells(tmp_path: Path) -> None:
    (grid,) = grids(document(written(tmp_path / "表.txt", "甲\t乙\n\t丙\n丁\n")))
    assert isinstance(grid, Grid)
    assert [(one.text, one.row, one.column) for one in grid.cells] == [("甲", 0, 0), ("乙", 0, 1), ("丙", 1, 1)]
