"""What stands where on the paper form, before any office format is involved."""

from __future__ import annotations

from decimal import Decimal

import pytest
from form_examples import GOAL, full_form, indicator, small_form

from assistant.dialects import DIALECTS
from assistant.exporters import LAYOUTS, Form
from assistant.exporters.grid import Cell, Grid
from assistant.exporters.heights import MAXIMUM, lines_needed, row_heights
from assistant.exporters.in_words import data_in_words, place_in_words
from assistant.exporters.layouts import form_grid, layout_of, on_paper
from assistant.exporters.paging import PAGE, paged
from assistant.exporters.unprinted import unprinted_page
from assistant.schema import Funds, Goal, Goals, Indicator, PerformanceTable, Project
from assistant.values import parse_value


def grid_of(form: Form, layout: str | None = None) -> Grid:
    chosen = layout_of(form, layout)
    return form_grid(on_paper(form, chosen), chosen)


def rows_of(grid: Grid) -> list[list[object]]:
    return [[cell.content for cell in line.cells] for line in grid.lines]


def right_of(grid: Grid, label: str) -> list[object]:
    """The contents of the line with this label, from the label on."""
    row = next(row for row in rows_of(grid) if label in row)
    return row[row.index(label) + 1 :]


def cells_with(grid: Grid, content: object) -> list[Cell]:
    return [cell for line in grid.lines for cell in line.cells if cell.content == content]


def unprinted(form: Form, layout: str | None = None) -> list[tuple[str, ...]]:
    chosen = layout_of(form, layout)
    return [row[1:] for row in unprinted_page(on_paper(form, chosen), chosen).rows]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("layout", [None, *LAYOUTS])
def test_every_place_of_the_form_is_covered_once(dialect: str, layout: str | None) -> None:
    grid = paged(grid_of(full_form(dialect), layout))
    covered: list[tuple[int, int]] = []
    for number, line in enumerate(grid.lines):
        for cell in line.cells:
            columns = range(cell.first, cell.last + 1)
            covered += [(number + row, column) for row in range(cell.down) for column in columns]
    assert sorted(covered) == [(row, col) for row in range(len(grid.lines)) for col in range(1, grid.columns + 1)]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("layout", [None, *LAYOUTS])
def test_every_indicator_keeps_its_id_name_and_value(dialect: str, layout: str | None) -> None:
    form = full_form(dialect)
    values = {cell.row: (line, cell) for line in grid_of(form, layout).lines for cell in line.cells if cell.row}
    assert set(values) == {row.id for row in form.table.indicators}
    for row in form.table.indicators:
        line, value = values[row.id]
        assert any(str(cell.content).endswith(row.name) for cell in line.cells)
        assert value.content == (row.value.raw if row.value else "")


def test_the_layout_follows_the_dialect_unless_one_is_asked_for() -> None:
    assert {name: layout_of(full_form(name)).name for name in DIALECTS} == {
        "central_2015": "central_2015",
        "central_2021": "central_2021",
        "ningxia_public_2col": "two_column",
        "henan": "annual",
        "hubei": "annual",
        "total_100_2015": "annual",
        "total_100_2021": "annual",
        "zhengzhou": "central_2015",
    }
    assert layout_of(full_form("central_2021"), "two_column").name == "two_column"


def test_two_columns_set_both_scopes_side_by_side() -> None:
    funds = (Funds(scope="本级", total=3, fiscal=3), Funds(scope="本级和市县", total=8))
    goals = Goals(annual=Goal(text="本级目标", scope="本级"), overall=Goal(text="全口径目标", scope="本级和市县"))
    grid = grid_of(small_form(form_dialect="ningxia_public_2col", funds=funds, goals=goals))
    money = right_of(grid, "年度资金总额\n（含本级和市县）")
    assert money == [Decimal(8), "年度资金总额\n（含本级）", Decimal(3)]
    assert right_of(grid, "其中：财政拨款") == [None, "其中：财政拨款", Decimal(3)]
    assert right_of(grid, "年度总体绩效目标（含本级和市县）") == ["年度绩效目标（含本级）"]
    assert right_of(grid, "全口径目标") == ["本级目标"]


def test_two_columns_number_the_names_and_keep_every_second_level() -> None:
    rows = rows_of(grid_of(small_form(indicator(), indicator(name="新修渠道"), form_dialect="ningxia_public_2col")))
    texts = [text for row in rows for text in row]
    assert ["指标2：新修渠道", "≥20眼"] in rows
    assert texts.count("指标1：") == 8
    assert {"成本指标", "可持续影响\n指标", "服务对象\n满意度指标"} <= set(texts)


