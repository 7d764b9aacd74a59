"""Whatever stands in the cells: no crash, and no row with a text is lost without a word."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.errors import BadTable
from assistant.importers.document import Cell, Grid, Text
from assistant.importers.grid import tables_of
from assistant.importers.matrix import plain
from assistant.schema import PastTable
from tests.importers.drawn import document

LEVELS1 = st.sampled_from(["产出指标", "效益指标", "满意度指标", "成本指标", "过程", "", "产出指标(50分)", "产\n出"])
LEVELS2 = st.sampled_from(
    ["数量指标", "质量指标", "社会效益指标", "服务对象满意度指标", "资金管理", "", "数量\n指标", "其他"]
)
WORDS = st.text(
    st.sampled_from("培训人次合格率指标一二1234：:。…★（）()%≥≤=万元个 \n<>$\\|=+@-'\"\u200b\ud800附表注合计项目名称"),
    max_size=24,
)
ANY = st.text(max_size=12)


def texts_kept(tables: Sequence[PastTable | str]) -> str:
    """Everything the reading kept, as one text without white space."""
    kept = [one if isinstance(one, str) else one.model_dump_json() for one in tables]
    kept += [
        f"{row.name}{row.raw_name}{row.provenance}{row.value}"
        for one in tables
        if isinstance(one, PastTable)
        for row in one.table.indicators
    ]
    kept += [str(open_.raw) for one in tables if isinstance(one, PastTable) for open_ in one.table.unresolved]
    return plain("".join(kept))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.tuples(LEVELS1, LEVELS2, WORDS, WORDS | ANY), min_size=1, max_size=8))
def test_no_row_with_a_name_is_lost(rows: list[tuple[str, str, str, str]]) -> None:
    named = [(one, two, f"甲{number}乙{name}", value) for number, (one, two, name, value) in enumerate(rows)]
    heading = ("一级指标", "二级指标", "三级指标", "指标值")
    cells = [
        Cell(text, row, column) for row, texts in enumerate([heading, *named]) for column, text in enumerate(texts)
    ]
    try:
        tables = tables_of(document(Grid(tuple(cells), "第 1 个表格")), "表")
    except BadTable:
        return  # a text the schema cannot hold: refused with a message, not dropped
    kept = texts_kept(tables)
    assert all(f"甲{number}乙" in kept for number in range(len(rows)))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(WORDS | ANY | LEVELS1, st.integers(0, 12), st.integers(0, 8), st.integers(1, 4), st.integers(1, 9)),
        max_size=40,
    ),
    st.lists(WORDS, max_size=5),
)
def test_any_cells_in_any_places_are_read_or_refused(
    placed: list[tuple[str, int, int, int, int]], lines: list[str]
) -> None:
    taken: set[tuple[int, int]] = set()
    cells = [Cell(text, 0, column) for column, text in enumerate(("一级指标", "二级指标", "三级指标", "指标值"))]
    for text, row, column, rows, columns in placed:
        covers = {(row + 1 + down, column + right) for down in range(rows) for right in range(columns)}
        if not covers & taken:
            taken |= covers
            cells.append(Cell(text, row + 1, column, rows, columns))
    try:
        tables = tables_of(document(Text(tuple(lines), ""), Grid(tuple(cells), "第 1 个表格")), "表")
    except BadTable:
        return
    assert all(isinstance(one, str) or one.table.indicators for one in tables)
