"""The document read back with python-docx, and its XML in the order the schema asks for."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from form_examples import GOAL, full_form, full_table, indicator, small_form

from assistant.carried import CARRIED_NAMESPACE, row_of_anchor, with_identity
from assistant.exporters import LAYOUTS, Form
from assistant.exporters.docx import document_bytes
from assistant.schema import Funds, Goal, Goals, PerformanceTable, Project

EVERY_LAYOUT = pytest.mark.parametrize("layout", LAYOUTS)
ORDER = {  # ISO 29500-1 annex A: the order of the children we write
    "pPr": "pStyle keepNext keepLines pageBreakBefore tabs spacing ind jc rPr sectPr",
    "rPr": "rFonts b color sz szCs lang",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "tcPr": "tcW gridSpan vMerge shd vAlign",
    "tbl": "tblPr tblGrid tr",
    "tr": "trPr tc",
    "tc": "tcPr p",
    "sectPr": "footerReference type pgSz pgMar cols docGrid",
    "font": "altName charset family",
}


def read(form: Form, layout: str | None = None) -> WordDocument:
    return Document(BytesIO(document_bytes(form, layout)))


def parts(form: Form, layout: str | None = None) -> dict[str, str]:
    with ZipFile(BytesIO(document_bytes(form, layout))) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def texts(table: Table) -> list[list[str]]:
    """Each row's cells, a merged cell once a row."""
    return [[cell.text for cell in {id(cell._tc): cell for cell in row.cells}.values()] for row in table.rows]


def form_tables(document: WordDocument) -> list[Table]:
    """The tables before the appendix: those in the upright section."""
    listed = [table for table in document.tables if table.rows[0].cells[0].text == "序号"]
    return document.tables[: len(document.tables) - len(listed)]


def bookmarks(document: WordDocument) -> dict[str | None, str]:
    """The text of the cell each bookmark of ours stands in, by row key."""
    found = {}
    for mark in document.element.iter(qn("w:bookmarkStart")):
        cell = next(mark.iterancestors(qn("w:tc")))
        found[row_of_anchor(mark.get(qn("w:name")))] = "".join(one.text or "" for one in cell.iter(qn("w:t")))
    return found


@EVERY_LAYOUT
def test_every_indicator_stands_beside_its_value(layout: str) -> None:
    rows = [row for table in form_tables(read(full_form(), layout)) for row in texts(table)]
    for row in full_table().indicators:
        found = next(line for line in rows if any(text.endswith(row.name) for text in line))
        assert (row.value.raw if row.value else "") in found


@EVERY_LAYOUT
def test_every_value_cell_bears_the_bookmark_of_its_row(layout: str) -> None:
    expected = {row.id: row.value.raw if row.value else "" for row in full_table().indicators}
    assert bookmarks(read(full_form(), layout)) == expected


def test_bookmarks_are_short_and_their_numbers_differ() -> None:
    document = read(small_form(*(indicator(id=f"第{number}行的长编号") for number in range(200))))
    marks = list(document.element.iter(qn("w:bookmarkStart")))
    assert max(len(mark.get(qn("w:name"))) for mark in marks) <= 40
    assert len({mark.get(qn("w:id")) for mark in marks}) == len({mark.get(qn("w:name")) for mark in marks}) == 200


@EVERY_LAYOUT
@pytest.mark.parametrize("dialect", ["central_2015", "central_2021"])
def test_a_custom_part_carries_the_table_as_it_was_given(layout: str, dialect: str) -> None:
    goals = Goals(annual=Goal(text="甲]]>&amp;<乙> \x01𠮷"))
    table = full_table(dialect).model_copy(update={"goals": goals})
    related = read(Form(table), layout).part.rels.values()
    (item,) = [rel.target_part for rel in related if rel.reltype.endswith("/customXml")]
    head, text = item.blob.decode().split(f'<jimu xmlns="{CARRIED_NAMESPACE}">')
    assert head.startswith("<?xml")
    root = fromstring(item.blob)
    assert root.tag == f"{{{CARRIED_NAMESPACE}}}jimu" and text.endswith("</jimu>")
    assert PerformanceTable.model_validate_json(root.text or "") == with_identity(table)


