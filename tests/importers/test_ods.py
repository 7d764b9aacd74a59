"""OpenDocument spreadsheets, written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_files import at, document, grids, texts, zipped

from assistant.errors import UnreadableFile
from assistant.reading_limits import ReadingLimits

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)


def cell(text: str = "", attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>" + (f"<text:p>{text}</text:p>" if text else "") + "</table:table-cell>"


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def saved(tmp_path: Path, *rows: str, head: str = "", manifest: str = "<m/>") -> Path:
    hidden = '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
    tables = f'<table:table table:name="附表">{head}{"".join(rows)}</table:table>'
    content = f"<office:document-content {SPACES}>{hidden}<office:body>{tables}</office:body></office:document-content>"
    members = {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "META-INF/manifest.xml": manifest,
    }
    return zipped(tmp_path / "表.ods", dict(members))


def test_cells_read_as_they_are_shown(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        row(cell("≥95%", 'office:value-type="percentage" office:value="0.95"'), cell("一<text:s text:c='2'/>二")),
        row(
            cell("上</text:p><text:p>下<text:line-break/>末"),
            cell("甲<office:annotation><text:p>批</text:p></office:annotation>"),
        ),
    )
    assert texts(document(path)) == [["≥95%", "一  二", "上\n下\n末", "甲"]]


def test_spans_and_repeats_are_followed(tmp_path: Path) -> None:
    wide = cell("产出", 'table:number-columns-spanned="2" table:number-rows-spanned="2"')
    path = saved(
        tmp_path,
        row(wide, "<table:covered-table-cell/>", cell("x")),
        row('<table:covered-table-cell table:number-columns-repeated="2"/>', cell("y")),
        row(
            cell(attributes='table:number-columns-repeated="2"'), cell("z"), attributes='table:number-rows-repeated="2"'
        ),
        row(
            cell(attributes='table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048000"'
        ),
    )
    places = [(one.text, one.row, one.column, one.rows, one.columns) for one in grids(document(path))[0].cells]
    assert places == [("产出", 0, 0, 2, 2), ("x", 0, 2, 1, 1), ("y", 1, 2, 1, 1), ("z", 2, 2, 1, 1), ("z", 3, 2, 1, 1)]


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    read = document(saved(tmp_path, row(cell("甲")), row(cell("乙"), attributes='table:visibility="collapse"')))
    assert (texts(read), read.notes) == ([["甲", "乙"]], ("工作表“附表”有 1 行是隐藏的（第 2 行），也读了",))


def test_a_row_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, row(cell("甲"), attributes='table:number-rows-repeated="1000000"'))
    with pytest.raises(UnreadableFile, match="超过单元格上限"):
        document(path, ReadingLimits(most_cells=1000))


def test_a_formula_without_result_is_a_doubt(tmp_path: Path) -> None:
    read = document(saved(tmp_path, row(cell("甲"), cell(attributes='table:formula="of:=1+1"'))))
    assert at(read, 0, 1).doubt


def test_a_password_is_said(tmp_path: Path) -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    with pytest.raises(UnreadableFile, match="有密码"):
        document(saved(tmp_path, row(cell("甲")), manifest=manifest))
