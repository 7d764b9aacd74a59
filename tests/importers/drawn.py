"""Grids for tests, written as rows of texts; a text that is None belongs to the cell above."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.importers.document import Cell, Document, Grid, Text


def grid(rows: Sequence[Sequence[str | None]], *, place: str = "工作表“表一”", wide: bool = True) -> Grid:
    """Rows of texts as a grid; None below a text lengthens its cell, a single text in a row is as wide as the table."""
    width = max(len(row) for row in rows)
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        if wide and len(row) == 1:
            cells.append(Cell(row[0] or "", number, 0, 1, width))
            continue
        for column, text in enumerate(row):
            if text is not None:
                down = 1
                while (
                    number + down < len(rows)
                    and len(rows[number + down]) > column
                    and rows[number + down][column] is None
                ):
                    down += 1
                cells.append(Cell(text, number, column, down))
    return Grid(tuple(cells), place)


def document(*parts: Grid | Text, carried: str = "", notes: tuple[str, ...] = ()) -> Document:
    """A document of the given parts."""
    return Document("xlsx", parts, carried, notes)


FORM: tuple[tuple[str | None, ...], ...] = (
    ("项目支出绩效目标表",),
    ("（2024年度）",),
    ("项目名称", "村道养护", "", ""),
    ("主管部门", "219-县交通局", "实施单位", "县公路站"),
    ("项目资金（万元）", "年度资金总额", "120.5", ""),
    (None, "其中：财政拨款", "120.5", ""),
    ("年度目标", "养护村道，保障通行。", "", ""),
    ("一级指标", "二级指标", "三级指标", "指标值"),
    ("产出指标", "数量指标", "养护里程", "≥80公里"),
    (None, "质量指标", "路面完好率", "95%"),
    (None, "时效指标", "指标1：", ""),
    ("效益指标", "社会效益指标", "安全出行", "有保障"),
    ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
)
