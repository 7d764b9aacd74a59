"""Excel 2003 XML, as a widely used budget system writes it under .xls."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_files import at, document, grids, texts, written

from assistant.errors import UnreadableFile
from assistant.reading_limits import ReadingLimits

S = "urn:schemas-microsoft-com:office:spreadsheet"
STYLES = (
    '<Styles><Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style><Style ss:ID="m" ss:Parent="s"/>'
    '<Style ss:ID="s"><NumberFormat ss:Format="Standard"/></Style>'
    '<Style ss:ID="d"><NumberFormat ss:Format="Long Date"/></Style></Styles>'
)


def workbook(rows: str, options: str = "", encoding: str = "UTF-8") -> str:
    head = f'<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>'
    sheet = f'<Worksheet ss:Name="附表3"><Table>{rows}</Table>{options}</Worksheet>'
    return f'{head}<Workbook xmlns="{S}" xmlns:ss="{S}">{STYLES}{sheet}</Workbook>'


def data(text: str, kind: str = "String", attributes: str = "") -> str:
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_numbers_and_dates_read_as_a_person_sees_them(tmp_path: Path) -> None:
    cells = (
        data("0.95", "Number", 'ss:StyleID="p"')
        + data("3498", "Number", 'ss:StyleID="m"')
        + data("2024-12-31T00:00:00.000", "DateTime", 'ss:StyleID="d"')
        + data("12", "Number")
    )
    path = written(tmp_path / "表.xls", workbook(f"<Row>{cells}</Row>"))
    assert texts(document(path)) == [["95%", "3,498.00", "2024年12月31日", "12"]]


def test_indices_and_spans_are_followed(tmp_path: Path) -> None:
    rows = (
        "<Row>"
        + data("产出", attributes='ss:MergeDown="1"')
        + data("宽", attributes='ss:MergeAcross="1"')
        + data("末"),
        "</Row><Row>" + data("二", attributes='ss:Index="3"'),
        '</Row><Row ss:Index="5" ss:Hidden="1">' + data("五") + "</Row>",
    )
    read = document(written(tmp_path / "表.xls", workbook("".join(rows))))
    places = [(one.text, one.row, one.column, one.rows, one.columns) for one in grids(read)[0].cells]
    assert places == [
        ("产出", 0, 0, 2, 1),
        ("宽", 0, 1, 1, 2),
        ("末", 0, 3, 1, 1),
        ("二", 1, 2, 1, 1),
        ("五", 4, 0, 1, 1),
    ]
    assert read.notes == ("工作表“附表3”有 1 行是隐藏的（第 5 行），也读了",)


@pytest.mark.parametrize("name", ["表.xls", "表.xml", "表.doc", "表.xlsx"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "utf-16"])
def test_any_suffix_and_encoding_will_do(tmp_path: Path, name: str, encoding: str) -> None:
    markup = workbook(f"<Row>{data('绩效目标')}</Row>", encoding=encoding)
    read = document(written(tmp_path / name, markup, encoding))
    assert (read.format, texts(read)) == ("excel2003", [["绩效目标"]])


def test_a_formula_without_result_is_a_doubt(tmp_path: Path) -> None:
    rows = f'<Row>{data("甲")}<Cell ss:Formula="=R1C1"/></Row>'
    assert at(document(written(tmp_path / "表.xls", workbook(rows))), 0, 1).doubt


def test_entities_are_refused(tmp_path: Path) -> None:
    markup = workbook("<Row/>").replace("<Workbook", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Workbook')
    with pytest.raises(UnreadableFile, match="自带实体"):
        document(written(tmp_path / "表.xls", markup))


def test_control_characters_of_the_exporting_system_are_dropped(tmp_path: Path) -> None:
    path = written(tmp_path / "表.xls", workbook("<Row>" + data("甲\x0b乙") + "</Row>"))
    assert texts(document(path)) == [["甲乙"]]


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "表.xls", workbook(f"<Row>{data('甲')}</Row>" * 30))
    with pytest.raises(UnreadableFile, match="超过单元格上限"):
        document(path, ReadingLimits(most_cells=20))
