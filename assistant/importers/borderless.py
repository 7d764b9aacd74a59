"""Tables without borders: columns by the words of a form's head, rows by rules across or by where the values stand.

Only a line that says three head words apart from each other is taken for a head; everything else stays text. What is
read this way is inferred, and every cell says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.importers.lattice import Lattice, Slot
from assistant.importers.matrix import plain
from assistant.importers.table_head import HEAD_WORD, NAME_WORD, VALUE_WORD

DOUBT = "表格没有竖线，行和列是按文字位置推断的，请核对"
_FEWEST_HEADS, _LONGEST_HEAD = 3, 12
_NEAR = 1.6
"""Line heights: a line this close to a row's value belongs to the row."""
_APART = 4.0
"""Line heights: a gap this wide ends the table."""


@dataclass(frozen=True)
class Piece:
    """A text that stands by itself in its line."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Aligned:
    """A table found among lines: which lines it takes, its geometry and its texts."""

    first: int
    end: int
    lattice: Lattice
    texts: tuple[str, ...]


def aligned(lines: Sequence[Sequence[Piece]], rules: Sequence[float]) -> Aligned | None:
    """The first table without borders among lines from top to bottom; `rules` are the heights of lines across."""
    for first, line in enumerate(lines):
        heads = [one for one in line if len(plain(one.text)) <= _LONGEST_HEAD and HEAD_WORD.search(plain(one.text))]
        if len(heads) >= _FEWEST_HEADS and any(NAME_WORD.search(plain(one.text)) for one in heads):
            cuts = _columns(line)
            end = _end(lines, first, cuts)
            if end > first + 1:
                return _table(lines[first:end], cuts, rules, first)
    return None


def _columns(head: Sequence[Piece]) -> list[float]:
    """Cuts in the middle between neighbouring head words; the outer columns reach as far as a page does."""
    between = [(one.right + other.left) / 2 for one, other in pairwise(head)]
    width = head[-1].right - head[0].left
    return [head[0].left - width, *between, head[-1].right + width]


def _end(lines: Sequence[Sequence[Piece]], first: int, cuts: Sequence[float]) -> int:
    """The line before which the table ends: running text, another head, a wide gap."""
    for number in range(first + 1, len(lines)):
        line, before = lines[number], lines[number - 1]
        height = max(before[0].bottom - before[0].top, 1.0)
        running = any(sum(one.left < cut < one.right for cut in cuts[1:-1]) > 1 for one in line)
        beside = len(line) == 1 and number > first + 1 and plain(line[0].text).strip("-–—－").isdigit()
        if running or beside or line[0].top - before[0].bottom > _APART * height:
            return number
    return len(lines)


def _table(lines: Sequence[Sequence[Piece]], cuts: list[float], rules: Sequence[float], first: int) -> Aligned:
    heads = {_column(one, cuts): plain(one.text) for one in lines[0]}
    inside = sorted(rule for rule in rules if lines[0][0].bottom <= rule <= lines[-1][0].top)
    rows = _rows_by_rules(lines, inside) if len(inside) > 1 else _rows_by_values(lines, cuts, heads)
    width = len(cuts) - 1
    texts = []
    for row in rows:
        for column in range(width):
            found = [" ".join(one.text for one in line if _column(one, cuts) == column) for line in row]
            texts.append("\n".join(text for text in found if text))
    tops = [row[0][0].top for row in rows]
    ys = (*tops, max(one.bottom for one in lines[-1]))
    slots = tuple(Slot(row, column, 1, 1) for row in range(len(rows)) for column in range(width))
    return Aligned(first, first + len(lines), Lattice(tuple(cuts), ys, slots), tuple(texts))


def _column(piece: Piece, cuts: Sequence[float]) -> int:
    middle = (piece.left + piece.right) / 2
    return max(0, min(sum(cut < middle for cut in cuts) - 1, len(cuts) - 2))


def _rows_by_rules(lines: Sequence[Sequence[Piece]], rules: Sequence[float]) -> list[list[Sequence[Piece]]]:
    """Lines between the same two rules as one row."""
    rows: dict[int, list[Sequence[Piece]]] = {}
    for line in lines:
        middle = (line[0].top + line[0].bottom) / 2
        rows.setdefault(sum(rule < middle for rule in rules), []).append(line)
    return list(rows.values())


def _rows_by_values(
    lines: Sequence[Sequence[Piece]], cuts: Sequence[float], heads: dict[int, str]
) -> list[list[Sequence[Piece]]]:
    """The head, then a row for every line with a value; other lines join the nearest, or are rows of their own."""
    values = {column for column, text in heads.items() if VALUE_WORD.search(text)}
    body = lines[1:]
    seeds = [number for number, line in enumerate(body) if any(_column(one, cuts) in values for one in line)]
    rows: dict[int, list[Sequence[Piece]]] = {}
    for number, line in enumerate(body):
        height = max(line[0].bottom - line[0].top, 1.0)
        nearest = min(seeds, key=lambda seed: abs(body[seed][0].top - line[0].top), default=number)
        near = abs(body[nearest][0].top - line[0].top) <= _NEAR * height
        rows.setdefault(nearest if near else number, []).append(line)
    return [[lines[0]], *(rows[number] for number in sorted(rows))]
