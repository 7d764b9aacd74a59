"""Draw a fixture as Excel 2003 XML or Word 2003 XML, the texts a budget system names .xls and .doc."""

from __future__ import annotations

from html import escape
from itertools import groupby
from pathlib import Path

from scripts.make_import_fixtures.drawn import Break, Grid, Part, Placed, Words, placed

_SHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_WORD = "http://schemas.microsoft.com/office/word/2003/wordml"


def write_excel_xml(parts: list[Part], path: Path) -> None:
    """One worksheet; merged cells by MergeAcross and MergeDown, columns skipped by Index."""
    width = max(placed(part)[2] for part in parts if isinstance(part, Grid))
    rows: list[str] = []
    for part in parts:
        if isinstance(part, Words):
            rows += [f'<Row><Cell ss:MergeAcross="{width - 1}">{_data(line)}</Cell></Row>' for line in part.lines]
        elif isinstance(part, Grid):
            cells, height, _ = placed(part)
            by_row = {row: list(few) for row, few in groupby(sorted(cells, key=_place), key=lambda one: one.row)}
            rows += [f"<Row>{''.join(map(_sheet_cell, by_row.get(row, [])))}</Row>" for row in range(height)]
    text = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{_SHEET}" xmlns:ss="{_SHEET}">\n<Worksheet ss:Name="绩效目标表"><Table>\n'
        + "\n".join(rows)
        + "\n</Table></Worksheet>\n</Workbook>\n"
    )
    path.write_text(text, encoding="utf-8")


def _place(one: Placed) -> tuple[int, int]:
    return one.row, one.column


def _data(text: str) -> str:
    return f'<Data ss:Type="String">{escape(text, quote=False).replace(chr(10), "&#10;")}</Data>' if text else ""


def _sheet_cell(one: Placed) -> str:
    across = f' ss:MergeAcross="{one.cell.cols - 1}"' if one.cell.cols > 1 else ""
    down = f' ss:MergeDown="{one.cell.rows - 1}"' if one.cell.rows > 1 else ""
    return f'<Cell ss:Index="{one.column + 1}"{across}{down}>{_data(one.cell.text)}</Cell>'


def write_word_xml(parts: list[Part], path: Path) -> None:
    """Paragraphs and tables; merged cells by gridSpan and vmerge."""
    body: list[str] = []
    for part in parts:
        if isinstance(part, Words):
            body += [_paragraph(line) for line in part.lines]
        elif isinstance(part, Grid):
            body.append(_word_table(part))
        elif isinstance(part, Break):
            body.append('<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
        f'<w:wordDocument xmlns:w="{_WORD}"><w:body>\n' + "\n".join(body) + "\n</w:body></w:wordDocument>\n"
    )
    path.write_text(text, encoding="utf-8")


def _paragraph(text: str) -> str:
    runs = "<w:br/>".join(f"<w:t>{escape(line, quote=False)}</w:t>" for line in text.split("\n"))
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def _word_table(grid: Grid) -> str:
    cells, height, width = placed(grid)
    columns = "".join(f'<w:gridCol w:w="{9000 // width}"/>' for _ in range(width))
    lines = [f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>"]
    for row in range(height):
        here = [one for one in cells if one.row <= row < one.row + one.cell.rows]
        lines.append(
            f"<w:tr>{''.join(_word_cell(one, row) for one in sorted(here, key=lambda one: one.column))}</w:tr>"
        )
    return "\n".join([*lines, "</w:tbl>"])


def _word_cell(one: Placed, row: int) -> str:
    span = f'<w:gridSpan w:val="{one.cell.cols}"/>' if one.cell.cols > 1 else ""
    merge = "" if one.cell.rows == 1 else '<w:vmerge w:val="restart"/>' if row == one.row else "<w:vmerge/>"
    text = _paragraph(one.cell.text if row == one.row else "")
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{text}</w:tc>"
