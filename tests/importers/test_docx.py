"""Word documents: tables and text in reading order, with what other readers leave out."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.text.paragraph import Paragraph
from made_files import at, document, grids, lines, replaced, texts, written

from assistant.errors import UnreadableFile

PART = "word/document.xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def saved(tmp_path: Path, word: WordDocument) -> Path:
    path = tmp_path / "表.docx"
    word.save(str(path))
    return path


def with_body(tmp_path: Path, body: str) -> Path:
    """A document with a hand-written body."""
    word = docx.Document()
    word.add_paragraph("占位")
    path = saved(tmp_path, word)
    return replaced(path, PART, "<w:p><w:r><w:t>占位</w:t></w:r></w:p>", body)


def test_paragraphs_and_tables_keep_their_order(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("项目支出绩效目标表")
    word.add_table(1, 2).cell(0, 1).text = "甲\n乙"
    word.add_paragraph("注：单位万元")
    read = document(saved(tmp_path, word))
    assert [type(part).__name__ for part in read.parts] == ["Text", "Grid", "Text"]
    assert lines(read) == ["项目支出绩效目标表", "注：单位万元"]
    assert at(read, 0, 1).text == "甲\n乙"


def test_merged_cells_are_one_cell_with_its_span(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "竖"
    table.cell(2, 1).merge(table.cell(2, 2)).text = "横"
    read = document(saved(tmp_path, word))
    spans = {cell.text: (cell.row, cell.column, cell.rows, cell.columns) for cell in grids(read)[0].cells}
    assert spans["竖"] == (0, 0, 2, 1)
    assert spans["横"] == (2, 1, 1, 2)
    assert spans["11"] == (1, 1, 1, 1)


def test_content_controls_and_tracked_insertions_are_read_deletions_are_not(tmp_path: Path) -> None:
    cell = (
        "<w:tc><w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:ins><w:r><w:t>插入</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p></w:tc>"
    )
    body = f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell}</w:tr></w:sdtContent></w:sdt></w:tbl><w:p/>"
    read = document(with_body(tmp_path, body))
    assert texts(read) == [["控件插入"]]
    assert read.notes == ("有 1 处修订删除的文字没有读取",)


def test_breaks_tabs_signs_and_hyphens_are_kept(tmp_path: Path) -> None:
    sign = '<w:sym w:font="Symbol" w:char="F0B3"/>'
    run = f"<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:noBreakHyphen/>{sign}<w:t>95%</w:t>"
    assert lines(document(with_body(tmp_path, f"<w:p><w:r>{run}</w:r></w:p>"))) == ["甲", "乙\t-≥95%"]


def test_the_text_of_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    inside = f"<mc:Choice Requires='x'>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    both = f"<mc:AlternateContent {mc}>{inside}</mc:AlternateContent>"
    assert lines(document(with_body(tmp_path, f"<w:p><w:r>{both}<w:t>框外</w:t></w:r></w:p>"))) == ["框外", "框内"]


def test_a_table_in_a_cell_is_a_table_of_its_own(tmp_path: Path) -> None:
    word = docx.Document()
    outer = word.add_table(1, 1).cell(0, 0)
    outer.text = "外"
    outer.add_table(1, 1).cell(0, 0).text = "内"
    read = document(saved(tmp_path, word))
    assert texts(read) == [["外"], ["内"]]
    assert [grid.place for grid in grids(read)] == ["第 1 个表格", "第 2 个表格"]


def test_our_own_document_carries_its_table_and_the_names_of_its_rows(tmp_path: Path) -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="jimu_row_r7"/><w:r><w:t>≥95%</w:t></w:r><w:bookmarkEnd w:id="1"/>'
    path = with_body(tmp_path, f"<w:tbl><w:tr><w:tc><w:p>{mark}</w:p></w:tc></w:tr></w:tbl><w:p/>")
    with ZipFile(path, "a") as archive:
        archive.writestr("customXml/item7.xml", "<other/>")
        archive.writestr("customXml/jimu.xml", '<jimu xmlns="urn:jimu:table">{"id": "甲"}</jimu>')
    read = document(path)
    assert read.carried == '{"id": "甲"}'
    assert at(read, 0, 0).anchor == "jimu_row_r7"


def numbered(word: WordDocument, kinds: str) -> None:
    """Give the document a list 77 with one level for each kind."""
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for depth, (kind, pattern) in enumerate(pair.split("=") for pair in kinds.split())
    )
    numbering = word.part.numbering_part.element
    abstract = f'<w:abstractNum {W} w:abstractNumId="77">{levels}</w:abstractNum>'
    numbering.insert(0, parse_xml(abstract))
    numbering.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def at_level(paragraph: Paragraph, depth: int) -> None:
    place = f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
    paragraph._p.get_or_add_pPr().append(parse_xml(place))


def test_automatic_numbers_are_part_of_the_text(tmp_path: Path) -> None:
    word = docx.Document()
    numbered(word, "chineseCounting=%1、 decimal=(%2) decimalEnclosedCircle=%3 bullet=•")
    for text, depth in (("甲", 0), ("乙", 1), ("丙", 1), ("丁", 2), ("戊", 0), ("己", 1), ("庚", 3)):
        at_level(word.add_paragraph(text), depth)
    assert lines(document(saved(tmp_path, word))) == ["一、甲", "(1)乙", "(2)丙", "①丁", "二、戊", "(1)己", "庚"]


def test_a_number_that_counts_cells_is_shown_in_empty_cells_only(tmp_path: Path) -> None:
    word = docx.Document()
    numbered(word, "decimal=%1.")
    table = word.add_table(2, 2)
    for row in range(2):
        table.cell(row, 1).text = "产出指标"
        for column in range(2):
            at_level(table.cell(row, column).paragraphs[0], 0)
    goals = table.cell(1, 1)
    at_level(goals.add_paragraph("目标"), 0)
    assert texts(document(saved(tmp_path, word))) == [["1.", "产出指标", "3.", "4.产出指标\n5.目标"]]


def test_text_in_a_header_is_said(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("正文")
    word.sections[0].header.paragraphs[0].text = "附件2"
    word.sections[0].footer.paragraphs[0].text = "第 1 页 共 3 页"
    assert document(saved(tmp_path, word)).notes == ("页眉里有文字，没有读取",)


def test_entities_are_refused(tmp_path: Path) -> None:
    path = with_body(tmp_path, "<w:p/>")
    with ZipFile(path) as archive:
        xml = archive.read(PART).decode()
    start = xml.index("?>") + 2
    replaced(path, PART, xml, xml[:start] + '<!DOCTYPE x [<!ENTITY a "甲">]>' + xml[start:])
    with pytest.raises(UnreadableFile, match=r"表\.docx：.*自带实体"):
        document(path)


def test_endless_nesting_is_refused(tmp_path: Path) -> None:
    deep = 5000
    body = "<w:tbl><w:tr><w:tc>" * deep + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * deep
    with pytest.raises(UnreadableFile, match="嵌套太深"):
        document(with_body(tmp_path, body))


W2003 = 'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"'
TABLE_2003 = (
    '<w:tbl><w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p><w:r><w:t>产出</w:t></w:r></w:p></w:tc>'
    "<w:tc><w:p><w:r><w:t>数量</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>质量</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
)


@pytest.mark.parametrize("name", ["表.doc", "表.xml", "表.xls"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_word_2003_xml_is_read_under_any_suffix(tmp_path: Path, name: str, encoding: str) -> None:
    head = f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Word.Document"?>'
    body = f"<w:body><wx:sect><w:p><w:r><w:t>目标表</w:t></w:r></w:p>{TABLE_2003}</wx:sect></w:body>"
    path = written(tmp_path / name, f"{head}<w:wordDocument {W2003}>{body}</w:wordDocument>", encoding)
    read = document(path)
    assert (read.format, lines(read), texts(read)) == ("word2003", ["目标表"], [["产出", "数量", "质量"]])
    assert at(read, 0, 0).rows == 2
