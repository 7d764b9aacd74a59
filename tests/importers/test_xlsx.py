"""Excel workbooks: what a person sees in the cells, and what must not get lost or do harm."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from made_files import at, document, grids, replaced, texts, zipped
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.workbook.defined_name import DefinedName

from assistant.errors import UnreadableFile
from assistant.reading_limits import ReadingLimits


def saved(tmp_path: Path, cells: dict[str, Any], formats: dict[str, str] | None = None, **sheet: Any) -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    for place, value in cells.items():
        page[place] = value
    for place, code in (formats or {}).items():
        page[place].number_format = code
    for area in sheet.get("merged", ()):
        page.merge_cells(area)
    path = tmp_path / "表.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (0.95, "0%", "95%"),
        (1, "0%", "100%"),
        (0.985, "0.00%", "98.50%"),
        (3498000, "#,##0.00", "3,498,000.00"),
        (95, '"≥"0"%"', "≥95%"),
        (12, '0"人次"', "12人次"),
        (date(2024, 12, 31), 'yyyy"年"m"月"d"日"', "2024年12月31日"),
        (date(2024, 12, 31), "yyyy-mm-dd", "2024-12-31"),
        (7574, "General", "7574"),
        (0.1 + 0.2, "General", "0.3"),
        (-3, "0.00_);(0.00)", "(3.00)"),
        ("=100%", "@", None),
    ],
)
def test_a_cell_reads_as_a_person_sees_it(tmp_path: Path, value: object, code: str, shown: str | None) -> None:
    path = saved(tmp_path, {"A1": "指标值", "B1": value}, {"B1": code})
    cell = at(document(path), 0, 1)
    assert (cell.text, bool(cell.doubt)) == ((shown, False) if shown else ("", True))


def test_merged_cells_are_one_cell_with_its_span(tmp_path: Path) -> None:
    path = saved(tmp_path, {"A1": "产出指标", "B1": "数量", "B2": "质量", "C2": "x"}, merged=["A1:A2", "B1:C1"])
    read = document(path)
    assert [(cell.text, cell.rows, cell.columns) for cell in grids(read)[0].cells] == [
        ("产出指标", 2, 1),
        ("数量", 1, 2),
        ("质量", 1, 1),
        ("x", 1, 1),
    ]


def test_a_merge_to_the_end_of_the_sheet_stops_at_the_last_filled_cell(tmp_path: Path) -> None:
    path = saved(tmp_path, {"A1": "题", "C2": "x"}, merged=["A1:XFD1"])
    assert at(document(path), 0, 0).columns == 3


def test_text_under_a_merged_cell_is_said(tmp_path: Path) -> None:
    path = saved(tmp_path, {"A1": "上", "A2": "下", "B2": "x"})
    replaced(
        path,
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        '</sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
    )
    read = document(path)
    assert texts(read) == [["上", "x"]]
    assert read.notes == ("工作表“Sheet”有 1 处文字被合并单元格遮住，没有读取：A2“下”",)


def test_a_formula_shows_its_last_result(tmp_path: Path) -> None:
    path = saved(tmp_path, {"A1": 1, "B1": "=A1/2"}, {"B1": "0%"})
    assert at(document(path), 0, 1).doubt
    replaced(path, "xl/worksheets/sheet1.xml", "<v></v>" if _has(path, "<v></v>") else "<v />", "<v>0.5</v>")
    cell = at(document(path), 0, 1)
    assert (cell.text, cell.doubt) == ("50%", "")


def _has(path: Path, text: str) -> bool:
    with ZipFile(path) as archive:
        return text.encode() in archive.read("xl/worksheets/sheet1.xml")


def test_all_runs_of_a_rich_text_are_read(tmp_path: Path) -> None:
    rich = CellRichText("≥", TextBlock(InlineFont(b=True), "95"), "%\n以上")
    assert texts(document(saved(tmp_path, {"A1": rich}))) == [["≥95%\n以上"]]


def test_hidden_rows_columns_and_sheets_are_read_and_said(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["甲", "乙"])
    page.append(["丙", "丁"])
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    other = book.create_sheet("旧表")
    other.append(["戊"])
    other.sheet_state = "hidden"
    book.save(tmp_path / "表.xlsx")
    read = document(tmp_path / "表.xlsx")
    assert texts(read) == [["甲", "乙", "丙", "丁"], ["戊"]]
    assert read.notes == (
        "工作表“Sheet”有 1 行是隐藏的（第 2 行），也读了",
        "工作表“Sheet”有 1 列是隐藏的（B 列），也读了",
        "工作表“旧表”是隐藏的，也读了",
    )


def test_content_a_format_hides_is_shown_with_a_doubt(tmp_path: Path) -> None:
    cell = at(document(saved(tmp_path, {"A1": 5}, {"A1": ";;;"})), 0, 0)
    assert (cell.text, cell.doubt) == ("5", "单元格格式把内容藏起来了")


def test_our_own_workbook_carries_its_table_and_the_names_of_its_rows(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "绩效 '目标'表"
    page["B2"] = "≥95%"
    book.defined_names["jimu_row_r1"] = DefinedName("jimu_row_r1", attr_text="'绩效 ''目标''表'!$B$2")
    book.defined_names["其他"] = DefinedName("其他", attr_text="'绩效 ''目标''表'!$A$1")
    hidden = book.create_sheet("jimu")
    hidden.sheet_state = "veryHidden"
    hidden["A1"], hidden["A2"] = '{"id": "甲', '-1"}'
    book.save(tmp_path / "表.xlsx")
    read = document(tmp_path / "表.xlsx")
    assert read.carried == '{"id": "甲-1"}'
    assert [(cell.text, cell.anchor) for cell in grids(read)[0].cells] == [("≥95%", "jimu_row_r1")]
    assert len(grids(read)) == 1


def test_a_sheet_beyond_the_limit_is_left_out_and_said(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in range(30):
        page.append([row, row])
    book.create_sheet("目标表").append(["一级指标"])
    book.save(tmp_path / "表.xlsx")
    read = document(tmp_path / "表.xlsx", ReadingLimits(most_cells=20))
    assert texts(read) == [["一级指标"]]
    assert "第 11 行已超过单元格上限" in read.notes[0]


def test_a_workbook_with_nothing_but_huge_sheets_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, {f"A{row}": row for row in range(1, 30)})
    with pytest.raises(UnreadableFile, match="超过单元格上限"):
        document(path, ReadingLimits(most_cells=20))


def test_macros_are_never_read_and_that_is_said(tmp_path: Path) -> None:
    path = saved(tmp_path, {"A1": "甲"})
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf")
    assert document(path).notes == ("文件带宏，宏没有读取也没有运行，只读了单元格",)


RELATED = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PARTS = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": '<x><Relationship Id="a" Type="x/officeDocument" Target="/xl/workbook.xml"/></x>',
    "xl/workbook.xml": f'<workbook {RELATED}><sheets><sheet name="表" r:id="s1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": (
        '<Relationships><Relationship Id="s1" Type="x/worksheet" Target="worksheets\\sheet1.xml"/>'
        '<Relationship Id="s2" Type="x/sharedStrings" Target="sharedStrings.xml"/>'
        '<Relationship Id="s3" Type="x/styles" Target="styles.xml"/></Relationships>'
    ),
    "xl/worksheets/sheet1.xml": '<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>',
    "xl/sharedStrings.xml": "<sst><si><r><t>服务_x000D_\n</t></r><r><t>对象</t></r><rPh><t>fuwu</t></rPh></si></sst>",
    "xl/styles.xml": "<styleSheet/>",
}


def test_shared_strings_and_cells_without_references_are_read(tmp_path: Path) -> None:
    assert texts(document(zipped(tmp_path / "表.xlsx", dict(PARTS)))) == [["服务\n对象"]]


@pytest.mark.parametrize("part", [name for name in PARTS if name.startswith("xl/")])
def test_entities_are_refused_wherever_they_stand(tmp_path: Path, part: str) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    with pytest.raises(UnreadableFile, match="自带实体"):
        document(zipped(tmp_path / "表.xlsx", {**PARTS, part: bomb + PARTS[part]}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("before", [0, 65_530, 70_000])
def test_no_encoding_or_place_hides_a_document_type(tmp_path: Path, encoding: str, before: int) -> None:
    sheet = f"<!--{'x' * before}--><!DOCTYPE x [<!ENTITY a '甲'>]>" + PARTS["xl/worksheets/sheet1.xml"]
    with pytest.raises(UnreadableFile, match="自带实体"):
        document(zipped(tmp_path / "表.xlsx", {**PARTS, "xl/worksheets/sheet1.xml": sheet.encode(encoding)}))


def test_a_sheet_in_utf_16_is_read(tmp_path: Path) -> None:
    sheet = '<?xml version="1.0" encoding="UTF-16"?>' + PARTS["xl/worksheets/sheet1.xml"]
    path = zipped(tmp_path / "表.xlsx", {**PARTS, "xl/worksheets/sheet1.xml": sheet.encode("utf-16")})
    assert texts(document(path)) == [["服务\n对象"]]