def test_the_annual_form_prints_only_levels_with_rows_and_plain_names() -> None:
    texts = [text for row in rows_of(grid_of(small_form())) for text in row]
    assert "新建机井数量" in texts and "质量指标" not in texts


def test_a_table_without_indicators_prints_the_empty_frame() -> None:
    grid = grid_of(Form(PerformanceTable(form_generation="2021", form_dialect="central_2021")))
    assert len(cells_with(grid, "指标1：")) == 11


def test_rows_of_one_level_stand_together_in_the_order_of_the_form() -> None:
    rows = [indicator("质量指标", "乙"), indicator("数量指标", "甲"), indicator("质量指标", "丙")]
    grid = grid_of(small_form(*rows))
    named = [text for row in rows_of(grid) for text in row if text in ("甲", "乙", "丙")]
    assert named == ["甲", "乙", "丙"]
    assert [cell.down for cell in cells_with(grid, "质量指标")] == [2]
    assert [cell.down for cell in cells_with(grid, "产出指标")] == [3]


def test_a_level_of_the_other_generation_is_not_lost() -> None:
    grid = grid_of(small_form(indicator("成本指标", "补助标准"), form_generation="2021", form_dialect="central_2021"))
    assert cells_with(grid, "补助标准") and cells_with(grid, "产出指标")


def test_weights_are_printed_only_where_the_dialect_has_them_and_a_row_has_one() -> None:
    weighted = (indicator(weight=Decimal(30)), indicator(name="新修渠道", weight=Decimal("12.5")))
    new = small_form(*weighted, form_generation="2021", form_dialect="central_2021")
    assert right_of(grid_of(new), "合计") == [Decimal("42.5")]
    assert right_of(grid_of(new), "指标值") == ["分值\n权重"]
    without = small_form(form_generation="2021", form_dialect="central_2021")
    old = small_form(*weighted, form_generation="2021", form_dialect="henan")
    assert not cells_with(grid_of(without), "合计") and not cells_with(grid_of(old), "合计")
    assert ("新建机井数量", "权重", "30") in unprinted(old)


def test_the_period_is_printed_where_the_dialect_has_it() -> None:
    assert right_of(grid_of(full_form("central_2015")), "项目属性")[-1] == "2023年1月-2023年12月"
    assert not cells_with(grid_of(full_form("central_2021")), "项目期")
    assert ("项目", "项目期", "2023年1月-2023年12月") in unprinted(full_form("central_2021"))


def test_the_form_of_henan_has_a_column_for_the_explanation() -> None:
    form = small_form(
        indicator(explanation="按县水利局验收口径"), indicator(name="乙"), form_generation="2021", form_dialect="henan"
    )
    grid = grid_of(form)
    assert right_of(grid, "指标值") == ["指标值说明"]
    assert right_of(grid, "新建机井数量") == ["≥20眼", "按县水利局验收口径"]
    assert right_of(grid, "乙") == ["≥20眼", ""]
    assert not any("验收口径" in text for row in unprinted(form) for text in row)
    assert ("新建机井数量", "指标解释", "按县水利局验收口径") in unprinted(form, "central_2021")


def test_money_rows_follow_the_dialect() -> None:
    grid = grid_of(small_form(form_generation="2021", form_dialect="henan", funds=(Funds(total=5, unit_fund=2),)))
    assert right_of(grid, "单位资金") == [Decimal(2)]
    assert right_of(grid, "其中：政府预算资金") == [None]
    assert not cells_with(grid, "其他资金")


def test_money_without_a_row_of_its_own_gets_one() -> None:
    grid = grid_of(small_form(funds=(Funds(total=5, gov_fund=2),)), "annual")
    assert right_of(grid, "政府性基金") == [Decimal(2)]


def test_money_in_yuan_is_converted_to_the_unit_of_the_form() -> None:
    grid = grid_of(small_form(funds=(Funds(unit="元", total=12345),)))
    assert right_of(grid, "年度资金总额") == [Decimal("1.2345")]
    assert cells_with(grid, "金额单位：万元")


def test_empty_money_stays_empty_and_zero_stays_zero() -> None:
    grid = grid_of(small_form(funds=(Funds(total=5, other=0),)), "annual")
    assert right_of(grid, "其中：财政拨款") == [None]
    assert right_of(grid, "其他资金") == [Decimal(0)]
    assert right_of(grid_of(small_form()), "年度资金总额") == [None]


def test_money_of_the_whole_period_stands_at_the_left_of_the_year() -> None:
    grid = grid_of(small_form(funds=(Funds(total=5), Funds(horizon="实施期", total=20))))
    assert right_of(grid, "实施期资金总额") == [Decimal(20), "年度资金总额", Decimal(5)]


