"""An indicator tree out of a database: one line a node, children name their parent; drawn again as a table.

Only what the export says is kept: a percentage gets its sign from `data_type` 2, units that were lost stay lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.importers.document import Cell, Grid
from assistant.importers.matrix import Matrix, plain

_COLUMNS = {
    "id": re.compile(r"id|编号|主键"),
    "parent": re.compile(r"parent_?id|pid|上级编号|父级(id|编号)?"),
    "name": re.compile(r"(perf_|kpi_|indicator_)?name|指标名称|名称"),
    "value": re.compile(r"(target|index|kpi)_?value|目标值|指标值"),
    "type": re.compile(r"(data|value)_?type|数据类型"),
}
_PERCENT = "2"
_HEADINGS = ("一级指标", "二级指标", "三级指标", "指标值")


def drawn_tree(grid: Grid) -> Grid | None:
    """The table an exported tree stands for, None when the grid is none: it must name parents and target values."""
    matrix = Matrix(grid)
    if not matrix.rows:
        return None
    top = matrix.rows[0]
    found = {
        key: cell.column
        for cell in matrix.across(top)
        for key, pattern in _COLUMNS.items()
        if pattern.fullmatch(plain(cell.text).lower())
    }
    if not {"id", "parent", "name", "value"} <= set(found):
        return None
    nodes = {
        matrix.text(row, found["id"]): {key: matrix.text(row, column) for key, column in found.items()}
        for row in matrix.rows[1:]
    }
    parents = {node["parent"] for node in nodes.values()}
    cells = [Cell(text, 0, column) for column, text in enumerate(_HEADINGS)]
    row = 1
    for identity, node in nodes.items():
        if identity in parents:
            continue
        above = _above(nodes, node)
        texts = (*above[-2:], node["name"], _value(node))
        cells += [Cell(text, row, column) for column, text in enumerate(texts, start=4 - len(texts))]
        row += 1
    return Grid(tuple(cells), grid.place, grid.page)


def _above(nodes: Mapping[str, Mapping[str, str]], node: Mapping[str, str]) -> list[str]:
    """The names over a node, from the top; a tree that bites its tail is cut where it does."""
    names: list[str] = []
    seen: set[str] = set()
    parent = node["parent"]
    while parent in nodes and parent not in seen:
        seen.add(parent)
        names.insert(0, nodes[parent]["name"])
        parent = nodes[parent]["parent"]
    return names


def _value(node: Mapping[str, str]) -> str:
    text = re.sub(r"\.0+$", "", node["value"])
    return f"{text}%" if text and node.get("type") == _PERCENT else text
