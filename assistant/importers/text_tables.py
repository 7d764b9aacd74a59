"""Tables drawn in running text: pipes (Markdown), tabs, box lines, or columns held apart by blanks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from assistant.importers.document import Cell, Grid, Text
from assistant.importers.placing import Budget

_RULE = re.compile(r"^[\s|+:=_─━═┄┅┈┉│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋-]+$")
_GRID_RULE = re.compile(r"^\+[-=+]+\+$")
_BARS = re.compile("[│┃║|]")
_BOX = re.compile("[─━═│┃║┌┐└┘├┤┬┴┼╔╗╚╝╠╣╦╩╬┏┓┗┛┣┫┳┻╋]")
_PIPE = re.compile(r"(?<!\\)\|")
_GAP = re.compile("[ \u3000\t]{2,}|\t")
_FEWEST_ROWS = 2
_HEADING = frozenset({"三级指标", "三级", "指标名称", "指标内容"})
Splitter = Callable[[str], list[str] | None]


def parts_of_text(lines: Sequence[str], budget: Budget) -> tuple[Grid | Text, ...]:
    """Running text and the tables drawn in it, in reading order; what is no table stays text."""
    parts: list[Grid | Text] = []
    loose: list[str] = []
    at = 0
    while at < len(lines):
        if _RULE.match(lines[at]):
            at += 1  # a line that only rules says nothing
            continue
        end, rows = _table(lines, at)
        if rows:
            _flush(loose, parts)
            parts.append(Grid(_cells(rows, budget), f"第 {at + 1}—{end} 行的表格"))
            at = end
        else:
            loose += lines[at:end]
            at = end
    _flush(loose, parts)
    return tuple(parts)


def _flush(loose: list[str], parts: list[Grid | Text]) -> None:
    texts = tuple(line.strip() for line in loose if line.strip())
    if texts:
        parts.append(Text(texts, f"正文第 {len(parts) + 1} 部分"))
    loose.clear()


def _table(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]]:
    """The table that begins at a line: where it ends, and its rows; no rows for lines that are none."""
    for split in (_boxed, _piped, _tabbed):
        end, rows = at, []
        while end < len(lines):
            row = split(lines[end])
            if row is None:
                break
            rows.append(row)
            end += 1
        filled = [row for row in rows if row]
        if len(filled) >= _FEWEST_ROWS and max(len(row) for row in filled) > 1:
            return end, (filled if split is _tabbed else _joined(rows))
        if len(filled) >= _FEWEST_ROWS:
            return end, []  # a paragraph in a box
    end, rows = _headed(lines, at)
    return (end, rows) if rows else _aligned(lines, at)


def _headed(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]]:
    """Columns held apart by blanks under a heading of the form: as many pieces a line as the heading has.

    Copied out of a page, such columns begin at different places in every line.
    """
    heading = [text for _, text in _pieces(lines[at])]
    if len(heading) < 3 or not _HEADING & set(heading):
        return at, []
    rows, end = [heading], at + 1
    while end < len(lines) and len(pieces := _pieces(lines[end])) == len(heading):
        rows.append([text for _, text in pieces])
        end += 1
    return (end, rows) if len(rows) >= _FEWEST_ROWS else (at, [])


def _piped(line: str) -> list[str] | None:
    """A row between pipes; the rule under the head is an empty row."""
    if _GRID_RULE.match(line.strip()):
        return []
    if len(_PIPE.findall(line)) < 1 or not (line.strip().startswith("|") or len(_PIPE.findall(line)) > 1):
        return None
    if _RULE.match(line):
        return []
    inside = line.strip().removeprefix("|")
    inside = inside[:-1] if _PIPE.search(inside[-1:]) and not inside.endswith("\\|") else inside
    return [_plain(cell) for cell in _PIPE.split(inside)]


def _plain(cell: str) -> str:
    """A cell of a pipe table as a reader sees it."""
    text = re.sub(r"<br\s*/?>", "\n", cell, flags=re.IGNORECASE).replace("\\|", "|")
    return re.sub(r"(\*\*|__)(.+?)\1", r"\2", text).strip()


def _tabbed(line: str) -> list[str] | None:
    return [cell.strip() for cell in line.split("\t")] if "\t" in line.strip("\n\r ") else None


def _boxed(line: str) -> list[str] | None:
    """A row between box lines; a line that only rules is an empty row."""
    if not _BOX.search(line):
        return None
    if _RULE.match(line):
        return []
    cells = _BARS.split(line.strip())
    return [_BOX.sub("", cell).strip() for cell in cells[1:-1]] if len(cells) > 2 else None


def _joined(rows: list[list[str]]) -> list[list[str]]:
    """Rows between two rules are one row of several lines, where rules stand between rows at all."""
    groups: list[list[list[str]]] = [[]]
    for row in rows:
        if row:
            groups[-1].append(row)
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    if len(groups) <= _FEWEST_ROWS or any(len({len(row) for row in group}) > 1 for group in groups):
        return [row for group in groups for row in group]
    return [["\n".join(filter(None, column)) for column in zip(*group, strict=True)] for group in groups]


def _aligned(lines: Sequence[str], at: int) -> tuple[int, list[list[str]]]:
    """Columns held apart by blanks: at least two lines whose cells begin at the same places."""
    starts: list[int] = []
    rows: list[list[tuple[int, str]]] = []
    most = 0
    while at + len(rows) < len(lines):
        cells = _pieces(lines[at + len(rows)])
        places = {place for place, _ in cells}
        all_starts = sorted(places.union(starts))
        most = max(most, len(cells))
        if len(cells) < 2 or (starts and not places & set(starts[1:])) or len(all_starts) > most + 1:
            break
        starts = all_starts
        rows.append(cells)
    if len(rows) < _FEWEST_ROWS:
        return at + 1, []
    return at + len(rows), [[dict(row).get(place, "") for place in starts] for row in rows]


def _pieces(line: str) -> list[tuple[int, str]]:
    """The pieces of a line between wide gaps, with the column on the screen where each begins."""
    found, place = [], 0
    for piece in re.split(f"({_GAP.pattern})", line.rstrip()):
        if piece and not _GAP.fullmatch(piece):
            found.append((place, piece.strip()))
        place += _width(piece)
    return found


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _cells(rows: list[list[str]], budget: Budget) -> tuple[Cell, ...]:
    cells = []
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            if text:
                budget.take()
                cells.append(Cell(text, number, budget.column(column)))
    return tuple(cells)
