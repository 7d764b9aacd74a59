"""Tables cut at page breaks: what is made whole, and what must stay apart."""

from __future__ import annotations

import pytest

from assistant.importers.document import Cell, Grid, Text
from assistant.importers.stitching import stitched

HEAD = ["一级指标", "二级指标", "三级指标", "指标值"]


def grid(page: int | None, *rows: list[str], place: str = "") -> Grid:
    """Rows of texts; None-like "^" joins the cell to the one above, "<" to the one on its left."""
    cells: dict[tuple[int, int], Cell] = {}
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text == "^":
                above = max(key for key in cells if key[1] == c and key[0] < r)
                cells[above] = Cell(**{**vars(cells[above]), "rows": r - above[0] + 1})
            elif text == "<":
                left = max(key for key in cells if key[0] == r and key[1] < c)
                cells[left] = Cell(**{**vars(cells[left]), "columns": c - left[1] + 1})
            else:
                cells[r, c] = Cell(text, r, c)
    return Grid(tuple(cells.values()), place or f"第 {page} 页第 1 个表格", page)


def texts(part: Grid | Text) -> list[tuple[int, int, int, str]]:
    assert isinstance(part, Grid)
    return [(cell.row, cell.column, cell.rows, cell.text) for cell in part.cells]


def only(*parts: Grid | Text) -> Grid:
    """The one grid the parts become."""
    grids = [part for part in stitched(parts) if isinstance(part, Grid)]
    assert len(grids) == 1, [one.place for one in grids]
    return grids[0]


FIRST = grid(
    3,
    HEAD,
    ["产出指标", "数量指标", "集中培训场次", "12场"],
    ["^", "^", "现场指导农户的\n次数合计", "≥300次"],
    ["^", "质量指标", "制度执行检查合\n格率达到的比例", "≥95%"],
)


def test_levels_reach_down_from_the_page_before() -> None:
    whole = only(FIRST, grid(4, ["", "", "设备验收合格率", "100%"], ["^", "时效指标", "完成时间", "11月底前"]))
    assert (1, 0, 5, "产出指标") in texts(whole)
    assert (3, 1, 2, "质量指标") in texts(whole)
    assert (4, 2, 1, "设备验收合格率") in texts(whole)
    assert (5, 1, 1, "时效指标") in texts(whole)


def test_a_whole_table_says_at_which_row_each_page_begins() -> None:
    whole = only(FIRST, grid(4, ["", "", "设备验收合格率", "100%"]))
    assert whole.place == "第 3 页第 1 个表格（第 5 行起：第 4 页第 1 个表格）"
    assert whole.page == 3


def test_repeated_head_rows_are_dropped() -> None:
    whole = only(FIRST, Text(("- 3 -",), "第 3 页", 3), grid(4, HEAD, ["", "", "设备验收合格率", "100%"]))
    assert [text for _, _, _, text in texts(whole)].count("三级指标") == 1
    assert (4, 2, 1, "设备验收合格率") in texts(whole)


def test_a_head_worded_differently_is_dropped_with_a_remark() -> None:
    other = grid(4, ["一级指标", "二级指标", "三级指标", "年度指标值"], ["", "", "设备验收合格率", "100%"])
    parts = stitched((FIRST, other))
    assert (4, 2, 1, "设备验收合格率") in texts(parts[0])
    assert isinstance(parts[1], Text)
    assert "年度指标值" in parts[1].lines[0]


def test_a_name_cut_inside_a_word_becomes_one_cell() -> None:
    cut = grid(3, *([HEAD, *[["产出指标", "数量指标", "现场指导农户\n的次数合计", "5次"]] * 3]))
    cut = Grid(
        (*cut.cells, Cell("质量指标", 4, 1), Cell("", 4, 0), Cell("档案制度执行", 4, 2), Cell("≥95%", 4, 3)), "p", 3
    )
    whole = only(cut, grid(4, ["", "", "有效性", ""], ["", "时效指标", "完成时间", "11月底前"]))
    assert (4, 2, 1, "档案制度执行\n有效性") in texts(whole)
    assert (5, 2, 1, "完成时间") in texts(whole)


def test_the_rest_of_a_value_belongs_to_the_row_before() -> None:
    whole = only(FIRST, grid(4, ["", "", "", "且不低于上年"], ["", "", "设备验收合格率", "100%"]))
    assert (3, 3, 1, "≥95%\n且不低于上年") in texts(whole)
    assert (4, 2, 1, "设备验收合格率") in texts(whole)


def test_a_new_row_without_a_value_is_not_swallowed() -> None:
    whole = only(FIRST, grid(4, ["", "", "带动就业", ""], ["", "", "群众知晓", ""], ["", "", "持续管护", ""]))
    assert (4, 2, 1, "带动就业") in texts(whole)


