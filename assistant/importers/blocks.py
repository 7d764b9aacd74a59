"""Where the blocks of indicators are in a drawn table: the head of each, its header row, its end."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.dialects import level2_of
from assistant.importers.columns import Column, Header, by_content, header_at
from assistant.importers.matrix import Matrix, plain
from assistant.importers.rows import block_end

_FEWEST_LEVELS = 3
"""Different second levels a column without a heading must name to be taken for the level column."""


def blocks_of(matrix: Matrix) -> Iterator[tuple[int, Header, int]]:
    """Each block of indicators: the row its head may begin at, its header, the row after its last."""
    start = 0
    headers = [found for row in matrix.rows if (found := header_at(matrix, row)) is not None]
    if not headers and (guessed := _guessed_header(matrix)) is not None:
        headers = [guessed]
    for header in headers:
        if 0 <= header.row < start:
            continue
        different = [one.row for one in headers if one.row > header.row and one.signature != header.signature]
        end = block_end(matrix, header, min(different, default=10**9))
        end = min(end, max(matrix.rows) + 1)
        yield start, by_content(matrix, header, end), end
        start = end


def _guessed_header(matrix: Matrix) -> Header | None:
    """Columns of a table whose header row is on another page, by the level words in one of them."""
    for column in range(min(matrix.width, 6)):
        levels = {level2_of(plain(matrix.text(row, column))) for row in matrix.rows} - {None}
        following = [at for at in range(column + 1, matrix.width) if _filled(matrix, at)]
        if len(levels) < _FEWEST_LEVELS or len(following) < 2:
            continue
        name, value = following[0], following[1]
        columns = [Column("level2", "二级指标", column, column + 1), Column("name", "三级指标", name, name + 1)]
        if column:
            columns.insert(0, Column("level1", "一级指标", column - 1, column))
        rest = [Column("other", f"第 {at + 1} 列", at, at + 1) for at in following[2:]]
        return Header((*columns, Column("value", "指标值", value, value + 1), *rest), -1, 0)
    return None


def _filled(matrix: Matrix, column: int) -> bool:
    return sum(1 for row in matrix.rows if matrix.text(row, column)) * 2 >= len(matrix.rows)
