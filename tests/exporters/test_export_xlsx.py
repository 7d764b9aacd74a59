"""The workbook read back with openpyxl and with calamine."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from form_examples import full_form, full_table, indicator, small_form
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from assistant.carried import row_of_anchor, with_identity
from assistant.exporters import LAYOUTS, Form
from assistant.exporters.xlsx import workbook_bytes
from assistant.schema import Funds, Goal, Goals, PerformanceTable, Project

BOTH = pytest.mark.parametrize("dialect", ["ningxia_public_2col", "central_2015", "central_2021", "henan"])


def read(form: Form, layout: str | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook_bytes(form, layout)))


def form_sheet(form: Form, layout: str | None = None) -> Worksheet:
    return read(form, layout)["绩效目标表"]


def cells(sheet: Worksheet) -> list[SheetCell]:
    return [cell for row in sheet.iter_rows() for cell in row if isinstance(cell, SheetCell)]


def at(sheet: Worksheet, text: str) -> SheetCell:
    return next(cell for cell in cells(sheet) if cell.value == text)


def page(form: Form, title: str) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in CalamineWorkbook.from_filelike(
        BytesIO(workbook_bytes(form))).get_sheet_by_name(title).to_python()]  # fmt: skip


@BOTH
def test_calamine_finds_every_indicator_and_value(dialect: str) -> None:
    rows = page(full_form(dialect), "绩效目标表")
    for row in full_table(dialect).indicators:
        found = next(line for line in rows if any(text.endswith(row.name) for text in line))
        assert (row.value.raw if row.value else "") in found


@BOTH
def test_levels_are_merged_over_their_rows(dialect: str) -> None:
    sheet = form_sheet(full_form(dialect), "annual")
    merged = {str(area) for area in sheet.merged_cells.ranges}
    first = at(sheet, "数量指标")
    assert f"C{first.row}:C{first.row + 3}" in merged
    assert f"D{first.row}:E{first.row}" in merged
    assert f"A1:{'G' if dialect == 'henan' else 'F'}1" in merged


@BOTH
def test_no_cell_is_a_formula_and_every_text_is_marked_as_text(dialect: str) -> None:
    book = read(full_form(dialect))
    for sheet in book.worksheets:
        filled = [cell for cell in cells(sheet) if cell.value is not None]
        assert {cell.data_type for cell in filled} <= {"s", "n"}
        assert all(cell.quotePrefix for cell in filled if cell.data_type == "s")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_value_cell_bears_the_name_of_its_row(layout: str) -> None:
    book = read(full_form(), layout)
    found = {row_of_anchor(name): book["绩效目标表"][one.attr_text.rpartition("!")[2].replace("$", "")].value
             for name, one in book.defined_names.items()}  # fmt: skip
    assert found == {row.id: row.value.raw if row.value else None for row in full_table().indicators}


def test_a_hidden_sheet_carries_the_table_as_it_was_given() -> None:
    table = full_table().model_copy(update={"goals": Goals(annual=Goal(text="目标_x0041_ 𠮷\x01 " * 9000))})
    sheet = read(Form(table), "central_2021")["jimu"]
    chunks = [cell.value for (cell,) in sheet.iter_rows()]
    assert sheet.sheet_state == "veryHidden" and len(chunks) > 3
    assert max(map(len, chunks)) <= 30_000
    assert PerformanceTable.model_validate_json("".join(chunks)) == with_identity(table)


def test_empty_money_is_an_empty_cell_and_amounts_are_numbers() -> None:
    sheet = form_sheet(small_form(funds=(Funds(total="800.50", other=0),)), "annual")
    money = {label: sheet.cell(at(sheet, label).row, 4) for label in ("年度资金总额", "其中：财政拨款", "其他资金")}
    assert [cell.value for cell in money.values()] == [800.5, None, 0]
    assert money["年度资金总额"].number_format == "0.0"


def test_an_amount_with_more_digits_than_excel_keeps_is_text() -> None:
    sheet = form_sheet(small_form(funds=(Funds(total="1234567890123456.78"),)))
    assert at(sheet, "1234567890123456.78").data_type == "s"


def test_a_blank_is_plain_empty_and_commented() -> None:
    sheet = form_sheet(full_form())
    cell = sheet.cell(at(sheet, "指标4：新修机耕路里程").row, 6)
    assert cell.value is None and cell.fill.fill_type is None
    assert cell.comment is not None and "计划新修多少公里？" in cell.comment.text


def test_the_page_is_a4_upright_one_page_wide_with_repeated_headings() -> None:
    sheet = form_sheet(small_form(*(indicator(id=str(number)) for number in range(60))))
    setup = sheet.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "portrait", 1, 0)
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    heading = at(sheet, "一级指标").row
    assert sheet.print_title_rows == f"${heading}:${heading}"
    assert sheet.oddFooter is not None and "&P" in sheet.oddFooter.center.text
    title, label, filled = (at(sheet, text).font for text in ("项目支出绩效目标表", "一级指标", "≥20眼"))
    assert (title.name, title.size, label.name, filled.name) == ("宋体", 16, "宋体", "仿宋")


def test_a_form_little_longer_than_a_page_is_printed_on_one() -> None:
    assert form_sheet(full_form()).page_setup.fitToHeight == 1


def test_every_row_has_a_height_of_its_own() -> None:
    sheet = form_sheet(full_form())
    heights = [sheet.row_dimensions[number].height for number in range(1, sheet.max_row + 1)]
    assert all(height and height <= 409 for height in heights)


def test_the_sources_sheet_has_a_line_per_row_and_evidence() -> None:
    rows = page(full_form(), "依据与来源")
    assert rows[1] == ["序号", "三级指标", "指标值", "依据类别", "出处", "原文", "取值"]
    body = rows[2:]
    assert len(body) == 18  # sixteen rows, one of them with two pieces of evidence, and one line for the goal
    assert body[0][1:] == ["建设高标准农田面积", "≥2万亩", "项目说明", "项目说明第1段", "建设高标准农田2万亩", "2万亩"]
    assert body[1][3:5] == ["先例", "example-07"]
    assert body[4][1:4] == ["新修机耕路里程", "（待填）", "未附依据"]
    assert body[-1][1] == "年度绩效目标"


def test_the_open_matters_sheet_lists_everything_unsettled() -> None:
    rows = [row[1:] for row in page(full_form(), "待确认事项")[2:]]
    assert ["待填指标值", "产出指标／数量指标／新修机耕路里程", "材料里没有里程", "计划新修多少公里？"] in rows
    assert ["需要回答", "", "项目是否跨年？", "请回答后再定稿"] in rows
    assert ["检查发现", "", "V01 第5行的指标值无法衡量", "请修改或说明"] in rows
    assert ["待确认", "立项依据", "文号不完整\n原文：左半页：农建发", "请从中选定：1号、11号"] in rows


def test_nothing_open_is_said_too() -> None:
    assert page(small_form(), "待确认事项")[2][1:] == ["无", "", "没有待确认的事项", ""]


def test_a_conversion_and_a_left_out_contact_are_told() -> None:
    project = Project(contact={"电话": "0954-2030000"})
    form = small_form(form_kind="公开表", project=project, funds=(Funds(unit="元", total=50000),))
    told = "".join(text for row in page(form, "待确认事项") for text in row)
    assert "已换算为万元" in told and "公开表不带联系人" in told


def test_the_sheet_of_other_contents_is_there_only_when_needed() -> None:
    assert "其他内容" not in read(small_form()).sheetnames
    assert "其他内容" in read(small_form(indicator(note="备注"))).sheetnames