@EVERY_LAYOUT
def test_all_rows_of_a_table_are_as_wide_as_its_grid(layout: str) -> None:
    for table in read(full_form(), layout).tables:
        columns = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
        for row in table._tbl.tr_lst:
            spans = [(cell.grid_span, int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w")))) for cell in row.tc_lst]
            assert sum(span for span, _ in spans) == len(columns)
            assert sum(width for _, width in spans) == sum(columns)


@EVERY_LAYOUT
def test_children_stand_in_the_order_of_the_schema(layout: str) -> None:
    for name, xml in parts(full_form(), layout).items():
        if not name.startswith("word/") or "theme" in name or not name.endswith(".xml"):
            continue
        for parent in fromstring(xml).iter():
            order = ORDER.get(_local(parent.tag), "").split()
            places = [order.index(_local(child.tag)) for child in parent] if order else []
            assert all(one <= other for one, other in pairwise(places)), (name, parent.tag)


def test_levels_are_merged_over_their_rows() -> None:
    table = form_tables(read(full_form("central_2021")))[1]
    column = [row.cells[2]._tc for row in table.rows]
    rows = [number for number, row in enumerate(texts(table)) if "数量指标" in row]
    assert len(rows) == 4 and len({column[number] for number in rows}) == 1


def test_the_page_is_a4_with_margins_page_numbers_and_an_appendix_across() -> None:
    document = read(full_form())
    upright, across = document.sections
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    assert (round(across.page_width.mm), round(across.page_height.mm)) == (297, 210)
    assert 15 < upright.left_margin.mm < 25 and upright.left_margin == upright.right_margin
    for section in (upright, across):
        assert 'w:instr=" PAGE "' in section.footer._element.xml


@pytest.mark.parametrize("rows", range(10, 40, 3))
def test_a_form_is_never_printed_smaller_than_can_be_read(rows: int) -> None:
    form = small_form(*(indicator(id=str(number), weight=2) for number in range(rows)))
    sizes = {style.font.size.pt for style in read(form, "central_2015").styles if style.name.startswith("表样标签")}
    assert min(sizes) >= 8.5


def test_fonts_are_named_in_chinese_with_their_latin_names_beside() -> None:
    found = parts(full_form())
    assert 'w:name="宋体"><w:altName w:val="SimSun"/>' in found["word/fontTable.xml"]
    assert 'w:eastAsia="仿宋"' in found["word/styles.xml"] and 'w:eastAsia="zh-CN"' in found["word/styles.xml"]


def test_rows_are_never_split_and_headings_are_said_again_on_every_page() -> None:
    document = read(small_form(*(indicator(name=f"第{number}项", id=str(number)) for number in range(200))))
    header, *pages = form_tables(document)
    assert len(pages) == 7 and header.rows[0].cells[0].text == "项目名称"
    for page in pages:
        assert page._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None
        assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in page._tbl.tr_lst)
        first, second = ([cell.text for cell in row.cells] for row in page.rows[:2])
        assert first[:2] == ["绩效指标", "一级指标"] and second[:2] == ["绩效指标", "产出指标"]
    names = [one.text for page in pages for one in page._tbl.iter(qn("w:t")) if one.text.startswith("第")]
    assert names == [f"第{number}项" for number in range(200)]


def test_a_blank_is_plain_and_empty_and_money_nobody_stated_is_empty() -> None:
    document = read(full_form("central_2021"))
    (row,) = [
        row for table in form_tables(document) for row in table.rows if "新修机耕路里程" in texts(table)[row._index]
    ]
    shades = [one.get(qn("w:fill")) for one in row._tr.iter(qn("w:shd"))]
    assert shades == [] and row.cells[-1].text == ""
    money = {line[-2]: line[-1] for line in texts(form_tables(document)[0])}
    assert (money["年度资金总额"], money["上年结转"]) == ("3900", "")


def test_the_appendix_lists_sources_and_open_matters() -> None:
    document = read(full_form())
    lists = [table for table in document.tables if table.rows[0].cells[0].text == "序号"]
    sources, matters = (texts(table) for table in lists[:2])
    assert ["1", "建设高标准农田面积", "≥2万亩", "项目说明", "项目说明第1段", "建设高标准农田2万亩", "2万亩"] in sources
    assert any("项目是否跨年？" in row for row in matters)
    said = [paragraph.text for paragraph in document.paragraphs]
    assert {"项目支出绩效目标表", "依据与来源", "待确认事项"} <= set(said)


def test_an_empty_table_prints_the_frame_of_its_generation() -> None:
    for generation, count in (("2015", 9), ("2021", 11)):
        table = PerformanceTable(form_generation=generation, form_dialect=f"central_{generation}")
        rows = [row for one in form_tables(read(Form(table))) for row in texts(one)]
        assert len([row for row in rows if "指标1：" in row]) == count


def test_a_goal_longer_than_a_page_is_one_cell_that_may_run_over() -> None:
    document = read(small_form(goals=Goals(annual=Goal(text=GOAL * 20))), "annual")
    assert [row[-1] for row in texts(form_tables(document)[0])].count(GOAL * 20) == 1


HOSTILE = [
    "=100%",
    "=cmd|'/c calc'!A1",
    "@x",
    "{ HYPERLINK http://x }",
    "</w:t></w:r><w:fldSimple w:instr='DDE'/>",
    "&#x41;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_file_becomes_a_field_or_markup(text: str) -> None:
    table = PerformanceTable(
        title=text,
        project=Project(name=text, dept=text, basis=text),
        goals=Goals(annual=Goal(text=text)),
        indicators=(indicator(name=text, value=text, id=text),),
        funds=(Funds(total=3),),
    )
    body = parts(Form(table, questions=(text,)), "annual")["word/document.xml"]
    assert not any(f"<w:{tag}" in body for tag in ("fldSimple", "instrText", "hyperlink", "object", "altChunk"))
    read_back = read(Form(table), "annual")
    cells = [text for one in form_tables(read_back) for row in texts(one) for text in row]
    assert cells.count(text) == 5 and read_back.paragraphs[0].text == text


def test_control_characters_are_removed_and_told() -> None:
    document = read(small_form(indicator(name="机\x00井\x0b数\ufffe量"), title="表\x07题"))
    cells = [cell.text for table in document.tables for cell in table._cells]
    assert "机井数量" in cells and any("U+FFFE" in text for text in cells)
    assert document.paragraphs[0].text == "表题" and document.core_properties.title == "表题"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