def test_a_level_name_cut_in_two_is_one_again() -> None:
    first = grid(3, HEAD, ["效益指标", "经济效益指标", "增收", "5万元"], ["^", "社会效益", "知晓率", "90%"])
    whole = only(first, grid(4, ["", "指标", "带动就业", "80人"], ["^", "^", "覆盖户数", "9户"]))
    assert (2, 1, 3, "社会效益\n指标") in texts(whole)


def test_a_goal_text_goes_on_before_any_head() -> None:
    first = grid(1, ["项目名称", "培训"], ["年度绩效", "通过开展培训提升能力建设水平完成全年的各项任务"])
    whole = only(first, grid(2, ["目标", "指标并达到要求。"], ["其他", "无"]))
    assert (1, 0, 1, "年度绩效\n目标") in texts(whole)
    assert (1, 1, 1, "通过开展培训提升能力建设水平完成全年的各项任务\n指标并达到要求。") in texts(whole)


@pytest.mark.parametrize(
    ("between", "following"),
    [
        pytest.param((), grid(4, ["项目名称", "<", "另一个项目", "<"], HEAD), id="a new project name"),
        pytest.param(("项目支出绩效目标表",), grid(4, ["", "", "名称", "5个"]), id="a title between"),
        pytest.param(("二、其他说明",), grid(4, ["", "", "名称", "5个"]), id="a heading between"),
        pytest.param((), grid(4, ["项目支出绩效目标表", "<", "<", "<"], HEAD), id="a title inside the table"),
        pytest.param((), grid(5, ["", "", "名称", "5个"]), id="a page between"),
        pytest.param((), grid(4, ["", "名称", "5个"]), id="another number of columns"),
    ],
)
def test_tables_of_different_projects_stay_apart(between: tuple[str, ...], following: Grid) -> None:
    parts = (FIRST, *([Text(between, "第 4 页", 4)] if between else []), following)
    assert stitched(parts) == parts


def test_a_title_printed_on_every_page_parts_nothing() -> None:
    title = ("项目支出绩效目标表", "（2025年度）")
    parts = stitched((Text(title, "", 3), FIRST, Text(title, "", 4), grid(4, HEAD, ["", "", "设备验收合格率", "100%"])))
    assert len([part for part in parts if isinstance(part, Grid)]) == 1


def test_a_level_name_that_stands_beyond_the_break_parts_nothing() -> None:
    stray = Text(("质量指标", "绩效指标"), "第 3 页", 3)
    assert (
        len([part for part in stitched((FIRST, stray, grid(4, ["", "", "验收率", "9%"]))) if isinstance(part, Grid)])
        == 1
    )


def test_the_same_title_over_a_table_that_begins_again_is_a_new_table() -> None:
    whole = grid(
        3, HEAD, ["产出指标", "数量指标", "场次", "12场"], ["满意度指标", "服务对象满意度指标", "满意度", "90%"]
    )
    title = ("项目支出绩效目标表",)
    parts = (
        Text(title, "", 3),
        whole,
        Text(title, "", 4),
        grid(4, HEAD, ["产出指标", "数量指标", "户数", "9户"]),
    )
    assert stitched(parts) == parts


def test_sheets_are_never_joined() -> None:
    parts = (
        grid(None, HEAD, ["产出指标", "数量指标", "场次", "1场"], place="工作表“1”"),
        grid(None, ["", "", "次数", "2次"], place="工作表“2”"),
    )
    assert stitched(parts) == parts


def test_two_tables_of_a_document_without_pages_go_on_when_the_second_has_no_beginning() -> None:
    whole = only(
        grid(None, HEAD, ["产出指标", "数量指标", "场次", "1场"], place="第 1 个表格"),
        grid(None, ["", "", "次数", "2次"], place="第 2 个表格"),
    )
    assert (2, 2, 1, "次数") in texts(whole)


def test_what_is_whole_stays_as_it_is() -> None:
    once = stitched((FIRST, Text(("- 3 -",), "第 3 页", 3), grid(4, ["", "", "设备验收合格率", "100%"])))
    assert stitched(once) == once


def test_doubts_of_both_halves_are_kept() -> None:
    first = grid(3, HEAD, ["产出指标", "数量指标", "培训", "5场"], ["^", "^", "名称", "≥95%"])
    second = Grid((Cell("", 0, 0), Cell("", 0, 1), Cell("", 0, 2), Cell("且提高", 0, 3, doubt="看不清")), "", 4)
    assert next(cell for cell in only(first, second).cells if "提高" in cell.text).doubt == "看不清"
