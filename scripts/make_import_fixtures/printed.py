"""Draw a fixture on the pages of a text PDF, tables ruled and running over pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from scripts.make_import_fixtures.drawn import Break, Grid, Part, Placed, Words, placed
from scripts.make_import_fixtures.fonts import embedded_font

_CID = "STSong-Light"
_SIZE, _LEADING, _PAD = 9, 11.5, 3
_LEFT, _TOP, _BOTTOM = 45, 790, 50
_WIDE = A4[0] - 2 * _LEFT


def write_pdf(parts: list[Part], path: Path) -> None:
    """With an embedded subset font, as office programs write."""
    words = [line for part in parts if isinstance(part, Words) for line in part.lines]
    words += [one.cell.text for part in parts if isinstance(part, Grid) for one in placed(part)[0]]
    _write(parts, path, embedded_font("".join(sorted(set("".join(words)) | set("—0123456789 "))).replace("\n", "")))


def write_pdf_plain(parts: list[Part], path: Path) -> None:
    """With a named Chinese font that is not embedded, as older programs write."""
    pdfmetrics.registerFont(UnicodeCIDFont(_CID))
    _write(parts, path, _CID)


def _write(parts: list[Part], path: Path, font: str) -> None:
    paper = _Paper(Canvas(str(path), pagesize=A4, invariant=1), font)
    for part in parts:
        if isinstance(part, Break):
            paper.turn()
        elif isinstance(part, Words):
            paper.words(part.lines)
        else:
            paper.table(part)
    paper.canvas.save()


@dataclass
class _Paper:
    """Pages being drawn; `at` is how far down the current page is used."""

    canvas: Canvas
    font: str
    at: float = field(default=_TOP)
    started: bool = False

    def turn(self) -> None:
        """Begin the next page, with the number at the foot of the last."""
        if self.started:
            self.canvas.drawCentredString(A4[0] / 2, 28, f"— {self.canvas.getPageNumber()} —")
            self.canvas.showPage()
        self.canvas.setFont(self.font, _SIZE)
        self.canvas.setLineWidth(0.5)
        self.at, self.started = _TOP, True

    def words(self, lines: Sequence[str]) -> None:
        """Running text, broken at the margin."""
        for piece in (piece for line in lines for piece in self.broken(line, _WIDE)):
            if not self.started or self.at - _LEADING < _BOTTOM:
                self.turn()
            self.canvas.drawString(_LEFT, self.at - _LEADING, piece)
            self.at -= _LEADING + 3

    def table(self, grid: Grid) -> None:
        """A table; what does not fit goes to the next page, under the rows that are repeated."""
        cells, height, width = placed(grid)
        sizes = grid.widths or [1] * width
        edges = [_LEFT + _WIDE * sum(sizes[:column]) / sum(sizes) for column in range(width + 1)]
        tall = self._heights(cells, height, edges)
        run: list[int] = []
        for row in range(height):
            if not self.started or self.at - sum(tall[one] for one in run) - tall[row] < _BOTTOM:
                self._rows(cells, run, tall, edges)
                self.turn()
                if row:
                    self._rows(cells, list(grid.repeat), tall, edges)
                run = []
            run.append(row)
        self._rows(cells, run, tall, edges)
        self.at -= 12

    def _heights(self, cells: list[Placed], height: int, edges: list[float]) -> list[float]:
        tall = [_LEADING + 2 * _PAD] * height
        for one in sorted(cells, key=lambda one: one.cell.rows):
            room = edges[one.column + one.cell.cols] - edges[one.column] - 2 * _PAD
            needed = len(self.broken(one.cell.text, room)) * _LEADING + 2 * _PAD
            last = one.row + one.cell.rows - 1
            tall[last] += max(0, needed - sum(tall[one.row : last + 1]))
        return tall

    def _rows(self, cells: list[Placed], rows: list[int], tall: list[float], edges: list[float]) -> None:
        tops = {row: self.at - sum(tall[one] for one in rows[:place]) for place, row in enumerate(rows)}
        for one in cells:
            inside = [row for row in range(one.row, one.row + one.cell.rows) if row in tops]
            if not inside:
                continue
            left, right = edges[one.column], edges[one.column + one.cell.cols]
            top, low = tops[inside[0]], tops[inside[-1]] - tall[inside[-1]]
            self.canvas.rect(left, low, right - left, top - low)
            if inside[0] == one.row:
                self._fill(self.broken(one.cell.text, right - left - 2 * _PAD), left, top, low)
        self.at -= sum(tall[row] for row in rows)

    def _fill(self, lines: list[str], left: float, top: float, low: float) -> None:
        at = top - max(_PAD, (top - low - len(lines) * _LEADING) / 2)
        for line in lines:
            self.canvas.drawString(left + _PAD, at - _SIZE, line)
            at -= _LEADING

    def broken(self, text: str, width: float) -> list[str]:
        """The lines a text takes in this width."""
        lines: list[str] = []
        for piece in text.split("\n"):
            line = ""
            for character in piece:
                if line and pdfmetrics.stringWidth(line + character, self.font, _SIZE) > width:
                    lines.append(line)
                    line = ""
                line += character
            lines.append(line)
        return lines