def test_money_no_column_has_room_for_is_listed() -> None:
    funds = (Funds(scope="本级", total=3), Funds(scope="本级和市县", total=8))
    assert ("项目资金／年度／本级和市县（万元）", "资金总额", "8") in unprinted(small_form(funds=funds))


def test_the_goal_of_the_period_is_printed_only_if_there_is_one() -> None:
    yearly, both = Goals(annual=Goal(text="今年")), Goals(annual=Goal(text="今年"), overall=Goal(text="三年"))
    assert right_of(grid_of(small_form(goals=yearly), "annual"), "年度\n绩效目标") == ["今年"]
    assert right_of(grid_of(small_form(goals=both), "annual"), "实施期目标") == ["年度绩效目标"]
    two = grid_of(small_form(goals=both, form_dialect="ningxia_public_2col"))
    assert right_of(two, "实施期\n目标") == ["三年"]


def test_several_goals_are_numbered_paragraphs_of_one_box() -> None:
    goals = Goals(
        multi=(Goal(text="建井"), Goal(name="惠民", text="增收", ratio=Decimal(40)), Goal(text="目标3：管护"))
    )
    expected = "目标1：建井\n惠民（占比40%）：增收\n目标3：管护"
    assert right_of(grid_of(small_form(goals=goals), "annual"), "年度\n绩效目标") == [expected]


def test_a_goal_of_a_scope_the_layout_lacks_is_listed() -> None:
    goals = Goals(annual=Goal(text="本级"), overall=Goal(text="全部", scope="本级和市县"))
    assert ("绩效目标", "本级和市县", "全部") in unprinted(small_form(goals=goals))


def test_a_blank_value_is_empty_marked_and_carries_reason_and_question() -> None:
    marked = [cell for line in grid_of(full_form()).lines for cell in line.cells if cell.role == "blank"]
    assert [(cell.row, cell.content) for cell in marked] == [("r04", ""), ("r13", "")]
    assert marked[0].comment == "待填：材料里没有里程\n请补充：计划新修多少公里？"


def test_a_blank_value_without_a_reason_says_so() -> None:
    grid = grid_of(small_form(indicator(value=None)))
    (comment,) = [cell.comment for line in grid.lines for cell in line.cells if cell.role == "blank"]
    assert comment.startswith("待填：没有记录原因")


def test_details_without_a_column_are_listed() -> None:
    row = indicator(data_source="验收报告", core=True, raw_name="指标1：新建机井数量", goal_ref="目标1")
    listed = unprinted(small_form(row, project=Project(basis="农建发〔2021〕1号", contact={"电话": "0954"})))
    assert ("新建机井数量", "数据来源", "验收报告") in listed
    assert ("新建机井数量", "核心指标", "是") in listed
    assert ("项目", "立项依据", "农建发〔2021〕1号") in listed
    assert not any("原文" in column for _, column, _ in listed)


def test_a_public_form_leaves_the_contact_out() -> None:
    project = Project(contact={"电话": "0954-2030000"})
    assert any("0954" in text for *_, text in unprinted(small_form(project=project)))
    public = unprinted(small_form(project=project, form_kind="公开表"))
    assert not any("0954" in text for *_, text in public)


def test_a_row_is_as_high_as_its_longest_text() -> None:
    assert lines_needed("短", 10) == 1
    assert lines_needed("服务对象满意度指标", 14) == 2
    assert lines_needed("一\n二\n三", 30) == 3
    heights = row_heights(grid_of(full_form()))
    assert max(heights) > 200 and min(heights) >= 20


def test_a_goal_higher_than_a_row_can_be_is_spread_over_several() -> None:
    grid = grid_of(small_form(goals=Goals(annual=Goal(text=GOAL * 10))))
    goal = cells_with(grid, GOAL * 10)[0]
    assert goal.down > 1 and max(row_heights(grid)) <= MAXIMUM


def test_a_long_form_breaks_between_rows_and_says_its_labels_again() -> None:
    rows = [indicator(name=f"第{number}项", id=str(number)) for number in range(80)]
    grid = paged(grid_of(small_form(*rows)))
    heights = row_heights(grid)
    pages = list(zip((0, *grid.breaks), (*grid.breaks, len(heights)), strict=True))
    assert len(pages) == 3
    assert all(sum(heights[start:end]) <= PAGE for start, end in pages)
    assert len(cells_with(grid, "产出指标")) == len(cells_with(grid, "数量指标")) == 3
    assert sum(cell.down for cell in cells_with(grid, "数量指标")) == 80


