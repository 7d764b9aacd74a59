"""From drawn tables to forms: head, rows, levels, sides, regions – and nothing guessed or lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.importers.document import Text
from assistant.importers.grid import is_blank_form, tables_of
from assistant.schema import PastTable, PerformanceTable
from tests.importers.drawn import FORM, document, grid


def one(*rows: tuple[str | None, ...]) -> PerformanceTable:
    found = tables_of(document(grid(rows)), "表")
    assert len(found) == 1 and isinstance(found[0], PastTable)
    return found[0].table


def shown(table: PerformanceTable) -> list[tuple[str, str, str | None]]:
    return [
        (row.level2.removesuffix("指标"), row.name, row.value.raw if row.value else None) for row in table.indicators
    ]


def test_a_plain_form_is_read_whole() -> None:
    table = one(*FORM)
    assert shown(table) == [
        ("数量", "养护里程", "≥80公里"),
        ("质量", "路面完好率", "95%"),
        ("社会效益", "安全出行", "有保障"),
        ("服务对象满意度", "群众满意度", "≥90%"),
    ]
    assert (table.project.name, table.project.dept, table.project.dept_code, table.fiscal_year) == (
        "村道养护",
        "县交通局",
        "219",
        2024,
    )
    assert (table.funds[0].total, table.funds[0].unit, table.funds[0].other) == (Decimal("120.5"), "万元", None)
    assert table.goals.annual.text == "养护村道，保障通行。"
    assert table.empty_template_rows == ("产出指标/时效指标/指标1：",)
    assert table.indicators[0].provenance == {"place": "工作表“表一”，", "row": 9}


def test_sign_number_and_unit_of_three_columns_are_one_value() -> None:
    table = one(
        ("一级指标", "二级指标", "三级指标", "指标性质", "指标值", "度量单位", "权重"),
        ("产出指标", "数量指标", "培训人次", "≧", "300", "人次", "20"),
        (None, "质量指标", "合格率", "≥", "≥95%", "%", "10"),
        (None, "时效指标", "完成情况", "定性", "按时", "", ""),
        (None, "成本指标", "单价", "≤", "", "元", ""),
    )
    assert shown(table) == [
        ("数量", "培训人次", "≥300人次"),
        ("质量", "合格率", "≥95%"),
        ("时效", "完成情况", "按时"),
        ("成本", "单价", None),
    ]
    assert table.indicators[0].weight == 20 and table.indicators[2].nature == "定性"
    assert table.indicators[0].provenance is not None and table.indicators[0].provenance["指标值原文"] == "300"


def test_mid_term_and_year_side_by_side_are_one_row_with_two_values() -> None:
    table = one(
        ("绩效指标", "中期目标", "", "", "年度目标", "", ""),
        ("一级指标", "二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "造林面积", "900亩", "数量指标", "造林面积", "300亩"),
        (None, "质量指标", "成活率", "85%", "质量指标", "", ""),
    )
    first, second = table.indicators
    assert first.value is not None and first.value_overall is not None
    assert (first.value.raw, first.value_overall.raw) == ("300亩", "900亩")
    assert second.value is None and second.value_overall is not None and second.value_overall.raw == "85%"


def test_regions_without_a_whole_give_no_value_but_a_question() -> None:
    table = one(
        ("一级指标", "二级指标", "三级指标", "区域目标值", "区域目标值"),
        ("", "", "", "东区", "西区"),
        ("产出指标", "数量指标", "扶持村数", "3个", "4个"),
    )
    if table.indicators[0].value is not None:
        pytest.fail("one region's value was taken for the table's")
    assert [one.options for one in table.unresolved if one.options] == [("区域目标值 3个", "区域目标值 4个")]


def test_levels_torn_over_rows_and_columns_are_put_together() -> None:
    table = one(
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产\n出\n指\n标", "数量\n指标", "造林面积", "300亩"),
        ("效益指标", "经济效益", "年增收", "20万元"),
        ("", "指标", "带动就业", "30人"),
        ("满意度指标", "服务对象", "群众满意度", "90%"),
        ("", "满意度指标", "企业满意度", "85%"),
    )
    assert [row.level2 for row in table.indicators] == [
        "数量指标",
        "经济效益指标",
        "经济效益指标",
        "服务对象满意度指标",
        "服务对象满意度指标",
    ]


def test_a_row_whose_level_nobody_knows_is_kept_for_a_person() -> None:
    table = one(
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("过程指标", "资金管理", "资金使用合规性", "合规"),
        ("产出指标", "数量指标", "培训人次", "300人次"),
    )
    open_rows = [one for one in table.unresolved if one.field.startswith("indicators[第")]
    assert shown(table) == [("数量", "培训人次", "300人次")]
    assert [(one.field, (one.raw or {})["三级指标"], (one.raw or {})["指标值"]) for one in open_rows] == [
        ("indicators[第 2 行]", "资金使用合规性", "合规")
    ]


def test_two_projects_in_one_sheet_are_two_tables_and_totals_are_no_rows() -> None:
    second = [tuple(text.replace("村道", "桥梁") if text else text for text in row) for row in FORM[2:]]
    total = ("合计", "", "", "100")
    found = tables_of(document(grid([*FORM, total, *second])), "表")
    assert [(one.id, one.table.project.name, one.table.fiscal_year) for one in found if isinstance(one, PastTable)] == [
        ("表-1", "村道养护", 2024),
        ("表-2", "桥梁养护", 2024),
    ]
    assert all(len(one.table.indicators) == 4 for one in found if isinstance(one, PastTable))


def test_projects_in_a_column_are_told_apart() -> None:
    found = tables_of(
        document(
            grid(
                [
                    ("项目名称", "年度目标", "一级指标", "二级指标", "三级指标", "指标值"),
                    ("修路", "修好路", "产出指标", "数量指标", "里程", "8公里"),
                    (None, None, "效益指标", "社会效益指标", "出行", "方便"),
                    ("架桥", "架好桥", "产出指标", "数量指标", "桥梁", "1座"),
                ]
            )
        ),
        "表",
    )
    tables = [one.table for one in found if isinstance(one, PastTable)]
    assert [(one.project.name, one.goals.annual.text, len(one.indicators)) for one in tables] == [
        ("修路", "修好路", 2),
        ("架桥", "架好桥", 1),
    ]


def test_a_blank_form_and_another_table_are_told_apart() -> None:
    blank = document(
        grid([("一级指标", "二级指标", "三级指标", "指标值"), ("产出指标", "数量指标", "指标1：", "公里")])
    )
    other = document(grid([("科目", "预算数"), ("办公费", "3.5")]))
    assert (tables_of(blank, "表"), is_blank_form(blank)) == ((), True)
    assert (tables_of(other, "表"), is_blank_form(other)) == ((), False)


def test_a_form_without_a_single_known_level_says_why() -> None:
    found = tables_of(
        document(grid([("一级指标", "二级指标", "三级指标", "指标值"), ("过程", "管理", "制度", "健全")])), "表"
    )
    assert len(found) == 1 and isinstance(found[0], str) and "二级指标“管理”不在词表" in found[0]


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [("1,280.00", "1280.00", "万元"), ("854万元", "854", "万元"), ("3498000元", "349.8", "万元")],
)
def test_money_is_read_in_the_unit_of_the_form(written: str, amount: str, unit: str) -> None:
    table = one(("项目资金（万元）", "年度资金总额", written, ""), *FORM[7:])
    assert (table.funds[0].total, table.funds[0].unit) == (Decimal(amount), unit)


def test_money_without_a_unit_is_asked_about_and_words_are_kept() -> None:
    table = one(("年度资金总额", "约3万多", "", ""), ("其他资金", "5", "", ""), *FORM[7:])
    assert table.funds[0].total is None
    assert {one.field: (one.raw or {}).get("total") for one in table.unresolved if one.raw} == {
        "funds[0].total": "约3万多"
    }
    assert any("没有写金额单位" in one.issue for one in table.unresolved)


def test_a_value_that_looks_misread_is_only_suggested() -> None:
    table = one(
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "质量指标", "合格率", "292%"),
        (None, "数量指标", "巡查次数", "2280次"),
        (None, "数量指标", "清淤长度", "≥12公里"),
        (None, "数量指标", "培训人数", "≥60人"),
        ("满意度指标", "服务对象满意度指标", "群众满意度", "≥90%"),
    )
    assert [row.value.raw for row in table.indicators if row.value][:2] == ["292%", "2280次"]
    assert [one.options for one in table.unresolved if one.options] == [("≥92%", "292%"), ("≥280次", "2280次")]


def test_a_large_count_is_no_misread_sign_where_nobody_writes_signs() -> None:
    table = one(
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("产出指标", "数量指标", "就业人数", "25000人"),
        (None, "数量指标", "培训人数", "600人"),
        (None, "质量指标", "合格率", "95%"),
        (None, "成本指标", "补贴标准", "300元"),
    )
    assert not [one for one in table.unresolved if one.options]


def test_a_form_in_labels_and_one_in_sentences_are_read_from_text() -> None:
    labelled = Text(
        (
            "项目名称：监控租赁",
            "【产出指标-数量指标】指标1：摄像头数量（≥77台）；指标2：机柜数量（≥8个）",
            "【产出指标-质量指标】指标1：在线率（≥98%）",
        ),
        "",
    )
    said = Text(
        (
            "数量指标：设1条：开通月份≥1个月，实际完成12个月。",
            "质量指标：畅通率，年初指标值为不低于99%。",
            "服务对象满意度指标：使用人员满意度不低于85%。",
        ),
        "",
    )
    for part, expected in (
        (labelled, [("摄像头数量", "≥77台"), ("机柜数量", "≥8个"), ("在线率", "≥98%")]),
        (said, [("开通月份", "≥1个月"), ("畅通率", "不低于99%"), ("使用人员满意度", "不低于85%")]),
    ):
        found = tables_of(document(part), "文")
        assert len(found) == 1 and isinstance(found[0], PastTable)
        assert [(row.name, row.value and row.value.raw) for row in found[0].table.indicators] == expected


def test_prose_about_targets_is_no_form() -> None:
    prose = Text(("2024年我单位认真设置数量指标，质量指标达到95%以上。", "时效指标：按时完成。"), "")
    assert tables_of(document(prose), "文") == ()
