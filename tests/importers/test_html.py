"""Web pages: tables as a browser draws them, tables used for layout taken apart, hidden parts said."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_files import at, document, grids, lines, no_overlap, texts, written

from assistant.errors import UnreadableFile
from assistant.importers.document import Document


def page(tmp_path: Path, markup: str, name: str = "表.html", encoding: str = "utf-8") -> Document:
    return document(written(tmp_path / name, markup, encoding))


def test_text_and_tables_keep_their_order(tmp_path: Path) -> None:
    read = page(tmp_path, "<h1>目标表</h1><p>单位：<b>万元</b></p><table><tr><td>甲</table><p>注<br>完")
    assert [type(part).__name__ for part in read.parts] == ["Text", "Grid", "Text"]
    assert lines(read) == ["目标表", "单位：万元", "注", "完"]


def test_spans_push_the_cells_that_follow(tmp_path: Path) -> None:
    markup = "<table><tr><td rowspan=3>产出<td colspan=2>数量<tr><td>甲<td rowspan=2>乙<tr><td>丙</table>"
    read = page(tmp_path, markup)
    places = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in grids(read)[0].cells}
    assert places == {
        "产出": (0, 0, 3, 1),
        "数量": (0, 1, 1, 2),
        "甲": (1, 1, 1, 1),
        "乙": (1, 2, 2, 1),
        "丙": (2, 1, 1, 1),
    }


def test_a_layout_table_is_taken_apart(tmp_path: Path) -> None:
    inner = "<table><tr><td>甲<td>乙</table>"
    read = page(tmp_path, f"<table><tr><td><table><tr><td>栏目<tr><td>{inner}</table></table>")
    assert (lines(read), texts(read)) == (["栏目"], [["甲", "乙"]])


def test_a_table_of_data_with_a_table_in_a_cell_keeps_both(tmp_path: Path) -> None:
    read = page(tmp_path, "<table><tr><td>外一<td>外二<table><tr><td>内</table></table>")
    assert texts(read) == [["外一", "外二"], ["内"]]


def test_hidden_cells_are_left_out_hidden_rows_are_read_and_both_are_said(tmp_path: Path) -> None:
    rows = '<tr><td>甲<td style="display: none">藏<td>乙<tr style="display:none"><td>丙<td>丁'
    read = page(tmp_path, f'<div style="display:none">模板</div><table>{rows}</table>')
    assert texts(read) == [["甲", "乙", "丙", "丁"]]
    assert at(read, 0, 1).text == "乙"
    assert read.notes == ("有 1 行表格是隐藏的，也读了", "有 2 处隐藏内容没有读取：“模板”、“藏”")


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("declared", ["utf-8", "gb2312"])
def test_the_content_decides_the_encoding_whatever_is_declared(tmp_path: Path, encoding: str, declared: str) -> None:
    markup = f'<html><meta charset="{declared}"><table><tr><td>绩效目标≥95%</table>'
    assert texts(page(tmp_path, markup, encoding=encoding)) == [["绩效目标≥95%"]]


@pytest.mark.parametrize("name", ["导出.xls", "导出.doc", "导出.htm"])
def test_html_under_an_office_suffix_is_read_by_content(tmp_path: Path, name: str) -> None:
    markup = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head></head><table><tr><td>甲</table></html>'
    assert page(tmp_path, markup, name).format == "html"


def test_scripts_and_styles_say_nothing(tmp_path: Path) -> None:
    read = page(tmp_path, "<style>p{}</style><script>甲()</script><p>乙<!-- 丙 --></p>")
    assert lines(read) == ["乙"]


def test_the_fields_of_a_saved_web_form_show_what_was_filled_in(tmp_path: Path) -> None:
    choice = "<select><option>定性<option selected>≥</select>"
    typed = '<input value="95"><input type=hidden value="密"><input type=checkbox checked>是<input type=radio>否'
    read = page(tmp_path, f"<table><tr><td>{choice}<td>{typed}<td><textarea>目标一\n目标二</textarea></table>")
    assert texts(read) == [["≥", "95☑是□否", "目标一\n目标二"]]


def test_line_ends_in_a_cell_are_kept_folding_is_not(tmp_path: Path) -> None:
    read = page(tmp_path, "<table><tr><td>目标1：\n目标2：<td>一\n   行<td><p>上</p><p>下</p></table>")
    assert texts(read) == [["目标1：\n目标2：", "一 行", "上\n下"]]


def test_absurd_spans_are_bounded(tmp_path: Path) -> None:
    wide = '<tr><td colspan=99999999 rowspan=99999999>甲<tr><td>乙<td colspan="x">丙'
    read = page(tmp_path, f"<table>{wide}</table>")
    assert sorted(texts(read)[0]) == ["丙", "乙", "甲"]
    assert no_overlap(grids(read)[0])


def test_a_thousand_empty_columns_cost_nothing(tmp_path: Path) -> None:
    row = "<tr>" + "<td>甲" + "<td></td>" * 1000
    read = page(tmp_path, f"<table>{row * 40}</table>")
    assert len(grids(read)[0].cells) == 40


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="嵌套太深"):
        page(tmp_path, "<div>" * 20_000 + "甲")


def test_a_single_file_page_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="mht"):
        page(tmp_path, "From: <x>\nSubject: y\nMIME-Version: 1.0\n\n<html>", "网页.doc")