@pytest.mark.parametrize("count", range(25, 40))
def test_the_last_row_never_stands_alone_on_a_page(count: int) -> None:
    grid = paged(grid_of(small_form(*(indicator(name=f"第{number}项") for number in range(count)))))
    assert not grid.breaks or grid.breaks[-1] < len(grid.lines) - 1


@pytest.mark.parametrize("layout", ["central_2021", "two_column", "annual"])
def test_a_form_of_sixteen_rows_fits_on_one_page(layout: str) -> None:
    assert all(paged(grid_of(full_form(dialect), layout)).breaks == () for dialect in DIALECTS)


def test_the_2015_form_sets_the_whole_period_beside_the_year() -> None:
    rows = (
        indicator(value_overall=parse_value("≥60眼"), id="a"),
        indicator("质量指标", "验收合格率", "=100%", id="b"),
    )
    goals = Goals(annual=Goal(text="今年"), overall=Goal(text="三年"))
    grid = grid_of(small_form(*rows, goals=goals, funds=(Funds(total=5), Funds(horizon="实施期", total=20))))
    assert right_of(grid, "实施期资金总额") == [Decimal(20), "年度资金总额", Decimal(5)]
    assert right_of(grid, "实施期目标") == ["年度目标"]
    assert right_of(grid, "三年") == ["今年"]
    heading = ["二级指标", "三级指标", "指标值"]
    assert right_of(grid, "一级指标") == heading * 2
    first = ["数量指标", "新建机井数量", "≥60眼", "数量指标", "新建机井数量", "≥20眼"]
    assert right_of(grid, "产出指标") == first
    assert rows_of(grid)[-1] == ["", "", "", "质量指标", "验收合格率", "=100%"]


def test_the_2021_form_begins_with_cost() -> None:
    grid = grid_of(full_form("central_2021"))
    levels = [cell.content for line in grid.lines for cell in line.cells if cell.first == 2 and cell.role == "label"]
    indicators = levels[levels.index("一级指标") + 1 :]
    assert indicators == ["成本指标", "产出指标", "效益指标", "满意度指标"]


@pytest.mark.parametrize(
    ("layout", "row", "stands"),
    [
        ("central_2021", indicator("成本指标", "补助标准"), ["成本指标", "经济成本指标", "补助标准"]),
        ("central_2015", indicator("经济成本指标", "补助标准"), ["产出指标", "", "", "", "成本指标", "补助标准"]),
        ("two_column", indicator("经济成本指标", "补助标准"), ["成本指标", "指标1：补助标准"]),
    ],
)
def test_a_row_of_another_generation_stands_where_this_one_has_it(
    layout: str, row: Indicator, stands: list[str]
) -> None:
    generation = "2015" if layout == "central_2021" else "2021"
    form = small_form(row, form_generation=generation, form_dialect=f"central_{generation}")
    (line,) = [line for line in rows_of(grid_of(form, layout)) if "≥20眼" in line]
    assert [text for text in line if text != "绩效指标"][: len(stands)] == stands


def test_a_level_the_older_generation_never_had_is_printed_all_the_same() -> None:
    row = Indicator(level1="成本指标", level2="社会成本指标", name="施工期投诉件数", value=parse_value("≤5件"))
    form = small_form(row, form_generation="2021", form_dialect="central_2021")
    assert cells_with(grid_of(form, "central_2015"), "施工期投诉件数")


def test_places_and_data_are_said_in_words() -> None:
    table = full_form().table
    said = {path: place_in_words(path, table) for path in (
        "goals.annual.text", "funds[0].total", "funds[本级和市县].*", "indicators[r04].value", "indicators[30]",
        "project.unit / project.period", "values", "r04", "自拟栏目", "fiscal_year")}  # fmt: skip
    assert said == {
        "goals.annual.text": "年度绩效目标",
        "funds[0].total": "项目资金／年度（本级）／资金总额",
        "funds[本级和市县].*": "项目资金／本级和市县",
        "indicators[r04].value": "产出指标／数量指标／新修机耕路里程／指标值",
        "indicators[30]": "绩效指标／原文第31行",
        "project.unit / project.period": "实施单位、项目期",
        "values": "指标值",
        "r04": "产出指标／数量指标／新修机耕路里程",
        "自拟栏目": "自拟栏目",
        "fiscal_year": "预算年度",
    }
    assert data_in_words({"left": "甲", "right": None, "value_lines": [3, 4], "自拟": True}) == (
        "左半页：甲；值所在行：3、4；自拟：是"
    )
