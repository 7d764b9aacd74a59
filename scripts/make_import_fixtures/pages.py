"""Draw a fixture as a web page, as tabbed text, as Markdown, or on the pages of a PDF."""

from __future__ import annotations

from html import escape
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from scripts.make_import_fixtures.drawn import Break, Grid, Part, Placed, Words, placed, written_rows

_FONT, _SIZE, _LEADING, _PAD = "STSong-Light", 9, 11.5, 3
_LEFT, _TOP, _BOTTOM = 45, 790, 50
_WIDE = A4[0] - 2 * _LEFT


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


def write_pdf(parts: list[Part], path: Path) -> None:
    """A text PDF with ruled tables that run over pages."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    canvas.setTitle("绩效目标表")
    at = _new_page(canvas, first=True)
    for part in parts:
        if isinstance(part, Break):
            at = _new_page(canvas)
        elif isinstance(part, Words):
            for line in part.lines:
                for piece in _wrapped(line, _WIDE):
                    at = at if at - _LEADING > _BOTTOM else _new_page(canvas)
                    canvas.drawString(_LEFT, at - _LEADING, piece)
                    at -= _LEADING + 3
        else:
            at = _draw(canvas, part, at) - 12
    canvas.save()


def _new_page(canvas: Canvas, *, first: bool = False) -> float:
    if not first:
        canvas.drawCentredString(A4[0] / 2, 28, f"— {canvas.getPageNumber()} —")
        canvas.showPage()
    canvas.setFont(_FONT, _SIZE)
    canvas.setLineWidth(0.5)
    return _TOP


def _draw(canvas: Canvas, grid: Grid, at: float) -> float:
    """The table from `at` downwards; where the lower end stands."""
    cells, height, width = placed(grid)
    sizes = grid.widths or [1] * width
    edges = [_LEFT + _WIDE * sum(sizes[:column]) / sum(sizes) for column in range(width + 1)]
    tall = _heights(cells, height, edges)
    head = sum(tall[row] for row in grid.repeat)
    runs, used = [[0]], at - tall[0]
    for row in range(1, height):
        if used - tall[row] < _BOTTOM:
            runs.append([])
            used = _TOP - head
        runs[-1].append(row)
        used -= tall[row]
    for number, run in enumerate(runs):
        if number:
            at = _new_page(canvas)
            at = _draw_rows(canvas, cells, list(grid.repeat), tall, edges, at) if grid.repeat else at
        at = _draw_rows(canvas, cells, run, tall, edges, at)
    return at


def _heights(cells: list[Placed], height: int, edges: list[float]) -> list[float]:
    tall = [_LEADING + 2 * _PAD] * height
    for one in sorted(cells, key=lambda one: one.cell.rows):
        lines = _wrapped(one.cell.text, edges[one.column + one.cell.cols] - edges[one.column] - 2 * _PAD)
        missing = len(lines) * _LEADING + 2 * _PAD - sum(tall[one.row : one.row + one.cell.rows])
        if missing > 0:
            tall[one.row + one.cell.rows - 1] += missing
    return tall


def _draw_rows(
    canvas: Canvas, cells: list[Placed], rows: list[int], tall: list[float], edges: list[float], at: float
) -> float:
    tops = {row: at - sum(tall[one] for one in rows[:place]) for place, row in enumerate(rows)}
    for one in cells:
        inside = [row for row in range(one.row, one.row + one.cell.rows) if row in tops]
        if not inside:
            continue
        left, right = edges[one.column], edges[one.column + one.cell.cols]
        top, low = tops[inside[0]], tops[inside[-1]] - tall[inside[-1]]
        canvas.rect(left, low, right - left, top - low)
        if inside[0] == one.row:
            _write(canvas, _wrapped(one.cell.text, right - left - 2 * _PAD), left, top, low)
    return at - sum(tall[row] for row in rows)


def _write(canvas: Canvas, lines: list[str], left: float, top: float, low: float) -> None:
    at = top - max(_PAD, (top - low - len(lines) * _LEADING) / 2)
    for line in lines:
        canvas.drawString(left + _PAD, at - _SIZE, line)
        at -= _LEADING


def _wrapped(text: str, width: float) -> list[str]:
    lines: list[str] = []
    for piece in text.split("\n"):
        line = ""
        for character in piece:
            if pdfmetrics.stringWidth(line + character, _FONT, _SIZE) > width and line:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines
