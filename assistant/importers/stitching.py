"""Tables cut at page breaks made whole, for grids of any format.

A table goes on where the next page's first table has as many columns and no new title, heading or project stands
between. Repeated header rows go, a row cut in two becomes one, and a level whose name stands on the page before
reaches down as far as its cell does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.importers.document import Cell, Grid, Text
from assistant.importers.matrix import plain
from assistant.importers.seams import joined
from assistant.importers.table_head import begins_a_project, repeated_rows, starts_over

_FURNITURE = re.compile(r"[-–—－第共页/／|·.\s\d]*|[（(]?续(?:表|上表)?\d*[)）]?|.{0,6}[（(]续[)）]")
"""Page numbers and 续表: what stands between the parts of one table without parting them."""
_STRAY_LEVELS = re.compile(
    "(?:(?:产出|效益|满意度?|成本|数量|质量|时效|影响|服务对象|经济|社会|生态|环境|可持续|项目|年度|绩效)*指标)+"
)
"""Names of merged cells that stand in the middle of the cell and so beyond the break: they part nothing either."""
_TITLE_ROW = re.compile("(?:表|书)(?:[（(].{0,20}[)）])?$")
_SHEET = "工作表"
_END_ROWS = 40


@dataclass
class _Open:
    """A table that may go on: where it stands among the parts, and the page it has come to."""

    at: int
    page: int | None


def stitched(parts: tuple[Grid | Text, ...]) -> tuple[Grid | Text, ...]:
    """The same parts, tables cut at page breaks as one grid each; what is whole stays as it is."""
    done: list[Grid | Text] = []
    table: _Open | None = None
    for part in parts:
        if isinstance(part, Text):
            done.append(part)
            continue
        earlier = done[table.at] if table else None
        ends, middle = _ends(earlier) if isinstance(earlier, Grid) else (part, ())
        if table and isinstance(earlier, Grid) and _goes_on(ends, table.page, part, done, table.at):
            whole, remark = joined(ends, part)
            cells = sorted((*middle, *whole.cells), key=lambda cell: (cell.row, cell.column))
            done[table.at] = replace(earlier, cells=tuple(cells), place=_place(earlier, part))
            table.page = part.page
            if remark:
                done.append(Text((remark,), part.place, part.page))
            continue
        done.append(part)
        table = _Open(len(done) - 1, part.page)
    return tuple(done)


def _ends(table: Grid) -> tuple[Grid, tuple[Cell, ...]]:
    """A table's first and last rows, all that a seam needs to know of a long one, and the cells between."""
    last = max((cell.row + cell.rows for cell in table.cells), default=0) - _END_ROWS
    needed = [cell.row < _END_ROWS or cell.row + cell.rows > last for cell in table.cells]
    ends = tuple(cell for cell, one in zip(table.cells, needed, strict=True) if one)
    return replace(table, cells=ends), tuple(cell for cell, one in zip(table.cells, needed, strict=True) if not one)


def _place(earlier: Grid, later: Grid) -> str:
    """The place of a whole table, with the row at which each further page begins."""
    begins = 1 + max(cell.row + cell.rows for cell in earlier.cells)
    return f"{earlier.place}（第 {begins} 行起：{later.place}）"


def _goes_on(table: Grid, page: int | None, following: Grid, done: Sequence[Grid | Text], at: int) -> bool:
    """Whether the next table is the same one, going on."""
    if not table.cells or not following.cells or _width(table) != _width(following):
        return False
    if following.page is None or page is None:
        if following.page != page or table.place.startswith(_SHEET):
            return False
    elif following.page != page + 1:
        return False
    repeated = repeated_rows(table, following)
    if (begins_a_project(following) or _has_title(following)) and not repeated.whole_head:
        return False
    between = [line for part in done[at + 1 :] if isinstance(part, Text) for line in part.lines]
    titles = [line for line in between if not _FURNITURE.fullmatch(line.strip())]
    if _STRAY_LEVELS.fullmatch(plain("".join(titles))):
        titles = []
    if titles and (page is None or not _seen_before(titles, done[:at], table)):
        return False
    return not ((titles or page is None) and starts_over(table, following, repeated))


def _width(grid: Grid) -> int:
    return max(cell.column + cell.columns for cell in grid.cells)


def _has_title(grid: Grid) -> bool:
    """Whether the first row is a title across the whole table."""
    first = [cell for cell in grid.cells if cell.row == 0]
    return len(first) == 1 and bool(_TITLE_ROW.search(plain(first[0].text)))


def _seen_before(lines: Sequence[str], before: Sequence[Grid | Text], table: Grid) -> bool:
    """Whether all lines stand above the table's first part too: running heads and titles printed on every page."""
    above = {
        plain(line) for part in before if isinstance(part, Text) and part.page == table.page for line in part.lines
    }
    return all(plain(line) in above for line in lines)
