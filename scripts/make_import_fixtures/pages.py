"""Draw a fixture as a web page, as tabbed text or as Markdown."""

from __future__ import annotations

from html import escape
from pathlib import Path

from scripts.make_import_fixtures.drawn import Grid, Part, Placed, Words, placed, written_rows


def write_html(parts: list[Part], path: Path) -> None:
    """A page of a government site: paragraphs and tables with spans."""
    lines = ['<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>信息公开</title></head><body>']
    lines.append('<div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div>')
    for part in parts:
        if isinstance(part, Words):
            lines += [f"<p>{escape(line)}</p>" for line in part.lines]
        elif isinstance(part, Grid):
            lines += _html_table(part)
    lines.append('<div class="foot">打印本页 | 关闭窗口</div></body></html>\n')
    path.write_text("\n".join(lines), encoding="utf-8")


def _html_table(grid: Grid) -> list[str]:
    cells, height, _ = placed(grid)
    lines = ['<table border="1" cellspacing="0">']
    for row in range(height):
        inside = "".join(_html_cell(one) for one in cells if one.row == row)
        lines.append(f"<tr>{inside}</tr>")
    return [*lines, "</table>"]


def _html_cell(one: Placed) -> str:
    spans = (f' rowspan="{one.cell.rows}"' if one.cell.rows > 1 else "") + (
        f' colspan="{one.cell.cols}"' if one.cell.cols > 1 else ""
    )
    return f"<td{spans}>{escape(one.cell.text).replace(chr(10), '<br>')}</td>"


def write_txt(parts: list[Part], path: Path) -> None:
    """What a copy from Word leaves: tabs between cells, one row a line."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Words):
            lines += part.lines
        elif isinstance(part, Grid):
            lines += ["\t".join(one.replace("\n", "") for one in row) for row in written_rows(part)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_md(parts: list[Part], path: Path) -> None:
    """Pipe tables, as converters write them."""
    lines: list[str] = []
    for part in parts:
        if isinstance(part, Words):
            lines += [*part.lines, ""]
        elif isinstance(part, Grid):
            rows = ["| " + " | ".join(one.replace("\n", "<br>") for one in row) + " |" for row in written_rows(part)]
            ruler = "|" + "---|" * placed(part)[2]
            lines += [rows[0], ruler, *rows[1:], ""]
    path.write_text("\n".join(lines), encoding="utf-8")
