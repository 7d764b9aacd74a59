"""The rows under a header: what stands in each column, with the levels that merged or blank cells carry down."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.carried import ROW_ANCHOR
from assistant.importers.columns import Column, Header, Role, header_at
from assistant.importers.levels import goes_with, is_level
from assistant.importers.matrix import Matrix, plain
from assistant.schema import LEVEL1, LEVEL2

_ENDS = re.compile(
    r"^(项目名称|项目资金|预算资金|资金总额|(年度)?总体目标|年度(绩效)?目标|主管部门|实施单位|填报单位|填表人|填报人|联系人|联系电话|单位负责人|"
    r"(主管部门|财政部门|审核|专家).{0,8}意见|填表说明|填报说明|说明|备注|注)([:：;；(（].*|\s*)$|^(注|备注|说明|填表说明|填报说明)[:：].*"
)
_TOTALS = re.compile(r"^(合计|总计|总分|小计|总分值|合计分值)$")


@dataclass
class Row:
    """One row as it is written: the text by role, several columns of one role in order."""

    number: int
    level1: str = ""
    level2: str = ""
    texts: dict[Role, list[tuple[Column, str]]] = field(default_factory=dict)
    """Role → (column, text) of its columns with text."""
    loose: list[str] = field(default_factory=list)
    """Texts in columns without a heading."""
    level_in_name: str = ""
    """The second level, where the name column begins with it because all levels stand one column too far right."""
    anchor: str = ""
    doubt: str = ""

    def text(self, role: Role) -> str:
        """The text of the first column of a role, white space and all."""
        return next((text for _, text in self.texts.get(role, ())), "")


def rows_under(matrix: Matrix, header: Header, end: int) -> Iterator[Row]:
    """The rows of a block up to `end`; repeated header rows are passed over, totals and notes end nothing silently."""
    level1 = level2 = ""
    torn = _Torn(matrix, header, end)
    seen: set[tuple[int, ...]] = set()
    for number in matrix.rows:
        if not header.body <= number < end:
            continue
        again = header_at(matrix, number)
        if (again is not None and again.signature == header.signature) or _is_column_numbers(matrix, number):
            continue
        row = _row(matrix, header, number)
        written1, written2 = torn.level("level1", number), torn.level("level2", number)
        if written1 and written1 != level1:
            level1, level2 = written1, ""
        if written2:
            level2 = written2
            level1 = level1 if written1 or goes_with(level1, level2) else ""
        row.level1, row.level2 = level1, level2
        key = _identity(matrix, header, number)
        if key in seen:  # a name and a value that both go over several rows are one row
            continue
        seen.add(key)
        yield row


def block_end(matrix: Matrix, header: Header, limit: int) -> int:
    """The row before which a block ends: a label of the form's other parts in its first column, or a note."""
    first = min((one.first for one in header.columns), default=0)
    for number in matrix.rows:
        if not header.body <= number < limit:
            continue
        cells = [cell for cell in matrix.across(number) if cell.row == number]
        if not cells:
            continue
        opening = cells[0]
        if opening.column <= first and _ENDS.match(plain(opening.text)):
            return number
        wide = len(cells) == 1 and opening.columns >= max(2, matrix.width * 0.8)
        if wide and len(plain(opening.text)) > 2 and not is_level(plain(opening.text)):
            return number
    return limit


def is_total(row: Row) -> bool:
    """Whether a row only adds up: 合计, 总分."""
    return any(_TOTALS.match(plain(text)) for text in (row.text("name"), row.level1, row.level2) if text)


def _row(matrix: Matrix, header: Header, number: int) -> Row:
    row = Row(number)
    covered: set[int] = set()
    for column in header.columns:
        covered.update(range(column.first, column.last))
        cells = matrix.between(number, column.first, column.last)
        if column.role == "name" and len(cells) > 1 and is_level(plain(cells[0].text)):
            row.level_in_name, cells = plain(cells[0].text), cells[1:]
        text = "".join(cell.text.strip() for cell in cells)
        if text:
            row.texts.setdefault(column.role, []).append((column, text))
        row.doubt = next((cell.doubt for cell in cells if cell.doubt), row.doubt)
    anchors = (cell.anchor for column in range(matrix.width) if (cell := matrix.at(number, column)) is not None)
    row.anchor = next((one for one in anchors if one.startswith(ROW_ANCHOR)), "")
    first = min(one.first for one in header.columns)
    free = (cell for cell in matrix.across(number) if cell.column >= first and cell.column not in covered)
    row.loose = [cell.text.strip() for cell in free]
    return row


def _is_column_numbers(matrix: Matrix, number: int) -> bool:
    """The row 1 | 2 | 3 … some forms print under their header."""
    texts = [plain(cell.text) for cell in matrix.across(number)]
    return len(texts) > 3 and texts == [str(at) for at in range(1, len(texts) + 1)]


def _identity(matrix: Matrix, header: Header, number: int) -> tuple[int, ...]:
    """The cells a row's name and value are, by where they begin."""
    wanted = [one for one in header.columns if one.role in ("name", "value", "overall", "half", "sign", "unit")]
    found = []
    for column in wanted:
        cell = matrix.at(number, column.first)
        found += [number, column.first] if cell is None or not cell.text.strip() else [cell.row, cell.column]
    return tuple(found)


class _Torn:
    """The level columns of a block, with names torn over several rows (经济效益 / 指标, 产 / 出) put together."""

    def __init__(self, matrix: Matrix, header: Header, end: int) -> None:
        self._levels: dict[tuple[str, int], str] = {}
        rows = [one for one in matrix.rows if header.body <= one < end]
        for column in (*header.all("level1"), *header.all("level2")):
            self._read(matrix, column, rows)

    def level(self, role: str, row: int) -> str:
        """What the level column says in a row, empty when it is blank there."""
        return self._levels.get((role, row), "")

    def _read(self, matrix: Matrix, column: Column, rows: list[int]) -> None:
        known = LEVEL1 if column.role == "level1" else LEVEL2
        found: dict[int, str] = {}
        pieces: list[tuple[int, str]] = []
        last = None
        for row in rows:
            cell = matrix.at(row, column.first)
            if cell is None or not cell.text.strip():
                continue
            if cell is last:
                found[row] = found[pieces[-1][0]]
                continue
            last = cell
            text = plain("".join(one.text for one in matrix.between(row, column.first, column.last)))
            before = "".join(one for _, one in pieces)
            goes_on = bool(pieces) and any(before + text in one for one in known)
            if goes_on and (not is_level(before) or text in ("指标", "标", "指")):
                pieces.append((row, text))
                found.update((earlier, before + text) for earlier, _ in pieces)
            else:
                pieces = [(row, text)]
                found[row] = text
        for row, text in found.items():
            self._levels.setdefault((column.role, row), text)
